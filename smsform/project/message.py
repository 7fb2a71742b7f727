"""A message: the active version of an address, filled in, ready for its numbers.

    address, sample, values -> PreparedMessage | ConfigError

Everything is worked out and checked before any call: what is sent is always the
approved version, whatever the definition says by now.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from msgspec import Struct

from smsform import segments
from smsform.card import ProviderSpec
from smsform.errors import ConfigError, Problem
from smsform.model import Address, Evidence, Kind, Template
from smsform.preview import Piece
from smsform.prices import Price, price
from smsform.project.accounts import remembered_block
from smsform.project.addresses import parse_address
from smsform.project.message_values import chosen, judged, named
from smsform.project.suggest import near_or_some
from smsform.project.workspace import Workspace
from smsform.provider import Context
from smsform.segments import Segments
from smsform.sending import Outgoing, Sending
from smsform.state import Block, State, Version
from smsform.words import say

SAMPLE = "sample"  # the case that every template has
_MARKER = re.compile("\x00([0-9]+)\x00")


class PreparedMessage(Struct, frozen=True):
    """What is sent to every number, and its cost per number.

    ``values`` are (the service's name, value) of the variables, in its order;
    ``pieces`` the text part by part, the signature in front. ``newer``: the definition
    has changed since this version was approved; ``warnings`` are what the rules say of
    the values without forbidding them.
    """

    address: Address
    id: str
    name: str
    signature: str
    case: str
    values: tuple[tuple[str, str], ...]
    pieces: tuple[Piece, ...]
    international: bool
    length: Segments
    price: Price | None
    newer: bool
    warnings: tuple[Problem, ...] = ()
    extend_code: str = ""
    sender_id: str = ""

    @property
    def text(self) -> str:
        """The whole message, as it is received."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def fixed(self) -> tuple[str, ...]:
        """The text before, between and after the values."""
        parts = [""]
        for piece in self.pieces:
            if piece.parameter:
                parts.append("")
            else:
                parts[-1] += piece.text
        return tuple(parts)

    def outgoing(self, numbers: Sequence[str], token: str) -> Outgoing:
        """The arguments of the call that sends it."""
        return Outgoing(
            tuple(numbers),
            self.signature,
            self.id,
            self.values,
            self.international,
            token,
            self.sender_id,
            self.extend_code,
        )


def sending_of(project: Workspace, name: str) -> Sending:
    """What the service of a provider can send; ConfigError where it cannot."""
    spec = project.spec(name)
    if spec.sending is None:
        raise ConfigError(f"providers.{name}", say("send.cannot"))
    sending = spec.sending()
    options = project.config.providers[name].options
    for key in sending.needs:
        if not str(options.get(key, "")).strip():
            where = f"providers.{name}.{key}"
            raise ConfigError(where, say("send.needs"), say("send.needs_hint", key=key))
    return sending


def find_address(project: Workspace, text: str) -> Address:
    """The address *text* means: in full, or a template's key that one provider has."""
    if "/" in text:
        address = parse_address(text)
        project.providers([address.provider])
    else:
        key = text.removeprefix(f"{Kind.TEMPLATE}.")
        _defined(project, key)
        names = _reached(project, key)
        if not names:
            raise ConfigError(text, say("send.nowhere"))
        if len(names) > 1:
            each = ", ".join(f"{name}/{Kind.TEMPLATE}.{key}" for name in names)
            hint = say("send.which_hint", addresses=each)
            raise ConfigError(text, say("send.which"), hint)
        address = Address(names[0], Kind.TEMPLATE, key)
    if address.kind is not Kind.TEMPLATE:
        raise ConfigError(text, say("send.no_template"))
    _defined(project, address.key)
    if address.provider not in _reached(project, address.key):
        raise ConfigError(text, say("send.not_there", provider=address.provider))
    return address


def _defined(project: Workspace, key: str) -> None:
    if key not in project.definitions.templates:
        what = say("preview.no_such_template", key=key)
        raise ConfigError(
            "send", what, near_or_some(key, project.definitions.templates)
        )


def _reached(project: Workspace, key: str) -> list[str]:
    chosen = project.definitions.templates[key].providers
    return [name for name in project.providers() if chosen is None or name in chosen]


def prepare(
    project: Workspace,
    state: State,
    address: Address,
    case: str = SAMPLE,
    given: Mapping[str, str] | None = None,
    options: Mapping[str, str] | None = None,
) -> PreparedMessage:
    """Fill in the active version of *address*; ConfigError says what is missing.

    *given* are values by parameter, which go before those of the sample *case*;
    *options* are the keys that ``Sending.options`` names, which go before those of
    ``smsform.yaml``.
    """
    spec, sending = (
        project.spec(address.provider),
        sending_of(project, address.provider),
    )
    block = remembered_block(project, address.provider, state)
    template = project.definitions.templates[address.key]
    version = _active(block, address)
    signature = _signature(project, block, spec, template, sending)
    native = str(version.submitted.get(spec.kinds[Kind.TEMPLATE].text, ""))
    variables = spec.order(native)
    names = named(template, spec.type, variables, version.parameters)
    values = chosen(address, template, case, names, given or {})
    pieces = _pieces(spec, native, names, values, signature, template.international)
    more = _options(project, address.provider, sending, options or {})
    text = "".join(piece.text for piece in pieces)
    length = segments.count(text, template.international)
    return PreparedMessage(
        address=address,
        id=version.id,
        name=version.name,
        signature=signature,
        case=case,
        values=tuple(zip(variables, values, strict=True)),
        pieces=pieces,
        international=template.international,
        length=length,
        price=price(project.config.prices, template, length.segments),
        newer=_moved_on(project, spec, address, template, version),
        warnings=judged(project, address, native, names, values),
        extend_code=more.get("extend_code", ""),
        sender_id=more.get("sender_id", ""),
    )


def _active(block: Block, address: Address) -> Version:
    record = block.record((address.kind, address.key))
    version = record.version(record.active)
    if version is None or not version.usable:
        what, hint = say("send.no_active"), say("send.no_active_hint")
        raise ConfigError(str(address), what, hint)
    return version


def _signature(
    project: Workspace,
    block: Block,
    spec: ProviderSpec,
    template: Template,
    sending: Sending,
) -> str:
    """The name to send with: that of the signature's active version."""
    where = f"{Kind.TEMPLATE}.{template.key}"
    if template.signature is None:
        if template.international and not sending.signs_abroad:
            return ""
        raise ConfigError(where, say("send.unsigned"), say("send.unsigned_hint"))
    record = block.record((Kind.SIGNATURE, template.signature))
    version = record.version(record.active)
    if version is None or not version.usable:
        signature = f"{Kind.SIGNATURE}.{template.signature}"
        what = say("send.no_signature", signature=signature)
        raise ConfigError(where, what, say("send.no_active_hint"))
    return str(version.submitted.get(spec.kinds[Kind.SIGNATURE].name) or version.name)


def _pieces(
    spec: ProviderSpec,
    native: str,
    names: Sequence[str],
    values: Sequence[str],
    signature: str,
    international: bool,
) -> tuple[Piece, ...]:
    """The text part by part, filled as the service fills it."""
    markers = [f"\x00{number}\x00" for number in range(len(names))]
    parts = _MARKER.split(spec.fill(native.replace("\x00", ""), markers))
    head = segments.prefix(signature, international) if signature else ""
    pieces = [Piece(head)]
    for place, part in enumerate(parts):
        if place % 2:
            pieces.append(Piece(values[int(part)], names[int(part)]))
        else:
            pieces.append(Piece(part))
    return tuple(piece for piece in pieces if piece.text or piece.parameter)


def _moved_on(
    project: Workspace,
    spec: ProviderSpec,
    address: Address,
    template: Template,
    version: Version,
) -> bool:
    """Whether the definition would be submitted with another text or type by now."""
    names = {key: each.name for key, each in project.definitions.signatures.items()}
    config = project.config.providers[address.provider]
    context = Context(config, Evidence.unread, names)
    desired = spec.desired(address, template, context).delivered
    return any(version.submitted.get(key) != value for key, value in desired.items())


def _options(
    project: Workspace, name: str, sending: Sending, given: Mapping[str, str]
) -> dict[str, str]:
    """The further arguments of the call; ConfigError for one this service does not
    have."""
    for key in given:
        if key not in sending.options:
            flag = f"--{key.replace('_', '-')}"
            raise ConfigError(flag, say("send.no_option", provider=name))
    configured = project.config.providers[name].options
    found = {key: str(configured.get(key, "")) for key in sending.options}
    return {key: value for key, value in {**found, **given}.items() if value}
