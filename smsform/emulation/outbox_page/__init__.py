"""The outbox in a browser: what is below ``/_smsform/`` on an emulator's port.

    /_smsform/          the page: phones with bubbles, all providers side by side
    /_smsform/messages  the same as JSON; ?to=NUMBER, ?after=ID, ?since=UNIX, ?limit=N

It only shows: nothing can be changed from here. Every text from outside reaches the
page as JSON and is put there as text, never as markup.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from smsform.emulation.guard import OURS

if TYPE_CHECKING:
    from smsform.clock import Clock
    from smsform.emulation.messages import HttpReply, HttpRequest
    from smsform.emulation.store import Store


def answer(store: Store, clock: Clock, request: HttpRequest) -> HttpReply | None:
    """The reply to a path below ``/_smsform/``; None for any other path."""
    if not f"{request.path}/".startswith(OURS):
        return None
    from smsform.emulation.outbox_page.pages import shown

    return shown(store, clock.now(), request)
