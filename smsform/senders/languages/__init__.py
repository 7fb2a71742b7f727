"""One folder a language: its card, and the template that is the same at all services."""
