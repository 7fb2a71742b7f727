"""Every code of Alibaba Cloud SMS in words, by where it is met."""

from smsform.providers.aliyun.explained import calls, delivery, receipts, retired

EXPLANATIONS = (
    *calls.EXPLANATIONS,
    *receipts.EXPLANATIONS,
    *delivery.EXPLANATIONS,
    *retired.EXPLANATIONS,
)
