"""The rules for one kind of template, asked only where they may find something.

Most templates give the same few values: a code, a number of minutes. A rule that looks
at nothing else is asked about equal values once. Most texts are plain, and a rule that
looks for odd signs is asked about none of these.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from enum import Enum

from smsform.rule import Finding, Rule, TemplateFacts

MOST = 50_000  # values that are remembered
AskedRule = tuple[Callable[[TemplateFacts], Sequence[Finding]], Rule]


class Shown(Enum):
    """How much of a text can be shown to rules."""

    WHOLE = "whole"
    EMPTY = "empty"  # one rule reports it, not each rule that misses something in it
    UNREADABLE = "unreadable"


class Asked:
    """Some rules, applied to one template after the other."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        every: list[AskedRule] = [(rule.check, rule) for rule in rules]
        self._without_text = [each for each in every if not each[1].reads_text]
        self._of_empty_text = [
            each for each in every if each[1].about_empty_text or not each[1].reads_text
        ]
        # By two questions: is the text plain, are its values known to be fine?
        self._whole = {
            (plain, fine): [
                (check, rule)
                for check, rule in every
                if not (plain and rule.only_odd_signs)
                and not (fine and rule.only_values)
            ]
            for plain in (False, True)
            for fine in (False, True)
        }
        self._fine: set[object] = set()  # values as rules of values see them

    def findings(
        self, facts: TemplateFacts, what: Shown
    ) -> list[tuple[Rule, Sequence[Finding]]]:
        """The findings of each rule that has any, in the order of the rules."""
        fine = True
        if what is Shown.UNREADABLE:
            checks = self._without_text
        elif what is Shown.EMPTY:
            checks = self._of_empty_text
        else:
            fine = facts.given in self._fine
            checks = self._whole[facts.plain, fine]
        findings = [(rule, found) for check, rule in checks if (found := check(facts))]
        new = not fine and len(self._fine) < MOST
        if new and not any(rule.only_values for rule, _ in findings):
            self._fine.add(facts.given)
        return findings
