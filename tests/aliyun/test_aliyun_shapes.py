"""What replies look like, as the official SDK and the documents' examples have it."""

from __future__ import annotations

import inspect
import json
import re
from pathlib import Path

import pytest
from alibabacloud_dysmsapi20170525 import models

from smsform.providers.aliyun.shapes import SHAPES
from smsform.shapes import findings

SAMPLES = Path(__file__).parent / "data" / "api_samples"


def sample(action: str) -> Path:
    """The file with the documents' examples."""
    return SAMPLES / f"2017-05-25_{action}.json"


@pytest.mark.judge
@pytest.mark.parametrize("action", SHAPES)
def test_every_field_of_the_sdk_is_described(action: str) -> None:
    """By its name on the wire, in the model of the reply and those inside it."""
    known = re.split(r"[.\[\]]+", ".".join(SHAPES[action].fields))
    inside = [
        model
        for name, model in vars(models).items()
        if name.startswith(f"{action}ResponseBody")
    ]
    assert inside
    for model in inside:
        for field in re.findall(r"result\['(\w+)'\]", inspect.getsource(model)):
            assert field in known, model.__name__


@pytest.mark.parametrize("action", [each for each in SHAPES if sample(each).exists()])
def test_what_the_documents_show_has_nothing_unknown(action: str) -> None:
    """Their examples, value by value."""
    responses = json.loads(sample(action).read_text("utf-8"))["responses"]
    shown = [each["response"] for each in responses if "response" in each]
    assert shown
    assert [list(findings(SHAPES[action], each)) for each in shown] == [[]] * len(shown)
