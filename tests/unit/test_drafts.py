"""What import makes of names, words and texts, before any file is written."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from builders import NOW, a_desired, a_spec, a_version, an_entry, at
from smsform.config import Config, Policy
from smsform.documents import events
from smsform.documents.document import KEY, Document
from smsform.drafts.adoption import adopt
from smsform.drafts.keys import LONGEST, slug, unused
from smsform.drafts.layout import one_line, quoted, scalar, writable
from smsform.drafts.merging import guessed_type
from smsform.drafts.parameters import guess, parameters
from smsform.drafts.selection import sift
from smsform.drafts.values import ChosenEntry, Draft, SkipReason, Unit
from smsform.errors import ConfigError
from smsform.model import (
    PARAMETER_KINDS,
    Identity,
    Kind,
    Placeholder,
    Review,
    TemplateType,
)
from smsform.project import import_all
from smsform.project.new_files import check_new, default_folder, write_new
from smsform.state import Block, Intent, Origin, Record
from smsform.validate.samples import LOOKS


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("登录验证码", "login_code"),
        ("登入驗證碼", "login_code"),
        ("QQ登录验证码", "qq_login_code"),
        ("订单发货通知（新）", "order_shipped_notice_new"),
        ("LoginCode V2", "login_code_v2"),
        ("Código de verificación", "codigo_de_verificacion"),
        ("ＬＯＧＩＮ", "login"),
        ("template_17", "template_17"),
        ("恋爱世界", ""),
        ("张三李四的短信", ""),
        ("2024", ""),
        ("Yes", ""),
        ("", ""),
        ("😀\u202e", ""),
    ],
)
def test_keys_are_made_from_names(name: str, key: str) -> None:
    """Latin words are kept, everyday Chinese is translated, the rest is no key."""
    assert slug(name) == key


@given(st.text(max_size=200))
def test_every_key_fits_into_an_address(name: str) -> None:
    """Whatever the name, the key is empty or one that definitions may have."""
    key = slug(name)
    assert len(key) <= LONGEST
    assert not key or KEY.fullmatch(key)
    assert not key or yaml.safe_load(f"{key}: 1") == {key: 1}


def test_a_taken_key_gets_the_first_free_number() -> None:
    """Collisions are resolved the same way every time."""
    taken = {"code", "code_2"}
    assert unused("code", taken.__contains__) == "code_3"
    assert unused("login", taken.__contains__) == "login"


@pytest.mark.parametrize(
    ("before", "after", "name"),
    [
        ("您的验证码是", "，", "code"),
        ("", "为您的登录验证码，请于", "code"),
        ("Your code for QQ login is ", ".", "code"),
        ("验证码，请于", "分钟内填写", "minutes"),
        ("valid for ", " minutes", "minutes"),
        ("您的提货码是:", ",", "pickup_code"),
        ("，订单号：", "，", "order"),
        ("您尾号", "的", "last_digits"),
        ("退款金额：", "元", "amount"),
        ("扣除手续费：", "元", "fee"),
        ("您消费了", "元", "amount"),
        ("前面还有", "人等待", "count"),
        ("尊敬的", "用户", "name"),
        ("", "您好", "name"),
        ("Dear ", ", your", "name"),
        ("致电", "。", "phone"),
        ("约见地方：", "，", "place"),
        ("shipping ", " ", None),
        ("关于", "", "time"),
        ("", "", None),
    ],
)
def test_parameters_are_named_by_their_neighbours(
    before: str, after: str, name: str | None
) -> None:
    """A unit behind decides, else the word before, else the word behind."""
    found = guess(before, after)
    assert (found.name if found else None) == name


def test_what_cannot_be_guessed_is_numbered() -> None:
    """Names follow the service's numbers, none is given twice, none is a constant's."""
    text = (
        "验证码",
        Placeholder("1"),
        "和验证码",
        Placeholder("2"),
        "，",
        Placeholder("9"),
    )
    found = parameters(
        text, ("1", "2", "9"), TemplateType.NOTIFICATION, ("code",), "made_up"
    )
    assert [p.name for p in found.values()] == ["code_2", "code_3", "p9"]
    assert found["9"].native == {"made_up": "9"}


@pytest.mark.parametrize("native", ["²", "①", "٣"])
def test_only_ascii_digits_become_part_of_a_name(native: str) -> None:
    """Others would make a name that no definition may have."""
    text = ("看这里", Placeholder(native))
    found = parameters(text, (native,), TemplateType.NOTIFICATION, (), "made_up")
    assert found[native].name == "p1"


def test_the_only_unknown_variable_of_a_verification_text_is_its_code() -> None:
    """There is no such text without a code."""
    text = ("验证码在此：", Placeholder("1"), "，", Placeholder("2"), "分钟内有效")
    found = parameters(text, ("1", "2"), TemplateType.VERIFICATION, (), "made_up")
    assert [(p.name, p.kind) for p in found.values()] == [
        ("code", "code"),
        ("minutes", "number"),
    ]


@pytest.mark.parametrize("kind", sorted(PARAMETER_KINDS))
def test_a_kind_the_service_tells_gets_a_sample_of_that_kind(kind: str) -> None:
    """Whatever the words beside the variable would have proposed."""
    text = ("您的订单", Placeholder("x"), "已登记")
    found = parameters(
        text, ("x",), TemplateType.NOTIFICATION, (), "made_up", {"x": kind}
    )["x"]
    assert found.kind == kind
    if kind in LOOKS:
        assert re.fullmatch(LOOKS[kind][0], found.sample)


def test_every_proposed_sample_looks_like_its_kind() -> None:
    """Six characters at most, which every account allows, and no warning of ours."""
    from smsform.drafts import parameters as room

    rows = [*room._UNITS, *room._BEFORE, *room._AFTER]
    for _, found in rows:
        assert found.kind in PARAMETER_KINDS
        for sample in filter(None, (found.sample, found.english)):
            assert len(sample) <= 6, found
            if found.kind in LOOKS:
                assert re.fullmatch(LOOKS[found.kind][0], sample), found


@pytest.mark.parametrize(
    ("text", "type"),
    [
        (("您的验证码是", Placeholder("1")), "verification"),
        (("Your code is ", Placeholder("1")), "verification"),
        (("请勿把验证码告诉他人",), "notification"),
        (("新茶上架，拒收请回复R",), "marketing"),
        (("验证码", Placeholder("1"), "回T退订"), "marketing"),
        (("Reply T to unsubscribe",), "marketing"),
        ((), "notification"),
    ],
)
def test_the_type_is_guessed_from_the_words(
    text: tuple[object, ...], type: str
) -> None:
    """Who can opt out reads marketing; a code in a text with a variable verifies."""
    assert guessed_type(text) == type  # type: ignore[arg-type]


@given(st.text(max_size=60))
@example("yes")
@example("1e3")
@example("a: b")
@example("a #b")
@example("\u2028\ufeff\x85")
@example("😀\u200d️")
@example("- a")
def test_scalars_are_read_back_as_they_were(text: str) -> None:
    """Plain where that is safe, quoted where not: YAML gives the very text back."""
    if not writable(text):
        return
    for written in (scalar(text), quoted(text)):
        line = f"a: {written}\n"
        assert yaml.safe_load(line) == {"a": text}
        problems: list[object] = []
        root = events.parse(Document("", line, problems))  # type: ignore[arg-type]
        assert problems == []
        assert root is not None
        assert root[0]["a"][0] == text


@given(st.text(max_size=60))
def test_a_comment_stays_on_its_line(text: str) -> None:
    """Whatever a reviewer wrote, it is one printable line."""
    assert one_line(text).isprintable()


def test_chinese_stands_without_quotes() -> None:
    """A person would not quote these."""
    for text in ("登录验证码", "Login code", "取件通知（繁體）", "退款成功。请查收"):
        assert scalar(text) == text


# --- which entries -------------------------------------------------------------------


def sifted(*entries, block=None, desired=()):
    """Ids of what is picked, with those beside, and the reason for all others."""
    wanted = {each.address: each for each in desired}
    block = block or Block(Identity("made_up"))
    picks, left = sift("shop", entries, block, wanted, a_spec())
    return (
        {pick.entry.id: [each.id for each in pick.beside] for pick in picks},
        {each.entry.id: each.why for each in left},
    )


def test_every_entry_is_picked_or_left_for_a_reason() -> None:
    """Nothing disappears."""
    owned = Record((a_version("1"),))
    block = Block(Identity("made_up"), {(Kind.TEMPLATE, "mine"): owned})
    picked, left = sifted(
        an_entry("1"),
        an_entry("2", foreign=True, name="gift"),
        an_entry("3", review=Review.CANCELLED, name="c"),
        an_entry("4", review=Review.UNKNOWN, name="u"),
        an_entry("5", name="silent", attributes={}),
        an_entry("6", review=Review.REJECTED, name="no"),
        an_entry("7", review=Review.IN_REVIEW, name="soon"),
        an_entry("8", review=Review.APPROVED_INACTIVE, name="later"),
        an_entry("9", name="yes"),
        block=block,
    )
    assert picked == {"6": [], "7": [], "8": [], "9": []}
    assert left == {
        "1": SkipReason.OWNED,
        "2": SkipReason.FOREIGN,
        "3": SkipReason.CANCELLED,
        "4": SkipReason.UNKNOWN,
        "5": SkipReason.UNTOLD,
    }


def test_what_is_defined_already_is_left_to_its_definition() -> None:
    """The same text is adopted by apply; another text is for a person to decide."""
    picked, left = sifted(
        an_entry("1", text="new"),
        an_entry("2", text="old"),
        an_entry("3", text="new", international=True),
        desired=[a_desired("login", "new")],
    )
    assert left == {"1": SkipReason.DEFINED, "2": SkipReason.NAMESAKE}
    assert picked == {"3": []}


def test_what_an_open_submission_may_have_made_is_left() -> None:
    """An intent whose outcome is unknown has the first claim."""
    intent = Intent(
        "create", "login", False, ("1",), {}, (), "2027-01-15T08:00:00+00:00"
    )
    block = Block(Identity("made_up"), {}, {(Kind.TEMPLATE, "login"): intent})
    picked, left = sifted(an_entry("1"), an_entry("2"), block=block)
    assert picked == {"1": []}
    assert left == {"2": SkipReason.SUBMITTED}


def test_alike_entries_become_one_definition() -> None:
    """The newest approved one leads, whatever came after it."""
    picked, _ = sifted(
        an_entry("1"),
        an_entry("2"),
        an_entry("3", review=Review.REJECTED),
        an_entry("4", text="other"),
    )
    assert picked == {"2": ["1", "3"], "4": []}


def test_only_what_was_picked_may_ever_be_deleted() -> None:
    """Nobody pointed at those beside it: they count as adopted."""
    from smsform.drafts.parameters import NOWHERE
    from smsform.model import Template

    template = Template(
        "login", "login", TemplateType.NOTIFICATION, ("new",), "", NOWHERE, NOWHERE
    )
    first, second = an_entry("1"), an_entry("2")
    draft = Draft(Unit((ChosenEntry("shop", second, (first,)),)), template)
    block = adopt(
        "shop", Block(Identity("made_up")), [draft], {at(): a_desired()}, a_spec(), NOW
    )
    record = block.record((Kind.TEMPLATE, "login"))
    assert [(v.id, v.origin) for v in record.versions] == [
        ("1", Origin.ADOPTED),
        ("2", Origin.IMPORTED),
    ]
    assert record.active == "2"
    assert record.versions[1].assumed == ("Remark", "Type")


# --- where files go ------------------------------------------------------------------


def a_config(root: Path, *patterns: str) -> Config:
    """A project whose definitions are in *patterns*."""
    return Config(
        root,
        patterns or ("**/*.yaml",),
        {},
        root / "s.json",
        {},
        Policy(),
        frozenset(),
        False,
        None,
        "smsform.yaml",
    )


def test_the_default_folder_is_one_that_is_read(tmp_path: Path) -> None:
    """Else the plan would take what was imported for orphans."""
    names = ["signatures.yaml"]
    assert default_folder(a_config(tmp_path), "cloud", names) == "cloud"
    here = a_config(tmp_path, "signatures.yaml", "texts/**/*.yaml")
    assert default_folder(here, "cloud", names) == "texts/cloud"
    with pytest.raises(ConfigError, match="would not be read"):
        default_folder(a_config(tmp_path, "all.yaml"), "cloud", names)


@pytest.mark.parametrize(
    "path", ["../a.yaml", "/etc/a.yaml", ".hidden/a.yaml", "smsform.yaml", "a.txt"]
)
def test_a_place_that_is_not_read_is_refused(tmp_path: Path, path: str) -> None:
    """Outside of the project, hidden, or of no pattern."""
    with pytest.raises(ConfigError):
        check_new(a_config(tmp_path), [path])


def test_files_are_new_or_not_written_at_all(tmp_path: Path) -> None:
    """The second exists: the first is taken back and the second is untouched."""
    (tmp_path / "b.yaml").write_text("mine")
    with pytest.raises(ConfigError):
        check_new(a_config(tmp_path), ["a.yaml", "b.yaml"])
    with pytest.raises(ConfigError, match=r"b\.yaml"):
        write_new(tmp_path, {"a.yaml": "1", "b.yaml": "2"})
    assert [path.name for path in tmp_path.iterdir()] == ["b.yaml"]
    assert (tmp_path / "b.yaml").read_text() == "mine"


class Looked:
    """A new draft of one provider that counts how often it is looked at."""

    is_new, looks = True, 0

    @property
    def unit(self):
        """What it was made of."""
        self.looks += 1
        return SimpleNamespace(picks=[SimpleNamespace(provider="p")])


def test_where_drafts_belong_is_found_in_one_go(monkeypatch):
    """Ten thousand are no reason to look at each of them ten thousand times."""
    monkeypatch.setattr(import_all, "documents", lambda *_, **__: {"a.yaml": "text"})
    monkeypatch.setattr(import_all, "default_folder", lambda config, name, files: name)
    config = SimpleNamespace(definitions=())
    project = SimpleNamespace(titles=dict, config=config)
    drafts = [Looked() for _ in range(50)]
    assert import_all._files(project, drafts, None) == {"p/a.yaml": "text"}
    assert max(each.looks for each in drafts) <= 2
