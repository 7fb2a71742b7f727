"""Every code of Alibaba Cloud SMS in words: answers, receipts, old interfaces."""

from smsform.providers.aliyun.explained import calls, old, receipts

EXPLANATIONS = (*calls.EXPLANATIONS, *receipts.EXPLANATIONS, *old.EXPLANATIONS)
