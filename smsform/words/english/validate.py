"""What the rules engine itself has to say; a rule's own words stand with the rule."""

WORDS = {
    "unknown_rule": "there is no rule {rule} to silence",
    "unknown_rule_hint": "`smsform rules` lists them",
}
