"""A project as a whole: loaded, opened, planned; nothing here prints."""
