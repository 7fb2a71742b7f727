"""Applies every rule to every definition and turns findings into problems.

Rules that name no service see a text once, whoever gets it; a provider's own, and those
about the project, once for each group of like providers.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from smsform.card import ProviderSpec
from smsform.errors import Level, Position, Problem
from smsform.model import Definition, Kind, Template, TemplateType
from smsform.rule import Finding, Rule
from smsform.validate import evidence, lengths, project, samples, texts
from smsform.validate.asked import Asked, Shown
from smsform.validate.facts import Group, groups, signature_facts, template_facts
from smsform.validate.sources import OURS, READ
from smsform.words import say

if TYPE_CHECKING:
    from smsform.config import Config
    from smsform.definitions import Definitions

UNKNOWN_RULE = Rule(
    "SF235",
    Level.WARNING,
    "What is silenced is a rule",
    OURS,
    READ,
    lambda facts: (),
    failing="lint_ignore: [SF999]",
    passing="lint_ignore: [SF214]",
)
# What is said of a definition while it is read, and the rules that say it again:
# a parameter that the text lacks, and a foreign sign in its place; line breaks that
# became blanks, and these blanks.
WHILE_READ = {"SF124": ("SF208",), "SF128": ("SF201", "SF205")}
LONGEST, TAIL = 300, 100  # characters of a message, and of its end where it is cut

ONCE = (*texts.RULES, *lengths.RULES, *samples.RULES)  # about the text, whoever gets it
EACH = (*project.RULES, *evidence.RULES)  # about what one provider gets


def _unread(definitions: Definitions) -> frozenset[str]:
    """Templates with errors in their text: no rule can judge these."""
    templates = definitions.templates
    addresses = [p.address for p in definitions.problems if p.level is Level.ERROR]
    keys = {
        key
        for kind, _, key in (each.partition(".") for each in addresses)
        if kind == Kind.TEMPLATE
    }
    return frozenset(k for k in keys if k in templates and not templates[k].content)


def catalogue(specs: Mapping[str, ProviderSpec]) -> tuple[Rule, ...]:
    """Every rule there is, in the order of the ids."""
    from smsform.definitions.rules import RULES

    rules = [*RULES, *ONCE, *EACH, UNKNOWN_RULE]
    for spec in specs.values():
        rules += spec.rules()
    return tuple(sorted(rules, key=lambda rule: rule.id))


def check(
    definitions: Definitions,
    config: Config,
    specs: Mapping[str, ProviderSpec],
    approved: Collection[tuple[str, str]] = (),
    comparing: bool = True,
) -> tuple[Problem, ...]:
    """Every problem of the project, in the order of the files.

    Silenced rules are left out; errors of the definitions themselves cannot be
    silenced. *approved* are (provider, native text) of approved entries: a text stated
    verbatim that is among them only gets warnings, because the service has accepted it.
    Without *comparing* the rules COMPARING are not asked, because there are more
    templates than these.
    """
    problems = list(_not_silenced(definitions, config))
    problems += _unknown_rules(definitions, config, specs)
    unread = _unread(definitions)
    asked = list(groups(config.providers, specs))
    for group in asked:
        problems += _check_signatures(group, definitions, config)
    found = _check_templates(asked, definitions, config, unread, approved, comparing)
    problems += [p for p in found if p.at not in definitions.unread]
    problems = _not_covered(problems, [group.spec for group in asked])
    if config.strict:
        problems = [relevel(p, Level.WARNING, Level.ERROR) for p in problems]
    return tuple(sorted(problems, key=in_order))


def in_order(problem: Problem) -> tuple[object, ...]:
    """The order of problems, as a key to sort by: that of the files."""
    return problem.at, problem.rule, problem.provider


def _not_silenced(definitions: Definitions, config: Config) -> Iterator[Problem]:
    """The problems found while reading, without silenced warnings."""
    for problem in definitions.problems:
        kind, _, key = problem.address.partition(".")
        signatures = kind == Kind.SIGNATURE
        entries = definitions.signatures if signatures else definitions.templates
        ignored = config.lint_ignore
        if key in entries:
            ignored |= entries[key].lint_ignore
        if problem.level is Level.ERROR or problem.rule not in ignored:
            yield problem


def relevel(problem: Problem, level: Level, instead: Level) -> Problem:
    """*problem*, *instead* when its level is *level*."""
    return problem._replace(level=instead) if problem.level is level else problem


def _check_signatures(
    group: Group, definitions: Definitions, config: Config
) -> Iterator[Problem]:
    rules = [
        rule
        for rule in (*EACH, *group.spec.rules())
        if rule.kind is Kind.SIGNATURE and rule.id not in config.lint_ignore
    ]
    folder = config.evidence or config.root
    for facts in signature_facts(group, definitions.signatures, folder):
        signature = facts.signature
        providers = group.reached_by(signature)
        for rule in rules:
            if rule.international in (None, signature.international):
                yield from problems_of(rule, rule.check(facts), signature, providers)


def _check_templates(
    asked: Sequence[Group],
    definitions: Definitions,
    config: Config,
    unread: Collection[str],
    approved: Collection[tuple[str, str]],
    comparing: bool,
) -> Iterator[Problem]:
    left_out = config.lint_ignore
    if not comparing:
        left_out |= project.COMPARING
    known: dict[tuple[int, TemplateType, bool], tuple[Asked, Asked]] = {}
    last: Template | None = None
    seen: set[str] = set()  # texts of that template
    folder = config.evidence or config.root
    for group, facts in template_facts(asked, definitions, folder, comparing):
        template = facts.template
        kind = (id(group), template.type, template.international)
        if kind not in known:
            known[kind] = _checks(group, template, left_out)
        once, each = known[kind]
        what = Shown.WHOLE
        if template.key in unread and not facts.verbatim:
            what = Shown.UNREADABLE
        elif not facts.native or facts.native.isspace():
            what = Shown.EMPTY
        if template is not last:
            last, seen = template, set()
        text = facts.native if facts.verbatim else ""
        if text not in seen:
            seen.add(text)
            for rule, found in once.findings(facts, what):
                yield from problems_of(rule, found, template, ())
        for rule, found in each.findings(facts, what):
            providers = group.reached_by(template)
            stated = template.places.get(f"{group.spec.type}.native")
            problems = problems_of(rule, found, template, providers, stated)
            if facts.verbatim and any((p, facts.native) in approved for p in providers):
                for problem in problems:
                    yield relevel(problem, Level.ERROR, Level.WARNING)
            else:
                yield from problems


def _checks(
    group: Group, template: Template, left_out: Collection[str]
) -> tuple[Asked, Asked]:
    """The rules about texts and those of this provider that apply to *template*."""
    once, each = (
        Asked(
            rule
            for rule in rules
            if rule.kind is Kind.TEMPLATE
            and template.type in rule.types
            and rule.international in (None, template.international)
            and rule.id not in left_out
        )
        for rules in (ONCE, (*EACH, *group.spec.rules()))
    )
    return once, each


def problems_of(
    rule: Rule,
    found: Iterable[Finding],
    definition: Definition,
    providers: Sequence[str],
    where: Position | None = None,
) -> Iterator[Problem]:
    """The findings as problems, at *where*, else at the text or the entry."""
    if rule.id in definition.lint_ignore:
        return
    address = f"{rule.kind}.{definition.key}"
    if providers:
        address = f"{providers[0]}/{address}"
    if where is None:
        where = definition.at
        if isinstance(definition, Template):
            where = definition.content_at
    for message, hint, at, level in found:
        if len(message) > LONGEST:  # it quotes a value, whose end says what is wrong
            message = f"{message[: LONGEST - TAIL]}…{message[-TAIL:]}"
        yield Problem(
            rule.id,
            level or rule.level,
            at or where,
            message,
            hint,
            address,
            ", ".join(providers),
        )


def _not_covered(
    problems: list[Problem], specs: Iterable[ProviderSpec]
) -> list[Problem]:
    """Leave out problems that a service's own rule reports better.

    A rule that names no service is covered by any service's, others by the same
    providers' rule.
    """
    covers = {rule.id: rule.covers for spec in specs for rule in spec.rules()}
    covers |= WHILE_READ
    covered = {
        (_definition(problem), rule, provider)
        for problem in problems
        for rule in covers.get(problem.rule, ())
        for provider in ("", problem.provider)
    }
    if not covered:
        return problems
    return [
        problem
        for problem in problems
        if (_definition(problem), problem.rule, problem.provider) not in covered
    ]


def _definition(problem: Problem) -> str:
    """``template.login``: the address without its provider."""
    return problem.address.rpartition("/")[2]


def _unknown_rules(
    definitions: Definitions, config: Config, specs: Mapping[str, ProviderSpec]
) -> Iterator[Problem]:
    """A silenced rule that does not exist is probably misspelt."""
    ignored = [("", Position(config.file, 1, 1), config.lint_ignore)]
    for kind, entries in (
        (Kind.SIGNATURE, definitions.signatures.values()),
        (Kind.TEMPLATE, definitions.templates.values()),
    ):
        for entry in entries:
            if entry.lint_ignore:
                address = f"{kind}.{entry.key}"
                ignored.append((address, entry.at, entry.lint_ignore))
    if not any(ids for _, _, ids in ignored):
        return
    # Cards of other services are loaded only when a rule is not known.
    used = {config.providers[name].type for name in config.providers}
    known = {rule.id for rule in catalogue({type: specs[type] for type in used})}
    if not known.issuperset(frozenset().union(*[ids for _, _, ids in ignored])):
        known = {rule.id for rule in catalogue(specs)}
    for address, at, ids in ignored:
        for rule in sorted(ids - known):
            yield Problem(
                UNKNOWN_RULE.id,
                UNKNOWN_RULE.level,
                at,
                say("validate.unknown_rule", rule=rule),
                _nearest(rule, known),
                address,
            )


def _nearest(rule: str, known: Collection[str]) -> str:
    """A hint to similar ids: the next number, or two digits exchanged."""
    sign, a, b, c = rule[:2], *rule[2:]
    meant = {f"{sign}{int(a + b + c) + step:03}" for step in (-1, 1)}
    meant |= {f"{sign}{b}{a}{c}", f"{sign}{a}{c}{b}"}
    if near := sorted(meant & set(known)):
        return say("validate.near_rule_hint", names=", ".join(near))
    return say("validate.unknown_rule_hint")
