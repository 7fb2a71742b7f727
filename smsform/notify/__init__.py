"""Telling people what became of a submission, where they are: chats, mail, a webhook.

    state before, state after → notices, in the state      decide
    notices → a message → what one kind of target is sent  message, targets
    address in the environment → a call, once              address, send

Everything but ``send`` is pure. Every target is twenty lines of ours on
``smsform.http`` (mail: on ``smtplib``), and none goes by apprise: its 2.3.0 counts
limits in characters where services count bytes, follows redirects, shows addresses in
its debug lines, and lets mentions and links through; what it would save is a JSON
object of four lines for each service.
"""
