"""Definition files: every key, every file, and all problems at once."""

from __future__ import annotations

import gc
import time
import tracemalloc
from fnmatch import fnmatchcase
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import projects
from smsform import definitions
from smsform.definitions.entries import Entries
from smsform.documents import document, files, nodes
from smsform.errors import Level
from smsform.model import Placeholder, TemplateType

EVERYTHING = """\
x-common: &common {type: notification, signature: shop}
signatures:
  shop:
    name: 示例商城
    remark: 公司全称为示例商城有限公司
    international: false
    protect: true
    lint_ignore: [SF214]
    fake: {sign_type: company, proof_image: evidence/license.png}
  abroad: {international: true, providers: [first]}
templates:
  login_code:
    name: 登录验证码
    type: verification
    international: false
    signature: shop
    content: "{{ code }}为您的登录验证码，请于{{ minutes }}分钟内填写，{{ brand }}。"
    params:
      code: {sample: 0123, kind: code, description: 六位数字}
      minutes: {sample: "5", kind: number, max_length: 2}
    samples:
      longest: {code: "999999", minutes: "30"}
      other: {code: null}
    remark: 用户登录时发送
    providers: [first]
    protect: false
    lint_ignore: SF215
  pickup:
    <<: *common
    content: 您的包裹已到{{ place }}。
    params: {place: {sample: 东门驿站}}
    fake: {template_rule: {place: [a, b]}}
"""


def test_every_key_is_read(tmp_path: Path) -> None:
    """Values, defaults, order of parameters, and places."""
    found = projects.read(tmp_path, EVERYTHING)
    assert found.problems == ()
    shop, abroad = found.signatures["shop"], found.signatures["abroad"]
    assert (shop.name, shop.protect, shop.providers) == ("示例商城", True, None)
    assert shop.lint_ignore == {"SF214"}
    assert shop.overrides == {
        "fake": {"sign_type": "company", "proof_image": "evidence/license.png"}
    }
    assert (abroad.name, abroad.international, abroad.providers) == (
        "abroad",
        True,
        ("first",),
    )
    login, pickup = found.templates["login_code"], found.templates["pickup"]
    assert login.type is TemplateType.VERIFICATION
    assert login.content == (
        Placeholder("code"),
        "为您的登录验证码，请于",
        Placeholder("minutes"),
        "分钟内填写，示例商城。",
    )
    assert [each.name for each in login.params] == ["code", "minutes"]
    assert login.params[0].sample == "0123"
    assert login.params[0].description == "六位数字"
    assert login.params[1].max_length == 2
    assert login.sample_values() == {
        "sample": {"code": "0123", "minutes": "5"},
        "longest": {"code": "999999", "minutes": "30"},
        "other": {"code": "null", "minutes": "5"},
    }
    assert (login.providers, login.lint_ignore) == (("first",), {"SF215"})
    assert (str(login.at), str(login.content_at)) == (
        f"{tmp_path}/t.yaml:12:3",
        f"{tmp_path}/t.yaml:17:14",
    )
    assert str(login.params[1].at) == f"{tmp_path}/t.yaml:20:7"
    assert (pickup.name, pickup.signature) == ("pickup", "shop")
    assert pickup.overrides == {"fake": {"template_rule": {"place": ("a", "b")}}}


def test_all_problems_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    """In order of file, line and column, each with its definition's address."""
    found = projects.read(
        tmp_path,
        {
            "b.yaml": "signatures:\n  s: {nmae: x, remark: [], protect: yes}\n",
            "a.yaml": (
                "templates:\n  t:\n    type: otp\n    content: {{x}}\n"  # ends the file
            ),
            "c.yaml": (
                "templates:\n  t:\n    content: '{{ a }}{{ b }}{{ brnd }}'\n"
                "    params: {a: {sample: 1, kind: cod}, c: 5, brand: {sample: x}}\n"
                "    samples: {x: {d: 1}}\n    providers: [frist]\n"
            ),
        },
    )
    assert projects.told(tmp_path, found.problems) == [
        "SF103 a.yaml:4:14",
        "SF112 b.yaml:2:7",
        "SF113 b.yaml:2:24",
        "SF114 b.yaml:2:37",
        "SF118 c.yaml:2:3",
        "SF123 c.yaml:3:22",
        "SF123 c.yaml:3:29",
        "SF116 c.yaml:4:35",
        "SF113 c.yaml:4:44",
        "SF125 c.yaml:4:47",
        "SF127 c.yaml:5:19",
        "SF130 c.yaml:6:17",
    ]
    by_rule = {problem.rule: problem for problem in found.problems}
    assert "`name`" in by_rule["SF112"].hint
    assert "true" in by_rule["SF114"].hint
    assert "`first`" in by_rule["SF130"].hint
    assert by_rule["SF112"].address == "signature.s"
    assert by_rule["SF130"].address == "template.t"


def test_references_wait_for_every_file(tmp_path: Path) -> None:
    """A file that cannot be read may define what others name: nothing is guessed."""
    uses = "templates: {t: {type: marketing, content: 您好, signature: shop}}"
    found = projects.read(tmp_path, {"a.yaml": uses, "b.yaml": "signatures: {"})
    assert [problem.rule for problem in found.problems] == ["SF103"]
    found = projects.read(tmp_path, {"b.yaml": "signatures: {shop: {name: [x]}}"})
    assert [problem.rule for problem in found.problems] == ["SF113"]
    found = projects.read(tmp_path, {"b.yaml": "signatures: {shp: {}}"})
    assert [problem.rule for problem in found.problems] == ["SF131"]
    assert "`shp`" in found.problems[0].hint


def test_one_name_may_be_held_by_two_providers(tmp_path: Path) -> None:
    """The same name is refused only where one provider would have it twice."""
    text = (
        "signatures:\n  a: {name: 甲, providers: [first]}\n"
        "  b: {name: 甲, providers: [second]}\n  c: {name: 甲}\n"
    )
    found = projects.read(tmp_path, text)
    [problem] = found.problems
    assert (problem.rule, problem.at.line) == ("SF134", 4)
    assert "t.yaml:2:3" in problem.message


@pytest.mark.parametrize(
    ("written", "rule", "hint"),
    [
        ("international: yes", "SF114", "true"),
        ("international: off", "SF114", "false"),
        ('international: "true"', "SF114", "without quotes"),
        ("international: []", "SF114", "true or false"),
        ("remark: ~", "SF113", '""'),
        ("remark:", "SF113", '""'),
        ("remark: {a: 1}", "SF113", "quote"),
        ("params: [code]", "SF113", "below it"),
        (
            "params: {n: {sample: 1, max_length: 99999999999999999999}}",
            "SF115",
            "digits",
        ),
        ("params: {n: {sample: 1, max_length: 07}}", "SF115", "leading zero"),
        ("params: {n: {sample: 1, max_length: 1.5}}", "SF115", "digits"),
        ("params: {n: {sample: }}", "SF113", '""'),
        ("params: {n: {sample: [1]}}", "SF113", '"[1]"'),
        ("params: {n: }", "SF129", "sample"),
        ("lint_ignore: [SF9]", "SF116", "SF214"),
        ("lint_ignore: {SF214: 1}", "SF113", "[one, two]"),
        ("fake: {nativ: x}", "SF112", "`native`"),
        ("fake: {template_rule: }", "SF113", "remove the key"),
        ("nobody: {}", "SF112", "known"),
        ("providers: []", "SF130", "all"),
        ("samples: {sample: {}}", "SF127", "another name"),
    ],
)
def test_a_wrong_value_has_a_rule_and_a_hint(
    written: str, rule: str, hint: str, tmp_path: Path
) -> None:
    """Wrong kinds, other booleans, huge numbers, nothing at all."""
    content = "'{{ n }}'" if "n:" in written.partition("params")[2] else "您好"
    above = f"templates:\n  t:\n    type: marketing\n    content: {content}\n"
    text = f"{above}    {written}\n"
    found = projects.read(tmp_path, text).problems
    matching = [problem for problem in found if problem.rule == rule]
    assert len(matching) == 1, found
    assert hint in matching[0].hint


def test_an_empty_quoted_sample_is_one(tmp_path: Path) -> None:
    """Nothing, said on purpose, is a sample."""
    body = "content: '{{ n }}。', params: {n: {sample: ''}}"
    assert projects.template(tmp_path, body).params[0].sample == ""


def test_the_same_files_give_the_same_definitions(tmp_path: Path) -> None:
    """Reading is a function of the files."""
    assert projects.read(tmp_path, EVERYTHING) == projects.read(tmp_path, EVERYTHING)


def test_values_do_not_change(tmp_path: Path) -> None:
    """What is loaded is frozen."""
    found = projects.read(tmp_path, EVERYTHING)
    with pytest.raises(AttributeError):
        found.templates = {}  # type: ignore[misc]


# --- which files --------------------------------------------------------------------


def test_every_yaml_file_but_the_project_file_and_hidden_ones(tmp_path: Path) -> None:
    """Sorted, whatever order the file system has."""
    names = ["b.yaml", "a/z.yml", "a/b/c.yaml", ".git/x.yaml", ".hidden.yaml", "n.txt"]
    projects.write(tmp_path, dict.fromkeys(names, ""))
    assert list(files.find(tmp_path)) == ["a/b/c.yaml", "a/z.yml", "b.yaml"]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("**/*.yaml", ["a.yaml", "x/a.yaml", "x/y/b.yaml"]),
        ("*.yaml", ["a.yaml"]),
        ("x/*.yaml", ["x/a.yaml"]),
        ("x/**/*.yaml", ["x/a.yaml", "x/y/b.yaml"]),
        ("./a.yaml", ["a.yaml"]),
        ("?.yaml", ["a.yaml"]),
        ("x/**", ["x/a.yaml", "x/y/b.yaml"]),
        ("[a].yaml", []),
    ],
)
def test_patterns_are_matched_folder_by_folder(
    pattern: str, expected: list[str]
) -> None:
    """A star stays in its folder, two stars cross any number of them."""
    paths = ["a.yaml", "x/a.yaml", "x/y/b.yaml"]
    assert files.matching(pattern, paths) == expected


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    """Overlapping patterns do not define anything twice."""
    config = projects.CONFIG + "definitions: [t.yaml, '*.yaml', nothing/*.yaml]\n"
    found = projects.read(
        tmp_path, {"smsform.yaml": config, "t.yaml": "signatures: {s: {}}"}
    )
    [problem] = found.problems
    assert (problem.rule, problem.level) == ("SF137", Level.WARNING)
    assert projects.told(tmp_path, found.problems) == ["SF137 smsform.yaml:6:33"]
    assert list(found.signatures) == ["s"]


def test_links_never_lead_out_of_the_project(tmp_path: Path) -> None:
    """A link to a file outside is passed over, a linked folder is not entered."""
    outside = tmp_path / "outside"
    root = projects.write(tmp_path / "project", {"real.yaml": "signatures: {s: {}}"})
    projects.write(outside, {"secret.yaml": "signatures: {stolen: {}}"})
    (root / "link.yaml").symlink_to(outside / "secret.yaml")
    (root / "folder").symlink_to(outside, target_is_directory=True)
    (root / "loop").symlink_to(root, target_is_directory=True)
    (root / "inside.yaml").symlink_to(root / "real.yaml")
    assert list(files.find(root)) == ["inside.yaml", "real.yaml"]


def test_a_file_that_cannot_be_read_is_a_problem(tmp_path: Path) -> None:
    """A broken link, one in a circle: told, not raised."""
    projects.write(tmp_path, {})
    (tmp_path / "broken.yaml").symlink_to(tmp_path / "gone.yaml")
    (tmp_path / "circle.yaml").symlink_to("circle.yaml")
    config = projects.config_of(tmp_path)
    found = definitions.load(config, projects.SPECS)
    assert [problem.rule for problem in found.problems] == ["SF101", "SF101"]


def test_what_was_read_is_freed_while_the_collector_rests(tmp_path: Path) -> None:
    """Files are read one after the other: each would stay if it were in a circle."""
    entry = "  k{n}: {{type: notification, content: '第{n}单已发货。', remark: 发货}}"
    entries = [entry.format(n=n) for n in range(200)]
    projects.write(tmp_path, {"a.yaml": "\n".join(["templates:", *entries])})
    config = projects.config_of(tmp_path)
    definitions.load(config, projects.SPECS)
    gc.collect()
    gc.disable()
    try:
        assert len(definitions.load(config, projects.SPECS).templates) == 200
        assert gc.collect() < 100
    finally:
        gc.enable()


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ("name: {long}", "1:27"),
        ("remark: '{long}'", "1:29"),
        ("international: {long}", "1:36"),
        ("fake: {{sign_type: {long}}}", "1:39"),
        ("fake: {{serial: {long}}}", "1:36"),
        ("fake: {{proof_image: {long}}}", "1:41"),
        ("lint_ignore: [{long}]", "1:35"),
        ("providers: [{long}]", "1:33"),
        ("fake: {{{key}: 1}}", "1:28"),
    ],
)
def test_a_megabyte_is_one_short_problem(body: str, place: str, tmp_path: Path) -> None:
    """Wherever it stands, nobody scrolls past it."""
    text = "signatures: {shop: {" + body.format(long="x" * 2**20, key="x" * 1000) + "}}"
    [problem] = projects.read(tmp_path, text).problems
    assert str(problem.at).endswith(f"t.yaml:{place}")
    assert len(problem.message + problem.hint) < 300


@pytest.mark.parametrize(
    "body",
    [
        "content: '{long}{{{{ n }}}}', params: {{n: {{sample: x}}}}",
        "content: '{long}{{1}}'",
        "content: '{{{{ {long} }}}}'",
        "content: '{{{{ n }}}}', params: {{n: {{sample: {long}}}}}",
        "content: 您好, samples: {{{key}: {{}}}}",
        "content: 您好, type: {long}",
        "fake: {{native: '{long}'}}, other: {{native: 您好}}",
    ],
)
def test_a_template_of_a_megabyte_is_one_short_problem(
    body: str, tmp_path: Path
) -> None:
    """No follow-up problems, no text written out, no time lost."""
    given = body.format(long="x" * 2**20, key="x" * 1000)
    kind = "" if "type:" in body else "type: notification, "
    [problem] = projects.read(tmp_path, f"templates: {{a: {{{kind}{given}}}}}").problems
    assert len(problem.message + problem.hint) < 300


def test_values_of_the_longest_length_are_fine(tmp_path: Path) -> None:
    """The limit itself is allowed, one more is not."""
    for length, rules in ((document.LONGEST, []), (document.LONGEST + 1, ["SF139"])):
        found = projects.read(tmp_path, f"signatures: {{s: {{name: {'x' * length}}}}}")
        assert [problem.rule for problem in found.problems] == rules


@pytest.mark.parametrize("written", ["abc", "0", "-1", "0x1F", "1.5", "[1]", "9" * 19])
def test_an_id_of_the_service_is_a_number(written: str, tmp_path: Path) -> None:
    """Told where it stands, before anybody reckons with it."""
    text = f"signatures: {{shop: {{name: 甲, fake: {{serial: {written}}}}}}}"
    found = projects.read(tmp_path, text)
    assert projects.told(tmp_path, found.problems) == ["SF115 t.yaml:1:45"]
    assert not found.signatures


def test_a_number_is_read_as_one_and_knows_its_place(tmp_path: Path) -> None:
    """Rules point to the value, not to the definition."""
    text = 'signatures: {shop: {name: 甲, fake: {serial: "4001"}}}'
    shop = projects.read(tmp_path, text).signatures["shop"]
    assert shop.overrides["fake"]["serial"] == 4001
    assert shop.places["fake.serial"][1:] == (1, 45)


@pytest.mark.parametrize("named", ["config", "environment", "nowhere"])
@pytest.mark.parametrize(
    "path",
    [
        "../out.png",
        "a/../../out.png",
        "/etc/hosts",
        "~/x.png",
        "link.png",
        "C:/x.png",
        "linked/out.png",
    ],
)
def test_evidence_stays_in_its_folder(path: str, named: str, tmp_path: Path) -> None:
    """By name and through links: a problem where it stands, in every command."""
    folder = tmp_path if named == "nowhere" else tmp_path / "papers"
    folder.mkdir(exist_ok=True)
    outside = tmp_path.parent / f"{tmp_path.name}.outside"
    outside.mkdir()
    (outside / "out.png").touch()
    (folder / "link.png").symlink_to(outside / "out.png")
    (folder / "linked").symlink_to(outside)
    said = "evidence: papers\n" if named == "config" else ""
    environ = {"SMSFORM_EVIDENCE": "papers"} if named == "environment" else {}
    config = projects.config_of(tmp_path, projects.CONFIG + said, **environ)
    text = f"signatures: {{shop: {{name: 甲, fake: {{proof_image: '{path}'}}}}}}"
    (tmp_path / "t.yaml").write_text(text, "utf-8")
    found = definitions.load(config, projects.SPECS)
    assert projects.told(tmp_path, found.problems) == ["SF138 t.yaml:1:50"]


@pytest.mark.parametrize("text", ["a\\0\\0b", "\\0", "您\\x01{{ n }}\\0{{ n }}"])
def test_a_character_complained_about_is_complained_about_once(
    text: str, tmp_path: Path
) -> None:
    """NUL also marks variables inside: no rule may take one for the other."""
    root = projects.write(tmp_path, {})
    params = ", params: {n: {sample: 好}}" if "{{" in text else ""
    body = f'templates: {{a: {{type: notification, content: "{text}"{params}}}}}'
    found = projects.read(root, body)
    assert {problem.rule for problem in found.problems} == {"SF102"}
    for template in found.templates.values():
        assert not any("\0" in part for part in template.content if type(part) is str)


@given(
    st.lists(st.sampled_from(["**", "*", "a*", "*a*b", "a?", "ab", "*a"]), min_size=1),
    st.lists(st.text("ab", min_size=1, max_size=4), min_size=1, max_size=5),
)
def test_patterns_mean_what_trying_everything_finds(pattern, path):
    """Taken where it fits first, nothing is missed."""

    def fits(wanted, parts):
        if not wanted:
            return not parts
        head, *rest = wanted
        if head == "**" and rest:
            return any(fits(rest, parts[n:]) for n in range(len(parts) + 1))
        if head == "**":
            return bool(parts)
        return bool(parts) and fnmatchcase(parts[0], head) and fits(rest, parts[1:])

    path_text = "/".join(path)
    found = files.matching("/".join(pattern), [path_text])
    assert found == ([path_text] if fits(pattern, path) else [])


@pytest.mark.parametrize(
    "pattern", ["**/" + "*a" * 25 + "b.yaml", "**/a/" * 25 + "b.yaml", "**/" * 40 + "b"]
)
def test_a_pattern_of_many_stars_costs_no_time(pattern):
    """It took longer than anybody waits."""
    paths = ["a/" * 60 + "a" * 200 + ".yaml"] * 10
    begun = time.monotonic()
    assert files.matching(pattern, paths) == []
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize(("key", "most"), [("k{0}", 0.9), ("'k{0}'", 1.1)])
def test_what_was_read_makes_room(tmp_path: Path, key: str, most: float) -> None:
    """The nodes of a file are never held all together; by PyYAML, which reads a key in
    quotes, never together with all that the file defines."""
    entry = (
        f"  {key}: {{{{name: 第{{0}}号, type: notification, content: 第{{0}}号包裹}}}}"
    )
    lines = ["templates:", *(entry.format(number) for number in range(2000))]
    projects.write(tmp_path, {"smsform.yaml": projects.CONFIG})
    config = projects.config_of(tmp_path)
    read = document.Document("", "\n".join(lines), [])
    entries = Entries(config, projects.SPECS, read.problems)
    held = nodes.parse(read)  # its keys are interned: the interpreter's table grows now
    tracemalloc.start()
    try:
        assert nodes.parse(read) == held
        _, of_nodes = tracemalloc.get_traced_memory()
        tracemalloc.reset_peak()
        assert entries.read(read)
        _, found = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(entries.templates) == 2000
    assert found < most * of_nodes
