"""One package for each service; nothing outside a package names its service."""
