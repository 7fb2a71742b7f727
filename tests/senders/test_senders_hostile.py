"""Hostile names and texts: what is generated compiles and says them, or is refused."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sender_cases import DIGITS, function, made_up, service
from sender_worlds import Send
from workshops import WORKSHOPS, Case
from workshops_declared import DECLARED_WORKSHOPS

from smsform.errors import ConfigError
from smsform.senders.language import LANGUAGES, language
from smsform.senders.model import Argument, Function, ValueCheck, ValueType
from smsform.senders.names import named
from toolchains import Failure, skip_or_fail

ALL = {**WORKSHOPS, **DECLARED_WORKSHOPS}
KEYS = (
    "class", "return", "2nd-code", "a_b", "login-code", "LoginCode2", "string", "true",
    "Object", "message", "send", "登录验证码", "ελληνικά", "-", "___", "wait", "new",
    "toString", "hashCode", "self", "result", "x" * 60, "constructor", "def", "import",
)  # fmt: skip
NAMES = (
    "class", "to", "call", "self", "wait", "1st", "验证码", "value", "equals", "this",
    "Equals", "GetType", "ctx", "new", "s", "texts", "in", "from", "func", "$", "a b",
    "constructor", "toString", "__proto__", "message", "params", "hashCode", "yield",
)  # fmt: skip
TEXTS = (
    '"', "'", "*/", "/*", "//", "${x}", "#{x}", "`id`", "\\", "\\u0041", "\\u000a",
    '"""',
    "'''", "\n", "\r\n", "\t", "\0", "\u2028", "\u2029", "\x85", "\u202e", "?>",
    "<?php",
    "??/", "??=", "%s", "{0}", "{{x}}", "{% x %}", "@deprecated", "</summary>", "&amp;",
    "\U0001f600", "\U000e0001", "é", "𠮷", "好", "$x", "end\\", "-- ", "R\"(x)\"",
)  # fmt: skip
text = st.lists(
    st.one_of(
        st.sampled_from(TEXTS), st.text(st.characters(exclude_categories=["Cs"]))
    ),
    max_size=4,
).map("".join)
names = st.one_of(
    st.sampled_from(NAMES),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8),
)
arguments = st.builds(
    Argument,
    names,
    names,
    st.just(ValueCheck(0, 0, links=True)),
    st.sampled_from(ValueType),
    text,
    text,
)
functions = st.builds(
    lambda key, given, *texts: function(
        "any",
        key,
        *given,
        signature=texts[0],
        text=texts[1],
        title=texts[2],
        sample=texts[3],
        deprecated=texts[4],
    ),
    st.one_of(st.sampled_from(KEYS), names),
    st.lists(arguments, max_size=4, unique_by=(lambda a: a.native, lambda a: a.name)),
    text,
    text,
    text,
    text,
    st.one_of(st.just(""), text),
)


@pytest.mark.parametrize("name", LANGUAGES)
@given(functions=st.lists(functions, max_size=3, unique_by=lambda f: f.key))
def test_no_two_names_are_one(name: str, functions: list[Function]) -> None:
    """Either every identifier of a module is its own, or the command refuses."""
    sender = made_up(sorted(DIGITS)[0], tuple(functions))
    convention = language(name).convention
    try:
        found = named(sender, convention)
    except ConfigError:
        return
    declared = [n for f in found for n in convention.declared(f.function)]
    assert len({each.lower() for each in declared}) == len(declared)
    for each in found:
        inside = [argument.name for argument in each.arguments]
        assert len({n.lower() for n in inside}) == len(inside)
        assert convention.reserved.isdisjoint(inside)


@pytest.mark.judge
@pytest.mark.parametrize("name", ALL)
def test_whatever_it_is_called_it_compiles(name: str, tmp_path: Path) -> None:
    """Projects made at random, for every service, in one call of the compiler."""
    workshop = ALL[name](tmp_path)
    if why := workshop.unavailable():
        skip_or_fail(why)
    chance = random.Random(20261129)
    providers = [p for p in sorted(DIGITS) if name in service(p).languages]
    workshop.build([hostile(p, f"hostile_{p}", name, chance) for p in providers])


def hostile(provider: str, called: str, name: str, chance: random.Random) -> Case:
    """A module of hostile names that a language can tell apart, and calls of it."""

    def odd(parts: int) -> str:
        """Some hostile text."""
        return "".join(chance.choices(TEXTS, k=parts))

    convention = language(name).convention
    kept: list[Function] = []
    keys = chance.sample(KEYS, len(KEYS))
    while keys:
        key = keys.pop()
        given = tuple(
            Argument(
                each,
                each,
                ValueCheck(0, 0, links=True),
                chance.choice(list(ValueType)),
                odd(2),
                odd(2),
            )
            for each in chance.sample(NAMES, chance.randint(0, 4))
        )
        made = function(
            provider,
            key,
            *given,
            variable="SHOP_TEMPLATE_K",
            signature=odd(3),
            text=odd(6),
            title=odd(2),
            sample=odd(6),
        )
        try:
            named(made_up(provider, (*kept, made)), convention)
        except ConfigError:
            continue
        kept.append(made)
    assert len(kept) > len(KEYS) // 2
    sender = made_up(provider, tuple(kept))
    sends = [
        Send(each, {a.name: odd(3) for a in each.arguments}, "+8613800138000")
        for each in sender.functions
    ]
    return Case(called, sender, service(provider).templates, sends)


@pytest.mark.judge
@pytest.mark.parametrize(
    "given",
    [
        "{}",
        "{std::vector<std::string>{}}",
        "shop::{message}<true, true>()",
        "shop::{message}<true, true>(std::vector<std::string>{{}})",
        'shop::{message}<>().code("1")',
    ],
)
def test_no_value_can_be_left_out_in_cpp(given: str, tmp_path: Path) -> None:
    """Not by braces and not by the name of a finished message either."""
    provider = next(p for p in sorted(DIGITS) if "cpp" in service(p).languages)
    workshop = ALL["cpp"](tmp_path)
    if why := workshop.unavailable():
        skip_or_fail(why)
    usual = function(provider, "login_code", ONE, TWO)
    send = Send(usual, {"code": "1", "minutes": "5"}, "+8613800138000")
    case = Case(
        "shop", made_up(provider, (usual,)), service(provider).templates, [send]
    )
    workshop.write(case)
    [call] = workshop.calls(case)
    head, _, whole = call.partition("}, ")
    name = whole[: whole.index("<")].removeprefix("shop::")
    for written, good in ((whole.removesuffix(")"), True), (given, False)):
        text = f"{head}}}, {written.replace('{message}', name)})"
        for file, program in workshop.program([(case, [text])]).items():
            (tmp_path / file).write_text(program, encoding="utf-8")
        workshop.fresh = False
        try:
            workshop.compile([case])
        except Failure:
            assert not good, text
        else:
            assert good, text


# --- callers whose project has changed ---------------------------------------------

ONE = Argument("code", "code", ValueCheck(1, 6, "09"))
TWO = Argument("minutes", "minutes", ValueCheck(1, 2, "09"))
COMPILED = [name for name, each in ALL.items() if each.compiled]


@pytest.mark.judge
@pytest.mark.parametrize("name", COMPILED)
def test_a_change_that_breaks_callers_breaks_their_build(
    name: str, tmp_path: Path
) -> None:
    """A parameter renamed, dropped, added, a template removed; not a moved position."""
    provider = next(p for p in sorted(DIGITS) if name in service(p).languages)

    def compiles(*arguments: Argument, key: str = "login_code") -> bool:
        """Whether a caller of code and minutes builds with this module."""
        workshop = ALL[name](tmp_path)
        if why := workshop.unavailable():
            skip_or_fail(why)
        usual = function(provider, "login_code", ONE, TWO)
        send = Send(usual, {"code": "1", "minutes": "5"}, "+8613800138000")
        written = Case(
            "shop", made_up(provider, (usual,)), service(provider).templates, [send]
        )
        calls = [(written, workshop.calls(written))]
        changed = function(provider, key, *arguments)
        workshop.write(written._replace(sender=made_up(provider, (changed,))))
        for file, program in workshop.program(calls).items():
            (tmp_path / file).write_text(program, encoding="utf-8")
        workshop.fresh = False
        try:
            workshop.compile([written])
        except Failure:
            return False
        return True

    assert compiles(ONE, TWO)
    assert compiles(TWO, ONE)  # moved
    assert not compiles(ONE, TWO._replace(name="limit"))
    assert not compiles(ONE)
    assert not compiles(ONE, TWO, Argument("more", "more"))
    assert not compiles(ONE, TWO, key="sign_in_code")
