"""Every code of Tencent Cloud SMS in words: answers, receipts, old interfaces."""

from smsform.providers.tencent.explained import calls, old, receipts

EXPLANATIONS = (*calls.EXPLANATIONS, *receipts.EXPLANATIONS, *old.EXPLANATIONS)
