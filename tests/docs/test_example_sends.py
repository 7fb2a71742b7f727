"""The example project, sent: what a preview shows arrives and costs what it says."""

from __future__ import annotations

import json
import shutil
from datetime import datetime
from pathlib import Path

from commands import Result, printed_in
from smsform.emulation import outbox, store_path
from smsform.emulation.clock import VirtualClock
from smsform.emulation.store import Store
from smsform.hours import BEIJING

EXAMPLE = Path(__file__).parents[2] / "templates.example"


def call(root: Path, *arguments: str) -> Result:
    """Run a command there."""
    return printed_in(root, "--quiet", *arguments)


def test_every_sample_arrives_as_it_is_previewed(tmp_path: Path) -> None:
    """At every provider: the same text, the same segments, the same fee."""
    root = tmp_path / "example"
    shutil.copytree(EXAMPLE, root, ignore=shutil.ignore_patterns(".*"))
    wait = ("--auto-approve", "--wait", "--timeout", "4d")
    assert call(root, "apply", *wait)[0] == 0
    store = Store(store_path(root))
    clock = VirtualClock(store)
    now = datetime.fromtimestamp(clock.now(), BEIJING)
    clock.sleep((12 - now.hour) % 24 * 3600)  # marketing is not sent at night
    _, out, _ = call(root, "preview", "--format", "json")
    count = 0
    for template in json.loads(out)["templates"]:
        for message in template["messages"]:
            for provider in message["providers"]:
                count += 1
                abroad = template["international"]
                number = f"+8529{count:07}" if abroad else f"138{count:08}"
                code, told, error = call(
                    root,
                    "send",
                    f"{provider}/template.{template['key']}",
                    "--sample",
                    message["case"],
                    "--to",
                    number,
                    "--yes",
                    "--format",
                    "json",
                )
                assert code == 0, (told, error)
                [arrived] = outbox.accepted(store, limit=1)
                assert arrived.number.endswith(number[-8:])
                assert arrived.text == message["text"] == json.loads(told)["text"]
                assert arrived.segments == message["segments"]
                [answer] = json.loads(told)["messages"]
                assert answer["fee"] in (None, message["segments"])
    print(f"\nsent as previewed: {count} messages")
    assert count > 40
