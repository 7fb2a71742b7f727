"""Several accounts become one project: the law, at every two services and at three.

Whatever the accounts hold, the next plan is empty, no text changes by a byte, and every
definition that entries share is equal at all of them.
"""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conformance.accounts import SIGNED, Row, World, native, wrong
from smsform.model import Review, TemplateType
from smsform.registry import specs

TYPES = sorted(specs())
PAIRS = [*itertools.combinations_with_replacement(TYPES, 2)]
TRIPLES = [tuple((TYPES * 3)[:3])]
OTHER = "示例科技"
POOL = (
    ("您的验证码是", "，", "分钟内有效。"),
    ("您的订单", "已由", "发出。"),
    ("您的订单已发货。",),
    (" 前面有空格", "", "。"),
    ("两次：", "和", "。"),
    ("{% raw %}", "。"),
    ("{{ code }}：", "。"),
)
NAMES = (("code", "minutes"), ("num", "time"), ("a", "a"), ("company", "x_1"))


@st.composite
def a_row(draw: st.DrawFn) -> Row:
    """Few texts and names, so that accounts overlap and contradict one another."""
    text = draw(st.sampled_from(POOL))
    return Row(
        text,
        draw(st.sampled_from(NAMES))[: len(text) - 1],
        draw(st.sampled_from(("登录", "登录验证码", "通知"))),
        draw(st.sampled_from(TemplateType)),
        draw(st.integers(0, 3)) == 0,
        draw(
            st.sampled_from(
                (
                    Review.APPROVED,
                    Review.APPROVED,
                    Review.IN_REVIEW,
                    Review.REJECTED,
                )
            )
        ),
        draw(st.sampled_from(("下单后发送", "别的说法", ""))),
        draw(st.sampled_from((SIGNED, SIGNED, OTHER, ""))),
        draw(st.booleans()),
        draw(st.integers(0, 4)) == 0,
    )


REVIEWS = ("approved", "approved", "in_review", "rejected")
Account = tuple[Sequence[Row], Mapping[str, str]]


@st.composite
def an_account(draw: st.DrawFn) -> Account:
    """Rows, and signatures with where they are in review; no row names another one."""
    names = st.dictionaries(
        st.sampled_from((SIGNED, OTHER)), st.sampled_from(REVIEWS), max_size=2
    )
    signatures = draw(names)
    rows = draw(st.lists(a_row(), max_size=5))
    known = [
        row
        if row.signature in signatures and not row.abroad
        else row._replace(signature="")
        for row in rows
    ]
    return known, signatures


ACCOUNT = an_account()


def a_world(root: Path, types: Sequence[str], accounts: Sequence[Account]) -> World:
    """A project whose providers p0, p1, … have these accounts."""
    world = World(root, {f"p{n}": type for n, type in enumerate(types)})
    for name, (rows, signatures) in zip(world.providers, accounts, strict=True):
        for signature, review in signatures.items():
            world.sign(name, signature, review)
        world.fill(name, rows)
    return world


def lawful(types: Sequence[str], accounts: Sequence[Account], later: bool) -> None:
    """Import all at once or, where *later*, one after the other: the law holds."""
    with tempfile.TemporaryDirectory() as folder:
        world = a_world(Path(folder), types, accounts)
        before = {name: world.texts(name) for name in world.providers}
        for number, chosen in enumerate(
            [[p] for p in world.providers] if later else [()]
        ):
            found = world.project.import_all(
                providers=chosen, output=f"all{number}.yaml"
            )
            assert not found.failed, found.left
        assert wrong(world) == []
        assert {name: world.texts(name) for name in world.providers} == before
        files = world.files()
        again = world.project.import_all(output="again.yaml")
        assert again.drafts == []
        assert world.files() == files
        if not later:
            check_joined(world, accounts)
        world.close()


def check_joined(world: World, accounts: Sequence[Account]) -> None:
    """What is once in every account and contradicts nothing is one definition."""
    alike: dict[object, list[Row]] = {}
    for rows, _ in accounts:
        for row in rows:
            shape = (row.text, len(set(row.names)) == len(row.names), row.abroad)
            alike.setdefault(shape, []).append(row)
    for rows in alike.values():
        plain = all(not row.carries and row.review == "approved" for row in rows)
        once = all(
            sum(row.text == rows[0].text for row in account) == 1
            for account, _ in accounts
        )
        told = {(row.type, tuple(row.names), row.turned) for row in rows}
        if plain and once and len(rows) == len(accounts) and len(told) == 1:
            wanted = {native(rows[0], world.spec(name)) for name in world.providers}
            shared = [
                each
                for each in world.project.definitions.templates.values()
                if each.providers is None
                and {world.spec(p).native(each) for p in world.providers} == wanted
            ]
            assert len(shared) == 1, rows


@settings(max_examples=12)
@given(st.data())
@pytest.mark.parametrize("types", PAIRS, ids="-".join)
def test_two_accounts_become_one_project(types: tuple[str, str], data: st.DataObject):
    """Equal, overlapping, contradicting, duplicates within one, rejected, pending."""
    accounts = [data.draw(ACCOUNT) for _ in types]
    lawful(types, accounts, data.draw(st.booleans()))


@settings(max_examples=12)
@given(st.data())
@pytest.mark.parametrize("types", TRIPLES, ids="-".join)
def test_three_accounts_become_one_project(types: Sequence[str], data: st.DataObject):
    """The same at three."""
    accounts = [data.draw(ACCOUNT) for _ in types]
    lawful(types, accounts, data.draw(st.booleans()))


@pytest.mark.exhaustive
@settings(max_examples=600)
@given(st.data())
@pytest.mark.parametrize("types", [*PAIRS, *TRIPLES], ids="-".join)
def test_thousands_of_accounts(types: Sequence[str], data: st.DataObject):
    """The long form."""
    accounts = [data.draw(ACCOUNT) for _ in types]
    lawful(types, accounts, data.draw(st.booleans()))
