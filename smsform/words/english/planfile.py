"""Why a plan file is refused."""

WORDS = {
    "too_large": "{path} is larger than {limit} MiB",
    "no_file": "{path} is not a file",
    "unreadable": "{path} cannot be read: {what}",
    "not_json": "not JSON, or cut short",
    "not_ours": "not a plan file of smsform",
    "format": "format {found}; this smsform reads {known}",
    "digest": "its digest does not fit its content: it was edited or damaged",
    "identity": "made for another {field} of {provider}: {saved}, here {current}",
    "placeless": "it changes something at provider {provider}, which it says nothing about",
    "twice": "it has a change no plan contains, or one twice: {address}",
    "provider": "made with provider {provider}, which this run does not have",
    "definition": "the definition says something else now than the plan that was reviewed",
    "existing": "the entries at the service changed since the plan was made",
    "unread": "its provider could not be read",
    "action": "the plan would {saved}, but now it takes: {current}",
}
