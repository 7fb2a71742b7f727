"""A project's senders: which templates can be sent, and the modules that send them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import PurePath
from typing import NamedTuple

from msgspec import Struct

from smsform import segments
from smsform.card import ProviderSpec
from smsform.config.code import CodeTarget
from smsform.errors import ConfigError
from smsform.model import Address, Kind, Template
from smsform.project.generated import Freshness, allowed, freshness
from smsform.project.published import published_ids
from smsform.project.variables import variable
from smsform.project.workspace import Workspace, load_state, open_store
from smsform.senders.language import LANGUAGES, language
from smsform.senders.model import Function, IdSource, Sender, SenderSpec
from smsform.state import State
from smsform.state.published import Published
from smsform.words import say


class Omitted(NamedTuple):
    """A template that cannot be sent: its address, and why in words."""

    address: Address
    why: str


class Module(NamedTuple):
    """The text of a generated module, and the templates that are not in it."""

    text: str
    omitted: tuple[Omitted, ...]


class _Service(Struct, frozen=True):
    """One provider of a project, as its sender is made from it."""

    project: Workspace
    name: str
    spec: ProviderSpec
    senders: SenderSpec
    published: Mapping[Address, Published]

    def made(self) -> Iterator[Function | Omitted]:
        """What can be sent, old keys of `moved` blocks included, and what cannot."""
        templates = self.project.definitions.templates
        for key, template in sorted(templates.items()):
            if template.providers is None or self.name in template.providers:
                address = Address(self.name, Kind.TEMPLATE, key)
                if found := self.published.get(address):
                    yield self.function(found, template)
                else:
                    yield Omitted(address, say("senders.no_id"))
        for each in self.published.values():
            if each.moved and each.address.provider == self.name:
                successor = templates.get(each.of.key)
                if successor and each.address.kind is Kind.TEMPLATE:
                    yield self.function(each, successor)

    def function(self, found: Published, template: Template) -> Function | Omitted:
        """The approved version of a template, or why it cannot be sent."""
        signature, signer = self.signature(template)
        if not signature and not (
            self.senders.unsigned_abroad and template.international
        ):
            why = "no_signature" if template.signature else "unsigned"
            words = say(f"senders.{why}", key=template.signature)
            return Omitted(found.address, words)
        version = found.version
        arguments = self.senders.arguments(
            version.submitted,
            template,
            version.parameters,
            self.project.config.providers[self.name].account,
        )
        text = str(version.submitted.get(self.spec.kinds[Kind.TEMPLATE].text, ""))
        sample = ""
        if all(each.sample for each in arguments):
            sample = self.spec.fill(text, [each.sample for each in arguments])
            if signature:
                sample = segments.prefix(signature, template.international) + sample
        # What is generated is the same whatever language smsform speaks.
        deprecated = f"use {found.of.key}" if found.moved else found.instead
        return Function(
            key=found.address.key,
            address=str(found.address),
            id=version.id,
            signature=signature,
            text=text,
            arguments=arguments,
            title=template.name,
            sample=sample,
            variable=variable(found.address),
            signer=variable(signer) if signature else "",
            signature_key=signer.key if signature else "",
            deprecated=deprecated,
            moved=found.moved,
        )

    def signature(self, template: Template) -> tuple[str, Address]:
        """The name of the template's approved signature, "" for none."""
        address = Address(self.name, Kind.SIGNATURE, template.signature or "")
        found = self.published.get(address)
        if found is None:
            return "", address
        attribute = self.spec.kinds[Kind.SIGNATURE].name
        version = found.version
        return str(version.submitted.get(attribute) or version.name), address


def sender(
    project: Workspace, state: State, provider: str, ids: IdSource
) -> tuple[Sender, tuple[Omitted, ...]]:
    """All that can be sent through *provider*; ConfigError where nothing ever can."""
    config, spec = project.config.providers[provider], project.spec(provider)
    if spec.senders is None:
        what = say("senders.no_senders", type=spec.type)
        raise ConfigError(provider, what, say("senders.no_senders_hint"))
    senders = spec.senders()
    published = {each.address: each for each in published_ids(project, state)}
    made = list(_Service(project, provider, spec, senders, published).made())
    host, region = senders.reached(config.site, config.region)
    if config.endpoint and not config.emulated:
        host = config.endpoint.removeprefix("https://").rstrip("/")
    settings = {
        name: (name_of_variable, str(config.options.get(name, "")))
        for name, name_of_variable in senders.settings.items()
    }
    return Sender(
        provider=provider,
        title=senders.title,
        functions=tuple(each for each in made if isinstance(each, Function)),
        keys=senders.keys,
        options=senders.options,
        numbers=senders.numbers,
        host=host,
        region=region,
        settings=settings,
        emulated=config.emulated,
        ids=ids,
        unproxied=senders.unproxied,
    ), tuple(each for each in made if isinstance(each, Omitted))


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
    if target.ids is IdSource.JSON and not language(target.language).file_ids:
        what = say("senders.no_file_ids", language=LANGUAGES[target.language])
        raise ConfigError("--ids", what, say("senders.no_file_ids_hint"))
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
    reserved = card.convention.reserved
    parts = re.split(r"\W+", package)
    for word in (*parts, stem) if card.stem else parts:
        if word in reserved and package != card.package:
            what = say("senders.reserved", word=word, language=LANGUAGES[card.name])
            raise ConfigError(target.path, what, say("senders.reserved_hint"))
    return {"package": package, "stem": stem}


def stale_modules(project: Workspace) -> Iterator[CodeTarget]:
    """Those under ``code:`` that are not what the project says now, or are missing.

    What cannot be made or may not be written is not judged: `smsform code` says so.
    """
    state = load_state(project, open_store(project))
    for target in project.config.code:
        with suppress(ConfigError):
            root = project.config.root
            file = allowed(root, root.absolute() / target.path)
            text = module(project, state, target).text
            if freshness(file, text) is not Freshness.FRESH:
                yield target
