"""A whole account becomes YAML, and the next plan has nothing to do."""

from __future__ import annotations

import json
import os
import re
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from conformance.project import Project, awkward
from corpus import collected, needs_corpus, rows
from smsform.config import load
from smsform.definitions import load as load_definitions
from smsform.emulation import faults
from smsform.model import Review
from smsform.registry import specs
from smsform.validate import check


@pytest.fixture
def account(tmp_path: Path) -> Project:
    """A project that defines nothing, and the account of a service with numbers."""
    return an_account(tmp_path)


def an_account(root: Path) -> Project:
    project = Project(root, "tencent", {"review": "manual"})
    project.signatures = {}
    project.write()
    return project


def seed(project: Project, *items: dict[str, Any]) -> None:
    """Put entries there past every rule."""
    path = project.root / "seed.json"
    path.write_text(json.dumps(items), encoding="utf-8")
    result = project("emulate", "seed", str(path))
    assert result.code == 0, result.err


def a_template(text: str, name: str = "验证码", **fields: Any) -> dict[str, Any]:
    return {"kind": "template", "name": name, "text": text, **fields}


def definitions(project: Project) -> Any:
    """What the files define now; they must have no error."""
    config = load(project.root, {}, specs())
    found = load_definitions(config, specs())
    assert [p for p in found.problems if p.level == "error"] == []
    return found


def texts(project: Project) -> Counter[tuple[str, bool]]:
    """The texts that the files say, as the service would get them."""
    native = specs()[project.type].native
    return Counter(
        (native(template), template.international)
        for template in definitions(project).templates.values()
    )


def stored(project: Project) -> Counter[tuple[str, bool]]:
    """The texts that the service holds."""
    return Counter((e.text, e.international == 1) for e in project.entries())


def check_nothing_to_do(project: Project, exit_code: int = 0) -> None:
    """The plan changes nothing, and everything is owned."""
    part = project.plan("--show-unmanaged")
    todo = [line for line in part["lines"] if line["action"] != "none"]
    assert todo == []
    assert part["unmanaged"] == []
    assert part["orphans"] == []
    assert project("plan", "--detailed-exitcode").code == exit_code


# --- texts ---------------------------------------------------------------------------


VERDICTS = Path(__file__).with_name("verdicts.jsonl")


def test_texts_of_many_kinds_are_taken_over(account: Project) -> None:
    """Every market, names repeated: nothing to do, each text byte for byte."""
    ours = [row["content"] for row in rows(VERDICTS) if row["provider"] == "tencent"]
    taken_over(account, [text for text in ours if "$" not in text])


@needs_corpus
def test_texts_from_the_wild_are_taken_over(account: Project) -> None:
    """The same of what others wrote."""
    found = [*collected("templates.jsonl")]
    styles = ("tencent", "plain")
    wild = [row["content"] for row in found if row["provider_style"] in styles]
    assert len(wild) > 50
    taken_over(account, wild)


def taken_over(account: Project, wanted: list[str]) -> None:
    """Import an account that has these texts in every market."""
    seed(account, {"kind": "signature", "name": "快服务"})
    seed(
        account,
        *(
            a_template(text, name=f"名字{number % 7}", international=market)
            for market in (0, 1, 3)
            for number, text in enumerate(wanted)
        ),
    )
    result = account("import")
    assert result.code == 0, result.err
    check_nothing_to_do(account)
    assert set(texts(account)) == set(stored(account))
    names = Counter(
        (each.name, each.international)
        for each in definitions(account).templates.values()
    )
    assert set(names.values()) == {1}
    errors = json.loads(account("validate", "--format", "json").out)
    wrong = [p for p in errors["problems"] if p["level"] == "error"]
    assert wrong == []  # what is approved is only warned about


def test_hostile_texts_are_taken_over(account: Project) -> None:
    """In every market and state; YAML gives back what the service has."""
    seed(account, *awkward("tencent"))
    result = account("import")
    assert result.code == 0, result.err
    check_nothing_to_do(account, 4)
    assert set(texts(account)) == set(stored(account))
    for path in (account.root / "p").iterdir():
        assert yaml.safe_load(path.read_text("utf-8"))


def test_what_no_file_can_hold_is_reported(account: Project) -> None:
    """A control character in a text: named on stderr, left alone, and exit 1."""
    bell = a_template("响铃\a")
    seed(account, bell, bell, a_template("正常", name="\x1b[31m红"))
    result = account("import")
    assert result.code == 1
    assert "p template" in result.err
    assert result.err.count("no definition can say it exactly") == 2
    assert "\x1b" not in result.err
    [template] = definitions(account).templates.values()
    assert template.content == ("正常",)
    assert template.name == template.key
    part = account.plan("--show-unmanaged")
    assert len(part["unmanaged"]) == 2


PIECES = st.one_of(
    st.text(max_size=8),
    st.sampled_from([
        "{", "}", "{{", "}}", "{{ code }}", "{%", "{#", "${x}", "｛1｝", '"', "'", "\\",
        "\n", "\r", "\t", " ", "# ", ": ", "- ", "😀", "验证码", "分钟", "【示例商城】",
        "\u2028", "\ufeff", "\x85", "\x00",
    ]),
    st.integers(0, 12).map("{{{}}}".format),
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=6).map("".join)
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


@settings(max_examples=25)
@given(
    st.lists(
        st.tuples(TEXTS, st.sampled_from(["a", "b", "验证码", ""]), st.integers(0, 2)),
        max_size=12,
    )
)
def test_any_account_is_taken_over(items: list[tuple[str, str, int]]) -> None:
    """Whatever the texts and names: nothing to do, or it was said one by one."""
    with tempfile.TemporaryDirectory() as folder:
        account = an_account(Path(folder))
        seed(account, {"kind": "signature", "name": "示例商城"})
        seed(
            account,
            *(
                a_template(text, name, international=(0, 1, 3)[market])
                for text, name, market in items
            ),
        )
        result = account("import")
        held = Counter(stored(account))
        lost = sum(bool(UNWRITABLE.search(text)) for text, _, _ in items)
        assert result.err.count("no definition can say it") == lost
        assert result.code == bool(lost), result.err
        if not lost:
            check_nothing_to_do(account)
        said = {pair for pair in held if not UNWRITABLE.search(pair[0])}
        assert set(texts(account)) == said
        account.store.close()


# --- which entries -------------------------------------------------------------------


def test_alike_entries_are_owned_together_and_never_deleted(account: Project) -> None:
    """Same name and text: one definition; the newest approved is active."""
    account.policy = {"retire_after": "1s"}
    account.write()
    seed(
        account,
        *(
            a_template("您的验证码是{1}。", review=review, id=id, created=id)
            for id, review in ((11, "approved"), (12, "approved"), (13, "rejected"))
        ),
    )
    assert account("import").code == 0
    assert account.active() == {"template.code": "12"}
    account.clock.sleep(1000)
    check_nothing_to_do(account)
    comment = (account.root / "p" / "verification.yaml").read_text("utf-8")
    assert "11, 13" in comment


def test_the_newest_approved_of_a_name_keeps_it(account: Project) -> None:
    """The others get a number, in the file only."""
    seed(
        account,
        a_template("旧：{1}", id=11, created=11),
        a_template("新：{1}", id=12, created=12),
        a_template("拒：{1}", id=13, created=13, review="rejected", note="不行\n# 坏"),
    )
    assert account("import").code == 0
    found = definitions(account).templates
    assert {key: t.name for key, t in found.items()} == {
        "code_2": "验证码_2",
        "code": "验证码",
        "code_3": "验证码_3",
    }
    assert found["code"].content[0] == "新："
    assert {e.name for e in account.entries()} == {"验证码"}
    assert "# rejected: 不行 # 坏" in "".join(
        path.read_text("utf-8") for path in (account.root / "p").iterdir()
    )
    check_nothing_to_do(account, 4)


def test_a_second_import_finds_nothing_new(account: Project) -> None:
    """What is owned is counted and left; no file is touched."""
    seed(account, a_template("您的验证码是{1}。"))
    assert account("import").code == 0
    before = {path: path.read_bytes() for path in account.root.rglob("*.yaml")}
    result = account("import")
    assert result.code == 0
    assert "1 owned already" in result.err
    assert {path: path.read_bytes() for path in account.root.rglob("*.yaml")} == before


def test_what_is_defined_stays_with_its_definition(account: Project) -> None:
    """The state file is lost: import writes nothing twice, and owns what is said."""
    account.templates["mine"] = {
        "name": "发货",
        "type": "notification",
        "content": "您的订单已发货。",
    }
    account.write()
    seed(
        account,
        a_template("您的订单已发货。", "发货"),
        a_template("别的。", "发货", id=77),
    )
    result = account("import", "--separate", "--dry-run")
    assert "`smsform apply` adopts them" in result.err
    result = account("import")
    assert result.code == 0
    assert "1 definition is shared" in result.err
    assert "`smsform import p/template.mine 77`" in result.err
    assert not (account.root / "p").exists()
    assert list(account.active()) == ["template.mine"]


def test_ids_and_kinds_choose(account: Project) -> None:
    """Only what was asked for; an id that does not exist is an error."""
    seed(
        account,
        {"kind": "signature", "name": "示例商城", "id": 5},
        a_template("您的验证码是{1}。", id=11),
        a_template("已发货。", "发货", id=12),
    )
    assert account("import", "--id", "999").code == 1
    assert account("import", "--kind", "signature", "--id", "11").code == 1
    assert account("import", "--id", "12", "-o", "more/one.yaml").code == 0
    assert list(definitions(account).templates) == ["shipped"]
    assert account("import", "--kind", "signature").code == 0
    assert [s.name for s in definitions(account).signatures.values()] == ["示例商城"]
    part = account.plan("--show-unmanaged")
    assert [entry["id"] for entry in part["unmanaged"]] == ["11"]
    assert account("import", "--kind", "template", "-o", "rest").code == 0
    template = definitions(account).templates["code"]
    assert template.signature == "signature_5"  # the account has no other
    check_nothing_to_do(account)


def test_a_key_that_may_not_list_imports_by_id(tmp_path: Path) -> None:
    """The refusal says so; ids from the console do."""
    account = Project(tmp_path, "tencent", {"review": "manual", "sub_account": True})
    account.signatures = {}
    account.write()
    seed(account, a_template("您的验证码是{1}。", id=11))
    result = account("import")
    assert result.code == 1
    assert "--id" in result.err
    assert account("import", "--id", "11").code == 0
    assert account.active() == {"template.code": "11"}


def test_an_unclear_submission_is_not_taken_twice(account: Project) -> None:
    """The reply was lost and the entry exists: it belongs to its address."""
    account.signatures = {}
    account.templates["mine"] = {
        "name": "发货",
        "type": "notification",
        "content": "您的订单已发货。",
        "remark": "发货后",
    }
    account.write()
    seed(account, {"kind": "signature", "name": "示例商城"})
    account.fault(faults.FaultKind.DROP_AFTER, account.create_action)
    account.apply()
    assert account("import", "--kind", "template").code == 0
    assert list(definitions(account).templates) == ["mine"]
    account.approve_all(Review.IN_REVIEW)
    account("status")
    assert list(account.active()) == ["template.mine"]


# --- files and state -----------------------------------------------------------------


def test_a_dry_run_prints_and_writes_nothing(account: Project) -> None:
    """The YAML on stdout is what the files would be."""
    seed(account, {"kind": "signature", "name": "Shop"}, a_template("验证码{1}。"))
    before = sorted(account.root.rglob("*"))
    result = account("import", "--dry-run")
    assert result.code == 0
    assert sorted(account.root.rglob("*")) == before
    signatures, templates = yaml.safe_load_all(result.out)
    assert signatures == {"signatures": {"shop": {"name": "Shop"}}}
    assert templates["templates"]["code"]["content"] == "验证码{{ code }}。"
    assert account("import").code == 0
    for path in (account.root / "p").iterdir():
        assert path.read_text("utf-8") in result.out


def test_a_file_is_never_overwritten(account: Project) -> None:
    """Neither it nor the state changes."""
    seed(account, a_template("验证码{1}。"))
    path = account.root / "p" / "verification.yaml"
    path.parent.mkdir()
    path.write_text("# mine\n")
    result = account("import")
    assert result.code == 1
    assert "p/verification.yaml exists" in result.err
    assert path.read_text() == "# mine\n"
    assert not account.state_path.exists()
    assert account("import", "-o", "p/all.yaml").code == 0
    check_nothing_to_do(account)


def test_files_that_cannot_be_written_leave_the_state_as_it_was(
    account: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk: no half an import."""
    from smsform.errors import ConfigError
    from smsform.project import import_all

    def full(*_: object) -> None:
        assert '"template.code"' in account.state_path.read_text("utf-8")
        raise ConfigError("p/verification.yaml", "No space left on device")

    seed(account, a_template("验证码{1}。"))
    monkeypatch.setattr(import_all, "write", full)
    assert account("import").code == 1
    assert '"template.code"' not in account.state_path.read_text("utf-8")


def test_a_place_that_is_not_read_is_refused(account: Project) -> None:
    """Else what was imported would be orphans at once."""
    seed(account, a_template("验证码{1}。"))
    for place in ("../out", ".git", "/", "smsform.yaml", "../p.yaml"):
        result = account("import", "-o", place)
        assert result.code == 1, place
        assert not account.state_path.exists()


def test_options_do_not_go_with_an_address(account: Project) -> None:
    """Two ways to use it, not mixed."""
    for arguments in (("p/template.a",), ("p/template.a", "1", "--dry-run")):
        assert account("import", *arguments).code == 64


def test_a_corrected_type_is_taken_over_by_importing_again(account: Project) -> None:
    """The service does not show types: the file's word is taken for what it is."""
    seed(account, {"kind": "signature", "name": "示例商城"})
    seed(account, a_template("您的验证码{1}。", "发货", id=11))
    assert account("import").code == 0
    path = account.root / "p" / "verification.yaml"
    text = path.read_text("utf-8").replace("type: verification", "type: notification")
    path.write_text(text, encoding="utf-8")
    lines = account.plan()["lines"]
    assert [line["action"] for line in lines] == ["none", "supersede"]
    assert account("import", "p/template.shipped", "11").code == 0
    check_nothing_to_do(account)


def test_a_text_that_carries_its_signature_is_taken_apart(account: Project) -> None:
    """For people and other services; what this service has stays as it is."""
    seed(account, {"kind": "signature", "name": "示例商城", "id": 5})
    seed(account, a_template("【示例商城】您的验证码是{1}。", id=11))
    assert account("import").code == 0
    template = definitions(account).templates["code"]
    assert template.signature == "signature_5"
    assert template.content[0] == "您的验证码是"
    assert template.overrides == {
        "tencent": {"native": "【示例商城】您的验证码是{1}。"}
    }
    check_nothing_to_do(account)


def test_approved_texts_are_only_warned_about(account: Project) -> None:
    """Rules change, approved texts stay; edited, they are judged like any other."""
    seed(account, a_template("【别人】您的验证码是{1}。"))
    assert account("import").code == 0
    assert account("validate").code == 0
    path = account.root / "p" / "verification.yaml"
    text = path.read_text("utf-8").replace(
        '别人】您的验证码是{1}。"', '别人】验证码{1}。"'
    )
    path.write_text(text, encoding="utf-8")
    assert account("validate").code == 1


def test_samples_that_were_proposed_break_no_rule(account: Project) -> None:
    """What validate says is about the texts, not about our guesses."""
    seed(account, {"kind": "signature", "name": "示例商城"})
    seed(
        account,
        *(
            a_template(text, f"名字{n}")
            for n, text in enumerate(
                (
                    "您的验证码为{1}，有效期{2}分钟，请勿泄露给他人。",
                    "尊敬的{1}，您的订单{2}已由{3}发出，运单号{4}，客服电话：{5}。",
                    "您的退款{1}元已到账，余额{2}元，如有疑问请联系客服人员处理。",
                    "您好，{1}的预约时间是{2}，地点：{3}，请携带证件准时到达现场。",
                )
            )
        ),
    )
    assert account("import").code == 0
    config = load(account.root, {}, specs())
    assert check(definitions(account), config, specs()) == ()


@pytest.mark.parametrize("call", ["fsync", "mkdir", "replace", "open"])
def test_ctrl_c_leaves_nothing_half_done(
    call: str, account: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At every step of writing: it is all there or not at all, and can be repeated."""
    seed(account, {"kind": "signature", "name": "示例商城"}, a_template("验证码{1}。"))
    account("state", "list")
    files = sorted(account.root.rglob("*.yaml"))
    real, left = getattr(os, call), 0

    def interrupted(*arguments: Any, **options: Any) -> Any:
        nonlocal left
        left -= 1
        try:
            return real(*arguments, **options)
        finally:
            if left == 0:
                raise KeyboardInterrupt

    monkeypatch.setattr(os, call, interrupted)
    for step in range(1, 100):
        left = step
        result = account("import", "-o", "new/folder")
        if left > 0:  # it was over before this step
            break
        assert result.code == 130
        assert sorted(account.root.rglob("*.yaml")) == files
        assert not (account.root / "new").exists()
        assert account("state", "list").out == ""
    assert step > 1
    assert result.code == 0
    left = 0
    check_nothing_to_do(account)


def test_a_thousand_entries_take_seconds(account: Project) -> None:
    """Linear, and far from a coffee break."""
    seed(
        account,
        *(
            a_template(
                f"您的验证码是{{1}}，第{n}号，{{2}}分钟内有效。", f"验证码{n % 50}"
            )
            for n in range(1000)
        ),
    )
    started = time.monotonic()
    assert account("import").code == 0
    assert time.monotonic() - started < 10
    assert len(definitions(account).templates) == 1000
    check_nothing_to_do(account)
