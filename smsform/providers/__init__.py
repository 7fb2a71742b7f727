"""One folder a service; nothing outside a folder knows its service by name."""
