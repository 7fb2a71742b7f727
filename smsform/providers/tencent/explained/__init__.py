"""Every code of Tencent Cloud SMS in words: answers, receipts, retired interfaces."""

from smsform.providers.tencent.explained import calls, receipts, retired

EXPLANATIONS = (*calls.EXPLANATIONS, *receipts.EXPLANATIONS, *retired.EXPLANATIONS)
