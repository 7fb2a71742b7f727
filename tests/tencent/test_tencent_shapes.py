"""What replies look like, as the official SDK and the documents' examples have it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tencentcloud.sms.v20210111 import models

from smsform.providers.tencent.shapes import SHAPES
from smsform.shapes import findings

SAMPLES = Path(__file__).parent / "data" / "api_samples"
ITEMS = {
    "DescribeSmsTemplateList": models.DescribeTemplateListStatus,
    "DescribeSmsSignList": models.DescribeSignListStatus,
}


@pytest.mark.judge
@pytest.mark.parametrize("action", SHAPES)
def test_every_field_of_the_sdk_is_described(action: str) -> None:
    """By its name on the wire, in the reply and in one entry of its list."""
    reply = getattr(models, f"{action}Response")
    fields = set(SHAPES[action].fields)
    [items] = [each for each in fields if each.endswith("Set")]
    wanted = {f"Response.{name[1:]}" for name in vars(reply())}
    wanted |= {f"{items}[].{name[1:]}" for name in vars(ITEMS[action]())}
    assert wanted <= fields


@pytest.mark.parametrize("action", SHAPES)
def test_what_the_documents_show_has_nothing_unknown(action: str) -> None:
    """Their examples, value by value."""
    path = SAMPLES / f"2021-01-11_{action}.json"
    examples = json.loads(path.read_text("utf-8"))["examples"]
    assert examples
    for each in examples:
        assert list(findings(SHAPES[action], each["response"])) == []
