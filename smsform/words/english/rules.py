"""Words of ``smsform rules``."""

WORDS = {
    "id": "rule",
    "level": "level",
    "about": "about",
    "title": "what it asks for",
    "code": "the service's code",
    "source": "source",
    "read": "{source}, read {date}",
    "failing": "fails",
    "passing": "passes",
    "silence": "Silence it for one definition with `lint_ignore: [{id}]`, for the project with `lint: {{ignore: [{id}]}}` in smsform.yaml.",
    "final": "Errors of definitions cannot be silenced.",
    "domestic": "domestic",
    "international": "international",
    "no_such_rule": "no rule {id}",
    "all": "`smsform rules` lists them all",
}
