"""A reviewer with a script: rejects what matches, passes the rest."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from smsform.emulation import reviewer
from smsform.emulation.reviewer import Schedule, settle
from smsform.emulation.script import load
from smsform.emulation.settings import review
from smsform.emulation.store import Entry, Store
from smsform.errors import ConfigError
from smsform.model import Review

PAGE = Path(__file__).parents[2] / "docs/testing.md"
HOUR = 3600.0


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with the script that the documentation shows."""
    [text] = re.findall(
        r"<!-- example: review.toml -->\n```toml\n(.*?)```", PAGE.read_text(), re.DOTALL
    )
    (tmp_path / "review.toml").write_text(text, encoding="utf-8")
    return tmp_path


def judged(store: Store, schedule: Schedule, text: str, now: float) -> Entry:
    """An entry of *text*, submitted at 0, as it is at *now*."""
    entry = Entry(0, "p", "1", "r", "template", 0, "n", text, Review.IN_REVIEW)
    return settle(store, schedule, entry._replace(id=store.add(entry)), now)


def test_what_matches_is_rejected_with_its_note(store: Store, root: Path) -> None:
    """Each at its own time; the first rule that fits counts."""
    schedule = reviewer.scripted(review({"script": "review.toml"}), root)
    link, autumn = "点https://a.cn/x秋季", "秋季上新"
    assert judged(store, schedule, link, 1700.0).review == Review.IN_REVIEW
    told = judged(store, schedule, link, 1800.0)
    assert (told.review, told.note, told.judged) == (
        Review.REJECTED,
        "链接未报备",
        1800.0,
    )
    assert judged(store, schedule, "您好", 2 * HOUR - 1).review == Review.IN_REVIEW
    assert judged(store, schedule, "您好", 2 * HOUR).review == Review.APPROVED
    stopped = judged(store, schedule, autumn, 2 * HOUR)
    assert stopped.review == Review.APPROVED_INACTIVE
    later = schedule._replace(effective_after=HOUR)
    assert settle(store, later, stopped, 99 * HOUR).review == Review.APPROVED_INACTIVE
    passed = judged(store, later, "您好", 2 * HOUR)
    assert passed.review == Review.APPROVED_INACTIVE
    assert settle(store, later, passed, 3 * HOUR).review == Review.APPROVED


@pytest.mark.parametrize(
    "text",
    [
        "after = 'soon'",
        "[[reject]]\nnote = 'x'",
        "[[reject]]\nmatch = '('",
        "x = 1",
        "[[reject]]\nmatch = 'a'\nwhen = '2h'",
        "= 3",
        "[reject]\nmatch = 'a'",
    ],
)
def test_a_script_that_cannot_be_read_is_an_error(tmp_path: Path, text: str) -> None:
    """Which file, and what is wrong in it; also where there is none."""
    path = tmp_path / "r.toml"
    with pytest.raises(ConfigError):
        load(path)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match="script"):
        load(path)
