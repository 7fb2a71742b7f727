"""Problems as SARIF 2.1.0, for code scanning and the editors that read it.

Facts from the OASIS standard (SARIF v2.1.0 with errata 01), and from what code scanning
at GitHub makes of it, read 2026-11-21:

- Paths are relative to the root of the repository, which the uriBaseId stands for.
- Columns count code points, as YAML and ``Position`` do.
- The hash of a line is left to the uploader, which warns about one it did not make.
  Our fingerprint names the rule and the definition instead, and knows no line.
- Braces are not doubled (§3.11.5 of SARIF wants it where a message has arguments to
  fill in; ours have none): readers show a text as it stands, ours tell what to type.
- Text is read as Markdown, so what could be a link is taken apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Any
from urllib.parse import quote

from smsform.errors import Level, Problem, SmsformError
from smsform.report.problems import said
from smsform.report.readable import readable_json
from smsform.report.rules import explained
from smsform.report.terminal import PLAIN, safe
from smsform.rule import Rule
from smsform.version import __version__
from smsform.words import Language, say, spoken, tell

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"
    "sarif-schema-2.1.0.json"
)
ROOT = "%SRCROOT%"
LANGUAGES = {Language.EN: "en-US", Language.ZH: "zh-CN"}
LEVELS = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "note"}
SEVERITIES = {**LEVELS, Level.INFO: "recommendation"}  # GitHub's words
NO_LINK = "] ("


def as_sarif(
    problems: Sequence[Problem],
    rules: Sequence[Rule],
    failure: SmsformError | None = None,
) -> str:
    """One run of all *rules*; files of *problems* are relative to the repository.

    *failure* is why nothing could be checked.
    """
    failed = failure or any(problem.level is Level.ERROR for problem in problems)
    known = {rule.id: number for number, rule in enumerate(rules)}
    run = {
        "tool": {
            "driver": {
                "name": "smsform",
                "semanticVersion": __version__,
                "rules": [_rule(rule) for rule in rules],
            }
        },
        "language": LANGUAGES[spoken()],
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {
            ROOT: {"description": {"text": "The root of the repository."}}
        },
        "invocations": [
            {
                "executionSuccessful": failure is None,
                "exitCode": 1 if failed else 0,
                "toolConfigurationNotifications": [_notification(failure)]
                if failure
                else [],
            }
        ],
        "results": [
            _result(problem, known, mark)
            for problem, mark in zip(problems, _fingerprints(problems), strict=True)
        ],
    }
    return readable_json({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _result(problem: Problem, known: dict[str, int], mark: str) -> dict[str, Any]:
    at = problem.at
    location: dict[str, Any] = {
        "physicalLocation": {
            "artifactLocation": _artifact(at.file),
            "region": {"startLine": at.line, "startColumn": at.column},
        }
    }
    if problem.address:
        location["logicalLocations"] = [{"fullyQualifiedName": problem.address}]
    result: dict[str, Any] = {"ruleId": problem.rule}
    if problem.rule in known:
        result["ruleIndex"] = known[problem.rule]
    return {
        **result,
        "level": LEVELS[problem.level],
        "message": _message(said(problem), problem.hint),
        "locations": [location],
        "partialFingerprints": {"smsform/v1": mark},
    }


def _artifact(file: str) -> dict[str, str]:
    """The location of a file; one outside of the repository has its absolute path.

    A name that is not UTF-8 keeps its bytes.
    """
    path = quote(file, errors="surrogateescape")
    if file.startswith("/"):
        return {"uri": f"file://{path}"}
    return {"uri": path, "uriBaseId": ROOT}


def _message(*sentences: str) -> dict[str, str]:
    lines = [safe(each).replace("](", NO_LINK) for each in sentences if each]
    return {"text": "\n".join(lines)}


def _fingerprints(problems: Sequence[Problem]) -> Iterator[str]:
    """An identity that stays when lines move: rule, definition, and a counter."""
    seen: Counter[tuple[str, str, str]] = Counter()
    for problem in problems:
        key = (problem.rule, problem.address or problem.at.file, problem.provider)
        seen[key] += 1
        text = "\0".join([*key, str(seen[key])])
        yield sha256(text.encode(errors="backslashreplace")).hexdigest()[:32]


def _notification(failure: SmsformError) -> dict[str, Any]:
    return {
        "descriptor": {"id": type(failure).__name__},
        "level": "error",
        "message": _message(failure.message(), failure.hint()),
    }


def _rule(rule: Rule) -> dict[str, Any]:
    title = tell(rule.title)
    source = say("rules.read", source=rule.source, date=rule.read)
    return {
        "id": rule.id,
        "shortDescription": {"text": title},
        "fullDescription": {"text": f"{title} ({source})"},
        "help": {
            "text": explained([rule], PLAIN),
            "markdown": "\n\n".join(_help(rule, source)),
        },
        "defaultConfiguration": {"level": LEVELS[rule.level]},
        "properties": {
            "tags": [rule.kind, *sorted(rule.types)],
            "problem.severity": SEVERITIES[rule.level],
            "source": rule.source,
            "read": rule.read,
            "code": rule.code,
        },
    }


def _help(rule: Rule, source: str) -> Iterator[str]:
    """A rule's source and examples as Markdown; its title is shown above them."""
    yield safe(source)
    for name, example in (("failing", rule.failing), ("passing", rule.passing)):
        if example:
            lines = [safe(line) for line in example.strip("\n").split("\n")]
            yield f"**{say(f'rules.{name}')}**"
            yield "\n".join(["~~~~ yaml", *lines, "~~~~"])
