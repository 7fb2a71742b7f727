"""Generated modules that send: what keeps one from being written."""

WORDS = {
    "twins": "{one} and {other} would both be {name} there",
    "own_name": "{other} would be {name}, which every such module has itself",
    "twins_hint": "rename one; `moved` keeps its ids",
}
