"""What a merge does: what was reviewed and nothing else, then the state, once."""

from __future__ import annotations

import re
import signal

from recorder import OTHER, GitLab
from worlds import CREATE, STATE, World, git

from conformance.project import facts
from projects import UNGATED
from smsform.emulation import faults
from smsform.emulation.faults import Fault, FaultKind
from smsform.model import Review

REFUSED = facts(UNGATED)["refusals"][0]
KEYS = ("login_code", "pickup", "receipt")
LONGER = "为您的登录验证码，五分钟内有效，如非本人操作请忽略。"


def test_what_was_reviewed_is_applied_and_remembered(world: World) -> None:
    """The state returns in one commit that starts no pipeline; a rerun submits nothing.

    This service marks no submission in its answer: the next reading notes the mark, and
    a rerun after that does nothing at all.
    """
    merged = world.reviewed(1, "login_code", "pickup")
    applied = world.apply(merged)
    assert applied.code == 0, applied.log
    assert world.submitted == {"login_code": 1, "pickup": 1}
    assert world.owned
    assert git(world.remote, "rev-parse", "main~1") == merged
    assert git(world.remote, "log", "-1", "--format=%s", "main").endswith("[skip ci]")
    assert git(world.remote, "diff", "--name-only", "main~1", "main") == STATE

    assert world.apply(merged).code == 0
    head = world.head
    assert git(world.remote, "diff", "--name-only", merged, head) == STATE
    assert world.apply(merged).code == 0
    assert world.head == head
    assert world.submitted == {"login_code": 1, "pickup": 1}


def test_another_plan_than_the_reviewed_one_stops(world: World) -> None:
    """Approved meanwhile: what was an edit is a second submission now. A person may let
    exactly that plan pass, by the digest the stopped run names.
    """
    assert world.apply(world.reviewed(1, "login_code")).code == 0
    merged = world.reviewed(2, login_code=LONGER)
    world.judge("login_code", Review.APPROVED)
    head = world.head

    stopped = world.apply(merged)
    assert stopped.code != 0
    assert "± cloud/template.login_code supersede" in stopped.log
    assert "{+，五分钟内有效+}" in stopped.log
    assert world.submitted == {"login_code": 1}
    assert world.head == head

    digest = re.search(
        r"exactly this plan pass: --reviewed ([0-9a-f]{16})", stopped.log
    )
    assert digest
    assert world.apply(merged, approve="0" * 16).code != 0
    assert world.submitted == {"login_code": 1}
    approved = world.apply(merged, approve=digest[1])
    assert approved.code == 0, approved.log
    assert world.submitted == {"login_code": 2}


def test_only_the_workflow_says_what_was_reviewed(world: World) -> None:
    """Somebody's copy of the comment counts for nothing, nor does one never merged."""
    world.propose(1, "login_code")
    assert world.plan(1).code == 0
    [comment] = world.forge.by_us(1)
    merged = world.merge(1)
    comment.author = OTHER
    assert world.apply(merged).code != 0
    comment.author = world.forge.ours
    world.forge.merged.clear()
    assert world.apply(merged).code != 0
    assert not world.submitted
    world.forge.merged.append(1)
    assert world.apply(merged).code == 0
    assert world.submitted == {"login_code": 1}


def test_main_moves_during_an_apply(world: World) -> None:
    """The state's commit goes on top of what came meanwhile, which stays as it is."""
    merged = world.reviewed(1, "login_code", "pickup")

    def somebody_pushes() -> None:
        world.write("README.md", "how we write texts\n")
        world.commit("main", "meanwhile")

    world.on_submission(somebody_pushes)
    applied = world.apply(merged)
    assert applied.code == 0, applied.log
    log = git(world.remote, "log", "--format=%s", "-3", "main").split("\n")
    assert log == ["smsform: state [skip ci]", "meanwhile", "merge"]
    assert git(world.remote, "show", "main:README.md") == "how we write texts"
    assert world.owned


def test_what_others_wrote_into_the_state_is_kept(world: World) -> None:
    """The state's commit is merged line by line where main has another state now."""
    assert world.apply(world.reviewed(1, "login_code")).code == 0

    def somebody_protects() -> None:
        git(world.author, "pull", "-q")
        path = world.author / STATE
        text = path.read_text(encoding="utf-8")
        first, rest = text.split('"versions": [', 1)
        world.write(STATE, f'{first}"protected": true, "versions": [{rest}')
        world.commit("main", "by hand")

    merged = world.reviewed(2, "pickup")
    world.on_submission(somebody_protects)
    assert world.apply(merged).code == 0
    assert world.owned
    assert '"protected": true' in git(world.remote, "show", f"main:{STATE}")


def test_runs_that_overlap_in_main_know_each_others_state(world: World) -> None:
    """A merge during an apply has a commit without that apply's state, and gets it."""
    first = world.reviewed(1, "login_code")
    later: list[str] = []
    world.propose(2, "pickup")
    assert world.plan(2).code == 0
    world.on_submission(lambda: later.append(world.merge(2)))
    assert world.apply(first).code == 0
    assert world.apply(later[0]).code == 0
    assert world.submitted == {"login_code": 1, "pickup": 1}
    assert world.owned


def test_a_job_that_dies_before_its_push_is_healed_by_a_second_try(
    world: World,
) -> None:
    """What it submitted is adopted from a fresh clone, and nothing is sent twice."""
    merged = world.reviewed(1, "login_code", "pickup")
    assert world.apply(merged, dies=True).code == 0
    assert world.submitted == {"login_code": 1, "pickup": 1}
    assert world.head == merged

    healed = world.apply(merged)
    assert healed.code == 0, healed.log
    assert world.submitted == {"login_code": 1, "pickup": 1}
    assert world.owned


def test_a_job_that_dies_before_its_push_is_healed_by_the_next_merge(
    world: World,
) -> None:
    """Half done and forgotten: the next run, for something else, does the rest."""
    refusal = Fault("cloud", FaultKind.REFUSE, CREATE, nth=2, code=REFUSED)
    faults.plant(world.store, refusal)
    merged = world.reviewed(1, "login_code", "pickup")
    world.apply(merged, dies=True)
    assert sum(world.submitted.values()) == 1
    assert world.head == merged

    healed = world.apply(world.reviewed(2, "receipt"))
    assert healed.code == 0, healed.log
    assert world.submitted == {"login_code": 1, "pickup": 1, "receipt": 1}
    assert world.owned


def test_an_apply_that_fails_halfway_still_returns_the_state(world: World) -> None:
    """The job is red, main knows what was submitted, a second try does the rest."""
    refusal = Fault("cloud", FaultKind.REFUSE, CREATE, nth=2, code=REFUSED)
    faults.plant(world.store, refusal)
    merged = world.reviewed(1, "login_code", "pickup")
    failed = world.apply(merged)
    assert failed.code != 0
    assert REFUSED in failed.log
    assert sum(world.submitted.values()) == 1
    assert world.owned
    assert world.head != merged

    assert world.apply(merged).code == 0
    assert world.submitted == {"login_code": 1, "pickup": 1}
    assert world.owned


def test_an_apply_that_is_killed_has_not_forgotten_what_it_did(world: World) -> None:
    """The state that the job returns has the steps beside the file, too."""
    merged = world.reviewed(1, "login_code", "pickup")
    world.on_submission(world.kill, nth=2)
    killed = world.apply(merged)
    assert killed.code != 0
    assert [len(ids) for ids in world.state.values()] == [1]
    assert set(world.state) < set(world.submitted)

    assert world.apply(merged).code == 0
    assert world.submitted == {"login_code": 1, "pickup": 1}
    assert world.owned


def test_a_job_that_is_cancelled_has_not_forgotten_what_it_did(world: World) -> None:
    """GitHub's apply finishes the call in flight, submits nothing more, and pushes; of
    GitLab's what is on disk is pushed afterwards."""
    merged = world.reviewed(1, *KEYS)
    world.on_submission(world.cancel, nth=2)
    cancelled = world.apply(merged)
    if isinstance(world.forge, GitLab):
        assert cancelled.code == -signal.SIGKILL
        assert len(world.state) == 1
        assert set(world.state) < set(world.submitted)
    else:
        assert cancelled.code == 130
        assert sum(world.submitted.values()) == 2
        assert world.owned

    assert world.apply(merged).code == 0
    assert world.submitted == dict.fromkeys(KEYS, 1)
    assert world.owned


def test_a_tag_called_like_the_branch_is_not_taken_for_it(world: World) -> None:
    """Who may push a tag, but not to main, gets nothing into main by its name."""
    merged = world.reviewed(1, "login_code")

    def somebody_pushes() -> None:
        world.write("README.md", "how we write texts\n")
        world.commit("refs/heads/main", "meanwhile")
        world.write("README.md", "nobody reviewed this\n")
        world.commit("refs/tags/main", "not reviewed")

    world.on_submission(somebody_pushes)
    applied = world.apply(merged)
    assert applied.code == 0, applied.log
    log = git(world.remote, "log", "--format=%s", "-3", "refs/heads/main").split("\n")
    assert log == ["smsform: state [skip ci]", "meanwhile", "merge"]


def test_closed_pull_requests_push_no_merged_one_out(world: World) -> None:
    """Anybody may open and close pull requests, and comment on merged ones."""
    merged = world.reviewed(1, "login_code")
    world.forge.closed += [*range(2, 40), *range(50, 80)]
    world.forge.merged[:0] = range(50, 80)  # long ago
    applied = world.apply(merged)
    assert applied.code == 0, applied.log
    assert world.submitted == {"login_code": 1}


def test_the_project_has_no_say_in_how_comments_are_read(world: World) -> None:
    """A module in the project that is called like one of Python's is not run."""
    world.write("json.py", "raise SystemExit('run by CI')\n")
    merged = world.reviewed(1, "login_code")
    applied = world.apply(merged)
    assert applied.code == 0, applied.log
    assert world.run("drift").code == 0
