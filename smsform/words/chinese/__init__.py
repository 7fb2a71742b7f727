"""The Chinese sentences, a module a room, key by key as the English ones."""
