"""Finding ids in source code, so that no id in use is deleted."""

from smsform.uses.search import search
from smsform.uses.values import SearchResult, Token, Use

__all__ = ["SearchResult", "Token", "Use", "search"]
