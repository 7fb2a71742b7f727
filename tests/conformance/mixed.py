"""One apply with every sort of change in it, and a judge of what became of it.

The project is built once by earlier applies and verdicts; a case works on a copy. The
judge knows what is defined and looks into the emulator's own books: what it holds, the
ids it gave, the submissions it accepted.
"""

from __future__ import annotations

import copy
import json
import shutil
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from conformance.project import Project, Result, facts
from smsform.emulation import calls, faults, store_path
from smsform.emulation.clock import VirtualClock
from smsform.emulation.faults import Fault, FaultKind
from smsform.emulation.store import Entry, Store
from smsform.errors import SmsformError
from smsform.model import Kind, Review
from smsform.registry import specs
from smsform.state import Block, FileState, Origin

LATER = 700.0  # seconds: an unclear submission may be sent again by then
FLAGS = (
    "--delete",
    "p/template.unwanted",
    "--retire",
    "p/template.replaced",
    "--allow-changes",
    "99",
    "--allow-deletes",
    "99",
)
ACTIONS = {
    "create",
    "update",
    "supersede",
    "adopt",
    "retire",
    "withdraw",
    "delete",
}
BAD = ("failed", "unknown", "stale")


def a_template(name: str, text: str, signature: str = "shop") -> dict[str, Any]:
    """A notification without parameters, so that its text is the same everywhere."""
    return {
        "name": name,
        "type": "notification",
        "signature": signature,
        "content": text,
        "remark": "用户下单后发送",
    }


class Submission(NamedTuple):
    """An entry as it was submitted: what two of must never come from one definition."""

    kind: str
    name: str
    text: str
    data: str

    @classmethod
    def of(cls, entry: Entry, volatile: Collection[str]) -> Submission:
        """What *entry* is, apart from its id, review, times and *volatile* data."""
        data = {key: each for key, each in entry.fields.items() if key not in volatile}
        return cls(entry.kind, entry.name, entry.text, json.dumps(data))


class Books(NamedTuple):
    """What the emulator holds by id, the last id it gave, and its log's length."""

    held: dict[str, Submission]
    last_id: int
    calls: int

    @classmethod
    def of(cls, project: Project) -> Books:
        """The books as they are now."""
        held = {
            project.id_of(e): Submission.of(e, project.volatile)
            for e in project.store.everything()
        }
        [(last,)] = project.store.rows("SELECT last FROM series")
        return cls(held, int(str(last)), len(calls.recorded(project.store)))


@dataclass
class Mixed:
    """The prepared project, its books, and what an undisturbed apply does with it."""

    project: Project
    before: Books
    calls: list[calls.LoggedCall]
    after: Books
    creations: frozenset[str]

    def copied(self, root: Path) -> Project:
        """The prepared project once more, in *root*."""
        shutil.copytree(self.project.root, root)
        twin = copy.copy(self.project)
        twin.root = root
        twin.store = Store(store_path(root))
        twin.clock = VirtualClock(twin.store)
        return twin


def prepare(root: Path, type: str) -> Mixed:
    """Build the project at *root* and try its apply undisturbed on a copy."""
    (root / "prepared").mkdir()
    project = Project(root / "prepared", type, {"review": "manual"})
    project.admit()
    _live_before(project)
    _edit(project)
    project.clock.sleep(LATER)  # no pause between submissions is left over
    project.store.close()
    known = facts(type)
    nothing = Books({}, 0, 0)
    creations = frozenset(known["creations"])
    mixed = Mixed(project, nothing, [], nothing, creations)
    twin = mixed.copied(root / "undisturbed")
    mixed.before = Books.of(twin)
    result = apply(twin)
    assert result.code == 0, result.err
    done = {each["change"]["action"] for each in result.json["outcomes"]}
    assert done == ACTIONS
    mixed.after = Books.of(twin)
    mixed.calls = calls.recorded(twin.store)[mixed.before.calls :]
    twin.store.close()
    return mixed


def _live_before(project: Project) -> None:
    """What was submitted, judged, replaced and forgotten before the apply at hand."""
    texts = {
        "superseded": "您的订单已发货，请留意查收。",
        "replaced": "您的包裹已签收，欢迎评价。",
        "reverted": "您预约的服务已确认，请准时到店。",
        "unwanted": "您的退款已到账，请留意查收。",
        "renamed": "您的发票已开具，请登录查看。",
        "found": "您的会员已续期，感谢您的支持。",
    }
    for key, text in texts.items():
        project.templates[key] = a_template(f"通知{key}", text)
    _submit(project)
    project.approve_all()
    assert project("status").code == 0
    project.templates["replaced"]["content"] = "您的包裹已由本人签收，欢迎评价。"
    _submit(project)
    project.approve_all()
    assert project("status").code == 0
    project.templates["reverted"]["content"] = "您预约的服务已改期，请准时到店。"
    project.templates["pending"] = a_template("通知pending", "您的申请已收到。")
    _submit(project)
    if Review.IN_REVIEW not in specs()[project.type].kinds[Kind.TEMPLATE].edits:
        for entry in project.store.everything():  # these it edits and deletes
            if entry.review == Review.IN_REVIEW:
                project.judge(entry, Review.REJECTED)
    assert project("state", "rm", "p/template.found").code == 0


def _edit(project: Project) -> None:
    """The definitions of the apply at hand."""
    templates = project.templates
    templates["superseded"]["content"] = "您的订单已发货，预计三日内送达。"
    templates["reverted"]["content"] = "您预约的服务已确认，请准时到店。"
    templates["pending"]["content"] = "您的申请已收到，我们会尽快处理。"
    templates["renamed_since"] = templates.pop("renamed")
    del templates["unwanted"]
    project.signatures["second"] = {**project.signatures["shop"], "name": "示例科技"}
    templates["fresh"] = a_template("通知fresh", "您的维修单已受理，请耐心等待。")
    # A signature of this very apply is enough where templates need not wait longer.
    enough = specs()[project.type].gate == "applied"
    signed = a_template(
        "通知signed", "您的设备已激活。", "second" if enough else "shop"
    )
    templates["signed"] = signed
    project.write()


def _submit(project: Project) -> None:
    project.write()
    result = project.apply()
    assert result.code == 0, result.err


def apply(project: Project) -> Result:
    """The apply at hand."""
    return project("apply", "--auto-approve", "--format", "json", *FLAGS)


# -- the judge -------------------------------------------------------------------------


def judge(mixed: Mixed, project: Project, first: Result | None) -> list[str]:
    """Everything wrong after a disturbed apply and, *LATER*, a plain one.

    *first* is what the disturbed one reported; None when it was killed.
    """
    wrong = state_wrong(project)
    if first is not None:
        wrong += report_wrong(mixed, project, first)
    project.store.execute("DELETE FROM fault")
    project.clock.sleep(LATER)
    second = apply(project)
    if second.code != 0:
        wrong.append(f"the run after ends with {second.code}: {second.err}{second.out}")
    else:
        wrong += report_wrong(mixed, project, second)
    wrong += books_wrong(mixed, project)
    wrong += state_wrong(project, mixed)
    project.approve_all()
    plan = project("plan", "--detailed-exitcode")
    if plan.code != 0:
        wrong.append(f"the plan is not empty: {plan.out}{plan.err}")
    return wrong


def books_wrong(mixed: Mixed, project: Project) -> list[str]:
    """Duplicates and losses, by the emulator's own books."""
    wrong = []
    books = Books.of(project)
    expected = Counter(mixed.after.held.values())
    found = Counter(books.held.values())
    wrong += [f"too much: {each}" for each in found - expected]
    wrong += [f"lost: {each}" for each in expected - found]
    if books.last_id != mixed.after.last_id:
        given = books.last_id - mixed.before.last_id
        wrong.append(f"{given} ids given, not {mixed.after.last_id}")
    accepted = Counter(
        call.fingerprint
        for call in calls.recorded(project.store)[mixed.before.calls :]
        if call.action in mixed.creations and call.outcome == calls.OK
    )
    wrong += [f"submitted {n} times: {each}" for each, n in accepted.items() if n > 1]
    return wrong


def state_wrong(project: Project, mixed: Mixed | None = None) -> list[str]:
    """A state file that cannot be read; at the end of *mixed*, one that is not right.

    At the end no half-written file lies beside it either.
    """
    try:
        block = FileState(project.state_path).load().blocks["p"]
    except SmsformError as error:
        return [f"state file: {error.message()}"]
    if mixed is None:
        return []
    known = {store_path(project.root).name, project.state_path.name}
    names = {path.name for path in project.state_path.parent.iterdir()}
    litter = {name for name in names if not name.startswith(tuple(known))}
    litter |= {name for name in names if name.endswith(".journal")}
    wrong = [f"left behind: {litter}"] if litter else []
    return wrong + _ids_wrong(mixed, project, block)


def _ids_wrong(mixed: Mixed, project: Project, block: Block) -> list[str]:
    wrong = [f"open: {slot}" for slot in block.intents]
    held = {(e.kind, project.id_of(e)): e for e in project.store.everything()}
    for slot, record in block.records.items():
        for version in record.versions:
            if (slot[0], version.id) not in held and not version.gone:
                wrong.append(f"{slot} owns {version.id}, which is not there")
            ours = version.origin is Origin.SUBMITTED
            made = held.get((slot[0], version.id))
            if not ours and made and made.id > mixed.before.last_id:
                wrong.append(f"{slot} does not know that it made {version.id}")
    for key, template in project.templates.items():
        record = block.record((Kind.TEMPLATE, key))
        newest = record.versions[-1:]
        texts = [
            held[Kind.TEMPLATE, v.id].text
            for v in newest
            if (Kind.TEMPLATE, v.id) in held
        ]
        active = held.get((Kind.TEMPLATE, record.active))
        texts += [active.text] if active else []
        if template["content"] not in texts:
            wrong.append(f"no version of {key} has its text: {record}")
    return wrong


def report_wrong(mixed: Mixed, project: Project, result: Result) -> list[str]:
    """Lies: outcomes that are not what the emulator holds, or a wrong exit code."""
    books = Books.of(project)
    try:
        outcomes = result.json["outcomes"]
    except ValueError:
        outcomes = []
        if result.code != 1:
            return [f"no report, and exit {result.code}: {result.err}"]
        if books.held != mixed.before.held:
            return ["no report, and something was done"]
    wrong = []
    for outcome in outcomes:
        if lie := _lie(mixed, project, books, outcome):
            wrong.append(f"{lie}: {outcome}")
    harmless = ("done", "skipped")
    bad = [
        o
        for o in outcomes
        if o["result"] in BAD
        or (o["result"] == "skipped" and (o["error"] or {}).get("kind") != "Refused")
    ]
    assert all(o["result"] in (*harmless, *BAD) for o in outcomes)
    # What could not be put into the state file at the end is not all well, either.
    state = project.state_path
    behind = (
        state.with_name(f"{state.name}.journal").exists() and str(state) in result.err
    )
    if outcomes and result.code != (1 if bad or behind else 0):
        wrong.append(f"exit {result.code} for {[o['result'] for o in outcomes]}")
    return wrong


def _lie(mixed: Mixed, project: Project, books: Books, outcome: Any) -> str:
    """What is not true about one outcome; empty when it is true."""
    change, result, id = outcome["change"], outcome["result"], outcome["id"]
    if result == "unknown":
        return ""
    done, action = result == "done", change["action"]
    kind, _, key = change["address"].partition("/")[2].partition(".")
    if action in ("retire", "withdraw", "delete"):
        there = change["id"] in books.held
        return (
            "it is still there"
            if done and there
            else ("it is gone" if not done and not there else "")
        )
    defined = (project.templates if kind == "template" else project.signatures)[key]
    wanted = (kind, defined["name"], defined.get("content", ""))
    if action == "update":
        is_ = books.held[change["id"]]
        changed = is_ != mixed.before.held.get(change["id"])
        if done:
            return "" if is_[1:3] == wanted[1:3] else "it was not updated"
        return "it was updated" if changed else ""
    found = books.held.get(id)
    if action == "adopt":
        return "it is not there" if done and found is None else ""
    if done:
        return "" if found and _is(found, wanted) else "it was not submitted"
    fresh = [i for i, e in books.held.items() if _is(e, wanted)]
    return "it was submitted" if set(fresh) - set(mixed.before.held) else ""


def _is(entry: Submission, wanted: tuple[str, str, str]) -> bool:
    kind, name, text = wanted
    return entry.kind == kind and (
        entry.text == text if kind == "template" else name in (entry.name, entry.text)
    )


# -- faults ----------------------------------------------------------------------------


def every_fault(type: str) -> list[Fault]:
    """One of each kind, with the variants that are handled apart; action and place
    are still to be said."""
    known = facts(type)
    found = [Fault("p", kind) for kind in FaultKind if kind is not FaultKind.REFUSE]
    found += [Fault("p", FaultKind.REFUSE, code=code) for code in known["refusals"]]
    found += [
        Fault("p", kind, status=status)
        for kind in (FaultKind.UNAVAILABLE, FaultKind.UNAVAILABLE_AFTER)
        for status in (404, 500)
    ]
    return [*found, Fault("p", FaultKind.SLOW, seconds=5.0)]


def places(mixed: Mixed) -> list[tuple[str, int]]:
    """(action, n): each call of the undisturbed apply as a fault names it."""
    seen: Counter[str] = Counter()
    found = []
    for call in mixed.calls:
        seen[call.action] += 1
        found.append((call.action, seen[call.action]))
    return found


def disturbed(project: Project, *planted: Fault) -> Result | None:
    """The apply with these faults; None unless each of them fired exactly once."""
    for fault in planted:
        faults.plant(project.store, fault)
    result = apply(project)
    fired = [fault.fired for fault in faults.planted(project.store)]
    return result if fired == [1] * len(planted) else None
