"""What a pull request gets: one comment, kept up to date, and nobody else's touched."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from jobs import EXAMPLE, machine, run_github, run_gitlab
from recorder import OTHER, GitHub, GitLab
from worlds import World

MARKER = "<!-- smsform:plan -->"


def test_one_comment_is_written_and_kept_up_to_date(world: World) -> None:
    """The second push changes the comment of the first, on whatever page it is."""
    for number in range(130):
        world.forge.say(1, OTHER, f"comment {number}")
    forged = world.forge.say(1, OTHER, f"{MARKER}\n\nnot by the workflow")
    quoting = world.forge.say(1, world.forge.ours, f"> {MARKER}\n\nanother workflow's")

    world.propose(1, "login_code")
    assert world.plan(1).code == 0
    comment = world.forge.by_us(1)[-1]
    assert comment.body.startswith(f"{MARKER}\n")
    assert "login_code" in comment.body

    world.propose(1, "login_code", "pickup")
    assert world.plan(1).code == 0
    assert [c.id for c in world.forge.by_us(1)] == [quoting.id, comment.id]
    assert comment.edited == 1
    assert "pickup" in comment.body
    untouched = [c for c in world.forge.comments[1] if c is not comment]
    assert len(untouched) == 132
    assert not any(c.edited for c in untouched)
    assert forged.body.endswith("not by the workflow")
    assert not world.submitted


def test_a_plan_that_fails_leaves_the_comment_alone(world: World) -> None:
    """Without a plan there is nothing to say, and the job is red."""
    world.propose(1, login_code="{{ nobody }}")
    assert world.plan(1).code != 0
    assert world.forge.comments == {}


@pytest.mark.parametrize("forge", [GitHub, GitLab])
def test_the_check_needs_no_secret_and_no_network(
    forge: type, installed: Path, tmp_path: Path
) -> None:
    """Rules and previews, of the example as it is, with nothing but a checkout."""
    project = tmp_path / "project"
    shutil.copytree(EXAMPLE, project, ignore=shutil.ignore_patterns(".smsform"))
    env = machine(installed, tmp_path)
    if forge is GitLab:
        ran = run_gitlab("check", project, env)
    else:
        summary = tmp_path / "summary.md"
        env |= {"GITHUB_STEP_SUMMARY": str(summary)}
        ran = run_github("check", project, env, {})
        assert "示例商城" in summary.read_text(encoding="utf-8")
    assert ran.code == 0, ran.log
    assert "示例商城" in (project / "preview.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("forge", [GitHub, GitLab])
def test_a_check_that_fails_still_has_its_page(
    forge: type, installed: Path, tmp_path: Path
) -> None:
    """Whoever mends the file sees the others, and what is wrong with this one."""
    project = tmp_path / "project"
    shutil.copytree(EXAMPLE, project, ignore=shutil.ignore_patterns(".smsform"))
    (project / "templates" / "service.yaml").write_text("templates: [}\n")
    summary = tmp_path / "summary.md"
    env = machine(installed, tmp_path) | {"GITHUB_STEP_SUMMARY": str(summary)}
    if forge is GitLab:
        assert run_gitlab("check", project, env).code != 0
    else:
        assert run_github("check", project, env, {}).code != 0
        assert "templates/service.yaml:1:13" in summary.read_text(encoding="utf-8")
    page = (project / "preview.html").read_text(encoding="utf-8")
    assert "templates/service.yaml:1:13" in page
    assert "示例商城" in page


@pytest.mark.parametrize("forge", [GitHub, GitLab])
def test_the_check_fails_where_a_rule_does(
    forge: type, installed: Path, tmp_path: Path
) -> None:
    """An error in a definition ends the job, and GitHub shows it at its line."""
    (tmp_path / "smsform.yaml").write_text("smsform: 2\n")
    env = machine(installed, tmp_path) | {"GITHUB_STEP_SUMMARY": "/dev/null"}
    if forge is GitLab:
        assert run_gitlab("check", tmp_path, env).code != 0
    else:
        ran = run_github("check", tmp_path, env, {})
        assert ran.code != 0
        assert "::error file=smsform.yaml,line=1," in ran.log
