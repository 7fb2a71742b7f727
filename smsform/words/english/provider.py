"""What a provider says about its settings and about replies it cannot read."""

WORDS = {
    "choice": "{value} is none of the choices",
    "choice_todo": "choose one of: {choices}",
    "endless": "the list does not end: more than {most} entries, or more counted than shown",
    "item": "an entry of the list has another shape than documented ({what})",
    "report_array": "expected a JSON array of reports",
    "report_kind": "report {number} is about neither a template nor a signature",
    "report_field": "report {number} has no {field} that the service would send",
    "evidence": "{path} is gone or has changed since the plan was made; nothing was sent",
}
