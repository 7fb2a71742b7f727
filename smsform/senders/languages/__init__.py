"""One folder for each language: its card, and the common part of its modules."""
