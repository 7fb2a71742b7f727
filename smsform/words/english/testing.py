"""The pytest plugin."""

WORDS = {
    "several": "several providers: choose one of {names} with []",
    "no_provider": "there is no provider {name} in smsform.yaml: it has {names}",
    "no_message": "no message was sent to that number",
    "elsewhere": "{host}: tests reach emulators only",
}
