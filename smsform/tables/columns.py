"""The meaning of columns, by their names in English and Chinese."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from smsform.tables.values import TableError

# The keys a column may be for, with its known names; earlier names go first.
KEYS: Mapping[str, Sequence[str]] = {
    "content": (
        "content", "templatecontent", "smscontent", "tplcontent", "templatetext",
        "smstext", "text", "body", "template", "message", "msg", "模板内容", "短信内容",
        "正文", "模板正文", "内容", "短信正文", "文本", "短信模板", "模板",
    ),
    "name": (
        "name", "templatename", "tplname", "title", "模板名称", "名称", "模板名",
        "标题",
    ),
    "key": (
        "key", "code", "templatecode", "tplcode", "templatekey", "alias", "模板编码",
        "编码", "标识", "模板标识", "模板代码",
    ),
    "type": (
        "type", "templatetype", "smstype", "tpltype", "category", "模板类型", "类型",
        "短信类型", "分类",
    ),
    "signature": (
        "signature", "sign", "signname", "signaturename", "smssign", "签名", "短信签名",
        "签名名称",
    ),
    "remark": (
        "remark", "remarks", "description", "desc", "memo", "note", "scene", "备注",
        "说明", "描述", "申请说明", "使用场景", "场景",
    ),
    "international": (
        "international", "abroad", "intl", "国际", "是否国际", "国际短信",
    ),
}  # fmt: skip
_FILLING = re.compile(r"[\s_\-.（(].*?[）)]|[\s_\-.:：]")


class Columns(NamedTuple):
    """Key -> the column that has it; ``said`` are keys that the user mapped."""

    names: Mapping[str, str]
    said: frozenset[str] = frozenset()


def chosen(columns: Sequence[str], mapped: Mapping[str, str]) -> Columns:
    """The column for each key; *mapped* (column -> key) goes before their names.

    TableError where *mapped* names a column that does not exist. Without a column of
    texts there is no ``content``.
    """
    if lacking := [name for name in mapped if name not in columns]:
        raise TableError("no_column", name=lacking[0], known=", ".join(columns))
    names: dict[str, str] = {}
    for column, key in mapped.items():
        if key and names.setdefault(key, column) != column:
            raise TableError("mapped_twice", key=key)
    plain = {_plain(column): column for column in reversed(columns)}
    for key, words in KEYS.items():
        free = [plain[w] for w in words if w in plain and plain[w] not in mapped]
        if key not in names and free:
            names[key] = free[0]
    return Columns(names, frozenset(mapped.values()))


def _plain(column: str) -> str:
    return _FILLING.sub("", column.strip()).lower()
