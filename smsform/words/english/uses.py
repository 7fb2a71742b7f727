"""Words of ``smsform uses``."""

WORDS = {
    "count": "{uses} uses of {ids} ids in {files} files",
    "nothing": "{path}: there is no file to search",
    "unread": "{path}: cannot be read",
    "no_path": "no path to search",
    "no_path_hint": "name one: `smsform uses PATH`, or list them in smsform.yaml under policy.uses",
}
