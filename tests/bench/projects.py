"""Projects of any size: the bench's own texts, and those of the example many times."""

from __future__ import annotations

import json
import math
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import yaml

from smsform.card import ProviderSpec
from smsform.registry import built_in

FILES = 20  # definition files of a project, whatever its size
EXAMPLE = Path(__file__).parents[2] / "templates.example"
SIGNATURE = "示例商城"

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


def write_own(folder: Path, count: int, spec: ProviderSpec) -> Path:
    """A project of *count* templates and one signature at one service."""
    write_config(folder, spec)
    definitions = folder / "definitions"
    definitions.mkdir()
    signature = f"signatures:\n  shop: {{name: {SIGNATURE}}}\n"
    (definitions / "signatures.yaml").write_text(signature, "utf-8")
    for number, part in enumerate(parts(count)):
        text = "templates:\n" + "".join(TEMPLATE.format(n=n) for n in part)
        (definitions / f"templates_{number:02}.yaml").write_text(text, "utf-8")
    return folder


def parts(count: int) -> Iterator[range]:
    """0 to *count* in as many pieces as there are files."""
    for number in range(FILES):
        yield range(count * number // FILES, count * (number + 1) // FILES)


def write_config(
    folder: Path, spec: ProviderSpec, endpoint: str = "emulator", rate: int = 0
) -> None:
    """The smsform.yaml of *folder*: reads at most *rate* times a second, 0 for any."""
    account = {"max_param_length": 20, **_unlimited(spec, rate)}
    settings = dict(spec.starter.settings) if spec.starter else {}
    document = {
        "smsform": 1,
        "definitions": ["definitions/*.yaml"],
        "providers": {
            spec.type: {
                "type": spec.type,
                "endpoint": endpoint,
                "account": account,
                **settings,
            }
        },
    }
    folder.mkdir(parents=True, exist_ok=True)
    _write_yaml(folder / "smsform.yaml", document)


def _write_yaml(path: Path, document: object) -> None:
    """Write *document* as people do, each of its innermost collections on one line."""
    text = yaml.safe_dump(
        document,
        allow_unicode=True,
        default_flow_style=None,
        sort_keys=False,
        width=math.inf,
    )
    path.write_text(text, "utf-8")


def point_at(folder: Path, endpoints: Mapping[str, str]) -> None:
    """Move the providers of the project in *folder* to *endpoints*, by their names."""
    path = folder / "smsform.yaml"
    document = yaml.safe_load(path.read_text("utf-8"))
    for name, endpoint in endpoints.items():
        provider = document["providers"][name]
        account = provider.get("account", {})
        limits = _unlimited(built_in()[provider["type"]], 0)
        provider |= {"endpoint": endpoint, "account": {**account, **limits}}
    _write_yaml(path, document)


def _unlimited(spec: ProviderSpec, rate: int) -> dict[str, int]:
    """Limits of an account of any size that is read *rate* times a second."""
    quotas = (kind.quota for kind in spec.kinds.values())
    wanted = {"reads_per_second": rate, **dict.fromkeys(quotas, 0)}
    return {key: value for key, value in wanted.items() if key in spec.limits}


_ENTRY = re.compile(r"^  (\w+):$", re.MULTILINE)
_NAME = re.compile(r"^    name: (.*)$", re.MULTILINE)
# Where a sentence ends in a text, and in the remark that quotes it.
_END = re.compile(r'(?<=[。.R])(?="[,}\n])|(?<=。)(?=\n)')


def write_example(folder: Path, count: int) -> Path:
    """The example at both its services, each template so often that there are *count*.

    Every copy has a key, a name and a text of its own.
    """
    ignored = shutil.ignore_patterns(".smsform", "*.state.json")
    shutil.copytree(EXAMPLE, folder, ignore=ignored)
    sources = sorted((folder / "templates").glob("*.yaml"))
    texts = [each.read_text("utf-8").partition("templates:\n")[2] for each in sources]
    copies = -(-count // sum(len(_ENTRY.findall(text)) for text in texts))
    pieces = FILES // len(sources)
    for source, text in zip(sources, texts, strict=True):
        source.unlink()
        for piece in range(pieces):
            numbers = range(copies * piece // pieces, copies * (piece + 1) // pieces)
            body = "".join(_copied(text, number) for number in numbers)
            path = source.with_stem(f"{source.stem}_{piece}")
            path.write_text(f"templates:\n{body}", "utf-8")
    return folder


_ANCHOR = re.compile(r"(?<= )([&*][a-z_]+)(?=\n)")


def _copied(text: str, number: int) -> str:
    text = _ANCHOR.sub(rf"\g<1>_{number}", text)
    text = _ENTRY.sub(rf"  \1_{number}:", text)
    text = _NAME.sub(rf"    name: \g<1>{number}", text)
    return _END.sub(f"({number})", text).rstrip() + "\n"


def edit(folder: Path, run: int) -> None:
    """Change a word in one of the definition files, another one in each *run*."""
    found = [p for p in sorted(folder.rglob("*.yaml")) if p.stem[-1].isdigit()]
    path = found[run % len(found)]
    text = path.read_text("utf-8")
    old, new = ("发送", "发出") if "发送" in text else ("发出", "发送")
    path.write_text(text.replace(old, new, 1), "utf-8")


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
