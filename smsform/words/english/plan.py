"""The plan's words."""

WORDS = {
    "spared_kind": "signatures are never deleted",
    "spared_protected": "protected",
    "spared_adopted": "adopted, not submitted by smsform",
    "spared_in_use": "its key or name is defined and has no active version yet",
}
