"""The law of ids, by random histories and by the smallest worlds that break it."""
