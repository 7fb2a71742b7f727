"""``validate`` of a project: whole, in parts, and from memory."""
