"""What a provider says about its settings and about replies it cannot read."""

WORDS = {
    "choice": "{value} is none of the choices",
    "choice_todo": "choose one of: {choices}",
    "endless": "the list does not end: more than {most} entries, or more counted than shown",
    "item": "an entry of the list has another shape than documented ({what})",
    "report_array": "expected a JSON array of reports",
    "report_kind": "report {number} is about neither a template nor a signature",
    "report_field": "report {number} has no {field} that the service would send",
    "evidence": "{path} is gone or has changed since the plan was made; nothing was sent",
    "upload_file": "{name} is too large or not of a kind the service takes; nothing was sent",
    "upload_large": "the file has {size} bytes, and the service gave leave for {limit}; nothing was sent",
    "upload_elsewhere": "the storage answered with a redirect (HTTP {status}), and a file is sent nowhere else",
    "upload_permit": "the service gave no usable leave to upload; nothing was sent",
    "upload_host": "the upload would go to a host that is not the storage of this service; nothing was sent",
}
