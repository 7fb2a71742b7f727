"""Words of ``smsform plan``."""

WORDS = {
    "spared_kind": "signatures are never deleted",
    "spared_protected": "protected",
    "spared_adopted": "adopted, not submitted by smsform",
    "spared_moved": "a `moved` block names its key",
    "spared_used": "the code still has it at {place}",
    "spared_unsearched": "policy.uses: {path} has no file that could be searched",
    "spared_lacks": "{holder} has no active version yet and may be what it became: say so with `moved`, or delete it with `smsform apply --delete {address}`",
    "spared_young": "{holder} became active lately and applications may still have this id: it goes later, or with `smsform apply --delete {address}`; if it became {holder}, say so with `moved`",
}
