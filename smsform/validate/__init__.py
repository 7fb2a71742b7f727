"""The rules engine: definitions in, problems out; pure and offline.

``check`` applies every rule to every definition, for each provider it goes to:

    definitions + config -> facts (worked out once) -> findings -> problems

The rooms: ``engine`` does that, ``texts``, ``lengths``, ``samples``, ``evidence`` and
``project`` hold the rules that name no service (SF2xx); a provider's own are on its
card.
"""

from __future__ import annotations

from smsform.validate.engine import catalogue, check, in_order
from smsform.validate.facts import groups
from smsform.words import learn

learn("smsform.validate.chinese")

__all__ = ["catalogue", "check", "groups", "in_order"]
