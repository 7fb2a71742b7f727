"""A rule's example, of which only what matters is written, as a whole project."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import yaml

from conformance.project import a_png, facts
from projects import UNGATED
from smsform.config import load as load_config
from smsform.definitions import load as load_definitions
from smsform.errors import Problem
from smsform.model import Kind
from smsform.provider import Form
from smsform.registry import specs
from smsform.validate import check

TEMPLATE = {
    "name": "示例",
    "type": "notification",
    "signature": "shop",
    "remark": "发货后发送",
    "content": "您的订单已发货。",
}
PAPERS = {
    key: value
    for key, value in facts(UNGATED)["signature"].items()
    if key not in specs()[UNGATED].evidence(Kind.SIGNATURE)
}
EVIDENCE = {
    "licence.png": a_png(),
    "letter.png": a_png(),
    "text.png": b"not an image",
    "huge.png": a_png(),
    "consent.png": a_png(),
}
HUGE = 31 * 2**20  # bytes: more than any service takes
# A service whose templates come with files, and the key that names them.
WITH_FILES, FILES = next(
    (type, key.name)
    for type, spec in specs().items()
    for key in spec.keys[Kind.TEMPLATE].values()
    if key.form is Form.FILES
)
SIGNATURE = {"name": "示例花店", "remark": "公司全称为示例花店有限公司"}
OTHERS = {
    "signatures": {
        "shop": {"name": "示例购物"},
        "abroad": {"name": "Elsewhere", "international": True},
    },
    "templates": {"other": {**TEMPLATE, "name": "签收", "content": "您的订单已签收。"}},
}


def problems_of(
    example: str, kind: Kind, folder: Path, type: str = UNGATED
) -> tuple[Problem, ...]:
    """What is found in *example*, a template's or signature's keys, at one provider.

    ``account`` and ``site`` among the keys are the provider's, as in smsform.yaml.
    """
    keys: dict[str, Any] = yaml.safe_load(example)
    if "fake" in keys and kind is Kind.TEMPLATE:
        type, named = WITH_FILES, keys.pop("fake")
        keys[type] = {FILES: named.pop("papers"), **named}
    if "fake" in keys:  # a rule of no service speaks of a made-up one
        keys[type] = PAPERS | keys.pop("fake")
    for name, content in EVIDENCE.items():
        (folder / name).write_bytes(content)
    os.truncate(folder / "huge.png", HUGE)
    provider = {"type": type, "endpoint": "emulator"}
    provider |= {name: keys.pop(name) for name in ("account", "site") if name in keys}
    base = dict(TEMPLATE if kind is Kind.TEMPLATE else SIGNATURE)
    if kind is Kind.TEMPLATE and "native" in keys.get(type, {}):
        del base["content"]
    if kind is Kind.TEMPLATE and keys.get("international"):
        base["signature"] = "abroad"
    further = keys.pop("signatures", {})
    entry = {key: value for key, value in {**base, **keys}.items() if value is not None}
    places: dict[str, dict[str, Any]] = {k: dict(v) for k, v in OTHERS.items()}
    places["signatures"] |= further
    places[f"{kind}s"]["example"] = entry
    _write(folder / "smsform.yaml", {"smsform": 1, "providers": {type: provider}})
    _write(folder / "definitions.yaml", places)
    config = load_config(folder, {}, specs())
    found = check(load_definitions(config, specs()), config, specs())
    return tuple(p for p in found if p.address.endswith(f"{kind}.example"))


def _write(path: Path, content: object) -> None:
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False))
