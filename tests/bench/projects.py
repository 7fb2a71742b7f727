"""Projects of any size: definitions, and the same entries for an emulator."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from projects import UNGATED
from smsform.errors import Position
from smsform.model import Parameter, Placeholder, Template, TemplateType
from smsform.registry import specs

PER_FILE = 100
SIGNATURE = "示例商城"
HERE = Position("templates.yaml", 1, 1)
VERIFICATION = TemplateType.VERIFICATION
CODE, MINUTES = Placeholder("code"), Placeholder("minutes")
PARAMS = (Parameter("code", "183029", HERE), Parameter("minutes", "5", HERE))

CONFIG = """\
smsform: 1
definitions: ["definitions/*.yaml"]
providers:
  cloud:
    type: {type}
    region: ap-guangzhou
    endpoint: {endpoint}
    account: {{max_param_length: 20, reads_per_second: {rate}}}
"""

TEMPLATE = """\
  code_{n}:
    name: 登录验证码{n}
    type: verification
    signature: shop
    content: "{{{{ code }}}}为您在第{n}号店的登录验证码，{{{{ minutes }}}}分钟内有效。"
    params:
      code: {{sample: "183029", kind: code, description: 六位数字}}
      minutes: {{sample: "5", kind: number, max_length: 2}}
    samples:
      longest: {{code: "999999", minutes: "30"}}
    remark: 用户登录时发送；变量一为验证码，变量二为分钟数
"""


def write_project(
    folder: Path, count: int, endpoint: str = "emulator", rate: int = 0
) -> Path:
    """A project of *count* templates and one signature, 100 templates a file."""
    definitions = folder / "definitions"
    definitions.mkdir(parents=True)
    (folder / "smsform.yaml").write_text(
        CONFIG.format(type=UNGATED, endpoint=endpoint, rate=rate), "utf-8"
    )
    signature = f"signatures:\n  shop: {{name: {SIGNATURE}}}\n"
    (definitions / "signatures.yaml").write_text(signature, "utf-8")
    for start in range(0, count, PER_FILE):
        numbers = range(start, min(start + PER_FILE, count))
        text = "templates:\n" + "".join(TEMPLATE.format(n=n) for n in numbers)
        (definitions / f"templates_{start:06}.yaml").write_text(text, "utf-8")
    return folder


def seeds(count: int) -> Iterator[dict[str, object]]:
    """What the service would hold had all of it been approved."""
    native = specs()[UNGATED].native
    yield {"kind": "signature", "name": SIGNATURE}
    for n in range(count):
        name = f"登录验证码{n}"
        text = (CODE, f"为您在第{n}号店的登录验证码，", MINUTES, "分钟内有效。")
        template = Template(
            name, name, VERIFICATION, text, "", HERE, HERE, params=PARAMS
        )
        yield {"kind": "template", "name": name, "text": native(template)}


def write_zones(folder: Path, count: int) -> Path:
    """An octoDNS configuration: a zone of *count* A records, and an empty target."""
    (folder / "from").mkdir(parents=True)
    (folder / "to").mkdir()
    zone = "".join(
        f"host{n:06}:\n  ttl: 300\n  type: A\n"
        f"  value: 10.{n >> 16}.{n >> 8 & 255}.{n & 255}\n"
        for n in range(count)
    )
    (folder / "from" / "example.com.yaml").write_text("---\n" + zone)
    config = {
        "providers": {
            side: {
                "class": "octodns.provider.yaml.YamlProvider",
                "directory": str(folder / side),
            }
            for side in ("from", "to")
        },
        "zones": {"example.com.": {"sources": ["from"], "targets": ["to"]}},
    }
    (folder / "config.yaml").write_text(json.dumps(config))
    return folder / "config.yaml"
