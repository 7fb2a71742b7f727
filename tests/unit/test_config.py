"""smsform.yaml: what it may say, what it means, and what is refused."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import projects
from smsform.config import Config, Policy, load
from smsform.errors import ConfigError, DefinitionError
from smsform.provider import ProviderConfig
from smsform.registry import specs

EVERYTHING = """\
smsform: 1
definitions: [signatures.yaml, "templates/**/*.yaml"]
vars: {brand: 示例商城, hotline: 0400}
state: state/here.json
evidence: ../licences
providers:
  main:
    type: fake
    region: ap-guangzhou
    endpoint: https://sms.example.com:8443/
    site: international
    profile: shop
    credentials_env: SHOP_PROD
    expect_account: 100001
    sign_method: TC3
    http_method: GET
    language: zh-CN
    timeout: 10
    app_id: 0140
    account:
      {max_length: 12, types: [verification, marketing], open: false, level: high}
  trial:
    type: fake
    endpoint: emulator
    emulator: {review: {after_reads: 2}, unique_names: false, kept: }
policy:
  retire_after: 14d
  max_changes: {percent: 50, at_least: 5}
  max_deletes: 0
lint: {ignore: [SF214], strict: true}
x-notes: anything
"""


def test_every_key_is_read(tmp_path: Path) -> None:
    """Everything design says of the file, as values."""
    config = projects.config_of(tmp_path, EVERYTHING)
    assert config.definitions == ("signatures.yaml", "templates/**/*.yaml")
    assert config.vars == {"brand": "示例商城", "hotline": "0400"}
    assert config.state == tmp_path / "state/here.json"
    assert config.evidence == tmp_path / "../licences"
    assert config.policy == Policy(14 * 86400.0, 50, 5, 0)
    assert (config.lint_ignore, config.strict) == ({"SF214"}, True)
    assert config.providers["main"] == ProviderConfig(
        name="main",
        type="fake",
        region="ap-guangzhou",
        endpoint="https://sms.example.com:8443/",
        site="international",
        profile="shop",
        credentials_env="SHOP_PROD",
        expect_account="100001",
        sign_method="TC3",
        http_method="GET",
        language="zh-CN",
        timeout=10.0,
        options={"app_id": "0140"},
        account={
            "max_length": 12,
            "types": ("verification", "marketing"),
            "open": False,
            "level": "high",
        },
    )
    trial = config.providers["trial"]
    assert trial.emulated
    assert trial.emulator == {
        "review": {"after_reads": "2"},
        "unique_names": "false",
        "kept": None,
    }


def test_little_is_needed(tmp_path: Path) -> None:
    """The version alone is a project with defaults."""
    config = projects.config_of(tmp_path, "smsform: 1\n")
    assert config == Config(
        root=tmp_path,
        definitions=("**/*.yaml", "**/*.yml"),
        vars={},
        state=tmp_path / "smsform.state.json",
        providers={},
        policy=Policy(),
        lint_ignore=frozenset(),
        strict=False,
        evidence=None,
        file=str(tmp_path / "smsform.yaml"),
    )
    assert config.policy == Policy(None, 30, 10, 3)


def test_a_folder_without_the_file_is_no_project(tmp_path: Path) -> None:
    """It says which file is looked for, and how to name another folder."""
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, {}, projects.SPECS)
    assert str(tmp_path / "smsform.yaml") in caught.value.message()
    assert "-C DIR" in caught.value.hint()


def test_the_environment_names_another_evidence_folder(tmp_path: Path) -> None:
    """SMSFORM_EVIDENCE wins over the file; it may lie anywhere."""
    text = "smsform: 1\nevidence: here\n"
    assert projects.config_of(tmp_path, text).evidence == tmp_path / "here"
    config = projects.config_of(tmp_path, text, SMSFORM_EVIDENCE="/srv/licences")
    assert config.evidence == Path("/srv/licences")


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("never", None),
        ("90s", 90),
        ("30m", 1800),
        ("2h", 7200),
        ("14d", 1_209_600),
        ("1w", 604_800),
    ],
)
def test_durations(written: str, seconds: float | None, tmp_path: Path) -> None:
    """A number and a unit, or never."""
    text = f"smsform: 1\npolicy: {{retire_after: {written}}}\n"
    assert projects.config_of(tmp_path, text).policy.retire_after == seconds


@pytest.mark.parametrize(
    "endpoint",
    ["emulator", "sms.example.com", "https://sms.example.com", "http://127.0.0.1:8000",
     "http://localhost", "localhost", "sms-emulator:7300", "https://sms-emulator",
     "'http://[::1]:80'", "127.0.0.1:9", "http://127.9.9.9/"],
)  # fmt: skip
def test_endpoints_that_are_fine(endpoint: str, tmp_path: Path) -> None:
    """The emulator, hosts, https anywhere, plain http on this machine."""
    text = f"smsform: 1\nproviders: {{one: {{type: fake, endpoint: {endpoint}}}}}\n"
    found = projects.config_of(tmp_path, text).providers["one"].endpoint
    assert found == endpoint.strip("'")


@pytest.mark.parametrize(
    "endpoint",
    ["http://sms.example.com", "http://127.0.0.1.example.com", "http://localhost.cn",
     "http://[2001:db8::1]", "ftp://127.0.0.1", "https://user:pw@example.com",
     "https://example.com/path", "https://example.com?x", "'a b'", "http://",
     "http://0.0.0.0", "emulatr", "Emulator", "sms-emulator", "localhos"],
)  # fmt: skip
def test_endpoints_that_are_refused(endpoint: str, tmp_path: Path) -> None:
    """Plain http elsewhere, passwords, paths, other schemes."""
    if ":8::" in endpoint or "[" in endpoint:
        endpoint = f"'{endpoint}'"
    text = f"smsform: 1\nproviders:\n  one:\n    type: fake\n    endpoint: {endpoint}\n"
    told = projects.told(tmp_path, projects.config_problems(tmp_path, text))
    assert told == ["SF143 smsform.yaml:5:15"]


@pytest.mark.parametrize(
    ("endpoint", "quoted"),
    [
        ("https://user:planted@example.com", "https://…@example.com"),
        ("https://example.com/?key=planted", "https://example.com/…"),
        ("https://user:planted@example.com?token=planted", "…@example.com?…"),
        ("https://example.com/planted", "https://example.com/…"),
        ("https://example.com/#planted", "https://example.com/…"),
        ("https://example.com#planted@x", "https://example.com#…"),
        ("example.com\\planted", "example.com\\…"),
        ("example.com;planted", "example.com;…"),
        ("https://example.com:443;token=planted", "https://example.com:443;…"),
        ("example.com,planted", "example.com,…"),
        ("user;planted@example.com;planted", "…@example.com;…"),
        ("例子.中国!planted", "例子.中国!…"),
        ("http://http://user:planted@example.com", "http://http:/…"),
    ],
)
def test_a_password_in_an_endpoint_is_not_quoted(
    endpoint: str, quoted: str, tmp_path: Path
) -> None:
    """It does not belong there, and not into a log of what is wrong either."""
    text = f"smsform: 1\nproviders: {{one: {{type: fake, endpoint: '{endpoint}'}}}}\n"
    [problem] = projects.config_problems(tmp_path, text)
    assert f"{quoted} is no" in problem.message
    assert "planted" not in f"{problem}"


def test_a_pipe_is_no_configuration(tmp_path: Path) -> None:
    """Said of that very file; it is not looked for elsewhere, and not waited for."""
    path = tmp_path / "smsform.yaml"
    try:
        os.mkfifo(path)
    except (AttributeError, OSError):
        path.mkdir()  # where there are no pipes: another thing that is no file
    with pytest.raises(DefinitionError) as caught:
        load(tmp_path, {}, {})
    [problem] = caught.value.problems
    assert (problem.rule, problem.at.file) == ("SF101", str(path))


@pytest.mark.parametrize("key", ["region", "language"])
@pytest.mark.parametrize(
    "written", ["广州", "../x", "a b", "a\\r\\nX: y", "-", "a-", " "]
)
def test_a_region_and_a_language_are_plain_names(
    key: str, written: str, tmp_path: Path
) -> None:
    """They go into headers and queries; what a console calls a region is not its id."""
    text = f'smsform: 1\nproviders: {{one: {{type: fake, {key}: "{written}"}}}}\n'
    [problem] = projects.config_problems(tmp_path, text)
    assert problem.rule == "SF144"
    assert problem.hint
    assert problem.message.isprintable()
    for right in ("ap-guangzhou", "cn-hangzhou", "zh-CN", "en_US", "r", '""'):
        text = f"smsform: 1\nproviders: {{one: {{type: fake, {key}: {right}}}}}\n"
        assert projects.config_problems(tmp_path, text) == []


@pytest.mark.parametrize("written", ["emulatr", "Emulator", "emulater", "'emulator '"])
def test_a_slip_in_emulator_does_not_lead_to_the_service(
    written: str, tmp_path: Path
) -> None:
    """What was to stay on this machine must not be taken for a host."""
    text = f"smsform: 1\nproviders: {{one: {{type: fake, endpoint: {written}}}}}\n"
    [problem] = projects.config_problems(tmp_path, text)
    assert problem.rule == "SF143"
    assert "emulator" in problem.hint


def test_without_a_project_it_is_said_how_to_get_one(tmp_path: Path) -> None:
    """Another folder, -C, or init; a folder that is none is told apart."""
    with pytest.raises(ConfigError) as lost:
        load(tmp_path, {}, projects.SPECS)
    assert str(tmp_path / "smsform.yaml") in lost.value.message()
    assert "-C DIR" in lost.value.hint()
    assert "`smsform init`" in lost.value.hint()
    with pytest.raises(ConfigError) as lost:
        load(tmp_path / "nowhere", {}, projects.SPECS)
    assert "no such folder" in lost.value.message()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("smsform: 2", "SF140 1:10"),
        ('smsform: "1.0"', "SF140 1:10"),
        ("smsfrom: 1", "SF112 1:1"),
        ("smsform: 1\nstate: ../x.json", "SF138 2:8"),
        ("smsform: 1\nstate: /etc/passwd", "SF138 2:8"),
        ("smsform: 1\nstate: 'C:\\x.json'", "SF138 2:8"),
        ("smsform: 1\ndefinitions: [a/../../b.yaml]", "SF138 2:15"),
        ("smsform: 1\ndefinitions: ['~/b.yaml']", "SF138 2:15"),
        ("smsform: 1\nvars: {1a: x}", "SF119 2:8"),
        ("smsform: 1\nvars: {a: [x]}", "SF113 2:11"),
        ("smsform: 1\nvars: {a: '{1}'}", "SF126 2:11"),
        ("smsform: 1\nvars: {a: ｛x｝}", "SF126 2:11"),
        ("smsform: 1\npolicy: {retire_after: 14}", "SF141 2:24"),
        ("smsform: 1\npolicy: {retire_after: 1_000d}", "SF141 2:24"),
        ("smsform: 1\npolicy: {max_deletes: -1}", "SF115 2:23"),
        ("smsform: 1\npolicy: {max_changes: {percent: 101}}", "SF115 2:33"),
        ("smsform: 1\npolicy: {max_change: {}}", "SF112 2:10"),
        ("smsform: 1\nlint: {strict: on}", "SF114 2:16"),
        ("smsform: 1\nlint: {ignore: [all]}", "SF116 2:17"),
        ("smsform: 1\nproviders: {a/b: {type: fake}}", "SF117 2:13"),
        ("smsform: 1\nproviders: {a: {type: fak}}", "SF116 2:23"),
        ("smsform: 1\nproviders: {a: {region: x}}", "SF118 2:13"),
        ("smsform: 1\nproviders: {a: {typ: fake}}", "SF112 2:17"),
        ("smsform: 1\nproviders: {a: fake}", "SF113 2:16"),
        ("smsform: 1\nproviders: {a: }", "SF118 2:13"),
        ("smsform: 1\nproviders: {a: {type: fake, site: x}}", "SF116 2:35"),
        ("smsform: 1\nproviders: {a: {type: other, app_id: 1}}", "SF112 2:30"),
        ("smsform: 1\nproviders: {a: {type: fake, timeout: 0}}", "SF115 2:38"),
        ("smsform: 1\nproviders: {a: {type: fake, http_method: PUT}}", "SF116 2:42"),
        ("smsform: 1\nproviders: {a: {type: fake, credentials_env: -}}", "SF144 2:46"),
        ("smsform: 1\nproviders: {a: {type: fake, profile: ../x}}", "SF144 2:38"),
        ("smsform: 1\nproviders: {a: {type: fake, account: {x: 1}}}", "SF112 2:39"),
        ("smsform: 1\nproviders: {a: {type: fake, account: {open: 1}}}", "SF114 2:45"),
        ("smsform: 1\nproviders: {a: {type: fake, account: {level: }}}", "SF113 2:46"),
        ("smsform: 1\nproviders: {a: {type: fake, emulator: x}}", "SF113 2:39"),
        ("smsform: 1\nprices: {domestic: -1}", "SF145 2:20"),
        ("smsform: 1\nprices: {domestic: 1e3}", "SF145 2:20"),
        ("smsform: 1\nprices: {domestic: '0,05'}", "SF145 2:20"),
        ("smsform: 1\nprices: {currency: ¥, marketing: }", "SF145 2:20|SF113 2:34"),
        ("smsform: 1\nprices: {mainland: 0.05}", "SF112 2:10"),
        ("smsform: 1\nprices: 0.05", "SF113 2:9"),
        ("- a", "SF113 1:1"),
        ("smsform: [", "SF103 1:10"),
    ],
)
def test_what_is_wrong_is_told_with_rule_and_place(
    line: str, expected: str, tmp_path: Path
) -> None:
    """Every wrong value has its own place, and a hint."""
    problems = projects.config_problems(tmp_path, line + "\n")
    places = [f"{each.rule} {each.at.line}:{each.at.column}" for each in problems]
    assert sorted(places) == sorted(expected.split("|"))
    assert all(problem.hint for problem in problems)


def test_two_of_one_type_each_name_their_credentials(tmp_path: Path) -> None:
    """Unless emulated; only the ones that do not are told."""
    text = (
        "smsform: 1\nproviders:\n  a: {type: fake}\n  b: {type: fake, profile: b}\n"
        "  c: {type: fake, endpoint: emulator}\n  d: {type: other}\n"
    )
    told = projects.told(tmp_path, projects.config_problems(tmp_path, text))
    assert told == ["SF142 smsform.yaml:3:3"]


def test_all_problems_come_at_once_in_order(tmp_path: Path) -> None:
    """Nobody mends a file one problem at a time."""
    text = "lint: {strict: yes}\nsmsform: 3\nstat: x\nproviders: {a: {type: x}}\n"
    write = projects.write(tmp_path, {"smsform.yaml": text})
    with pytest.raises(DefinitionError) as caught:
        load(write, {}, projects.SPECS)
    rules = [problem.rule for problem in caught.value.problems]
    assert rules == ["SF114", "SF140", "SF112", "SF116"]


def test_the_project_file_may_be_in_any_shape_yaml_has(tmp_path: Path) -> None:
    """A BOM, CRLF, anchors and merges are read like everywhere."""
    text = (
        "\ufeffsmsform: 1\r\nx-p: &p {type: fake, region: r}\r\n"
        "providers:\r\n  a: {<<: *p, profile: a}\r\n  b: {<<: *p, profile: b}\r\n"
    )
    providers = projects.config_of(tmp_path, text).providers
    assert [each.region for each in providers.values()] == ["r", "r"]


def real_problems(root: Path, type: str, key: str, value: str) -> list[str]:
    """Rule, line and message for ``key: value`` in a provider of a real service."""
    text = f"smsform: 1\nproviders:\n  p: {{type: {type}, {key}: {value}}}\n"
    projects.write(root, {"smsform.yaml": text})
    try:
        load(root, {}, specs())
    except DefinitionError as error:
        return [f"{each.rule} {each.at.line} {each.message}" for each in error.problems]
    return []


def test_what_a_card_says_of_an_option_is_checked_before_any_call(
    tmp_path: Path,
) -> None:
    """``sign_method: md5`` stops ``validate``, not the plan in CI an hour later."""
    options = [
        (type, key, option.words)
        for type, spec in specs().items()
        for key, option in spec.options.items()
        if option.words
    ]
    assert options
    for type, key, words in options:
        for word in words:
            assert real_problems(tmp_path, type, key, word) == []
        [problem] = real_problems(tmp_path, type, key, "md5")
        assert problem == f"SF116 3 {key} cannot be md5"


def test_what_an_account_may_say_of_a_limit_is_checked(tmp_path: Path) -> None:
    """A slip in a list would forbid what it was to allow."""
    limits = [
        (type, name, limit.values)
        for type, spec in specs().items()
        for name, limit in spec.limits.items()
        if limit.values
    ]
    assert limits
    for type, name, values in limits:
        if isinstance(values[0], int):
            right, wrong, rule = str(values[0]), str(max(values) + 1), "SF115"
        else:
            right, rule = f"[{', '.join(values)}]", "SF116"
            wrong = f"[{values[0]}, {values[-1]}x]"
        assert real_problems(tmp_path, type, "account", f"{{{name}: {right}}}") == []
        [problem] = real_problems(tmp_path, type, "account", f"{{{name}: {wrong}}}")
        assert problem.startswith(f"{rule} 3 {name}")


@pytest.mark.parametrize("type", specs())
def test_a_key_of_an_account_has_no_place_in_the_file(
    type: str, tmp_path: Path
) -> None:
    """It is said where it belongs, and nothing of what was written is repeated."""
    for variable in projects.demo_keys(type):
        ending = variable.split("_")[-2:]
        snake = "_".join(ending).lower()
        camel = ending[0].lower() + ending[1].capitalize()
        for key in (snake, camel):
            [problem] = real_problems(tmp_path, type, key, "abcdefSECRETabcdef")
            assert problem.startswith(f"SF112 3 {key} has no place in this file")
            assert "abcdef" not in problem


def test_a_folder_is_no_pattern(tmp_path: Path) -> None:
    """``definitions: templates`` finds nothing; the hint is what was meant."""
    text = "smsform: 1\ndefinitions: [texts/, t.yaml, more/*]\n"
    found = projects.read(tmp_path, {"smsform.yaml": text, "texts/t.yaml": ""})
    hints = [problem.hint for problem in found.problems]
    assert "texts/**/*.yaml" in hints[0]
    assert not any("texts" in hint or "more" in hint for hint in hints[1:])


def closing(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Nobody may list *folder*; modes would not stop the superuser."""
    real = os.scandir

    def scandir(path: str) -> object:
        if Path(path) == folder:
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)


@pytest.mark.parametrize(
    ("patterns", "stops"),
    [
        ("['**/*.yaml']", True),
        ("[texts/*.yaml]", True),
        ("[./texts/**]", True),
        ("['t*/more/*.yaml']", True),
        ("['*.yaml']", False),
        ("['other/**/*.yaml']", False),
    ],
)
def test_definitions_in_a_closed_folder_are_not_taken_for_dropped(
    patterns: str, stops: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What they submitted would be orphans; a data base's folder beside is nothing."""
    text = f"smsform: 1\ndefinitions: {patterns}\n"
    files = {"smsform.yaml": text, "texts/t.yaml": "signatures: {a: {}}", "b.yaml": ""}
    projects.write(tmp_path, files)
    closing(monkeypatch, tmp_path / "texts")
    if stops:
        with pytest.raises(ConfigError, match="texts") as caught:
            projects.read(tmp_path, files)
        assert "Permission denied" in caught.value.message()
        assert caught.value.hint()
    else:
        assert projects.read(tmp_path, files).signatures == {}


def test_a_project_in_a_closed_folder_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may be there: to say that it is not would be wrong."""

    def exists(path: Path) -> bool:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "exists", exists)
    with pytest.raises(ConfigError, match=r"smsform\.yaml") as caught:
        load(tmp_path, {}, {})
    assert "Permission denied" in caught.value.message()
