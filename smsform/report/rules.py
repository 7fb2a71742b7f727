"""The catalogue of rules to text and JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from smsform.errors import Level
from smsform.model import TemplateType
from smsform.report.problems import PAINT
from smsform.report.readable import readable_json
from smsform.report.terminal import Style, hang, safe, table
from smsform.rule import Rule
from smsform.words import named, say, tell

FORMAT = 1
DEFINITIONS = "SF1"  # rules that every other rule depends on


def listed(rules: Sequence[Rule], style: Style) -> str:
    """One line a rule: id, level, what it is about, what it asks for."""
    rows = [
        (
            style.bold(rule.id),
            PAINT[rule.level](style, rule.level),
            named(rule.kind),
            tell(rule.title),
        )
        for rule in rules
    ]
    header = [say(f"rules.{name}") for name in ("id", "level", "about", "title")]
    return table(rows, [style.dim(name) for name in header], style.columns)


def explained(rules: Sequence[Rule], style: Style) -> str:
    """Each rule in full: source, date, the service's code, a bad and a good example."""
    return "\n\n".join("\n".join(_explained(rule, style)) for rule in rules)


def _explained(rule: Rule, style: Style) -> Iterator[str]:
    """The lines of one rule; examples are not wrapped, because they are for pasting."""
    for line in _explain(rule, style):
        yield line if line.startswith("    ") else hang(line, style.columns)


def _explain(rule: Rule, style: Style) -> Iterator[str]:
    level = PAINT[rule.level](style, rule.level)
    yield f"{style.bold(rule.id)}  {tell(rule.title)}"
    yield ""
    rows = [
        (say("rules.level"), level),
        (say("rules.about"), _about(rule)),
        (say("rules.source"), say("rules.read", source=rule.source, date=rule.read)),
    ]
    if rule.code:
        rows.insert(2, (say("rules.code"), rule.code))
    for line in table([(style.dim(name), value) for name, value in rows]).split("\n"):
        yield f"  {line}"
    for name, example in (("failing", rule.failing), ("passing", rule.passing)):
        if example:
            paint = style.red if name == "failing" else style.green
            yield ""
            yield f"  {paint(say(f'rules.{name}'))}"
            yield from (f"    {safe(line)}" for line in example.strip("\n").split("\n"))
    yield ""
    final = rule.level is Level.ERROR and rule.id.startswith(DEFINITIONS)
    yield f"  {say('rules.final' if final else 'rules.silence', id=rule.id)}"


def _about(rule: Rule) -> str:
    """The kind of definition, with types and market where not all are meant."""
    which: list[str] = []
    if rule.types != frozenset(TemplateType):
        which += [named(type) for type in TemplateType if type in rule.types]
    if rule.international is not None:
        market = "international" if rule.international else "domestic"
        which.append(say(f"rules.{market}"))
    kind = named(rule.kind)
    return f"{kind} ({', '.join(which)})" if which else kind


def as_json(rules: Sequence[Rule]) -> str:
    """A JSON document, format 1, that holds ``rules``."""
    return readable_json(
        {"smsform_rules": FORMAT, "rules": [_values(rule) for rule in rules]}
    )


def _values(rule: Rule) -> dict[str, object]:
    return {
        "id": rule.id,
        "level": rule.level,
        "kind": rule.kind,
        "types": [type for type in TemplateType if type in rule.types],
        "international": rule.international,
        "title": tell(rule.title),
        "code": rule.code,
        "source": rule.source,
        "read": rule.read,
        "failing": rule.failing,
        "passing": rule.passing,
    }
