"""Random lives of random projects: they settle, end empty, and nothing is sent twice.

Every step goes through the command line, the real client and the emulator, which
normalises texts as a service might.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from conformance.project import Project, facts
from smsform.emulation.faults import FaultKind
from smsform.emulation.store import Entry
from smsform.model import Kind, Review
from smsform.plan import Action, Reason
from smsform.registry import specs

TEXTS = (
    "您的订单已发货，请留意查收。",
    "您的包裹已签收，欢迎评价！",
    "您预约的服务已确认，请准时到店。",
)
UNSUBSCRIBE = "拒收请回复R"
NAMES = ("发货通知", "签收通知", "预约通知")
KEYS = ("shipped", "signed", "booked")
VERDICTS = (
    Review.APPROVED,
    Review.REJECTED,
    Review.APPROVED_INACTIVE,
    Review.UNKNOWN,
)

# Every row of the plan table that a service of this kind can reach.
ROWS = {
    (Action.CREATE, Reason.NEW), (Action.CREATE, Reason.VANISHED),
    (Action.NONE, Reason.IN_REVIEW), (Action.UPDATE, Reason.EDITED),
    (Action.NONE, Reason.INACTIVE), (Action.SUPERSEDE, Reason.EDITED),
    (Action.NONE, Reason.REJECTED), (Action.UPDATE, Reason.REJECTED),
    (Action.UPDATE, Reason.RESUBMIT), (Action.SUPERSEDE, Reason.RESUBMIT),
    (Action.NONE, Reason.SETTLED), (Action.WAIT, Reason.UNKNOWN),
    (Action.WAIT, Reason.SIGNATURE), (Action.WAIT, Reason.AMBIGUOUS),
    (Action.WAIT, Reason.UNCLEAR), (Action.WITHDRAW, Reason.UNWANTED),
    (Action.RETIRE, Reason.REPLACED), (Action.DELETE, Reason.ORPHAN),
    (Action.ADOPT, Reason.FOUND), (Action.ADOPT, Reason.RENAMED),
}  # fmt: skip

# Where what is being reviewed cannot be edited, such an edit waits.
UNEDITABLE = {(Action.UPDATE, Reason.EDITED): (Action.WAIT, Reason.IN_REVIEW)}


def reachable(type: str) -> set[tuple[Action, Reason]]:
    """The rows that a service of *type* can reach."""
    known = facts(type)
    rows = ROWS - {(Action(a), Reason(r)) for a, r in known.get("never", ())}
    if Review.IN_REVIEW in specs()[type].kinds[Kind.TEMPLATE].edits:
        return rows
    return {UNEDITABLE.get(row, row) for row in rows}


key = st.integers(0, len(KEYS) - 1)
steps = st.one_of(
    st.tuples(st.just("define"), key, st.integers(0, len(TEXTS) - 1)),
    st.tuples(st.just("define"), key, st.integers(0, len(TEXTS) - 1)),
    st.tuples(st.just("retype"), key),
    st.tuples(st.just("remark"), key),
    st.tuples(st.just("remove"), key),
    st.tuples(st.just("rename"), key),
    st.tuples(st.just("judge"), st.integers(0, 5), st.sampled_from(VERDICTS)),
    st.tuples(st.just("judge"), st.integers(0, 5), st.just(Review.APPROVED)),
    st.just(("apply",)),
    st.just(("apply",)),
    st.just(("apply", "--prune")),
    st.just(("retire",)),
    st.just(("status",)),
    st.just(("lose_state",)),
    st.tuples(st.just("console_delete"), st.integers(0, 5)),
    st.tuples(st.just("console_copy"), st.integers(0, 5)),
    st.tuples(st.just("fault"), st.sampled_from(list(FaultKind))),
    st.tuples(st.just("wait"), st.sampled_from([60.0, 700.0])),
)

SIGNED = (("apply",), ("judge", 0, Review.APPROVED))
EDIT = (
    ("define", 0, 0),
    ("apply",),
    ("judge", 1, Review.APPROVED),
    ("status",),
    ("define", 0, 1),
)


START = (("define", 0, 0), ("define", 1, 1), ("apply",))
LIVES = int(os.environ.get("SMSFORM_LIVES", "40"))


class Life:
    """A project under random steps, and what must hold after each run."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.keys = list(KEYS)

    # -- steps -------------------------------------------------------------------------

    def step(self, name: str, *arguments: Any) -> None:
        """Do one step."""
        getattr(self, name)(*arguments)

    def define(self, key: int, text: int) -> None:
        """Write or edit a definition."""
        old = self.project.templates.get(self.keys[key], {})
        self.project.templates[self.keys[key]] = {
            "name": NAMES[key],
            "type": "notification",
            "signature": "shop",
            "remark": "下单后发送",
            **old,
            "content": TEXTS[text],
        }
        if old.get("type") == "marketing":
            self.project.templates[self.keys[key]]["content"] += UNSUBSCRIBE
        self.project.write()

    def _edit(self, key: int, **changes: str) -> None:
        if self.keys[key] in self.project.templates:
            self.project.templates[self.keys[key]].update(changes)
            self.project.write()

    def retype(self, key: int) -> None:
        """Change the type; the text stays."""
        text = self.project.templates.get(self.keys[key], {}).get("content", "")
        text = text.removesuffix(UNSUBSCRIBE)
        self._edit(key, type="marketing", content=text + UNSUBSCRIBE)

    def remark(self, key: int) -> None:
        """Change what only reviewers see."""
        self._edit(key, remark="用户下单并付款后发送")

    def remove(self, key: int) -> None:
        """Take a definition away."""
        self.project.templates.pop(self.keys[key], None)
        self.project.write()

    def rename(self, key: int) -> None:
        """Give a definition another key."""
        found = self.project.templates.pop(self.keys[key], None)
        if found is not None:
            self.keys[key] += "_x"
            self.project.templates[self.keys[key]] = found
            self.project.write()

    def judge(self, number: int, review: Review) -> None:
        """Let the reviewer decide about an entry that waits."""
        entries = self.project.store.everything()
        if number < len(entries) and entries[number].review != review:
            self.project.judge(entries[number], review, "请补充使用场景")

    def apply(self, *flags: str) -> None:
        """Apply, and hold what happened against what must never happen."""
        before = self._held()
        active = self.project.active()
        result = self.project.apply(*flags)
        assert result.code in (0, 1), result.err
        self._check(before, active, flags)

    def retire(self) -> None:
        """Ask for the retirement of everything replaced."""
        part = self.project.plan()
        for each in {retirable["address"] for retirable in part["retirable"]}:
            self.apply("--retire", each)

    def status(self) -> None:
        """Take over verdicts."""
        assert self.project("status").code == 0

    def lose_state(self) -> None:
        """Delete the state file."""
        self.project.state_path.unlink(missing_ok=True)

    def console_delete(self, number: int) -> None:
        """Somebody deletes a template by hand (never the last thing we know)."""
        entries = self.project.entries()
        if number < len(entries):
            self.project.store.remove(entries[number].id)

    def console_copy(self, number: int) -> None:
        """Somebody submits the same text again by hand."""
        entries = self.project.entries()
        if number < len(entries):
            self.project.store.add(entries[number]._replace(id=0))

    def fault(self, kind: FaultKind) -> None:
        """The next submission goes wrong."""
        self.project.fault(kind, self.project.create_action, code="FailedOperation")

    def wait(self, seconds: float) -> None:
        """Time passes."""
        self.project.clock.sleep(seconds)

    # -- laws --------------------------------------------------------------------------

    def _held(self) -> dict[str, tuple[Any, ...]]:
        of = self.project.id_of
        return {of(entry): self._content(entry) for entry in self.project.entries()}

    def _owners(self) -> dict[str, str]:
        return {
            version["id"]: slot
            for slot, record in self.project.records().items()
            for version in record["versions"]
        }

    @staticmethod
    def _content(entry: Entry) -> tuple[Any, ...]:
        return (entry.name, entry.text, entry.international, entry.data)

    def _check(
        self,
        before: dict[str, tuple[Any, ...]],
        active: dict[str, str],
        flags: tuple[str, ...],
    ) -> None:
        after = self._held()
        defined = {f"template.{key}" for key in self.project.templates}
        fresh = [content for id, content in after.items() if id not in before]
        if "--resubmit" not in flags:
            owners = self._owners()
            twice = [
                (id, content)
                for id, content in after.items()
                for old in before
                if id not in before
                and before[old] == content
                # What another definition has taken for its own is no longer free.
                and owners.get(old) not in defined - {owners.get(id)}
            ]
            assert not twice, f"submitted again: {twice}"
            assert len(set(fresh)) == len(fresh), f"submitted twice: {fresh}"
        gone = before.keys() - after.keys()
        now = self.project.active()
        in_use = {id for slot, id in now.items() if slot in defined}
        if "--retire" not in flags and "--prune" not in flags:
            in_use |= {id for slot, id in active.items() if slot in defined}
        assert not gone & in_use, f"deleted in use: {gone & in_use}"

    # -- the end -----------------------------------------------------------------------

    def settle(self) -> None:
        """Reviewers approve, time passes, a person settles what is ambiguous: empty."""
        for _ in range(12):
            self.project.clock.sleep(700)
            self.project.approve_all(
                Review.IN_REVIEW, Review.UNKNOWN, Review.APPROVED_INACTIVE
            )
            part = self._plan_settled()
            if part is None:
                continue
            if self.project("plan", "--detailed-exitcode").code == 0:
                self._ids_are_approved()
                return
            self._settle_ambiguous(part)
            rejected = [
                e
                for line in part["lines"]
                if line["rejected"]
                for e in ("--resubmit", line["address"])
            ]
            self.apply(*rejected)
        lines = [x for x in self.project.plan()["lines"] if x["reason"] != "settled"]
        pytest.fail(f"does not settle: {lines}")

    def _plan_settled(self) -> Any:
        """The plan; what a person does when the account seems foreign is `state rm`."""
        with contextlib.suppress(AssertionError):
            return self.project.plan()
        self.lose_state()
        return None

    def _settle_ambiguous(self, part: Any) -> None:
        for line in part["lines"]:
            if line["reason"] == "ambiguous":
                chosen = line["candidates"][0]
                if "/" in chosen:  # two orphans hold the same text: forget one
                    self.project("state", "rm", "--force", chosen)
                else:
                    self.project("import", line["address"], chosen)

    def _ids_are_approved(self) -> None:
        approved = {
            self.project.id_of(entry)
            for entry in self.project.store.everything()
            if entry.review == Review.APPROVED
        }
        assert set(self.project.handed_out().values()) <= approved


def live(type: str, script: Any, seen: Counter[Any]) -> None:
    """One life in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        project = Project(Path(folder), type)
        project.admit()
        life = Life(project)
        for step in script:
            try:
                life.step(*step)
            except AssertionError as error:
                if "none of the" not in str(error):
                    raise
                life.lose_state()  # every known entry was deleted by hand
        life.settle()
        seen.update(project.rows)
        project.store.close()


@pytest.mark.parametrize("type", sorted(specs()))
def test_every_life_settles_and_nothing_is_sent_twice(type, record_property):
    """For random edits, verdicts, faults and lost state files: the end is empty."""
    seen: Counter[Any] = Counter()

    @settings(max_examples=LIVES)
    @given(st.lists(steps, min_size=4, max_size=16).map(lambda s: [*START, *s]))
    @example([("define", 0, 0), *SIGNED, ("judge", 1, Review.UNKNOWN), ("apply",)])
    @example(
        [*EDIT, ("apply",), ("judge", 2, Review.APPROVED), ("status",), ("retire",)]
    )
    @example([*EDIT, ("apply",), ("define", 0, 0), ("apply",)])
    @example(
        [*EDIT, ("apply",), ("judge", 2, Review.REJECTED), ("define", 0, 0), ("apply",)]
    )
    @example([*EDIT, ("rename", 0), ("apply",)])
    @example([("define", 0, 0), ("apply",), ("rename", 0), ("apply",)])
    @example([("define", 0, 0), ("apply",), ("remove", 0), ("apply", "--prune")])
    @example(
        [
            *START,
            ("judge", 1, Review.APPROVED),
            ("apply",),
            ("remove", 0),
            ("console_delete", 0),
        ]
    )
    @example([("define", 0, 0), ("apply",), ("lose_state",), ("apply",)])
    @example([("define", 0, 0), ("apply",), ("define", 0, 1), ("lose_state",)])
    @example([("define", 0, 0), ("apply",), ("define", 0, 1), ("apply",)])
    @example(
        [
            ("define", 0, 0),
            ("apply",),
            ("judge", 1, Review.REJECTED),
            ("apply",),
            ("define", 0, 1),
            ("apply",),
            ("judge", 1, Review.REJECTED),
        ]
    )
    @example(
        [
            ("define", 0, 0),
            ("define", 1, 1),
            ("apply",),
            ("console_delete", 0),
            ("apply",),
        ]
    )
    @example([*START, ("lose_state",), ("judge", 0, Review.REJECTED)])
    @example([*START, ("remove", 1), ("define", 0, 1), ("apply",), ("define", 1, 1)])
    @example(
        [
            ("define", 0, 0),
            ("apply",),
            ("judge", 1, Review.APPROVED_INACTIVE),
            ("apply",),
            ("define", 0, 1),
            ("apply",),
        ]
    )
    def lives(script: Any) -> None:
        live(type, script, seen)

    lives()
    rare(type, seen)
    report = "\n".join(
        f"  {count:6} {action:10} {reason}"
        for (action, reason), count in sorted(seen.items())
    )
    print(f"\nrows of the plan table reached at {type}:\n{report}")
    missed = reachable(type) - set(seen)
    assert not missed, missed


def rare(type: str, seen: Counter[Any]) -> None:
    """Rows that need a service's misbehaviour at one exact call, or a drift."""
    with tempfile.TemporaryDirectory() as folder:
        project = Project(Path(folder), type)
        life = Life(project)
        life.define(0, 0)
        project.signatures["shop"].pop(type)  # nothing but a name: looked up
        project.write()
        life.apply()
        seen.update(project.rows)
    with tempfile.TemporaryDirectory() as folder:
        project = Project(Path(folder), type)
        project.admit()
        life = Life(project)
        life.define(0, 0)
        project.fault(FaultKind.DROP_BEFORE, project.create_action)
        life.apply()
        project.plan()
        life.settle()
        address = "p/template.shipped"
        part = project.plan("--resubmit", address)
        assert any("drift" in line["marks"] for line in part["lines"])
        seen.update(project.rows)
