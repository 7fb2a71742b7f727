"""Problems with definitions, counted; ``one`` and ``many`` of each level."""

WORDS = {
    "error_one": "1 error",
    "error_many": "{count} errors",
    "warning_one": "1 warning",
    "warning_many": "{count} warnings",
    "info_one": "1 note",
    "info_many": "{count} notes",
    "none": "no problems",
    "definition_one": "1 definition",
    "definition_many": "{count} definitions",
    "definitions_fine": "{definitions}, no problems",
    "more": "{count} more problems are not shown; mend these first, or see `validate --max-problems N`",
    "in_the_log": "{count} more of these: the log of this step lists them",
}
