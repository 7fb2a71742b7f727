"""The sources of the rules; all pages were read on the same day."""

from __future__ import annotations

READ = "2026-11-21"

TEMPLATES = "help.aliyun.com document 463237"
NOTICES = "help.aliyun.com document 463270"
OLD_TEMPLATES = "the service's manual of 2017, chapter on templates"
ATTRIBUTES = "help.aliyun.com document 2806243"
SIGNATURES = "help.aliyun.com document 44338 and the SDK's descriptions"
BILLING = "help.aliyun.com document 44335"
ERRORS = "OpenAPI metadata of Dysmsapi 2017-05-25 (2025-12)"
CODES = "help.aliyun.com document 101346"
SDK = "alibabacloud_dysmsapi20170525 4.6.0"
