"""What the rules engine itself has to say; a rule's own words stand with the rule."""

WORDS = {
    "unknown_rule": "there is no rule {rule} to silence",
    "unknown_rule_hint": "`smsform rules` lists them",
    "near_rule_hint": "did you mean {names}? `smsform rules` lists them",
    "no_file": "not a file",
    "missing": "{path}: {why}",
    "missing_hint": "put it into the evidence folder (`evidence:` in smsform.yaml, or SMSFORM_EVIDENCE) before this is submitted",
    "large": "{path} has {size:.1f} MiB, at most {limit:.0f} MiB are taken",
    "large_hint": "scan it with fewer dots, in colour",
    "link": "a link; only files of the folder itself are taken",
    "other_kind": "{path} is not of a kind that is taken: {kinds}",
    "other_kind_hint": "save it as one of these; another ending of the name is not enough",
}
