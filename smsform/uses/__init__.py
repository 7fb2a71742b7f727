"""Where ids stand in source code, so that none is deleted that somebody still sends."""

from smsform.uses.search import search
from smsform.uses.values import SearchResult, Token, Use

__all__ = ["SearchResult", "Token", "Use", "search"]
