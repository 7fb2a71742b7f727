"""What a provider says about its settings and about replies it cannot read."""

WORDS = {
    "choice": "{value} is none of the choices",
    "choice_todo": "choose one of: {choices}",
    "item": "an entry of the list has another shape than documented ({what})",
    "evidence": "{path} is gone or has changed since the plan was made; nothing was sent",
}
