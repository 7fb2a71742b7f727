"""The retired actions, for SDKs that have no others; a setting turns them on.

They know no related signature, no variable rules and no qualification, and refuse with
codes of the SMS backend. Which mistake gets which of them is [I]. Names of signatures
are compared with their capitals here as in the new actions; the old ones did not.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping

from smsform.emulation.messages import Answer
from smsform.emulation.store import Entry
from smsform.model import Kind, Review
from smsform.providers.aliyun import wire
from smsform.providers.aliyun.emulator import contents, signs, templates
from smsform.providers.aliyun.emulator.account import (
    NO_NOTE,
    STATUS,
    Account,
    Item,
    date,
    first_submitted,
    template_code,
)
from smsform.providers.aliyun.emulator.parameters import Parameters
from smsform.providers.aliyun.emulator.texts import missing, refusal, unchangeable

LONGEST = {
    "TemplateName": 30,
    "TemplateContent": 500,
    "Remark": 100,
}
LONGEST_SIGN_REMARK = 200
SOURCES = range(6)
SUFFIXES = frozenset({"jpg", "jpeg", "png", "gif"})
MOST_FILES, LARGEST_FILE = 10, 2 * 1024 * 1024


def add_template(account: Account, params: Parameters) -> Answer:
    """AddSmsTemplate: a new template in review."""
    templates.check_quota(account)
    submitted = _template(account, params, None)
    id = account.keep(submitted)
    return Answer({"TemplateCode": template_code(id)}, id)


def modify_template(account: Account, params: Parameters) -> Answer:
    """ModifySmsTemplate: changes a template that was rejected, no other."""
    code = params["TemplateCode"]
    entry = account.template(code, "isv.SMS_TEMPLATE_ILLEGAL")
    templates.check_state(entry)
    account.store.replace(_template(account, params, entry))
    return Answer({"TemplateCode": code}, entry.id)


def query_template(account: Account, params: Parameters) -> Answer:
    """QuerySmsTemplate: type and status are numbers, the note lies on top."""
    code = params["TemplateCode"]
    entry = account.template(code, "isv.SMS_TEMPLATE_ILLEGAL")
    type = entry.fields.get("TemplateType", wire.NOTIFICATION)
    payload: Item = {
        "TemplateContent": entry.text,
        "TemplateCode": code,
        "TemplateStatus": STATUS[entry.review],
        "TemplateType": type,
        "TemplateName": entry.name,
        "CreateDate": date(first_submitted(entry)),
        "Reason": _note(entry),
    }
    return Answer(payload, entry.id)


def _note(entry: Entry) -> str:
    return entry.note if entry.review == Review.REJECTED else NO_NOTE


def _template(account: Account, params: Parameters, before: Entry | None) -> Entry:
    for name, longest in LONGEST.items():
        if len(params[name]) > longest:
            raise refusal("isv.INVALID_PARAMETERS", name=name)
    type, text = params["TemplateType"], params["TemplateContent"]
    if type not in contents.RULES:
        raise refusal("isv.INVALID_PARAMETERS", name="TemplateType")
    if type == wire.VERIFICATION and len(contents.names(text)) > 1:
        raise refusal("TemplateParameterCountIllegal")
    kept: Item = {"TemplateType": type, "Remark": params["Remark"]}
    return templates.submission(account, params, kept, before)


def add_sign(
    account: Account, params: Parameters, files: list[dict[str, str]]
) -> Answer:
    """AddSmsSign: with the evidence itself in the form."""
    signs.check_quota(account)
    name = params["SignName"]
    material = _sign(params, files)
    if account.store.named(account.place, Kind.SIGNATURE, name):
        raise refusal("isv.SIGN_NAME_ILLEGAL")
    id = account.keep(signs.submission(account, name, material, None))
    return Answer({"SignName": name}, id)


def modify_sign(
    account: Account, params: Parameters, files: list[dict[str, str]]
) -> Answer:
    """ModifySmsSign: changes a signature that was rejected, no other."""
    name = params["SignName"]
    entry = account.sign(name, "isv.SMS_SIGNATURE_ILLEGAL")
    if entry.review != Review.REJECTED:
        raise unchangeable(Kind.SIGNATURE, entry.review)
    material = _sign(params, files)
    account.store.replace(signs.submission(account, name, material, entry))
    return Answer({"SignName": name}, entry.id)


def query_sign(account: Account, params: Parameters) -> Answer:
    """QuerySmsSign: its date begins with a space in the published example."""
    name = params["SignName"]
    entry = account.sign(name, "isv.SMS_SIGNATURE_ILLEGAL")
    payload: Item = {
        "SignName": name,
        "SignStatus": STATUS[entry.review],
        "CreateDate": f" {date(first_submitted(entry))}",
        "Reason": _note(entry),
    }
    return Answer(payload, entry.id)


def _sign(params: Parameters, files: list[dict[str, str]]) -> Item:
    if not signs.fits(params["SignName"]):
        raise refusal("isv.SIGN_NAME_ILLEGAL")
    if params["SignSource"] not in SOURCES:
        raise refusal("isv.SIGN_SOURCE_ILLEGAL")
    if len(params["Remark"]) > LONGEST_SIGN_REMARK:
        raise refusal("isv.INVALID_PARAMETERS", name="Remark")
    if not files:
        raise missing("SignFileList")
    if len(files) > MOST_FILES:
        raise refusal("isv.SIGN_FILE_LIMIT")
    for file in files:
        _check_file(file)
    names = ("SignSource", "SignType", "Remark")
    return {name: params[name] for name in names if name in params}


def _check_file(file: Mapping[str, str]) -> None:
    """Base64 of at most 2 MB, and a picture's suffix."""
    if file.get("FileSuffix", "").lower() not in SUFFIXES:
        raise refusal("isv.INVALID_PARAMETERS", name="FileSuffix")
    try:
        content = base64.b64decode(file.get("FileContents", ""), validate=True)
    except (binascii.Error, ValueError):
        content = b""
    if not content:
        raise refusal("isv.ERROR_EMPTY_FILE")
    if len(content) > LARGEST_FILE:
        raise refusal("isv.SIGN_FILE_LIMIT")
