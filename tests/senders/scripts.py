"""Calls of a generated module by a script that is told everything at run time.

A script takes a module's name and jobs as JSON: the settings of an Sms, the call, what
is in the environment and what stands in for the SDK's client. It prints a line of JSON
for each: what came back, or the error, and which methods of the client were called.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from workshops import NODE, WORKSHOPS, Case

from smsform.senders.names import named
from toolchains import skip_or_fail, tool

LANGUAGES = ("python", "node")
PYTHON = """\
import importlib, json, os, sys

module = importlib.import_module(sys.argv[1])
usual = dict(os.environ)

class Refusing:
    def __init__(self, calls):
        self.calls = calls
    def __getattr__(self, name):
        def method(*given):
            known = [getattr(each, "__dict__", "") for each in given]
            self.calls.append([name, repr(known)])
            raise RuntimeError("+8613800138000")
        return method

class Through:
    def __init__(self, calls, real):
        self.calls, self.real = calls, real
    def __getattr__(self, name):
        self.calls.append([name, ""])
        return getattr(self.real, name)

for job in json.loads(sys.argv[2]):
    os.environ.clear()
    os.environ.update({**usual, **job["environment"]})
    settings, calls = job["settings"], []
    if "credentials" in settings:
        settings["credentials"] = module.Credentials(**settings["credentials"])
    try:
        if job["client"] == "refusing":
            settings["client"] = Refusing(calls)
        if job["client"] == "through":
            real = module.Sms(**settings)._sdk()
            settings = {**settings, "endpoint": "", "client": Through(calls, real)}
        send = getattr(module.Sms(**settings), job["method"])
        told = {"ok": send([job["number"]], **job["values"]).ok}
    except Exception as error:
        told = {"error": type(error).__name__, "text": str(error)}
    print(json.dumps({**told, "calls": calls}))
"""
SCRIPT = """\
const { Sms } = require(`./${process.argv[2]}.js`);
const usual = { ...process.env };

async function main() {
  for (const job of JSON.parse(process.argv[3])) {
    process.env = { ...usual, ...job.environment };
    const { settings } = job;
    const calls = [];
    const refusing = (_, name) => async (...given) => {
      calls.push([name, JSON.stringify(given)]);
      throw new Error("+8613800138000");
    };
    if (job.client) settings.client = new Proxy({}, { get: refusing });
    let told;
    try {
      const send = await new Sms(settings)[job.method]([job.number], job.values);
      told = { ok: send.ok };
    } catch (error) {
      told = { error: error.name, text: error.message };
    }
    console.log(JSON.stringify({ ...told, calls }));
  }
}
main();
"""


class Job(NamedTuple):
    """One call: ``client`` "refusing" never sends, "through" (Python) is the SDK's."""

    settings: Mapping[str, Any]
    environment: Mapping[str, str]
    client: str = ""


def told(
    language: str, folder: Path, case: Case, jobs: Sequence[Job]
) -> list[dict[str, Any]]:
    """What the first send of *case* came to, in one process, job by job."""
    workshop = WORKSHOPS[language](folder)
    if why := workshop.unavailable():
        skip_or_fail(why)
    workshop.write(case)
    (folder / "one.py").write_text(PYTHON, encoding="utf-8")
    (folder / "one.js").write_text(SCRIPT, encoding="utf-8")
    if not (folder / "node_modules").exists():
        (folder / "node_modules").symlink_to(NODE / "node_modules")
    send = case.sends[0]
    functions = named(case.sender, workshop.card.convention)
    function = next(f for f in functions if f.function.key == send.function.key)
    values = {e.name: send.values[e.argument.name] for e in function.arguments}
    call = {"method": function.name, "number": send.number, "values": values}
    program = [sys.executable, "one.py"] if language == "python" else ["node", "one.js"]
    asked = json.dumps([{**job._asdict(), **call} for job in jobs])
    printed = tool([*program, case.name, asked], folder, dict(os.environ))
    return [json.loads(line) for line in printed.splitlines()]
