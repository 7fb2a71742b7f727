"""Rules and emulators agree on what a service refuses at once.

They are written from the same documents, apart from each other, so each is the other's
witness: over random texts, what a rule calls an error is refused, and what no rule says
a word about is not. The rules meant are those that a machine can judge; which they are
is said in the service's ``conformance.json`` under ``at_once``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from conformance.project import Project as Folder
from conformance.project import facts
from smsform.config import load as load_config
from smsform.definitions import Definitions
from smsform.definitions import load as load_definitions
from smsform.errors import Level, Position, Refused
from smsform.model import (
    Address,
    Evidence,
    Kind,
    Parameter,
    Placeholder,
    Template,
    TemplateType,
)
from smsform.project.accounts import open_account
from smsform.project.workspace import Workspace
from smsform.provider import Context
from smsform.registry import specs
from smsform.validate import check

HERE = Position("templates.yaml", 1, 1)
DAY = 86400.0
NAMES = ("code", "place", "day")
# What texts are made of, what is refused among it.
PIECES = (
    "您的包裹已到", "请查收", "您的验证码是", "尊敬的会员", "，", "。", "！", " ", "  ",
    "\u3000", "1", "12", "186", "0", "号", "元", "【", "】", "[", "]", "（", "）",
    "https://example.com/", "www.", ".com", "example.cn", "/a", "拒收请回复R", "退订",
    "code", "Your", "１２", "１３８", "\u200b", "\u00ad", "://", "=",
    ":8443/", "☆", "→", "¥", "#", "&", "{", "}", "｛", "${", "$", "A", "-", "_",
    "@", "赌博", "😀", "龍", "字" * 60, "長" * 120,
)  # fmt: skip
PARTS = st.one_of(
    st.sampled_from(PIECES),
    st.sampled_from(NAMES).map(Placeholder),
    st.text(max_size=3),
)
CONTENTS = st.lists(PARTS, min_size=1, max_size=9)


@pytest.fixture(scope="module", params=sorted(specs()))
def world(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> World:
    """An account at the emulator of each service, with an approved signature."""
    return World(tmp_path_factory.mktemp(request.param), request.param)


class World:
    """A project whose templates are never written down, and its opened account."""

    def __init__(self, root: Path, type: str) -> None:
        self.known: dict[str, Any] = facts(type)
        self.folder = Folder(root, type, {"review": "manual", "pace": False})
        assert self.folder.apply().code == 0  # the signature
        self.folder.approve_all()
        self.config = load_config(root, {}, specs())
        definitions = load_definitions(self.config, specs())
        self.signatures = definitions.signatures
        self.account = open_account(Workspace(self.config, specs()), "p")

    def judged(self, template: Template) -> tuple[set[str], set[str]]:
        """The rules that call *template* wrong, and all that say something of it."""
        definitions = Definitions(self.signatures, {template.key: template}, ())
        found = check(definitions, self.config, specs())
        about = [p for p in found if p.address.endswith(f"template.{template.key}")]
        errors = {p.rule for p in about if p.level is Level.ERROR}
        return errors, {p.rule for p in about}

    def refusal(self, template: Template) -> str:
        """The code with which the service refuses *template*; "" when it takes it."""
        spec, config = self.account.spec, self.account.config
        names = {key: each.name for key, each in self.signatures.items()}
        context = Context(config, Evidence.unread, names)
        address = Address("p", Kind.TEMPLATE, template.key)
        desired = spec.desired(address, template, context)
        try:
            self.account.provider.create(desired, template.name)
        except Refused as refused:
            return refused.code
        for entry in self.folder.entries():
            self.folder.store.remove(entry.id)
        self.account.clock.sleep(DAY)  # no limit of a day is met
        return ""


def a_template(
    parts: list[str | Placeholder], type: TemplateType, abroad: bool, **changes: Any
) -> Template:
    """A template of *parts* as a definition has it: outer white space is gone."""
    content = [part for part in parts if part]
    text = "".join(p if isinstance(p, str) else f"\0{p.name}\0" for p in content)
    stripped = [
        Placeholder(part) if index % 2 else part
        for index, part in enumerate(text.strip().split("\0"))
    ]
    used = {part.name for part in content if isinstance(part, Placeholder)}
    return Template(
        "example",
        "示例",
        type,
        tuple(p for p in stripped if p),
        "",
        HERE,
        HERE,
        international=abroad,
        signature=None if abroad else "shop",
        remark="发货后发送",
        params=tuple(Parameter(name, "12", HERE) for name in NAMES if name in used),
        **changes,
    )


MANY = settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
NOTICE = TemplateType.NOTIFICATION


@MANY
@given(CONTENTS, st.sampled_from(TemplateType), st.booleans())
@example(["您的复诊定于", Placeholder("day"), " ", Placeholder("place")], NOTICE, False)
@example([Placeholder("day"), "您好，欢迎", Placeholder("day"), "。"], NOTICE, False)
@example(["会员编号88", Placeholder("code"), "66已登记"], NOTICE, False)
@example(["[您好]"], NOTICE, True)
def test_a_text_is_judged_alike(
    world: World, parts: list[str | Placeholder], type: TemplateType, abroad: bool
) -> None:
    """A text as people write it, with its variables by name."""
    parts = [p.replace("\0", "") if isinstance(p, str) else p for p in parts]
    template = a_template(parts, type, abroad)
    assume(template.content)
    agree(world, template)


@MANY
@given(CONTENTS, st.sampled_from(TemplateType), st.booleans())
def test_a_text_in_the_services_own_form_is_judged_alike(
    world: World, parts: list[str | Placeholder], type: TemplateType, abroad: bool
) -> None:
    """A text stated verbatim: braces and signs stand where nobody would put them."""
    spec = world.account.spec
    parts = [p.replace("\0", "") if isinstance(p, str) else p for p in parts]
    native = spec.native(a_template(parts, type, abroad))
    params = tuple(
        Parameter(f"p{n}", "12", HERE, native={spec.type: name})
        for n, name in enumerate(spec.order(native))
    )
    template = replace(
        a_template([], type, abroad),
        params=params,
        overrides={spec.type: {"native": native}},
    )
    assume(native)
    agree(world, template)


def agree(world: World, template: Template) -> None:
    """What a rule calls an error is refused, what no rule flags is not."""
    errors, flagged = world.judged(template)
    refusal = world.refusal(template)
    if errors & set(world.known.get("at_once", ())):
        assert refusal
    if not flagged:
        assert refusal == ""
