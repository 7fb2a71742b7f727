"""Words of ``smsform doctor --shapes``."""

WORDS = {
    "service": "{title}, compared by smsform {smsform}",
    "emulator": "{title} at the emulator, compared by smsform {smsform}",
    "same": "replies: {replies}, nothing unknown beside {source}, read {read}",
    "compared": "replies: {replies}, beside {source}, read {read}",
    "strange_field": "unknown field {path}: {what}",
    "strange_type": "other type of {path}: {what}",
    "strange_value": "unknown value of {path}: {what}",
    "hidden": "not shown, for it does not look like one",
    "in_replies": "(replies: {count})",
    "undescribed": "replies of calls that no document here describes: {count}",
    "not_json": "replies that are no JSON: {count}",
    "why_key": "an account was not read: no key was found; `smsform doctor` says where it was looked for",
    "why_refused": "an account was not read to the end: the service refused a call; `smsform doctor` tells more",
    "why_unreachable": "an account was not read to the end: no answer; `smsform doctor` tells more",
    "why_unreadable": "an account was not read to the end: smsform cannot use a reply; what is unknown in it stands above",
    "why_settings": "an account was not read: its settings or the state file do not allow it; `smsform doctor` tells more",
    "known": "Nothing unknown.",
    "unknown": "Names and types only, no content of any account: this can be pasted in a public issue, and helps everybody.",
}
