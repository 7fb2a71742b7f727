"""The JSON Schemas there are."""

WORDS = {
    "definitions": "files with signatures and templates",
    "project": "smsform.yaml",
    "problems": "`validate --format json`",
    "rules": "`rules --format json`",
    "codes": "`explain --format json`",
    "uses": "`uses --format json`",
    "send": "`send --format json`",
    "preview": "`preview --format json`",
    "plan": "`plan --format json`",
    "plan_file": "what `plan -o FILE` writes",
    "outcome": "`apply --format json`",
    "status": "`status --format json`",
    "ids": "`ids`",
    "state": "the state file",
    "state_list": "`state list --format json`",
    "state_show": "`state show ADDRESS`",
    "doctor": "`doctor --format json`",
    "emulate_log": "`emulate log --format json`",
    "no_such_schema": "no schema {name}",
    "all": "`smsform schema` lists them all",
}
