"""SMS signatures and templates as code, for services where people review every text."""

__version__ = "0.1.0"
