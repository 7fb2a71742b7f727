"""A project's senders: what of its state can be sent, and the modules that do it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import NamedTuple

from smsform import segments
from smsform.card import ProviderSpec
from smsform.config.code import CodeTarget
from smsform.errors import ConfigError
from smsform.model import Address, Kind, Template
from smsform.project.variables import variable
from smsform.project.workspace import Workspace
from smsform.senders.language import LANGUAGES, language
from smsform.senders.model import Function, Ids, Sender, SenderSpec
from smsform.state import State
from smsform.words import say


class Omitted(NamedTuple):
    """A template that cannot be sent: its address, and why in words."""

    address: Address
    why: str


class Module(NamedTuple):
    """One generated module, and the templates it is without."""

    text: str
    omitted: tuple[Omitted, ...]


@dataclass(frozen=True, slots=True)
class _Service:
    """One provider of a project, as its sender is made from it."""

    project: Workspace
    name: str
    spec: ProviderSpec
    senders: SenderSpec
    state: State

    def function(self, key: str, template: Template) -> Function | Omitted:
        """The active version of a template, or why there is none to send."""
        address = Address(self.name, Kind.TEMPLATE, key)
        block = self.state.blocks.get(self.name)
        record = block.record((Kind.TEMPLATE, key)) if block else None
        version = record.version(record.active) if record else None
        if version is None or not version.usable:
            return Omitted(address, say("senders.no_id"))
        signature = self.signature(template)
        if not signature and not (
            self.senders.unsigned_abroad and template.international
        ):
            why = "no_signature" if template.signature else "unsigned"
            return Omitted(address, say(f"senders.{why}", key=template.signature))
        submitted = version.submitted
        arguments = self.senders.arguments(
            submitted,
            template,
            version.parameters,
            self.project.config.providers[self.name].account,
        )
        text = str(submitted.get(self.spec.kinds[Kind.TEMPLATE].text, ""))
        sample = ""
        if all(each.sample for each in arguments):
            sample = self.spec.fill(text, [each.sample for each in arguments])
            if signature:
                sample = segments.prefix(signature, template.international) + sample
        signer = Address(self.name, Kind.SIGNATURE, template.signature or "")
        return Function(
            key=key,
            address=str(address),
            id=version.id,
            signature=signature,
            text=text,
            arguments=arguments,
            title=template.name,
            sample=sample,
            variable=variable(address),
            signer=variable(signer) if signature else "",
            signature_key=template.signature or "" if signature else "",
        )

    def signature(self, template: Template) -> str:
        """The name of the template's signature that is approved; "" for none."""
        block = self.state.blocks.get(self.name)
        if block is None or not template.signature:
            return ""
        record = block.record((Kind.SIGNATURE, template.signature))
        version = record.version(record.active)
        if version is None or not version.usable:
            return ""
        name = self.spec.kinds[Kind.SIGNATURE].name
        return str(version.submitted.get(name) or version.name)


def sender(
    project: Workspace, state: State, provider: str, ids: Ids
) -> tuple[Sender, tuple[Omitted, ...]]:
    """All that can be sent through *provider*; ConfigError where nothing ever can."""
    config, spec = project.config.providers[provider], project.spec(provider)
    if spec.senders is None:
        what = say("senders.no_senders", type=spec.type)
        raise ConfigError(provider, what, say("senders.no_senders_hint"))
    service = _Service(project, provider, spec, spec.senders(), state)
    functions: list[Function] = []
    omitted: list[Omitted] = []
    for key, template in sorted(project.definitions.templates.items()):
        if template.providers is not None and provider not in template.providers:
            continue
        found = service.function(key, template)
        if isinstance(found, Omitted):
            omitted.append(found)
        else:
            functions.append(found)
    senders = service.senders
    host, region = senders.reached(config.site, config.region)
    if config.endpoint and not config.emulated:
        host = config.endpoint.rpartition("://")[2].rstrip("/")
    settings = {
        name: (name_of_variable, str(config.options.get(name, "")))
        for name, name_of_variable in senders.settings.items()
    }
    return Sender(
        provider=provider,
        title=senders.title,
        functions=tuple(functions),
        keys=senders.keys,
        options=senders.options,
        numbers=senders.numbers,
        host=host,
        region=region,
        settings=settings,
        emulated=config.emulated,
        ids=ids,
    ), tuple(omitted)


def module(project: Workspace, state: State, target: CodeTarget) -> Module:
    """The text of one module; ConfigError where it cannot be made."""
    from smsform.senders.render import module as rendered

    made, omitted = sender(project, state, target.provider, target.ids)
    spec = project.spec(target.provider)
    senders = spec.senders() if spec.senders else None
    if senders is None or target.language not in senders.languages:
        known = ", ".join(senders.languages if senders else ())
        what = say(
            "senders.no_language",
            language=LANGUAGES[target.language],
            title=spec.title,
        )
        raise ConfigError("--language", what, say("senders.known", known=known))
    names = checked_names(target)
    text = rendered(made, language(target.language), senders.templates, names)
    return Module(text, omitted)


def checked_names(target: CodeTarget) -> Mapping[str, str]:
    """What a module is called besides its path: its package, and its class by name."""
    card = language(target.language)
    stem = PurePath(target.path).stem
    if card.stem and not (stem.isascii() and stem.isidentifier()):
        what = say("senders.stem", stem=stem, language=LANGUAGES[card.name])
        raise ConfigError(target.path, what, say("senders.stem_hint"))
    package = target.package or card.package
    if target.package and not card.package_key:
        what = say("senders.no_package", language=LANGUAGES[card.name])
        raise ConfigError("--package", what)
    return {"package": package, "stem": stem}
