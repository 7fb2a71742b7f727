"""Sending with Tencent Cloud: the card's part, the actions, the verbs, pushes."""
