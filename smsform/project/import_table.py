"""Turning a table of texts into definitions; nothing is owned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct, field

from smsform import tables
from smsform.documents.walk import LARGEST
from smsform.drafts import Surroundings, TargetProject
from smsform.drafts.keys import slug
from smsform.drafts.layout import laid_out
from smsform.drafts.rows import RowDraft, RowLeft, TextRow, draft_rows, row_of
from smsform.errors import ConfigError, WrongUsage
from smsform.project.desired.attributes import evidence_of
from smsform.project.new_files import check_new, default_folder, inside, write_new
from smsform.project.workspace import Workspace, load_state, open_store
from smsform.regular import read_regular
from smsform.tables import KEYS, Columns, Table, TableError
from smsform.words import say


class ImportedTable(Struct):
    """The drafts for a table's rows; ``tables`` with what each column is for.

    ``left`` are rows without a definition of their own, ``texts`` the files by path
    from the project's folder, ``encoding`` the encoding of the file.
    """

    file: str
    encoding: str
    tables: Sequence[tuple[Table, Columns]]
    passed_over: Sequence[Table] = ()
    drafts: Sequence[RowDraft] = ()
    left: Sequence[RowLeft] = ()
    texts: Mapping[str, str] = field(default_factory=dict)

    @property
    def failed(self) -> bool:
        """Whether a row that should have got a definition has none."""
        return any(left.failed for left in self.left)


def import_table(
    project: Workspace,
    path: Path,
    mapping: Mapping[str, str] | None = None,
    providers: Sequence[str] = (),
    output: str | None = None,
    dry_run: bool = False,
) -> ImportedTable:
    """Write definitions for the texts in the file at *path*; asks no service.

    *mapping* says which column is which key of a definition; others are guessed from
    their names. ConfigError for a file without texts.
    """
    project.checked()
    names = project.providers(providers)
    for column, key in (mapping or {}).items():
        if key not in KEYS and key:
            raise WrongUsage(
                "--map",
                say("tables.bad_map", given=f"{column}={key}"),
                say("tables.bad_map_hint", known=", ".join(KEYS)),
            )
    try:
        found = _read(path, mapping or {})
    except TableError as error:
        raise _worded(path, error) from None
    rows, left = _rows(found)
    owned = {
        (at.kind, at.key) for at in load_state(project, open_store(project)).addresses()
    }
    config, definitions = project.config, project.definitions
    around = Surroundings.around(config, project.specs, definitions, owned)
    ground = TargetProject(config, project.specs, definitions, evidence_of(config))
    chosen = tuple(names) if len(names) < len(config.providers) else None
    found.drafts, more = draft_rows(rows, ground, around, chosen)
    found.left = (*left, *more)
    found.texts = _files(project, found, output)
    check_new(config, found.texts)
    if not dry_run:
        write_new(config.root, found.texts)
    return found


def _read(path: Path, mapping: Mapping[str, str]) -> ImportedTable:
    """The file's tables that have texts."""
    try:
        data = read_regular(path, LARGEST)
    except OSError as error:
        raise ConfigError(str(path), error.strerror or str(error)) from None
    except ValueError as error:  # the path has a NUL
        raise ConfigError(str(path), str(error)) from None
    text, encoding = tables.decoded(data)
    every = tables.read(text, path.name)
    known = [column for table in every for column in table.columns]
    tables.chosen(known, mapping)  # a mapped column that no table has is a mistake
    found, passed_over = [], []
    for table in every:
        here = {name: key for name, key in mapping.items() if name in table.columns}
        columns = tables.chosen(table.columns, here)
        if "content" in columns.names:
            found.append((table, columns))
        else:
            passed_over.append(table)
    if not found:
        raise TableError("no_content", columns=", ".join(known[:50]))
    return ImportedTable(path.name, encoding, found, passed_over)


def _rows(found: ImportedTable) -> tuple[list[TextRow], list[RowLeft]]:
    """The rows of all tables, read by what their columns are for, and those left
    out."""
    rows: list[TextRow] = []
    left: list[RowLeft] = []
    for table, columns in found.tables:
        for row in table.rows:
            sentence = "place_row" if table.numbered else "place_line"
            place = say(f"tables.{sentence}", file=found.file, line=row.line)
            values = {
                key: row.values.get(column, "") for key, column in columns.names.items()
            }
            made = row_of(place, values)
            if isinstance(made, RowLeft):
                left.append(made)
            else:
                rows.append(made)
        for each in table.unread:
            sentence = "place_lines" if each.last > each.line else "place_line"
            if table.numbered:
                sentence = "place_row"
            place = say(
                f"tables.{sentence}", file=found.file, line=each.line, last=each.last
            )
            left.append(RowLeft(place, each.why))
    return rows, left


def _files(
    project: Workspace, found: ImportedTable, output: str | None
) -> dict[str, str]:
    """Path from the project's folder -> YAML."""
    if not found.drafts:
        return {}
    head, check = say("tables.head", file=found.file), say("tables.head_check")
    where = None if output is None else inside(project.config.root, output)
    together = where is not None and where.endswith((".yaml", ".yml"))
    texts = laid_out(found.drafts, lambda _: head, check, together)
    if where is not None and together:
        return {where: texts[""]}
    folder = where
    if folder is None:
        name = slug(Path(found.file).stem) or "table"
        folder = default_folder(project.config, name, texts)
    return {f"{folder}/{name}".removeprefix("./"): texts[name] for name in texts}


def _worded(path: Path, error: TableError) -> ConfigError:
    what = say(f"tables.{error.sentence}", **error.fields)
    hints = {"encoding_at": "encoding", "json_deep": "json", "json_list": "json",
             "too_many_unread": "too_many"}  # fmt: skip
    hint = say(f"tables.{hints.get(error.sentence, error.sentence)}_hint")
    return ConfigError(str(path), what, hint)
