"""Schemas of what is printed without an account: problems, rules, previews, checks."""

from __future__ import annotations

from smsform.emulation.calls import LoggedCall
from smsform.emulation.messages import Lenience
from smsform.errors import Level
from smsform.model import Health, Kind, TemplateType
from smsform.project.uses import IdRole
from smsform.report import calls as calls_report
from smsform.report import doctor as doctor_report
from smsform.report import preview_json
from smsform.report import problems as problem_report
from smsform.report import rules as rules_report
from smsform.report import uses as uses_report
from smsform.report.schemas.shapes import (
    Schema,
    document,
    flag,
    listed,
    number,
    or_null,
    record,
    text,
    whole,
    word,
)
from smsform.segments import GSM7, UCS2

PROBLEM = record(
    "Something wrong with a definition.",
    {
        "rule": text("The rule's id; `smsform rules ID` explains it."),
        "level": word("How bad it is; only errors stop a plan.", Level),
        "file": text("The file, as a path from the current folder."),
        "line": whole("The line, from 1.", 1),
        "column": whole("The column in code points, from 1.", 1),
        "message": text("What is wrong."),
        "hint": text("What to do; may be empty."),
        "address": text("The definition, as KIND.KEY or PROVIDER/KIND.KEY; or empty."),
        "provider": text("The providers it is about; empty for all."),
    },
)


def _counts(meaning: str, words: type[Level] | type[Health]) -> Schema:
    return record(meaning, {str(each): whole(f"So many: {each}.") for each in words})


def problems() -> Schema:
    """``validate --format json``."""
    return document(
        "problems",
        "smsform_problems",
        problem_report.FORMAT,
        "Problems",
        "What `smsform validate --format json` prints.",
        {
            "problems": listed("Every problem, in the order of the files.", PROBLEM),
            "summary": _counts("How many problems of each level.", Level),
        },
    )


def rules() -> Schema:
    """``rules --format json``."""
    rule = record(
        "One rule.",
        {
            "id": text("SF and three digits."),
            "level": word("How bad a problem of this rule is.", Level),
            "kind": word("What it is about.", Kind),
            "types": listed(
                "The types of template it asks about.", word("A type.", TemplateType)
            ),
            "international": or_null(flag("The market it asks about; null: both.")),
            "title": text("What it asks for."),
            "code": text("The service's own error code; may be empty."),
            "source": text("Where the fact is from."),
            "read": text("The date the source was read."),
            "failing": text("YAML that breaks it, only what matters; may be empty."),
            "passing": text("YAML that keeps it, only what matters; may be empty."),
        },
    )
    return document(
        "rules",
        "smsform_rules",
        rules_report.FORMAT,
        "Rules",
        "What `smsform rules --format json` prints.",
        {"rules": listed("The rules, in the order of their ids.", rule)},
    )


def preview() -> Schema:
    """``preview --format json``."""
    return document(
        "preview",
        "smsform_preview",
        preview_json.FORMAT,
        "Preview",
        "What `smsform preview --format json` prints.",
        {"templates": listed("The templates, in the order of the files.", _template())},
    )


def _template() -> Schema:
    native = record(
        "What the providers of one type are sent.",
        {
            "type": text("The type of provider."),
            "providers": listed("These providers.", text("A name in smsform.yaml.")),
            "text": text("The text with the service's own placeholders."),
            "parameters": listed("In their order there.", text("A parameter's name.")),
            "positional": flag("Whether who sends it gives values in that order."),
        },
    )
    return record(
        "One template.",
        {
            "key": text("Its key in the YAML."),
            "name": text("Its name at the providers."),
            "type": word("What sort of message it is.", TemplateType),
            "international": flag("Whether it is for numbers outside the mainland."),
            "signature": or_null(text("The name of its signature.")),
            "file": text("The file that defines it."),
            "line": whole("The line of its key, from 1.", 1),
            "natives": listed("What is submitted.", native),
            "messages": listed("Its samples; none where it failed.", _message()),
            "failure": text("Why it cannot be shown; empty when it can."),
            "problems": listed("What the rules say of it.", PROBLEM),
        },
    )


def _message() -> Schema:
    piece = record(
        "A part of the message.",
        {
            "text": text("The part."),
            "parameter": text("Whose value it is; empty for fixed text."),
        },
    )
    price = record(
        "What it costs, as smsform.yaml states prices.",
        {
            "amount": text("A decimal number, exactly."),
            "currency": text("As ISO 4217 calls it."),
        },
    )
    return record(
        "One case as the recipient reads it, the signature in front.",
        {
            "case": text("`sample`, or a name under `samples`."),
            "providers": listed("Those that deliver it so.", text("A provider.")),
            "text": text("The whole message."),
            "pieces": listed("The message, part by part.", piece),
            "encoding": word("What it is sent in.", (GSM7, UCS2)),
            "units": whole("Its length in units of the encoding."),
            "segments": whole("How many messages are billed.", 1),
            "cuts": listed(
                "Where further segments begin when no character is split, in "
                "code points; one more than are billed means that one more may be.",
                whole("An offset in the text."),
            ),
            "outside_gsm7": text("The characters that force UCS-2 abroad."),
            "price": or_null(price),
            "longest": flag("Whether no other case is longer."),
        },
    )


def doctor() -> Schema:
    """``doctor --format json``."""
    check = record(
        "One thing that was looked at.",
        {
            "provider": text("The provider; empty for the project itself."),
            "topic": text("What was looked at."),
            "health": word("How it is; only a failure stops work.", Health),
            "found": text("What was found."),
            "todo": text("What to do; may be empty."),
        },
    )
    return document(
        "doctor",
        "smsform_doctor",
        doctor_report.FORMAT,
        "Doctor",
        "What `smsform doctor --format json` prints.",
        {
            "checks": listed("Every check.", check),
            "summary": _counts("How many checks of each health.", Health),
        },
    )


def emulate_log() -> Schema:
    """``emulate log --format json``."""
    fields = {
        "at": number("When it arrived, unix seconds on the emulator's clock."),
        "provider": text("The provider's name in smsform.yaml."),
        "account": text("The account that signed it."),
        "region": text("The region it asked for."),
        "action": text("The service's name for what was asked."),
        "entry": or_null(whole("The id it was about in the emulator's store.")),
        "fingerprint": text("Equal for equal parameters."),
        "outcome": text("`ok`, an error code, or empty where a fault stopped it."),
        "fault": text("The fault that struck it; may be empty."),
        "admitted": flag("Whether it counts for the pace."),
        "lenience": text(
            "What the emulator took though the service would refuse it: "
            + ", ".join(f"`{each}`" for each in Lenience)
            + ", with blanks between them; may be empty."
        ),
    }
    call = record("One call.", {name: fields[name] for name in LoggedCall._fields})
    return document(
        "emulate-log",
        "smsform_emulate_log",
        calls_report.FORMAT,
        "Log of the emulators",
        "What `smsform emulate log --format json` prints.",
        {"calls": listed("The calls, in order.", call)},
    )


def uses() -> Schema:
    """``uses --format json``."""
    owner = record(
        "Whose the id is.",
        {
            "address": text("The address; empty for an id that none owns."),
            "role": word("What became of the version.", IdRole),
        },
    )
    use = record(
        "One place.",
        {
            "path": text("The file, from the current folder if it lies below it."),
            "line": whole("The line, from 1.", 1),
            "column": whole("The column in bytes, from 1.", 1),
            "id": text("What stands there: an id, or a signature's name."),
            "owners": listed("Several, where several addresses own it.", owner),
        },
    )
    return document(
        "uses",
        "smsform_uses",
        uses_report.FORMAT,
        "Uses",
        "What `smsform uses --format json` prints.",
        {
            "uses": listed("Every place, in the order of the paths.", use),
            "files": whole("How many files were searched."),
            "nothing": listed("Paths without a file to search.", text("A path.")),
            "unread": listed("What could not be read.", text("A path.")),
        },
    )
