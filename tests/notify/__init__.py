"""Telling people: what arrives at receivers that know what the chats document."""
