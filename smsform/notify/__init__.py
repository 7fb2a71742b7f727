"""Telling people what became of a submission, where they are: chats, mail, a webhook.

    state before, state after → notices, in the state      decide
    notices → a message → what one kind of target is sent  message, targets
    address in the environment → a call, once              address, send

Everything but ``send`` is pure. Every target is twenty lines of ours on
``smsform.http`` (mail: on ``smtplib``), and none goes by apprise: its 2.3.0 (tried
2026-11-29) takes refusals by WeCom and DingTalk for success, counts limits in
characters where they count bytes, follows redirects, and shows addresses in its debug
lines; what it would save is a JSON object of four lines for each service.
"""
