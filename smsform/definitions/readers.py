"""Values of single keys of a definition, from their nodes.

Those that can fail report a problem and return None for a wrong value.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from sys import intern

from smsform.documents import whole
from smsform.documents.document import NULLS, Document, Node
from smsform.documents.nearness import near, shorten
from smsform.model import TemplateType
from smsform.words import say

# (document, node, what messages call it) -> the value.
Reader = Callable[[Document, Node, str], object]

TYPES = {each.value: each for each in TemplateType}
# What consoles and people call the types, for the hint.
OTHER_TYPES = {
    "验证码": "verification", "captcha": "verification", "otp": "verification",
    "code": "verification", "通知": "notification", "notice": "notification",
    "notify": "notification", "营销": "marketing", "推广": "marketing",
    "promotion": "marketing",
}  # fmt: skip


def chosen(
    providers: Collection[str], document: Document, node: Node, what: str
) -> tuple[str, ...]:
    """Those of *providers* that a definition goes to."""
    chosen: dict[str, None] = {}
    for name, at in document.texts(node, what):
        if name in providers:
            chosen[name] = None
        else:
            hint = near(name, providers)
            document.complain("SF130", at, "provider", name=shorten(name), near=hint)
    if node[0] in ([], *NULLS) and not node[1]:
        document.complain("SF130", node[2], "no_provider")
    return tuple(chosen)


def whole_text(document: Document, node: Node, what: str) -> str | None:
    """A text, none of which YAML leaves out."""
    text = document.text(node, what)
    if text is not None:
        whole.check(document, node, what)
    return text


def signature(document: Document, node: Node, what: str) -> str | None:
    """The key of the signature that a template is sent with."""
    key = document.text(node, what)
    return None if key is None else intern(key)  # thousands name the same few


def template_type(document: Document, node: Node, what: str) -> TemplateType | None:
    """One of TYPES."""
    if type(node[0]) is str and (meant := OTHER_TYPES.get(node[0].lower())):
        hint, found = say("definitions.did_you_mean", name=meant), node[0]
        document.complain("SF116", node[2], "choice", what=what, found=found, near=hint)
        return None
    word = document.choice(node, what, TYPES)
    return None if word is None else TYPES[word]
