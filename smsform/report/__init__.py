"""Values to text, JSON, Markdown and more; nothing is decided here."""
