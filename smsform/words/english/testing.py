"""The pytest plugin."""

WORDS = {
    "several": "several providers: choose one of {names} with []",
    "no_project": "{path}: there is no smsform.yaml in it: set {option} in pytest's configuration to the folder that holds one",
    "no_provider": "there is no provider {name} in smsform.yaml: it has {names}",
    "no_message": "no message was sent to that number",
    "elsewhere": "{host}: tests reach emulators only",
}
