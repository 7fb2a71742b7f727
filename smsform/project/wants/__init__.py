"""What the definitions want of every provider: read, in parts, and from memory."""
