"""Tencent Cloud's two sites: where calls go, and from which region by default."""

from __future__ import annotations

from smsform.providers.tencent import wire

REGIONS = {"domestic": "ap-guangzhou", "international": "ap-singapore"}
HOSTS = {"domestic": wire.HOST, "international": wire.INTERNATIONAL_HOST}
