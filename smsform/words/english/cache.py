"""Words of ``smsform cache``."""

WORDS = {
    "inside": "the cache must lie outside the project and its repository: what lies there others can write",
    "inside_hint": "name a folder of your own, or leave the variable out",
    "none": "no cache: there is no folder of the user's to keep it in",
    "size": "{folder}: {count} entries, {size} MiB",
    "cleared": "dropped {count} entries, {size} MiB",
}
