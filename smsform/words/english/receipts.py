"""Words of ``smsform receipts``."""

WORDS = {
    "provider": "provider",
    "number": "number",
    "when": "when",
    "delivery": "delivery",
    "why": "why",
    "text": "text",
    "code": "{code}: {meaning}",
    "none": "No message was found.",
    "none_able": "none of these services tells receipts",
    "no_queue": "there is no queue to pull from",
    "too_far": "{name} tells of the last {days} days only",
    "one_way": "give one of --to, --pull and --ingest",
    "pull_file": "--pull and -o FILE go together",
    "pulled": "{count} in {path}",
    "written_one": "1 receipt",
    "written_many": "{count} receipts",
    "no_file": "no file: receipts must be kept where they survive",
    "link": "a link, which is not followed",
    "link_hint": "name the file itself",
    "elsewhere": "the receipts at hand are in {path}",
}
