"""What smsform prints and keeps has the shape that ``smsform schema`` publishes.

One project per type is lived in: everything it says as JSON on the way is collected.
The published schemas are open, for readers; here they are closed, so that no key is
without a description, and every described key has to occur.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from msgspec.structs import replace

from builders import a_block, a_desired, a_message, a_version, an_entry, at, plan_of
from conformance import mixed
from smsform.cli import run
from smsform.clock import SystemClock
from smsform.delivery import Deliverable, Delivery, Term
from smsform.drafts.parameters import NOWHERE
from smsform.drafts.values import (
    Cause,
    ChosenEntry,
    Draft,
    Join,
    SkippedEntry,
    SkipReason,
    Unit,
)
from smsform.emulation import outbox
from smsform.emulation.faults import FaultKind
from smsform.errors import Unreachable
from smsform.model import Identity, Kind, Review, Signature
from smsform.notices import News, Notice
from smsform.notify import webhook
from smsform.notify.decide import Untold
from smsform.notify.message import Notification
from smsform.plan import Drift, MovedParameter, Options, Plan, ProviderPlan, Quota
from smsform.plan.file import dump
from smsform.project.import_all import Imported
from smsform.registry import specs
from smsform.report import plan_json
from smsform.report.ids import Id
from smsform.report.ids import as_json as ids_json
from smsform.report.imports import as_json as import_json
from smsform.report.schemas import ROOMS, schema
from smsform.report.state import listed_json, shown
from smsform.state import Origin, State
from smsform.state.codec import dump as dump_state
from smsform.words import Language

YAML = ("definitions", "project")
CONTRACTS = [name for name in ROOMS if name not in YAML]
Documents = dict[str, list[Any]]


def closed(schema: Any) -> Any:
    """The schema with no room for keys that it does not know."""
    if isinstance(schema, list):
        return [closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    shut = {key: closed(each) for key, each in schema.items()}
    if isinstance(schema.get("properties"), dict) and "type" in schema:
        shut.setdefault("additionalProperties", False)
    return shut


STRICT = {name: Draft202012Validator(closed(schema(name))) for name in CONTRACTS}


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Documents:
    """Everything said in a project's life, by the name of its schema."""
    found: Documents = {name: [] for name in CONTRACTS}
    for type in sorted(specs()):
        live(tmp_path_factory.mktemp(type), type, found)
    made_up(found)
    return found


def live(root: Path, type: str, found: Documents) -> None:
    """Plan, apply, judge, look: all that a project does in its life."""
    project = mixed.prepare(root, type).copied(root / "live")
    config = project.root / "smsform.yaml"
    config.write_text(config.read_text() + "prices: {domestic: 0.045}\n")
    broken = project.root / "broken.yaml"
    broken.write_text("templates: {broken: {type: notification}}")

    def heard(name: str, *arguments: str) -> None:
        found[name].append(json.loads(project(*arguments).out))

    def remembered() -> None:
        found["state"].append(json.loads(project.state_path.read_text()))
        heard("state-list", "state", "list", "--format", "json")
        for address in found["state-list"][-1]["addresses"]:
            heard("state-show", "state", "show", address)

    heard("problems", "validate", "--format", "json")
    broken.unlink()
    heard("rules", "rules", "--format", "json")
    heard("codes", "explain", "--format", "json")
    heard("preview", "preview", "--format", "json")
    heard("doctor", "doctor", "--format", "json")
    heard("shapes", "doctor", "--shapes", "--format", "json")
    if specs()[type].sending is not None:
        to = ("--to", "13800138000", "--yes", "--format", "json")
        heard("send", "send", "p/template.superseded", *to)
        heard("receipts", "receipts", *to[:2], *to[3:])
        heard("stats", "stats", "--format", "json")
    heard("plan", "plan", "--format", "json", "--show-unmanaged")
    heard("plan", "plan", "--format", "json", *mixed.FLAGS)
    remembered()
    saved = project.root / "plan.json"
    assert project("plan", "-o", str(saved), *mixed.FLAGS).code == 0
    found["plan-file"].append(json.loads(saved.read_text()))
    project.fault(FaultKind.DROP_BEFORE, project.create_action, times=99)
    heard("outcome", "apply", "--format", "json", str(saved))
    remembered()
    project.store.execute("DELETE FROM fault")
    project.clock.sleep(mixed.LATER)
    project.templates["signed"]["protect"] = True
    project.templates["fresh"]["content"] = "您的维修单已受理。"
    project.more["notify"] = [
        {"to": "env:SMSFORM_NOTIFY_OPS", "on": list(map(str, News))}
    ]
    project.write()
    heard("outcome", "apply", "--format", "json", str(saved))
    heard("ids", "ids")
    application = project.root / "application.py"
    application.write_text(json.dumps(found["ids"][-1]["providers"]))
    heard("uses", "uses", "--format", "json", str(application))
    project.store.remove(project.entries()[0].id)
    for entry in project.entries():
        project.judge(entry, Review.REJECTED, "请补充使用场景")
    for due in (0.0, None):
        outbox.keep(project.store, a_message(due=due))
    heard("outbox", "emulate", "outbox", "--format", "json")
    heard("status", "status", "--format", "json")
    waits = ("--wait", "--timeout", "1s", "--format", "json")
    heard("status", "status", *waits)
    heard("outcome", "apply", "--auto-approve", "--allow-changes", "99", *waits)
    remembered()
    heard("notify", "notify", "--format", "json")
    heard("imported", "import", "--dry-run", "--format", "json")
    heard("emulate-log", "emulate", "log", "--format", "json")
    project.store.close()


def made_up(found: Documents) -> None:
    """What no service can be brought to say at will."""
    [line] = plan_of(
        a_desired(),
        entries=(an_entry("1", "other"),),
        block=a_block(login=a_version("1", review=Review.APPROVED)),
    ).lines
    told = Delivery(
        Deliverable.NOT_YET,
        "being filed",
        1,
        "2026-01-01T00:00:00+00:00",
        (Term("Letter 1", "2026-12-31"),),
    )
    line = line._replace(
        moved=(MovedParameter(1, "code", ""),),
        drift=(Drift("Text", None, "shown"),),
        moved_from=at("old"),
        candidates=("1", "2"),
        unverified=Origin.ADOPTED,
        segments=(1, 2),
        delivery=told,
    )
    notice = Notice(
        News.WAITING_LONG,
        Kind.TEMPLATE,
        "login",
        "1",
        "2026-01-01T00:00:00+00:00",
        "why",
        ("OPS",),
        due=False,
    )
    block = a_block(login=a_version(delivery=told))
    state = State({"shop": replace(block, notices=(notice,))})
    message = Notification("shop", [Untold("shop", notice)], Language.EN)
    found["news"].append(webhook.body(message, 1))
    found["state"].append(json.loads(dump_state(state)))
    found["state-list"].append(json.loads(listed_json(state)))
    found["state-show"].append(json.loads(shown(state, at())))
    olds = [Id(at("old", kind), "1", "old", (), "", True, "use new") for kind in Kind]
    found["ids"].append(json.loads(ids_json(olds)))
    pick = ChosenEntry("shop", an_entry("1"), (an_entry("2"),))
    draft = Draft(
        Unit((pick,), None, Join(Cause.NAME, "1 is code")),
        Signature("shop", "示例", NOWHERE),
        ("params",),
    )
    imported = Imported(
        state,
        ["shop"],
        [draft],
        [("shop", SkippedEntry(an_entry("3"), SkipReason.UNTOLD))],
        {"a.yaml": "signatures:"},
        {"b.yaml": "templates:"},
    )
    found["imported"].append(json.loads(import_json(imported, True)))
    lost = Unreachable("lost", "List", "no connection")
    parts = (
        ProviderPlan(
            "shop",
            Identity("made_up"),
            a_block(),
            lines=(line,),
            stuck=(line,),
            quotas=(Quota(Kind.TEMPLATE, 1, 2, 200, 1, (at("old"),)),),
        ),
        ProviderPlan("lost", Identity("made_up"), a_block(), error=lost),
    )
    plan = Plan(parts, Options(SystemClock().now(), allow_changes=3))
    found["plan"].append(json.loads(plan_json.as_json(plan)))
    found["plan-file"].append(json.loads(dump(plan)))


@pytest.mark.parametrize("name", ROOMS)
def test_a_schema_is_a_schema_with_words_for_everything(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Valid by its own draft, and every property says what it is."""
    assert run(["schema", name]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed == schema(name)
    Draft202012Validator.check_schema(printed)
    assert [path for path, each in properties(printed) if not said(each)] == []


def said(schema: Any) -> bool:
    """Whether a property has a description, or is a plain value."""
    return bool(schema.get("description")) or set(schema) <= {"type", "required"}


def properties(schema: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every property of every object, with where it is."""
    if isinstance(schema, list):
        for each in schema:
            yield from properties(each, path)
    elif isinstance(schema, dict):
        for key, each in schema.items():
            if key == "properties":
                for name, inner in each.items():
                    if path.rpartition("/")[2] not in ("if", "anyOf"):
                        yield f"{path}/{name}", inner
                    yield from properties(inner, f"{path}/{name}")
            elif key not in ("enum", "const", "default"):
                yield from properties(each, f"{path}/{key}")


@pytest.mark.parametrize("name", CONTRACTS)
def test_what_is_said_has_no_key_that_is_not_described(
    name: str, documents: Documents
) -> None:
    """Every document is valid, with no room for more than the schema knows."""
    assert documents[name]
    for document in documents[name]:
        for error in STRICT[name].iter_errors(document):
            pytest.fail(f"{error.json_path}: {error.message[:300]}")


@pytest.mark.parametrize("name", CONTRACTS)
def test_what_is_described_is_said(name: str, documents: Documents) -> None:
    """Every described key occurs in some document."""
    assert list(unheard(schema(name), documents[name])) == []


# What no emulator tells, what needs a service that pushes or git, what counts nothing.
RARE = re.compile(r"/(account|reports|reported|by|commit)$|^/summary/")


def unheard(schema: Any, values: list[Any], path: str = "") -> Iterator[str]:
    """The properties of *schema* that none of *values* has."""
    mappings = [each for each in values if isinstance(each, dict)]
    for key, inner in schema.get("properties", {}).items():
        here = f"{path}/{key}"
        found = [each[key] for each in mappings if key in each]
        if found:
            yield from unheard(inner, found, here)
        elif not RARE.search(here):
            yield here
    more = schema.get("additionalProperties")
    if isinstance(more, dict):
        below = [each for mapping in mappings for each in mapping.values()]
        if below:
            yield from unheard(more, below, f"{path}/*")
    if "items" in schema:
        items = [item for each in values if isinstance(each, list) for item in each]
        if items:
            yield from unheard(schema["items"], items, f"{path}/[]")


@given(st.data())
@pytest.mark.parametrize("name", CONTRACTS)
def test_a_damaged_document_is_refused(
    name: str, documents: Documents, data: st.DataObject
) -> None:
    """A value of another kind, or a required key that is not there."""
    document = copy.deepcopy(data.draw(st.sampled_from(documents[name])))
    places = list(values(document, schema(name)))
    holder, key, needed = data.draw(st.sampled_from(places))
    if needed and data.draw(st.booleans()):
        del holder[key]
    else:
        holder[key] = [{"?": []}]
    assert not Draft202012Validator(schema(name)).is_valid(document)


def values(value: Any, schema: Any) -> Iterator[tuple[Any, Any, bool]]:
    """Every described value: what holds it, its key there, and whether it must be."""
    if isinstance(value, dict):
        known, more = schema.get("properties", {}), schema.get("additionalProperties")
        for key, each in value.items():
            yield value, key, key in schema.get("required", ())
            yield from values(each, known.get(key, more))
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield value, number, False
            yield from values(each, schema["items"])


def test_the_schemas_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    """Each with a word on what it is of."""
    assert run(["schema"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == list(ROOMS)
    assert all(len(line.split()) > 1 for line in lines)


def test_a_misspelt_name_is_answered_with_the_nearest(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Wrong usage, and what was meant."""
    assert run(["schema", "plam"]) == 64
    assert "did you mean plan?" in capsys.readouterr().err
    assert run(["schema", "\x1b[31m"]) == 64
    assert "lists them all" in capsys.readouterr().err


def test_a_document_says_its_version_first(documents: Documents) -> None:
    """Who reads it knows at once what it is; keys alone tell the state file."""
    for name in CONTRACTS:
        mark = next(iter(schema(name)["properties"]))
        for document in documents[name]:
            if name != "state":  # sorted, so that merges are readable
                assert next(iter(document)) == mark
            assert document[mark] == schema(name)["properties"][mark]["const"]
