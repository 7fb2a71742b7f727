"""The version: what the distribution and every report say."""

__version__ = "0.1.0"
