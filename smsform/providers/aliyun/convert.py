"""Definitions to what Alibaba Cloud is sent; pure. The way back is in ``shown``.

Names and numbers are those of the official SDK (alibabacloud_dysmsapi20170525 4.6.0,
read 2026-11-21).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache

from smsform.model import (
    Address,
    Definition,
    Desired,
    Evidence,
    Kind,
    Parameter,
    Signature,
    Template,
    TemplateType,
    Value,
)
from smsform.pattern import pattern
from smsform.provider import Context
from smsform.providers.aliyun import traffic, variables, wire
from smsform.providers.aliyun.keys import SIGN_SOURCES, SIGN_TYPES

TYPE = "aliyun"

TYPES = {
    TemplateType.VERIFICATION: wire.VERIFICATION,
    TemplateType.NOTIFICATION: wire.NOTIFICATION,
    TemplateType.MARKETING: wire.MARKETING,
}
# Keys of a signature that are numbers the console shows.
NUMBERS = {
    "qualification_id": "QualificationId",
    "authorization_letter_id": "AuthorizationLetterId",
    "app_icp_record_id": "AppIcpRecordId",
    "trademark_id": "TrademarkId",
}

PLACEHOLDER = pattern(r"\$\{([^${}]*)\}")
_NO_KEYS: Mapping[str, object] = {}
MATERIAL, TRAFFIC = "MoreData", "TrafficDriving"  # the attributes that name files
_NO_FILES: Mapping[str, tuple[Evidence, ...]] = {MATERIAL: (), TRAFFIC: ()}


# --- texts --------------------------------------------------------------------------


def native(template: Template) -> str:
    """The text as submitted: a parameter becomes ``${name}``.

    A text stated verbatim under ``aliyun: {native: …}`` is returned as it stands.
    """
    if verbatim := template.overrides.get(TYPE, _NO_KEYS).get("native"):
        return str(verbatim)
    return "".join(
        [
            part if isinstance(part, str) else f"${{{part.name}}}"
            for part in template.content
        ]
    )


@lru_cache(maxsize=8)  # a dozen rules ask about one text after the other
def order(text: str) -> tuple[str, ...]:
    """The variables of a native text in the order they first occur."""
    return tuple(dict.fromkeys(PLACEHOLDER.findall(text)))


def fill(text: str, values: Sequence[str]) -> str:
    """Put *values* into a native text; the variable met first takes the first."""
    by_name = dict(zip(order(text), values, strict=False))
    return PLACEHOLDER.sub(lambda m: by_name.get(m[1], m[0]), text)


def named(template: Template) -> dict[str, Parameter]:
    """The parameters by what the service calls them."""
    return {each.native.get(TYPE, each.name): each for each in template.params}


# --- definitions to desired ---------------------------------------------------------


def desired(address: Address, definition: Definition, context: Context) -> Desired:
    """What the account should have for *address*, in Alibaba Cloud's names."""
    if isinstance(definition, Template):
        return _desired_template(address, definition, context)
    return _desired_signature(address, definition, context)


def _desired_template(
    address: Address, template: Template, context: Context
) -> Desired:
    keys = template.overrides.get(TYPE, _NO_KEYS)
    text, by_name = native(template), named(template)
    names = [name for name in order(text) if name in by_name]
    type = TYPES[template.type]
    abroad = template.international
    evidence = _evidence(keys, context)
    review_only: dict[str, Value] = {
        "Remark": template.remark,
        **_material(keys, evidence),
    }
    pictures = {each.name: marked(each.sha256) for each in evidence[TRAFFIC]}
    declared = traffic.declared(keys.get("traffic_driving"), pictures)
    if declared and _whole(evidence[TRAFFIC]):
        review_only[TRAFFIC] = as_json(declared)
    key = template.signature
    if key and not abroad and (name := context.names.get(key)):
        review_only["RelatedSignName"] = name
    return Desired(
        address=address,
        name=template.name,
        international=abroad,
        delivered={
            "TemplateContent": text,
            "TemplateType": wire.INTERNATIONAL if abroad else type,
            "IntlType": wire.INTL_TYPES[type] if abroad else 0,
            "TemplateRule": as_json(variables.rule(template, names, by_name, keys)),
        },
        at=template.at,
        review_only=review_only,
        parameters=tuple(names),
        params=tuple([by_name[name] for name in names]),
        cases=template.samples,
        signature=_signature(address.provider, key) if key else None,
        evidence=(*evidence[MATERIAL], *evidence[TRAFFIC]),
        protect=template.protect,
    )


@cache
def _signature(provider: str, key: str) -> Address:
    """The address of a signature, one for the thousands of templates that need it."""
    return Address(provider, Kind.SIGNATURE, key)


def _desired_signature(
    address: Address, signature: Signature, context: Context
) -> Desired:
    keys = signature.overrides.get(TYPE, _NO_KEYS)
    evidence = _evidence(keys, context)
    review_only: dict[str, Value] = {
        "Remark": signature.remark,
        "SignType": choice(SIGN_TYPES, keys.get("sign_type"), wire.SIGN_GENERAL),
        "ThirdParty": str(keys.get("third_party")).lower() == "true",
        **_material(keys, evidence),
    }
    if "sign_source" in keys:
        source = choice(SIGN_SOURCES, keys["sign_source"], wire.COMPANY)
        review_only["SignSource"] = source
    for key, attribute in NUMBERS.items():
        if is_number(keys.get(key)):
            review_only[attribute] = int(str(keys[key]))
    return Desired(
        address=address,
        name=signature.name,
        international=signature.international,
        delivered={"SignName": signature.name},
        at=signature.at,
        review_only=review_only,
        evidence=evidence[MATERIAL],
        lookup_only=not keys,
        protect=signature.protect,
    )


def choice(numbers: Mapping[str, int], given: object, default: int) -> int:
    """The number for *given*, a word or a number; *default* for anything else."""
    if given in numbers:
        return numbers[str(given)]
    known = {str(number): number for number in numbers.values()}
    return known.get(str(given), default)


def is_number(given: object) -> bool:
    """Whether *given*, as written, is a number above zero that 64 bits hold."""
    text = str(given)
    return text.isascii() and text.isdigit() and 0 < int(text[:20]) < 1 << 63


Files = Mapping[str, tuple[Evidence, ...]]  # by the attribute their keys go into
Uploaded = Mapping[tuple[str, str], str]  # (attribute, sha256) -> the storage's key


def _evidence(keys: Mapping[str, object], context: Context) -> Files:
    """The files that are uploaded when this is submitted."""
    if not keys:  # as most of thousands
        return _NO_FILES
    pictures = [each.fields.get(traffic.PICTURE) for each in _declared(keys)]
    named: list[tuple[str, str]] = [
        *((MATERIAL, name) for name in _listed(keys.get("more_data"))),
        *((TRAFFIC, name) for name in pictures if name),
    ]
    found = [context.evidence(attribute, name) for attribute, name in named]
    return {
        attribute: tuple(each for each in found if each.attribute == attribute)
        for attribute in _NO_FILES
    }


def _declared(keys: Mapping[str, object]) -> list[traffic.Listed]:
    return traffic.listed(keys.get("traffic_driving"))


def _listed(given: object) -> list[str]:
    """A list, or one that stands for a list of one, as texts."""
    several = given if isinstance(given, tuple | list) else [given]
    return [str(each) for each in several if each is not None]


def _whole(files: Sequence[Evidence]) -> bool:
    """Whether all files exist; incomplete evidence is not compared."""
    return all(each.sha256 for each in files)


def _material(keys: Mapping[str, object], evidence: Files) -> dict[str, str]:
    """The material for reviewers: a link or a sentence, files by hash or by key."""
    found = {"ApplySceneContent": str(keys.get("apply_scene", "")).strip()}
    if _whole(evidence[MATERIAL]):
        hashes = [marked(each.sha256) for each in evidence[MATERIAL]]
        found[MATERIAL] = as_json([*hashes, *_listed(keys.get("more_data_keys"))])
    return {attribute: value for attribute, value in found.items() if value}


def marked(sha256: str) -> str:
    """The text that stands for a file in comparisons, reviews and the state."""
    return f"sha256:{sha256}" if sha256 else ""


def uploaded(desired: Desired, keys: Uploaded) -> Mapping[str, Value]:
    """The attributes for reviewers, with the storage's *keys* in place of hashes."""
    import json

    found = dict(desired.review_only)
    for (attribute, sha256), key in keys.items():
        if attribute in found:
            own = json.dumps(key, ensure_ascii=False)
            text = str(found[attribute])
            found[attribute] = text.replace(json.dumps(marked(sha256)), own)
    return found


def as_json(value: object) -> str:
    """*value* as JSON with a fixed spelling; "" for an empty one."""
    return _encoder()(value) if value else ""


@cache  # to make one takes as long as to use it
def _encoder() -> Callable[[object], str]:
    import json  # rules, which ask for the rest of this, write none

    return json.JSONEncoder(
        ensure_ascii=False, sort_keys=True, separators=(",", ":")
    ).encode


# --- desired to requests ------------------------------------------------------------


def template_fields(
    desired: Desired, name: str, files: Uploaded
) -> dict[str, str | int | bool]:
    """What Create and Update both take; Update replaces all of it."""
    shown = uploaded(desired, files)
    fields = {**desired.delivered, **shown, "TemplateName": name}
    if not desired.international:
        del fields["IntlType"]
    return {field: value for field, value in fields.items() if value != ""}


def sign_fields(
    desired: Desired, name: str, files: Uploaded
) -> dict[str, str | int | bool]:
    """What Create and Update both take; Update replaces all but the name."""
    fields = {**uploaded(desired, files), "SignName": name}
    return {field: value for field, value in fields.items() if value != ""}
