"""Every code of Alibaba Cloud SMS in words: answers, receipts, retired interfaces."""

from smsform.providers.aliyun.explained import calls, receipts, retired

EXPLANATIONS = (*calls.EXPLANATIONS, *receipts.EXPLANATIONS, *retired.EXPLANATIONS)
