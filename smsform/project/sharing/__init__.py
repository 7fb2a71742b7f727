"""Definition files shared among processors."""
