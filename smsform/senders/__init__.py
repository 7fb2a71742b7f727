"""Typed senders: one module a provider and language, one function a template.

    state, definitions -> Sender -> named for a language -> module text

Pure: what a sender is and what its source text is are worked out here; where ids come
from and where files go is the business of others. What only one service's SDK needs
stands in that service's folder, as a template that fills the blocks of the language's.
"""
