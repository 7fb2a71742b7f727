"""What ``preview --serve`` says."""

WORDS = {
    "serving": "Preview: {url}",
    "stop": "It follows every save. Ctrl-C stops.",
    "warning": "Warning: {what}",
    "open": "{host} is not this machine alone: whoever reaches that address can read every text",
    "port_taken": "cannot listen on {host}:{port}: {what}",
    "port_taken_hint": "choose another with --port; 0 takes a free one",
    "stranger": "This page is for this machine alone: open {url}",
    "alone": "--serve shows the HTML page: {flags} cannot be given with it",
    "needs_serve": "{flags} belongs to --serve",
}
