"""How long carriers take to register a signature, or their refusal, as a setting."""

from __future__ import annotations

from collections.abc import Mapping

from smsform.emulation import settings as kinds
from smsform.emulation.settings import Setting
from smsform.providers.aliyun import wire
from smsform.words import say

CARRIERS = ("mobile", "unicom", "telecom")
WORDS: Mapping[str, tuple[int, str]] = {
    "unfiled": (wire.REGISTER_NONE, "NON_REGISTER"),
    "failed": (wire.REGISTER_FAILED, "QUALIFICATION_ERROR"),
    "lapsed": (wire.REGISTER_LAPSED, "NO_SEND_RECORD"),
}
UNDER_WAY = (wire.REGISTERING, "REGISTERING")
DONE = (wire.REGISTER_PROVEN, "DETECT_SUCCESS")


def _fate(value: object) -> float | str:
    try:
        return str(value) if value in WORDS else kinds.duration(value)
    except (ValueError, TypeError) as error:
        names = ", ".join(WORDS)
        raise ValueError(say("emulation.expects_fate", names=names)) from error


def _carriers(value: object) -> object:
    """Outcomes by carrier, or by the name of a signature and then by carrier."""
    if value is None:
        return None
    if not isinstance(value, Mapping):
        raise ValueError(say("emulation.expects_mapping"))
    return {
        str(name): _carriers(each) if name not in CARRIERS else _fate(each)
        for name, each in value.items()
    }


def fate_of(given: object, name: str, carrier: str) -> float | str:
    """The outcome that the setting *given* has for a carrier and a signature *name*."""
    fates = given if isinstance(given, Mapping) else {}
    own = fates.get(name)
    found = (own if isinstance(own, Mapping) else fates).get(carrier, 0.0)
    return found if isinstance(found, str) else float(found)


TABLE: Mapping[str, Setting] = {
    "carriers": Setting(
        None, _carriers,
        "mobile, unicom, telecom -> time it takes to register a signature, or unfiled,"
        " failed, lapsed; a carrier not named: at once; also below a signature's name",
    ),
    "idle_after": Setting(
        "180d", kinds.maybe_duration,
        "time without a message after which carriers drop a signature; never: never",
    ),
}  # fmt: skip
