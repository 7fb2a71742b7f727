"""The rules that one kind of template meets, and what they need not be shown again.

Most templates give the same few values: a code, a number of minutes. A rule that looks
at nothing else has said all it has to say about them the first time.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from enum import Enum

from smsform.rule import Finding, Rule, TemplateFacts

MOST = 50_000  # values that are remembered
AskedRule = tuple[Callable[[TemplateFacts], Sequence[Finding]], Rule]


class Shown(Enum):
    """How much there is of a text that rules are asked about."""

    WHOLE = "whole"
    EMPTY = "empty"  # which is said once, not by all who miss something in it
    UNREADABLE = "unreadable"


class Asked:
    """Some rules, asked about one template after the other."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._all: list[AskedRule] = [(rule.check, rule) for rule in rules]
        self._others = [each for each in self._all if not each[1].of_values]
        self._without_text = [each for each in self._all if not each[1].of_text]
        self._of_nothing = [
            each for each in self._all if each[1].of_nothing or not each[1].of_text
        ]
        self._fine: set[Hashable] = set()

    def findings(
        self, facts: TemplateFacts, values: Hashable, what: Shown
    ) -> list[tuple[Rule, Sequence[Finding]]]:
        """What each rule found, where it found anything, in the order of the rules.

        *values* tells the values apart, by all that rules of values look at.
        """
        if what is Shown.UNREADABLE:
            checks = self._without_text
        elif what is Shown.EMPTY:
            checks = self._of_nothing
        elif values in self._fine:
            checks = self._others
        else:
            checks = self._all
        findings = [(rule, found) for check, rule in checks if (found := check(facts))]
        fine = not any(rule.of_values for rule, _ in findings)
        if fine and checks is self._all and len(self._fine) < MOST:
            self._fine.add(values)
        return findings
