"""The import of a table, for people."""

from __future__ import annotations

from collections.abc import Iterator

from smsform.drafts.rows import RowLeft
from smsform.model import Signature
from smsform.project.import_table import ImportedTable
from smsform.report.terminal import safe
from smsform.words import counted, say


def as_yaml(found: ImportedTable) -> Iterator[str]:
    """The files as one YAML stream."""
    for path, text in found.texts.items():
        yield f"--- # {path}\n{text}".removesuffix("\n")


def told(found: ImportedTable, dry_run: bool) -> Iterator[str]:
    """How the file was read, and every row without a definition of its own."""
    for table, columns in found.tables:
        rows = counted("tables.rows", len(table.rows) + len(table.unread))
        fields = {"file": found.file, "rows": rows, "encoding": found.encoding}
        yield say("tables.read", **fields, form=table.name or _form(found.file))
        for key, column in columns.names.items():
            said = "column" if key in columns.said else "guessed_column"
            yield say(f"tables.{said}", key=key, column=safe(column))
        used = {*columns.names.values()}
        if unused := [each for each in table.columns if each not in used]:
            yield say("tables.unused", columns=safe(", ".join(unused[:30])))
    for table in found.passed_over:
        rows = counted("tables.rows", len(table.rows))
        yield say("tables.passed_over", name=safe(table.name), rows=rows)
    if types := sum("type" in draft.check for draft in found.drafts):
        yield say("tables.types", count=types)
    signatures = sum(isinstance(each.definition, Signature) for each in found.drafts)
    yield say(
        "tables.would_write" if dry_run else "tables.wrote",
        signatures=counted("import_all.signatures", signatures),
        templates=counted("import_all.templates", len(found.drafts) - signatures),
    )
    yield from _left("unread", [left for left in found.left if left.failed])
    yield from _left("left", [left for left in found.left if not left.failed])
    if found.texts and not dry_run:
        yield say("import_all.written", paths=safe(", ".join(found.texts)))
        yield say("tables.next")


def _left(sentence: str, left: list[RowLeft]) -> Iterator[str]:
    if left:
        yield counted(f"tables.{sentence}", len(left))
    for each in sorted(left, key=_line):
        yield say("tables.row", place=safe(each.place), why=safe(each.why))


def _line(left: RowLeft) -> int:
    """The line of the file, where the place tells one."""
    end = left.place.rpartition(":")[2]
    return int(end) if end.isdecimal() else 0


def _form(file: str) -> str:
    suffix = file.rpartition(".")[2].upper()
    return suffix if suffix in ("CSV", "TSV", "JSON", "SQL") else "CSV"
