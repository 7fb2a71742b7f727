"""The sources of the rules; all pages were read on the same day."""

from __future__ import annotations

READ = "2026-11-21"

TEMPLATES = "cloud.tencent.com document 382/39023 (2025-06-17)"
ABROAD = "tencentcloud.com document 382/40659 (2025-08-21)"
SIGNATURES = "qcloud-documents 签名审核标准.md"
ERRORS = "tencentcloud-sdk-python-sms 3.1.153 errorcodes.py"
MODELS = "tencentcloud-sdk-python-sms 3.1.153 models.py"
MODELS_ABROAD = "tencentcloud-sdk-python-intl-en 3.1.161 models.py"
