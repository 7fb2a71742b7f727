"""The state file's own complaints."""

WORDS = {
    "conflict": "git conflict markers",
    "conflict_hint": "take either side whole: the next plan adopts the rest",
    "not_json": "not JSON: {text}",
    "not_ours": 'not a state file of smsform (no "smsform": 1)',
    "twice": "key {key} appears twice",
    "damaged_hint": "restore it from git, or delete it: the next plan adopts what exists",
    "wrong": "{at}: {what}",
    "want": "expected {kind}",
    "want_mapping": "expected a mapping",
    "want_scalar": "expected text, a number or true/false",
    "want_slot": "expected template.KEY or signature.KEY",
    "want_words": "unknown origin or review",
    "two_owners": "id {id} has two owners",
    "too_large": "larger than {limit} MiB",
    "not_utf8": "not UTF-8 text",
    "no_provider": "address {address} is of provider {provider}, which smsform.yaml does not have",
    "no_provider_hint": "put the provider back, or move it: `smsform state mv {address} OTHER/…`",
}
