"""Receipts of messages: asked for by number, pulled from a queue, or pushed to us."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import BinaryIO, NamedTuple

from smsform.errors import ConfigError, ProviderError, WrongUsage
from smsform.explanation import Explanation, Stage, find
from smsform.model import Address, Kind
from smsform.project.connections import TellCall
from smsform.project.dispatch import SendingAccountOpened, open_for_sending
from smsform.project.pushed import pushed
from smsform.project.receipt_file import ReceiptFile
from smsform.project.reply_spool import ReplySpool
from smsform.project.workspace import Workspace
from smsform.sending import Receipt
from smsform.sending.masks import masked, matches
from smsform.sending.numbers import hidden
from smsform.state import State
from smsform.stopping import held
from smsform.words import say, tell

ELSEWHERE = (Stage.OLD, Stage.DELIVERY)  # stages whose codes do not occur in receipts
_PREFIX = re.compile(r"(【[^】]*】|\[[^\]]*\])?(.*)", re.DOTALL)
_MARKER = re.compile("\x00[0-9]+\x00")


class ExplainedReceipt(NamedTuple):
    """A receipt, its provider, and what its code means.

    ``text`` is the message with its values hidden, "" for a text that is not ours;
    ``address`` is whose text it is, "" where it is not known.
    """

    provider: str
    receipt: Receipt
    text: str = ""
    address: str = ""
    explanation: Explanation | None = None


class KnownText(NamedTuple):
    """A text of ours: its address, the service's id, the fixed parts."""

    address: Address
    id: str
    fixed: tuple[str, ...]


def able(
    project: Workspace, only: Collection[str], *, queue: bool = False
) -> list[str]:
    """The providers that have receipts; ConfigError where none of them does.

    *queue*: those whose receipts can be pulled from a queue.
    """
    names = project.providers(only)
    sending = {
        name: spec.sending()
        for name in names
        if (spec := project.spec(name)).sending is not None
    }
    if not sending:
        raise ConfigError("receipts", say("receipts.none_able"))
    fit = [name for name, each in sending.items() if not (queue and each.queue)]
    if not fit:
        name, each = next(iter(sending.items()))
        raise ConfigError(name, say("receipts.no_queue"), tell(each.queue))
    return fit


def asked(
    project: Workspace,
    state: State,
    names: Sequence[str],
    number: str,
    back: float,
    on_call: TellCall = None,
) -> list[ExplainedReceipt]:
    """The messages to *number* of the last *back* seconds, newest first."""
    found = []
    for name in names:
        account = open_for_sending(project, name, on_call)
        if back > account.sending.furthest:
            days = int(account.sending.furthest // 86400)
            raise ConfigError("--since", say("receipts.too_far", name=name, days=days))
        try:
            receipts = account.service.receipts(number, account.clock.now() - back)
        except ProviderError as error:
            error.text = hidden(error.text, [number])
            raise
        found += told(project, state, name, receipts)
    return sorted(found, key=lambda each: -each.receipt.sent)


def ingested(
    project: Workspace, state: State, names: Sequence[str], file: BinaryIO
) -> list[ExplainedReceipt]:
    """The receipts that a service pushed; ConfigError for anything else."""
    if len(names) > 1:
        what = say("cli.ingest_which", names=", ".join(names))
        raise WrongUsage("--ingest", what, say("cli.ingest_which_hint"))
    [name] = names
    sending = project.spec(name).sending
    assert sending is not None  # the provider was chosen because it has this
    return told(project, state, name, pushed(file, sending().pushed))


def told(
    project: Workspace, state: State, name: str, receipts: Sequence[Receipt]
) -> list[ExplainedReceipt]:
    """*receipts* with what is known of their texts and codes."""
    spec = project.spec(name)
    texts = list(_texts(project, state, name))
    known = [e for e in spec.explanations() if e.stage not in ELSEWHERE]
    return [_told(name, each, texts, known) for each in receipts]


def _told(
    name: str, receipt: Receipt, texts: Sequence[KnownText], known: list[Explanation]
) -> ExplainedReceipt:
    prefix, body = _taken_apart(receipt.content)
    mine = [
        text
        for text in texts
        if receipt.template in ("", text.id) and matches(body, text.fixed)
    ]
    named = [text for text in texts if text.id == receipt.template]
    owner = next(iter(mine or named), None)
    shown = masked(body, [text.fixed for text in mine]) if receipt.content else ""
    found = find(receipt.code, known) if receipt.code else []
    found.sort(key=lambda each: each.stage is not Stage.RECEIPT)
    return ExplainedReceipt(
        name,
        receipt,
        f"{prefix}{shown}" if shown else "",
        str(owner.address) if owner else "",
        found[0] if found else None,
    )


def _taken_apart(content: str) -> tuple[str, str]:
    """The signature in front of a text, and the text."""
    match = _PREFIX.fullmatch(content)
    return (match[1] or "", match[2]) if match else ("", content)


def _texts(project: Workspace, state: State, name: str) -> Iterator[KnownText]:
    """Every version that the state file remembers, the newest of an address first."""
    block, spec = state.blocks.get(name), project.spec(name)
    if block is None:
        return
    attribute = spec.kinds[Kind.TEMPLATE].text
    for (kind, key), record in block.records.items():
        if kind is not Kind.TEMPLATE:
            continue
        for version in reversed(record.versions):
            native = str(version.submitted.get(attribute, "")).replace("\x00", "")
            markers = [f"\x00{n}\x00" for n in range(len(spec.order(native)))]
            fixed = tuple(_MARKER.split(spec.fill(native, markers)))
            yield KnownText(Address(name, kind, key), version.id, fixed)


def pull(
    account: SendingAccountOpened, provider: str, file: ReceiptFile, spool: ReplySpool
) -> Iterator[Receipt]:
    """Empty the queue into *file*; yields each receipt once it is on disk.

    First come the replies that a killed run has left in *spool*, where replies are kept
    until their receipts are in the file. A signal waits for what was taken.
    """
    for body in spool.left():
        receipts = account.service.pulled(body)
        file.append(provider, receipts, missing=True)
        yield from receipts
    spool.forget()
    spool.open()
    try:
        while True:
            with held():
                receipts = account.service.pull()
                file.append(provider, receipts)
                spool.forget()
            if not receipts:
                return
            yield from receipts
    finally:
        spool.close()
