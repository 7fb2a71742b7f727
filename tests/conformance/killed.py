"""Runs applies that kill themselves; a process of its own, driven by test_kill.

Reads orders from stdin, one JSON object a line: the arguments of the command, the step
to die at (0: never), and whether the apply is to be the broken one; perhaps another
signal than the one that kills, and whether it comes again at the step after. Each is
carried out by a fork of this process, which has imported everything and started no
thread. Answers on stdout with the steps that were passed and the exit code, unless it
was killed, and the signal that ended it, 0 for none.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable, Collection
from itertools import count
from typing import Any
from unittest.mock import patch

from smsform import stopping
from smsform.apply.ledger import Ledger
from smsform.cli import run
from smsform.model import Address
from smsform.project.in_process import InProcess
from smsform.state import writing


class Steps:
    """Counts the steps of a run and, at those chosen, sends the process a signal."""

    def __init__(self, chosen: Collection[int], number: int) -> None:
        self.chosen, self.number, self.passed = chosen, number, 0

    def step(self) -> None:
        """One step further."""
        self.passed += 1
        if self.passed in self.chosen:
            os.kill(os.getpid(), self.number)

    def around(self, real: Callable[..., Any], *, after: bool) -> Callable[..., Any]:
        """*real* with a step before it and, where asked for, one after it."""

        def stepping(*arguments: Any, **named: Any) -> Any:
            self.step()
            result = real(*arguments, **named)
            if after:
                self.step()
            return result

        return stepping


def watch(steps: Steps, writes: bool) -> None:
    """Step before and after every call, and around each part of every state write.

    *writes*: around every write to an opened file as well.
    """
    send: Any = steps.around(InProcess.send, after=True)
    InProcess.send = send  # type: ignore[method-assign]
    os.open = steps.around(os.open, after=True)
    os.fsync = steps.around(os.fsync, after=True)
    os.replace = steps.around(os.replace, after=True)
    os.unlink = steps.around(os.unlink, after=True)
    if writes:
        os.write = steps.around(os.write, after=True)


def write_whole_now_and_then() -> None:
    """Let time pass with each look at it: some steps go into the journal, then the
    state is written whole, and a journal begins again."""
    patch.object(writing, "perf_counter", count().__next__).start()
    writing.REST = 4.0


def keep_intents_in_memory() -> None:
    """Break the apply: what is about to be submitted is not on disk."""
    intend = Ledger.intend

    def forgetful(self: Ledger, *arguments: Any) -> None:
        def unsaved(address: Address, change: Any) -> None:
            slot, block = (address.kind, address.key), self._blocks[address.provider]
            block.put(slot, change(block.at(slot)))

        with patch.object(self, "step", unsaved):
            intend(self, *arguments)

    Ledger.intend = forgetful  # type: ignore[method-assign]


def carry_out(order: dict[str, Any], report: int) -> None:
    """Run the command; write the number of steps to *report*. Does not return."""
    for stream in (1, 2):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream)
    if output := order.get("output"):  # what it had said when it died
        os.dup2(os.open(output, os.O_WRONLY | os.O_CREAT), 1)
        sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
    die_at, twice = order["die_at"], order.get("twice", False)
    chosen = {die_at, die_at + 1} if twice else {die_at}
    steps = Steps(chosen if die_at else (), order.get("with", signal.SIGKILL))
    if twice:
        stopping.TOGETHER = 0.0
    watch(steps, order.get("writes", False))
    write_whole_now_and_then()
    if order["broken"]:
        keep_intents_in_memory()
    stopping.heed()
    code = run(order["arguments"])
    steps.chosen = ()
    os.write(report, f"{steps.passed} {code}".encode())
    os._exit(0)


def main() -> None:
    """Serve orders until stdin ends."""
    for line in sys.stdin:
        out, report = os.pipe()
        pid = os.fork()
        if not pid:
            carry_out(json.loads(line), report)
        os.close(report)
        with open(out) as told:
            passed = told.read()
        _, status = os.waitpid(pid, 0)
        ended = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
        steps, code = map(int, passed.split() or (0, 0))
        answer = {"steps": steps, "code": code, "signal": ended}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    run(["--version"])
    for command in ("apply", "plan", "send", "receipts"):
        run([command, "--help"])
    print("ready", flush=True)
    main()
