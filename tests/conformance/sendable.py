"""A project with approved templates to send, for every service that sends."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from conformance.project import Project, facts
from smsform.emulation import outbox
from smsform.emulation.calls import recorded
from smsform.emulation.outbox import OutboxMessage
from smsform.hours import BEIJING
from smsform.registry import specs

SENDING = sorted(type for type, spec in specs().items() if spec.sending is not None)
NUMBER = "13800138000"
PICKUP = {
    "name": "取件通知",
    "type": "notification",
    "signature": "shop",
    "content": "您的包裹已到{{ place }}，取件码{{ code }}，请当日领取。",
    "params": {
        "place": {"sample": "东门驿站", "max_length": 6},
        "code": {"sample": "3-2-17", "kind": "pickup_code"},
    },
    "samples": {"longest": {"place": "西门一号驿站", "code": "12-12"}},
    "remark": "包裹到站时发送",
}
SHIPPED = {
    "name": "发货通知",
    "type": "notification",
    "signature": "shop",
    "content": "您的订单已发货，请留意查收。",
    "remark": "发货时发送",
}
NOON = datetime(2026, 12, 2, 12, 0, tzinfo=BEIJING).timestamp()


def a_project(root: Path, type: str, **settings: Any) -> Project:
    """A project whose templates are approved, at noon of a working day in Beijing."""
    project = Project(root, type, {"review": "manual", **settings})
    project.admit()
    project.templates = {"pickup": dict(PICKUP), "shipped": dict(SHIPPED)}
    project.write()
    assert project.apply().code == 0
    project.approve_all()
    assert project("status").code == 0
    at_noon(project)
    return project


def at_noon(project: Project) -> None:
    """Let it be noon in Beijing, on a later day."""
    now = project.clock.now()
    days = max(0, -(-(now - NOON) // 86400))
    project.clock.sleep(NOON + days * 86400 - now)


def actions(type: str) -> Any:
    """What the service calls the calls of sending, and a push of two receipts."""
    return facts(type)["sending"]


def sent(project: Project) -> list[OutboxMessage]:
    """What lies in the outbox, oldest first."""
    return outbox.accepted(project.store)[::-1]


def calls_made(project: Project) -> int:
    """How many calls the service has heard."""
    return len(recorded(project.store))
