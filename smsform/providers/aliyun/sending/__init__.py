"""Sending with Alibaba Cloud: the card's part, the actions, the verbs, pushes."""
