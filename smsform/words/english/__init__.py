"""The English catalogue, one module a room; each holds ``WORDS``: sentence -> text."""
