"""Messages at the emulated service: sent, delivered, pushed and counted.

    judge.py       what a message is refused for, in the order of the checks
    submit.py      one text for one number: judged, stored, answered
    send.py        SendSms and SendMultiGlobalSms
    receipts.py    the queue of receipts, one number's, its records
    replies.py     replies from phones
    statistics.py  counts by hour, and the package
    numbers.py     numbers taken apart, conversions reported
    pushed.py      receipts and replies as they are pushed

A message is judged by the signature and the template that are approved at that moment.
Facts are from documents and SDKs read 2026-11-29; what is inferred is marked ``[I]``.
"""
