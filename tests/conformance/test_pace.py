"""How long an apply takes is known before it starts."""

from __future__ import annotations

from pathlib import Path

import pytest

from conformance.mixed import a_template
from conformance.project import Project, facts
from smsform.emulation import calls
from smsform.registry import specs


@pytest.mark.parametrize("type", sorted(specs()))
def test_a_large_apply_takes_as_long_as_the_plan_promised(type: str, tmp_path: Path):
    """As many templates as may be submitted at once, ten per cent more or less."""
    known = facts(type)
    count = known["bulk"]
    project = Project(tmp_path, type, {"review": "manual"})
    project.templates = {
        f"t{n}": a_template(f"通知{n}", f"您的订单已由第{n}号店发货，请留意查收。")
        for n in range(count)
    }
    project.write()
    project.admit()
    part = project.plan()
    promised = part["least_seconds"]
    before = project.clock.now()
    result = project.apply()
    took = project.clock.now() - before
    assert result.code == 0, result.err
    assert len(project.entries()) == count
    throttled = [
        call
        for call in calls.recorded(project.store)
        if call.action == project.create_action and call.outcome != calls.OK
    ]
    print(f"\n{count} templates at {type}: promised {promised:.0f} s, {took:.0f} s")
    assert not throttled
    assert promised > 0
    assert abs(took - promised) <= 0.1 * promised
