"""One folder a language: its card, and what its modules have in common."""
