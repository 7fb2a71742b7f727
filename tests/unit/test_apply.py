"""Apply against a scripted provider: order, refusals, unclear outcomes, full disks."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from builders import (
    NOW,
    a_block,
    a_desired,
    a_spec,
    a_version,
    an_entry,
    at,
    plan_of,
)
from smsform.apply.guard import check
from smsform.apply.ledger import Ledger
from smsform.apply.order import ordered
from smsform.apply.run import Run
from smsform.apply.values import Result
from smsform.config import Policy
from smsform.errors import (
    Refused,
    Scope,
    StateError,
    Unclear,
    Unreachable,
    UnsafePlan,
)
from smsform.model import Evidence, Identity, Kind, Reading, Review
from smsform.plan import Action, Options, Reason
from smsform.provider import Accepted
from smsform.state import Author, Origin, Record, State


class Clock:
    """Time that passes only when somebody sleeps."""

    def __init__(self) -> None:
        self.time = NOW

    def now(self) -> float:
        """The current second."""
        return self.time

    def sleep(self, seconds: float) -> None:
        """Let time pass."""
        self.time += seconds


class Memory:
    """A state store that remembers, or fails from the n-th save on."""

    def __init__(self, fails_from: int = 10**9) -> None:
        self.saved: list[State] = []
        self.fails_from = fails_from

    def add(self, step):
        """Nothing by steps."""
        return False

    def save(self, state: State) -> None:
        """Keep *state*."""
        if len(self.saved) + 1 >= self.fails_from:
            raise StateError("unsaved", path="s.json", what="No space left on device")
        self.saved.append(state)


class Service:
    """A provider that holds entries and goes wrong as told, once per script line."""

    def __init__(self, *entries, script=()) -> None:
        self.entries = {entry.id: entry for entry in entries}
        self.script = list(script)
        self.calls: list[tuple[str, str]] = []
        self.pause = lambda: None  # what happens while the pace makes a run wait

    def identity(self):
        """Somewhere."""
        return Identity("made_up")

    def read(self, known):
        """Everything."""
        return Reading(tuple(self.entries.values()))

    def fetch(self, kind, ids):
        """By id."""
        return tuple(self.entries[id] for id in ids if id in self.entries)

    def _next(self, call, what, commit):
        self.calls.append((call, what))
        error, after = self.script.pop(0) if self.script else (None, True)
        if error is None or after:
            commit()
        if error is not None:
            raise error

    def ready(self, kind):
        """When its pace allows."""
        self.pause()

    def create(self, desired, name):
        """A new entry."""
        id = str(100 + len(self.calls))
        entry = an_entry(
            id,
            review=Review.IN_REVIEW,
            name=name,
            kind=desired.address.kind,
            attributes={k: v for k, v in desired.delivered.items() if k != "Type"},
        )
        self._next("create", name, lambda: self.entries.update({id: entry}))
        return Accepted(id, entry.order)

    def update(self, id, desired, name):
        """In place."""
        entry = replace(
            self.entries[id],
            attributes={"Text": desired.delivered["Text"]},
            review=Review.IN_REVIEW,
        )
        self._next("update", id, lambda: self.entries.update({id: entry}))
        return Accepted(id, entry.order)

    def delete(self, kind, id):
        """For good."""
        self._next("delete", id, lambda: self.entries.pop(id, None))


UNCLEAR = Unclear("shop", "Add", "read timed out")


def refused(code="Bad", scope=Scope.ENTRY):
    """The service said no."""
    return Refused("shop", "Add", "no", "r-1", code=code, scope=scope)


def run(part, service, memory=None, **changes):
    """Carry out a plan; the outcomes and the ledger."""
    memory = memory or Memory()
    ledger = Ledger(memory, State({"shop": part.block}), Author("me", "abc"))
    reading = Reading(tuple(service.entries.values()))
    job = Run(part, service, a_spec(), reading, ledger, Clock(), **changes)
    return list(job.outcomes()), ledger


def test_a_submission_is_written_down_before_it_is_made():
    """Intent first, then the call, then the id."""
    memory = Memory()
    outcomes, ledger = run(plan_of(a_desired()), Service(), memory)
    assert [outcome.result for outcome in outcomes] == [Result.DONE]
    first, last = memory.saved[0].blocks["shop"], memory.saved[-1].blocks["shop"]
    assert list(first.intents) == [(Kind.TEMPLATE, "login")]
    assert not last.intents
    version = ledger.block("shop").record((Kind.TEMPLATE, "login")).versions[0]
    assert (version.origin, version.by, version.commit) == (
        Origin.SUBMITTED,
        "me",
        "abc",
    )


def test_without_a_written_intent_the_service_is_not_called():
    """A full disk stops the run before the call, not after it."""
    service = Service()
    wanted = [a_desired("one"), a_desired("two", "other")]
    outcomes, _ = run(plan_of(*wanted), service, Memory(fails_from=1))
    assert not service.calls
    assert [o.result for o in outcomes] == [Result.FAILED, Result.SKIPPED]


def test_an_id_that_cannot_be_recorded_is_said_to_be_there():
    """The report does not lie: it was submitted, and only the state file failed."""
    service = Service()
    outcomes, ledger = run(plan_of(a_desired()), service, Memory(fails_from=2))
    assert [o.result for o in outcomes] == [Result.UNKNOWN]
    assert outcomes[0].id in outcomes[0].why
    assert ledger.block("shop").intents


@pytest.mark.parametrize("committed", [True, False])
def test_a_lost_answer_is_looked_up_never_repeated(committed):
    """The entry is found by its name, or the outcome stays unknown; one call only."""
    service = Service(script=[(UNCLEAR, committed)])
    outcomes, ledger = run(plan_of(a_desired()), service)
    assert service.calls == [("create", "login")]
    expected = Result.DONE if committed else Result.UNKNOWN
    assert [o.result for o in outcomes] == [expected]
    assert bool(ledger.block("shop").intents) is not committed


class Marking(Service):
    """Answers each submission with a mark of its own."""

    def create(self, desired, name):
        """A new entry, under order a."""
        return replace(super().create(desired, name), order="a")

    def update(self, id, desired, name):
        """In place, under order b."""
        return replace(super().update(id, desired, name), order="b")


def test_the_mark_of_a_submission_is_remembered_as_it_is_answered():
    """Before any reading, so that somebody else's submission after it is noticed."""
    service = Marking()
    _, ledger = run(plan_of(a_desired()), service)
    slot = (Kind.TEMPLATE, "login")
    assert ledger.block("shop").record(slot).versions[0].order == "a"
    rejected = an_entry("1", "old", review=Review.REJECTED)
    block = a_block(login=a_version(text="old", review=Review.REJECTED, order="x"))
    part = plan_of(a_desired(), entries=(rejected,), block=block)
    _, ledger = run(part, Marking(rejected))
    assert ledger.block("shop").record(slot).versions[0].order == "b"


def test_an_update_without_an_answer_has_no_mark_yet():
    """Not that of the submission before it; the next reading shows its own."""
    rejected = an_entry("1", "old", review=Review.REJECTED)
    block = a_block(login=a_version(text="old", review=Review.REJECTED, order="x"))
    part = plan_of(a_desired(), entries=(rejected,), block=block)
    _, ledger = run(part, Marking(rejected, script=[(UNCLEAR, True)]))
    version = ledger.block("shop").record((Kind.TEMPLATE, "login")).versions[0]
    assert (version.order, version.review) == ("", Review.IN_REVIEW)


class Odd(Service):
    """Answers creations with ids of its own, whatever it made."""

    def __init__(self, *entries, answers, makes=True):
        super().__init__(*entries)
        self.answers, self.makes = list(answers), makes

    def create(self, desired, name):
        """An entry, perhaps, and the next of the answers."""
        if self.makes:
            super().create(desired, name)
        else:
            self.calls.append(("create", name))
        return Accepted(self.answers.pop(0))


@pytest.mark.parametrize("makes", [True, False])
def test_an_id_that_was_there_before_is_no_answer(makes):
    """Somebody else's entry does not become ours, for --prune to delete it one day."""
    theirs = an_entry("7", "theirs", name="another")
    service = Odd(theirs, answers=["7"], makes=makes)
    outcomes, ledger = run(plan_of(a_desired(), entries=(theirs,)), service)
    versions = ledger.block("shop").record((Kind.TEMPLATE, "login")).versions
    assert [v.id for v in versions] == (["100"] if makes else [])
    assert [o.result for o in outcomes] == [Result.DONE if makes else Result.UNKNOWN]
    assert len(service.calls) == 1
    assert bool(ledger.block("shop").intents) is not makes


@pytest.mark.parametrize("id", ["", " ", "1\u3000", "1\x1b[31m", "\ud800", "a\nb"])
def test_an_id_no_state_file_can_keep_is_no_answer(id):
    """What was submitted is found by its name instead."""
    outcomes, ledger = run(plan_of(a_desired()), Odd(answers=[id]))
    versions = ledger.block("shop").record((Kind.TEMPLATE, "login")).versions
    assert [version.id for version in versions] == ["100"]
    assert outcomes[0].result is Result.DONE


def test_one_id_for_two_creations_is_no_answer_to_the_second():
    """No id has two owners."""
    service = Odd(answers=["100", "100"])
    plan = plan_of(a_desired("one"), a_desired("two", "other"))
    outcomes, ledger = run(plan, service)
    assert [o.result for o in outcomes] == [Result.DONE, Result.DONE]
    owners = ledger.block("shop").owners()
    assert sorted(id for _, id in owners) == ["100", "101"]


def test_a_name_that_is_the_id_may_come_back():
    """What was ours and vanished is submitted again under the id it had."""
    other = an_entry("1", "other")  # else it would be another account
    gone = a_version("n", "old", gone=True)
    block = a_block(login=gone, other=a_version("1", "other"))
    service = Odd(other, answers=["n"])
    plan = plan_of(a_desired(), entries=(other,), block=block)
    outcomes, _ = run(plan, service)
    assert outcomes[0].result is Result.DONE
    assert outcomes[0].id == "n"


TOO_FAST = refused("Slow", Scope.THROTTLE)


@pytest.mark.parametrize("committed", [True, False])
def test_a_creation_that_was_too_fast_is_looked_up_before_it_is_repeated(committed):
    """A service may act and then say so: what is there is not submitted again."""
    service = Service(script=[(TOO_FAST, committed)])
    outcomes, ledger = run(plan_of(a_desired()), service)
    assert [o.result for o in outcomes] == [Result.DONE]
    assert len(service.calls) == (1 if committed else 2)
    assert len(service.entries) == 1
    assert not ledger.block("shop").intents


def test_too_fast_for_ever_is_a_refusal():
    """So many tries, no entry, no open intent."""
    service = Service(script=[(TOO_FAST, False)] * 9)
    outcomes, ledger = run(plan_of(a_desired()), service)
    assert [o.result for o in outcomes] == [Result.FAILED]
    assert len(service.calls) == 8
    assert not ledger.block("shop").intents


def test_too_fast_and_nothing_to_look_at():
    """A key that may not list submits again; one whose list fails does not."""

    class Blind(Service):
        def read(self, known):
            return Reading((), listed=False)

    service = Blind(script=[(TOO_FAST, False)])
    outcomes, _ = run(plan_of(a_desired()), service)
    assert outcomes[0].result is Result.DONE
    assert len(service.calls) == 2

    class Broken(Service):
        def read(self, known):
            raise Unclear("shop", "List", "broken")

    service = Broken(script=[(TOO_FAST, True)])
    outcomes, ledger = run(plan_of(a_desired()), service)
    assert outcomes[0].result is Result.UNKNOWN
    assert len(service.calls) == 1
    assert ledger.block("shop").intents


def test_a_refusal_is_an_outcome_and_the_run_goes_on():
    """One bad text does not stop the others, and leaves no intent behind."""
    service = Service(script=[(refused(), False)])
    plan = plan_of(a_desired("one"), a_desired("two", "other"))
    outcomes, ledger = run(plan, service)
    assert [o.result for o in outcomes] == [Result.FAILED, Result.DONE]
    assert not ledger.block("shop").intents


def test_a_refusal_of_the_account_ends_submissions_of_the_kind():
    """After a quota refusal nothing more of that kind is sent."""
    service = Service(script=[(refused("Quota", Scope.ACCOUNT), False)])
    plan = plan_of(*(a_desired(f"t{n}", f"text {n}") for n in range(3)))
    outcomes, _ = run(plan, service)
    assert [o.result for o in outcomes] == [
        Result.FAILED,
        Result.SKIPPED,
        Result.SKIPPED,
    ]
    assert len(service.calls) == 1
    assert "Quota" in outcomes[1].why


def test_a_taken_name_is_tried_once_more_with_a_suffix():
    """Where names are unique, a supersede is submitted as NAME_2."""
    old = an_entry("1", "old")
    version = a_version("1", "old", review=Review.APPROVED)
    block = a_block(login=Record((version,), "1", "2026-01-01T00:00:00+00:00"))
    service = Service(old, script=[(refused("Taken", Scope.NAME_TAKEN), False)])
    plan = plan_of(a_desired(), entries=(old,), block=block)
    outcomes, ledger = run(plan, service)
    assert service.calls == [("create", "login"), ("create", "login_2")]
    assert outcomes[0].result is Result.DONE
    names = [
        v.name for v in ledger.block("shop").record((Kind.TEMPLATE, "login")).versions
    ]
    assert names == ["login", "login_2"]


def test_an_entry_that_moved_is_not_overwritten():
    """An update is checked by id right before the call."""
    entry = an_entry("1", "old", Review.IN_REVIEW)
    plan = plan_of(
        a_desired(), entries=(entry,), block=a_block(login=a_version("1", "old"))
    )
    service = Service(replace(entry, review=Review.APPROVED))
    outcomes, _ = run(plan, service)
    assert [o.result for o in outcomes] == [Result.STALE]
    assert not service.calls


@pytest.mark.parametrize("edit", [{"attributes": {"Text": "theirs"}}, {"name": "x"}])
@pytest.mark.parametrize("action", [Action.UPDATE, Action.DELETE])
def test_an_entry_edited_in_the_console_is_stale(action, edit):
    """Text and name count as the review does; nothing of theirs is overwritten."""
    entry = an_entry("1", "old", Review.IN_REVIEW)
    block = a_block(login=a_version("1", "old"))
    wanted = [a_desired()] if action is Action.UPDATE else []
    plan = plan_of(*wanted, entries=(entry,), block=block, prune=True)
    assert [change.action for change in plan.changes] == [action]
    service = Service(replace(entry, **edit))
    outcomes, _ = run(plan, service)
    assert [o.result for o in outcomes] == [Result.STALE]
    assert next(iter(edit.get("attributes", edit))) in outcomes[0].why
    assert not service.calls


def test_an_unclear_update_is_looked_up_before_it_is_repeated():
    """What landed is not sent again."""
    old = an_entry("1", "old", Review.REJECTED)
    service = Service(old, script=[(UNCLEAR, True)])
    plan = plan_of(
        a_desired(), entries=(old,), block=a_block(login=a_version("1", "old"))
    )
    outcomes, _ = run(plan, service)
    assert [o.result for o in outcomes] == [Result.DONE]
    assert service.calls == [("update", "1")]


def a_signature(**changes):
    """A wanted signature."""
    address = at("s", Kind.SIGNATURE)
    return a_desired("s", address=address, delivered={"Name": "s"}, **changes)


def with_signature(*wanted, script=(), **changes):
    """The outcomes of a run that submits a signature and a template that needs it."""
    template = a_desired(signature=at("s", Kind.SIGNATURE))
    service = Service(script=script)
    outcomes, _ = run(plan_of(*wanted, template), service, **changes)
    return outcomes, service


def test_a_template_does_not_go_where_its_signature_was_refused():
    """It is skipped with the reason, and the service never sees it."""
    refusal = [(refused(), False)]
    outcomes, service = with_signature(a_signature(), script=refusal)
    assert [o.result for o in outcomes] == [Result.FAILED, Result.SKIPPED]
    assert "shop/signature.s" in outcomes[1].why
    assert len(service.calls) == 1


def test_a_template_does_not_go_where_a_saved_plan_was_too_old_for_its_signature():
    """The signature is no change of this run any more, and missed all the same."""
    template = a_desired(signature=at("s", Kind.SIGNATURE))
    plan = plan_of(a_signature(), template)
    plan = replace(plan, lines=plan.lines[1:])
    service = Service()
    outcomes, _ = run(plan, service, missing={at("s", Kind.SIGNATURE)})
    assert [o.result for o in outcomes] == [Result.SKIPPED]
    assert not service.calls


def test_a_template_goes_while_an_older_version_of_its_signature_is_usable():
    """A new name that is refused does not take the approved one away."""
    entry = an_entry("5", kind=Kind.SIGNATURE, name="old", attributes={"Name": "old"})
    version = a_version("5", name="old", review=Review.APPROVED)
    version = replace(version, submitted={"Name": "old"})
    slot = (Kind.SIGNATURE, "s")
    block = replace(a_block(), records={slot: Record((version,), "5", "")})
    template = a_desired(signature=at("s", Kind.SIGNATURE))
    plan = plan_of(a_signature(), template, entries=(entry,), block=block)
    assert [change.action for change in plan.changes] == ["supersede", "create"]
    outcomes, _ = run(plan, Service(entry, script=[(refused(), False)]))
    assert [o.result for o in outcomes] == [Result.FAILED, Result.DONE]


def test_a_missing_evidence_file_is_a_failure():
    """Not sent, and the run did not do what it was to do."""
    evidence = (
        Evidence("Proof", "/licence.png", ""),
        Evidence("Proof", "/letter.png", "0" * 64),
        Evidence("Proof", "/seal.png", ""),
    )
    service = Service()
    outcomes, _ = run(plan_of(a_signature(evidence=evidence)), service)
    assert [o.result for o in outcomes] == [Result.FAILED]
    assert outcomes[0].fell_short
    assert "/licence.png, /seal.png" in outcomes[0].why
    assert "/letter.png" not in outcomes[0].why
    assert not service.calls


@pytest.mark.parametrize("script", [[(UNCLEAR, True)], [(UNCLEAR, False)], []])
def test_a_deletion_may_be_repeated(script):
    """What is gone is gone, whoever did it."""
    entry = an_entry("7", name="gone")
    block = a_block(gone=a_version("7", name="gone", review=Review.APPROVED))
    plan = plan_of(entries=(entry,), block=block, prune=True)
    service = Service(entry, script=script)
    outcomes, ledger = run(plan, service)
    assert [o.result for o in outcomes] == [Result.DONE]
    assert not service.entries
    assert not ledger.block("shop").records


def test_a_refused_withdrawal_is_skipped():
    """A candidate nobody wants harms nobody: no failure."""
    first, second = an_entry("1", "new"), an_entry("2", "other", Review.IN_REVIEW)
    versions = (a_version("1", review=Review.APPROVED), a_version("2", "other"))
    block = a_block(login=Record(versions, "1", "2026-01-01T00:00:00+00:00"))
    plan = plan_of(a_desired(), entries=(first, second), block=block)
    service = Service(first, second, script=[(refused("No", Scope.STATE), False)])
    outcomes, _ = run(plan, service)
    assert [o.result for o in outcomes] == [Result.SKIPPED]


def test_a_stopped_run_says_what_it_left():
    """After Ctrl-C the rest is skipped, and said to be."""
    service = Service()
    plan = plan_of(a_desired("one"), a_desired("two", "other"))
    outcomes, _ = run(plan, service, stopped=lambda: bool(service.calls))
    assert [o.result for o in outcomes] == [Result.DONE, Result.SKIPPED]


def test_a_run_that_is_killed_while_it_waits_its_turn_leaves_no_intent():
    """Nothing was sent, so the next run has nothing to look for."""
    service, memory = Service(), Memory()

    def killed():
        raise KeyboardInterrupt

    service.pause = killed
    with pytest.raises(KeyboardInterrupt):
        run(plan_of(a_desired()), service, memory)
    assert not service.calls
    assert not memory.saved


def test_a_run_that_is_stopped_while_it_waits_its_turn_submits_nothing_more():
    """The pause between two submissions can be long; only a call in flight is ended."""
    service, memory, pauses = Service(), Memory(), []
    service.pause = lambda: pauses.append(1)
    plan = plan_of(a_desired())
    outcomes, _ = run(plan, service, memory, stopped=lambda: bool(pauses))
    assert [o.result for o in outcomes] == [Result.SKIPPED]
    assert not service.calls
    assert not memory.saved


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (Unclear("shop", "Add", "reset"), "no answer"),
        (Unclear("shop", "Add", "X.New: no", code="X.New", strange=True), "X.New"),
    ],
)
def test_a_service_that_answered_did_not_stay_silent(error, says):
    """What leaves open whether it was done may still be an answer, and is named."""
    [outcome], _ = run(plan_of(a_desired()), Service(script=[(error, False)]))
    assert outcome.result is Result.UNKNOWN
    assert says in outcome.why
    assert ("no answer" in outcome.why) is (says == "no answer")
    assert ("does not know" in error.message()) is (says == "X.New")


def test_the_order_frees_quota_first_and_deletes_last():
    """Withdraw and retire, then signatures, then templates, then delete."""
    entries = (
        an_entry("1", "new"),
        an_entry("2", "x", Review.IN_REVIEW),
        an_entry("7", "y", name="gone"),
    )
    login = Record(
        (a_version("1", review=Review.APPROVED), a_version("2", "x")), "1", ""
    )
    block = a_block(login=login, gone=a_version("7", "y", name="gone"))
    sign = a_desired("s", address=at("s", Kind.SIGNATURE), delivered={"Name": "s"})
    plan = plan_of(
        a_desired(),
        a_desired("fresh", "z"),
        sign,
        entries=entries,
        block=block,
        delete=frozenset({at("gone")}),
    )
    found = [(change.action, change.address.key) for change in ordered(plan)]
    assert found == [
        ("withdraw", "login"),
        ("create", "s"),
        ("create", "fresh"),
        ("delete", "gone"),
    ]


def test_the_guard_refuses_too_many_changes_and_names_the_flag():
    """More than the policy allows is refused by apply; creations never count."""
    entries = tuple(an_entry(str(n), "old", name=f"t{n}") for n in range(1, 5))
    block = a_block(
        **{
            f"t{n}": a_version(str(n), "old", review=Review.APPROVED)
            for n in range(1, 5)
        }
    )
    wanted = [a_desired(f"t{n}", f"new {n}") for n in range(1, 5)]
    plan = plan_of(*wanted, entries=entries, block=block)
    tight = Policy(retire_after=None, max_changes_percent=30, max_changes_at_least=2)
    with pytest.raises(UnsafePlan) as caught:
        check(plan, tight, Options(NOW))
    assert "--allow-changes 4" in caught.value.hint()
    check(plan, tight, Options(NOW, allow_changes=4))
    check(plan_of(*wanted), tight, Options(NOW))


def test_adopting_many_entries_costs_one_write():
    """A lost state file of a large account is rebuilt in one go."""
    entries = tuple(an_entry(str(n), f"text {n}", name=f"t{n}") for n in range(1, 50))
    wanted = [a_desired(f"t{n}", f"text {n}") for n in range(1, 50)]
    memory = Memory()
    outcomes, _ = run(plan_of(*wanted, entries=entries), Service(*entries), memory)
    assert len(outcomes) == 49
    assert len(memory.saved) == 1


def test_what_was_there_before_is_noted_by_kind_and_name():
    """Only an entry of the very kind and name could be taken for ours later."""
    entries = (
        an_entry("5", "a", name="login"),
        an_entry("6", "b", name="another"),
        an_entry("7", "c", name="login", kind=Kind.SIGNATURE),
        an_entry("4", "d", name="login"),
    )
    memory = Memory()
    block = a_block(other=Record((a_version("5", "a"), a_version("4", "d"))))
    part = plan_of(a_desired(), a_desired("other", "a"), entries=entries, block=block)
    run(replace(part, lines=part.lines[:1]), Service(*entries), memory)
    [intent] = memory.saved[0].blocks["shop"].intents.values()
    assert intent.known == ("4", "5")


def test_a_run_that_may_change_nothing_changes_nothing():
    """Not even one; a single entry counts by the percentage, too."""
    block = a_block(login=a_version(text="old", review=Review.REJECTED))
    entry = an_entry(text="old", review=Review.REJECTED)
    part = plan_of(a_desired(), entries=(entry,), block=block)
    none = Policy(max_changes_at_least=0, max_changes_percent=0)
    with pytest.raises(UnsafePlan) as caught:
        check(part, none, Options(NOW))
    assert "--allow-changes" in caught.value.hint()
    check(part, none, Options(NOW, allow_changes=1))
    check(part, Policy(max_changes_at_least=0, max_changes_percent=100), Options(NOW))
    check(part, Policy(max_changes_at_least=1, max_changes_percent=0), Options(NOW))


def test_an_error_that_is_no_refusal_is_an_outcome_and_the_run_goes_on():
    """What was surely never sent leaves nothing open, and blocks nothing."""
    unreached = Unreachable("shop", "Add", "no route to host")
    service = Service(script=[(unreached, False)])
    part = plan_of(a_desired("a", "x"), a_desired("b", "y"))
    outcomes, ledger = run(part, service)
    assert [each.result for each in outcomes] == [Result.FAILED, Result.DONE]
    assert outcomes[0].error is unreached
    assert not ledger.block("shop").intents


def test_after_a_state_that_cannot_be_saved_each_line_says_why():
    """The rest is left, with the error that ended the run."""
    part = plan_of(a_desired("a", "x"), a_desired("b", "y"))
    outcomes, _ = run(part, Service(), Memory(fails_from=1))
    assert [each.result for each in outcomes] == [Result.FAILED, Result.SKIPPED]
    assert outcomes[1].error is outcomes[0].error is not None
    assert outcomes[1].why
    assert outcomes[1].fell_short


def test_a_second_entry_of_a_name_that_is_the_id_is_not_tried():
    """Where the name is the id, another name would be another signature."""
    spec = a_spec()
    kinds = {
        **spec.kinds,
        Kind.TEMPLATE: replace(spec.kinds[Kind.TEMPLATE], named=True),
    }
    block = a_block(login=Record((a_version(text="old", review=Review.APPROVED),), "1"))
    part = plan_of(a_desired(), entries=(an_entry(text="old"),), block=block)
    assert [each.action for each in part.changes] == [Action.SUPERSEDE]
    for named, calls in ((kinds, 1), (spec.kinds, 2)):
        service = Service(an_entry(text="old"))
        service.script = [(refused(scope=Scope.NAME_TAKEN), False)]
        ledger = Ledger(Memory(), State({"shop": part.block}), Author("me", "abc"))
        reading = Reading(tuple(service.entries.values()))
        job = Run(part, service, replace(spec, kinds=named), reading, ledger, Clock())
        [outcome] = job.outcomes()
        assert len(service.calls) == calls
        assert outcome.result is (Result.FAILED if calls == 1 else Result.DONE)


def test_an_unclear_submission_is_looked_for_with_growing_waits():
    """A service may show it a while later; then nobody knows."""
    clock = Clock()
    part = plan_of(a_desired())
    ledger = Ledger(Memory(), State({"shop": part.block}), Author("me", "abc"))
    service = Service(script=[(UNCLEAR, False)])
    job = Run(part, service, a_spec(), Reading(()), ledger, clock)
    [outcome] = job.outcomes()
    assert outcome.result is Result.UNKNOWN
    assert outcome.error is UNCLEAR
    assert clock.time - NOW == 1 + 2 + 4 + 8


def test_what_could_not_be_withdrawn_harms_nobody():
    """The run did all it was to do; the outcome says why and holds the refusal."""
    versions = (a_version("1", review=Review.APPROVED), a_version("2", "older"))
    entries = (an_entry("1"), an_entry("2", "older", Review.REJECTED))
    block = a_block(login=Record(versions, "1", "2026-01-01T00:00:00+00:00"))
    part = plan_of(a_desired(), entries=entries, block=block)
    assert [each.action for each in part.changes] == [Action.WITHDRAW]
    service = Service(*entries, script=[(refused("InUse"), False)])
    [outcome] = run(part, service)[0]
    assert (outcome.result, outcome.fell_short) == (Result.SKIPPED, False)
    assert isinstance(outcome.error, Refused)
    assert "InUse" in outcome.why


def test_an_update_nobody_answers_is_not_known_to_be_done():
    """Looked up and repeated while it is not done; then said, with its answer."""
    entry = an_entry(text="old", review=Review.REJECTED)
    block = a_block(login=a_version(text="old", review=Review.REJECTED))
    part = plan_of(a_desired(), entries=(entry,), block=block)
    coded = Unclear("shop", "Modify", "odd", code="Strange")
    for error, word in ((UNCLEAR, "answer"), (coded, "Strange")):
        service = Service(entry, script=[(error, False)] * 9)
        [outcome] = run(part, service)[0]
        assert (outcome.result, outcome.id) == (Result.UNKNOWN, "1")
        assert word in outcome.why
        assert outcome.error is error
        assert len(service.calls) == 5


def test_what_is_gone_is_not_updated_and_needs_no_deletion():
    """Whether it was seen to be gone, or the service says so."""
    entry = an_entry(text="old", review=Review.REJECTED)
    block = a_block(login=a_version(text="old", review=Review.REJECTED))
    edit = plan_of(a_desired(), entries=(entry,), block=block)
    [outcome] = run(edit, Service())[0]
    assert outcome.result is Result.STALE
    assert outcome.why
    going = plan_of(entries=(entry,), block=block, prune=True)
    assert [each.action for each in going.changes] == [Action.DELETE]
    gone = refused("NotFound", Scope.GONE)
    for service in (Service(), Service(entry, script=[(gone, False)])):
        [outcome] = run(going, service)[0]
        assert outcome.result is Result.DONE
        assert outcome.why
    kept = Service(entry, script=[(refused("InUse", Scope.STATE), False)])
    [outcome] = run(going, kept)[0]
    assert outcome.result is Result.FAILED


def test_a_full_disk_ends_a_run_at_its_adoptions():
    """None of them is called done, and nothing is submitted after them."""
    entry = an_entry("5", "a", name="a")
    part = plan_of(a_desired("a", "a"), a_desired("b", "b"), entries=(entry,))
    assert [each.action for each in part.changes] == [Action.ADOPT, Action.CREATE]
    service = Service(entry)
    outcomes, _ = run(part, service, Memory(fails_from=1))
    assert [each.result for each in outcomes] == [Result.FAILED, Result.SKIPPED]
    assert isinstance(outcomes[0].error, StateError)
    assert not service.calls


def test_a_version_that_is_handed_out_by_now_is_not_passed_on():
    """The line is stale and says why; its owner keeps it."""
    want = a_desired("a", "a")
    part = plan_of(want, entries=(an_entry("5", "a", name="a"),))
    [taken] = part.changes
    passed = taken._replace(reason=Reason.PASSED_ON, moved_from=at("old"), id="5")
    part = replace(part, lines=(passed,))
    version = a_version("5", "a", review=Review.APPROVED)
    for active, result in (("5", Result.STALE), ("", Result.DONE)):
        memory = Memory()
        block = a_block(old=Record((version,), active))
        ledger = Ledger(memory, State({"shop": block}), Author("me", "abc"))
        job = Run(part, Service(), a_spec(), Reading(()), ledger, Clock())
        [outcome] = job.outcomes()
        assert outcome.result is result
        assert bool(outcome.why) is (result is Result.STALE)
        kept = list(ledger.block("shop").records)
        assert kept == [(Kind.TEMPLATE, "old" if active else "a")]


def test_a_refusal_on_a_full_disk_says_both():
    """The submission failed; its intent could not be closed, so the run ends."""
    part = plan_of(a_desired("a", "x"), a_desired("b", "y"))
    service = Service(script=[(refused(), False)])
    outcomes, _ = run(part, service, Memory(fails_from=2))
    assert [each.result for each in outcomes] == [Result.FAILED, Result.SKIPPED]
    assert isinstance(outcomes[0].error, Refused)
    assert isinstance(outcomes[1].error, StateError)


def test_after_its_end_a_run_writes_nothing():
    """The lock is given back: what a late thread does is lost, and said."""
    memory = Memory()
    part = plan_of(a_desired())
    ledger = Ledger(memory, State({"shop": part.block}), Author("me", "abc"))
    ledger.close()
    with pytest.raises(StateError) as caught:
        ledger.forget_intent(part.changes[0])
    assert "shop" in caught.value.message()
    assert not memory.saved


def test_an_update_is_remembered_as_it_was_submitted():
    """All of it, by whom, and nothing of the submission before it."""
    entry = an_entry(text="old", review=Review.REJECTED)
    before = a_version(
        text="old",
        review=Review.REJECTED,
        note="no",
        assumed=("Type",),
        by="another",
        commit="000",
        parameters=("x",),
    )
    want = a_desired(name="renamed", parameters=("code",))
    part = plan_of(want, entries=(entry,), block=a_block(login=before))
    outcomes, ledger = run(part, Service(entry))
    assert [(each.result, each.id) for each in outcomes] == [(Result.DONE, "1")]
    [version] = ledger.block("shop").record((Kind.TEMPLATE, "login")).versions
    assert version == replace(
        before,
        review=Review.IN_REVIEW,
        submitted={"Text": "new", "Type": 3, "Remark": "why"},
        name="renamed",
        parameters=("code",),
        note="",
        assumed=(),
        by="me",
        commit="abc",
    )


def test_what_was_deleted_and_could_be_sent_is_remembered_by_its_id():
    """Applications may have it still; of what was never approved nobody had it."""
    slot = (Kind.TEMPLATE, "login")
    for review, retired in ((Review.APPROVED, ("1",)), (Review.REJECTED, None)):
        entry = an_entry(review=review)
        block = a_block(login=a_version(review=review))
        part = plan_of(entries=(entry,), block=block, delete=frozenset({at()}))
        assert [each.action for each in part.changes] == [Action.DELETE]
        _, ledger = run(part, Service(entry))
        assert ledger.block("shop").retired.get(slot) == retired
        assert not ledger.block("shop").records


def test_each_adoption_says_what_it_took():
    """All of one write; with the entry's id."""
    entries = tuple(an_entry(str(n), f"text {n}", name=f"t{n}") for n in (1, 2, 3))
    wanted = [a_desired(f"t{n}", f"text {n}") for n in (1, 2, 3)]
    outcomes, ledger = run(plan_of(*wanted, entries=entries), Service(*entries))
    assert [(each.result, each.id) for each in outcomes] == [
        (Result.DONE, "1"),
        (Result.DONE, "2"),
        (Result.DONE, "3"),
    ]
    assert len(ledger.block("shop").records) == 3


def test_a_creation_that_cannot_be_recorded_is_the_last_of_the_run():
    """What the state does not know must not grow."""
    part = plan_of(a_desired("a", "x"), a_desired("b", "y"))
    service = Service()
    outcomes, _ = run(part, service, Memory(fails_from=2))
    assert [each.result for each in outcomes] == [Result.UNKNOWN, Result.SKIPPED]
    assert outcomes[0].id
    assert len(service.calls) == 1


def test_an_account_that_may_not_delete_is_asked_once():
    """Withdrawals and deletions alike; submissions go on."""
    versions = (
        a_version("1", review=Review.APPROVED),
        a_version("2", "older"),
        a_version("3", "oldest"),
    )
    entries = (
        an_entry("1"),
        an_entry("2", "older", Review.REJECTED),
        an_entry("3", "oldest", Review.REJECTED),
    )
    block = a_block(login=Record(versions, "1", "2026-01-01T00:00:00+00:00"))
    part = plan_of(a_desired(), a_desired("b", "y"), entries=entries, block=block)
    service = Service(*entries, script=[(refused("Forbidden", Scope.ACCOUNT), False)])
    outcomes, _ = run(part, service)
    assert [each.result for each in outcomes] == [
        Result.SKIPPED,
        Result.SKIPPED,
        Result.DONE,
    ]
    assert "Forbidden" in outcomes[1].why
    assert [call for call, _ in service.calls] == ["delete", "create"]


def test_a_name_that_was_withdrawn_in_this_run_can_be_had_again():
    """Where the name is the id, the new entry has that of the old one."""
    versions = (a_version("1", review=Review.APPROVED), a_version("n", "older"))
    pending = replace(an_entry("2", "older", Review.REJECTED), id="n")
    entries = (an_entry("1"), pending)
    block = a_block(login=Record(versions, "1", "2026-01-01T00:00:00+00:00"))
    part = plan_of(a_desired(), a_desired("b", "y"), entries=entries, block=block)
    assert [each.action for each in ordered(part)] == [Action.WITHDRAW, Action.CREATE]
    outcomes, ledger = run(part, Odd(*entries, answers=["n"]))
    assert [each.result for each in outcomes] == [Result.DONE, Result.DONE]
    owners = ledger.block("shop").owners()
    assert owners[Kind.TEMPLATE, "n"] == (Kind.TEMPLATE, "b")


def test_a_new_entry_is_not_tried_under_a_second_name():
    """Only what replaces a version has a reason to be called NAME_2."""
    service = Service(script=[(refused("Taken", Scope.NAME_TAKEN), False)])
    [outcome] = run(plan_of(a_desired()), service)[0]
    assert outcome.result is Result.FAILED
    assert service.calls == [("create", "login")]


def test_a_list_that_cannot_be_read_once_is_read_again():
    """The submission is found by the next look."""
    service = Service(script=[(UNCLEAR, True)])
    read, broken = service.read, [Unreachable("shop", "List", "reset")]

    def reading(known):
        if broken:
            raise broken.pop()
        return read(known)

    service.read = reading
    [outcome] = run(plan_of(a_desired()), service)[0]
    assert (outcome.result, outcome.id) == (Result.DONE, "100")
    assert len(service.calls) == 1


def test_without_a_gate_a_template_goes_whatever_became_of_its_signature():
    """Where the service asks for no signature first, its refusal holds nobody."""
    template = a_desired(signature=at("s", Kind.SIGNATURE))
    part = plan_of(a_signature(), template, spec=a_spec(gate=""))
    ledger = Ledger(Memory(), State({"shop": part.block}), Author("me", "abc"))
    service = Service(script=[(refused(), False)])
    spec = a_spec(gate="")
    job = Run(part, service, spec, Reading(()), ledger, Clock())
    results = [each.result for each in job.outcomes()]
    assert results == [Result.FAILED, Result.DONE]


def test_a_run_that_may_delete_nothing_deletes_nothing():
    """Not even one, unless the flag says how many."""
    entry = an_entry(text="old", review=Review.REJECTED)
    block = a_block(login=a_version(text="old", review=Review.REJECTED))
    part = plan_of(entries=(entry,), block=block, prune=True)
    with pytest.raises(UnsafePlan) as caught:
        check(part, Policy(max_deletes=0), Options(NOW))
    assert "--allow-deletes" in caught.value.hint()
    check(part, Policy(max_deletes=0), Options(NOW, allow_deletes=1))
    check(part, Policy(max_deletes=1), Options(NOW))
