"""Comparing the names in a text with its parameters: one problem for each mistake.

A name that is not defined and a parameter that the text does not use are most likely
one misspelling, so they are reported together.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import islice

from smsform.documents import text as texts
from smsform.documents.document import Document, Node
from smsform.documents.nearness import near, nearest, shorten
from smsform.documents.placeholder import is_name
from smsform.model import Parameter
from smsform.pattern import pattern
from smsform.words import say

# What stands for a value in a text that programs fill: %s, %1$s, %d.
_NAMELESS = pattern(r"%(?:[0-9]{1,2}\$)?[sd@](?![A-Za-z0-9_])", re.A)
MOST = 20  # names of one text that are reported


def check(
    document: Document,
    node: Node,
    parameters: Sequence[Parameter],
    constants: Collection[str],
) -> None:
    """Report names that are not defined, and parameters the text does not use.

    *node* is the text, *constants* are names that it may use beside the parameters'.
    """
    known = {*(parameter.name for parameter in parameters), *constants}
    used: dict[str, int] = {}  # name -> offset of its first use
    for offset, name in texts.places(node[0]):
        used.setdefault(name, offset)
    lacking = [
        parameter
        for parameter in parameters
        if parameter.name not in used
        and parameter.name not in constants
        and not parameter.native
    ]
    for name, offset in islice(used.items(), MOST):
        if name not in known:
            _unknown(document, document.within(node, offset), name, known, lacking)
    for parameter in lacking:
        # Otherwise it was reported that nothing can be called so.
        if is_name(parameter.name):
            _unused(document, node, parameter, alone=len(lacking) == 1)


def _unknown(
    document: Document,
    at: int,
    name: str,
    known: Collection[str],
    lacking: list[Parameter],
) -> None:
    """Report *name*, and take the parameter that was probably meant out of
    *lacking*."""
    meant = nearest(name.lower(), [parameter.name for parameter in lacking])
    if not meant and lacking:
        meant = lacking[0].name
    lacking[:] = [parameter for parameter in lacking if parameter.name != meant]
    if meant and not is_name(meant):
        return  # renaming that parameter solves both
    shown = shorten(name)
    if not is_name(name):
        sentence = "name_for" if meant else "name"
        document.complain("SF119", at, sentence, name=shown, meant=meant)
        return
    hint = say("definitions.did_you_mean", name=meant) if meant else near(name, known)
    document.complain("SF123", at, "undeclared", name=shown, near=hint)


def _unused(
    document: Document, node: Node, parameter: Parameter, *, alone: bool
) -> None:
    """Report *parameter*; the hint names what stands in the text like %name%.

    Where no other parameter is unused (*alone*), that may be %s.
    """
    name = parameter.name
    sign = "[^\\w\\s，。：；、（）“”]"
    foreign = re.search(
        rf"{sign}{{1,2}}{re.escape(name)}(?![A-Za-z0-9_]){sign}{{0,2}}", node[0]
    )
    if foreign is None and alone:
        foreign = _NAMELESS.search(node[0])
    if foreign is None:
        document.complain("SF124", parameter.at, "unused", name=name)
    else:
        document.complain(
            "SF124", parameter.at, "unused_foreign", name=name, found=foreign[0]
        )
