"""What the schedule does: verdicts into the state file, red if a person is needed."""

from __future__ import annotations

from worlds import LINKS, STATE, World, git

from notify.receivers import SECRET, TOKEN, receiving
from smsform.model import Review


def test_verdicts_are_committed_and_main_is_as_it_should_be(world: World) -> None:
    """Pending is fine, once the mark of the submission is noted; approved is written
    down, so that `ids` has it.
    """
    assert world.apply(world.reviewed(1, "login_code")).code == 0
    assert world.run("status").code == 0
    head = world.head
    assert world.run("status").code == 0
    assert world.head == head
    assert world.run("drift").code == 0

    world.judge("login_code", Review.APPROVED)
    assert world.run("status").code == 0
    assert git(world.remote, "rev-parse", "main~1") == head
    assert '"active": "' in git(world.remote, "show", f"main:{STATE}")
    assert world.run("drift").code == 0


def test_what_is_missing_rejected_or_changed_is_red(world: World) -> None:
    """Each for itself, and the job says what it is."""
    merged = world.reviewed(1, "login_code")
    undone = world.run("drift")
    assert undone.code == 2
    assert "login_code" in undone.log

    assert world.apply(merged).code == 0
    world.judge("login_code", Review.REJECTED)
    assert world.run("drift").code == 4

    world.judge("login_code", Review.APPROVED)
    world.edit("login_code", "{1}为您的验证码。")
    changed = world.run("drift")
    assert changed.code == 1
    assert "cloud/template.login_code is not what was submitted" in changed.log


def test_people_are_told_of_a_verdict_once(world: World) -> None:
    """By the next scheduled job, with its link; the address is in no log and commit."""
    with receiving("dingtalk") as target:
        world.tells(target.address)
        assert world.apply(world.reviewed(1, "login_code")).code == 0
        world.judge("login_code", Review.REJECTED)
        target.answers = [500]
        logs = [world.run("status").log, world.run("status").log]
        logs.append(world.run("status").log)
        assert target.wrong == []
        [text] = target.taken
    assert "login_code" in text
    assert "sms/texts" in text
    assert any(link in text for link in LINKS.values())
    logs.append(git(world.remote, "log", "-p", "main"))
    assert not any(secret in log for log in logs for secret in (TOKEN, SECRET))
