"""Messages at the emulated service: sent, delivered, pushed and counted.

    judge.py       what a message is refused for, in the order of the checks
    values.py      the values of a template's variables
    send.py        SendSms
    batch.py       SendBatchSms
    records.py     QuerySendDetails and QuerySendStatistics
    pushed.py      receipts and replies as they are pushed

A message is judged by the signature and the template that are approved at that moment.
Facts are from documents and SDKs read 2026-11-29; what is inferred is marked ``[I]``.
"""
