"""The page of the emulators' outbox."""

WORDS = {
    "title": "Emulated messages",
    "search": "Search",
    "counted": "{shown} of {all} messages",
    "nothing": "No message matches.",
    "empty": "No messages yet. What is sent to this emulator appears here at once.",
    "under_way": "under way",
    "delivered": "delivered",
    "failed": "not delivered",
    "more": "Show more",
    "segments": "billed as {count}",
    "lost": "The emulator does not answer; this page tries again.",
}
