"""Schemas about notifications: the output of ``notify``, the body for a webhook."""

from __future__ import annotations

from smsform.notices import News
from smsform.notify import webhook
from smsform.notify.address import Sort
from smsform.project.telling import Telling
from smsform.report import notified as notified_report
from smsform.report.schemas.shapes import (
    Schema,
    document,
    flag,
    listed,
    moment,
    record,
    text,
    whole,
    word,
)


def notify() -> Schema:
    """``notify --format json``."""
    target = record(
        "One target.",
        {
            "variable": text("The variable that has its address."),
            "sort": word("What is there; empty where it is not known.", ["", *Sort]),
            "result": word("How it went.", Telling),
            "count": whole("How many news it was told, or was not."),
            "why": text("What stood in the way; may be empty."),
        },
    )
    return document(
        "notify",
        "smsform_notify",
        notified_report.FORMAT,
        "Notify",
        "What `smsform notify --format json` prints.",
        {
            "test": flag("Whether it was a test."),
            "targets": listed("The targets, in the order of smsform.yaml.", target),
        },
    )


def news() -> Schema:
    """The body for a webhook of no known chat."""
    each = record(
        "Something that became of a definition.",
        {
            "news": word("What.", News),
            "address": text("The definition, as PROVIDER/KIND.KEY."),
            "id": text("The version it is about; empty where none was made."),
            "at": moment("When it was seen; of a long review, since when it runs."),
            "why": text("The reviewer's words, or why it failed; may be empty."),
            "emulated": flag("Whether the provider is an emulator."),
        },
    )
    return document(
        "news",
        "smsform_news",
        webhook.FORMAT,
        "News",
        "What a webhook among the targets of `notify` is sent.",
        {
            "id": text("The same for the same news, should they be told twice."),
            "project": text("The repository, or the project's folder."),
            "link": text("The pull request or the job; may be empty."),
            "test": flag("Whether it is a test."),
            "text": text("All of it for people, without markup."),
            "news": listed("What is new, the most urgent first.", each),
            "more": whole("How many more there are, not in here."),
        },
    )
