"""Typed senders: a module for each provider and language, a function per template.

    state, definitions -> Sender -> named for a language -> module text

Pure: a sender and its source text are worked out here; finding ids and writing files is
done elsewhere. What only one service's SDK needs is in that service's folder, as a
template that fills the blocks of the language's.
"""
