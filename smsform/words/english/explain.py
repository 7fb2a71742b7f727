"""Words of ``smsform explain``."""

WORDS = {
    "code": "code",
    "service": "service",
    "where": "where",
    "means": "what it means",
    "call": "any call",
    "send": "sending",
    "receipt": "receipt",
    "delivery": "delivery",
    "old": "gone interface",
    "met": "{service}, {where}",
    "actor": "who can act",
    "advice": "what to do",
    "source": "source",
    "read": "{source}, read {date}",
    "today": "today",
    "family": "begins with",
    "no_type": "no type of provider {type}",
    "no_code": "no code {code}",
    "all": "`smsform explain` lists them all",
}
