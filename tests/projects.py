"""Small projects on disk, read by smsform, for a made-up service called ``fake``."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from builders import a_spec
from smsform import definitions
from smsform.card import ProviderSpec
from smsform.config import Config, load
from smsform.definitions import Definitions
from smsform.emulation import pushes, settings
from smsform.emulation.settings import Setting
from smsform.errors import DefinitionError, Problem
from smsform.model import Kind, Template
from smsform.provider import Form, Key, Limit, by_name
from smsform.registry import specs
from smsform.validate import check

VARIABLE = re.compile(r"[A-Z][A-Z0-9_]{4,}")
SPECS: Mapping[str, ProviderSpec] = {
    "fake": a_spec(
        type="fake",
        keys={
            Kind.SIGNATURE: by_name(
                Key("sign_type", Form.TEXT, "a word"),
                Key("proof_image", Form.FILE, "a file"),
                Key("serial", Form.ID, "a number"),
            ),
            Kind.TEMPLATE: by_name(
                Key("native", Form.TEXT, "a text"), Key("template_rule", None, "any")
            ),
        },
        options=by_name(Key("app_id", None, "any")),
        settings=lambda: {
            "push": Setting(None, pushes.listener, "to whom"),
            "review": Setting("immediate", settings.review, "when"),
            "unique_names": Setting(True, settings.switch, "one text a name"),
            "kept": Setting(None, settings.maybe_names, "what stays"),
        },
        sites=frozenset({"domestic", "international"}),
        limits={
            "max_length": Limit(6, "characters", "us", "2026"),
            "types": Limit(("verification",), "types", "us", "2026"),
            "open": Limit(True, "a switch", "us", "2026"),
            "level": Limit("low", "a word", "us", "2026"),
        },
    ),
    "other": a_spec(
        type="other",
        keys=dict.fromkeys(Kind, by_name(Key("native", Form.TEXT, "a text"))),
        sites=frozenset({"domestic"}),
        limits={},
    ),
}
SERVICE = next(iter(specs()))  # for what is the same at every real one
# One whose templates need no more of their signature than that it was applied for.
UNGATED = next(type for type, spec in specs().items() if spec.gate == "applied")
# Rules about what goes along with a text, whatever that is.
BESIDE = {
    rule.id for spec in specs().values() for rule in spec.rules() if not rule.reads_text
}
CONFIG = """\
smsform: 1
vars: {brand: 示例商城, hotline: "4008001234"}
providers:
  first: {type: fake}
  second: {type: other}
"""


def demo_keys(type: str) -> dict[str, str]:
    """The emulator's key pair, under the variables that a service's SDKs read."""
    spec = specs()[type]
    names = VARIABLE.findall(spec.variables)
    return dict(zip(names, (spec.demo.id, spec.demo.secret), strict=True))


def rule_of(type: str, check: Callable[..., object]) -> str:
    """The id of the rule by which a service's definitions are asked *check*."""
    return next(rule.id for rule in specs()[type].rules() if rule.check is check)


def write(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """Put files below *root*; a project has a smsform.yaml unless one is given."""
    for name, content in {"smsform.yaml": CONFIG, **files}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        data = content.encode() if isinstance(content, str) else content
        path.write_bytes(data)
    return root


def config_of(root: Path, text: str = CONFIG, **environ: str) -> Config:
    """The configuration that *text* makes; DefinitionError when it has problems."""
    write(root, {"smsform.yaml": text})
    return load(root, environ, SPECS)


def config_problems(root: Path, text: str) -> list[Problem]:
    """Everything wrong with a smsform.yaml."""
    try:
        config_of(root, text)
    except DefinitionError as error:
        return list(error.problems)
    return []


def read(root: Path, files: Mapping[str, str | bytes] | str | bytes) -> Definitions:
    """The definitions of a project; a bare text is the file ``t.yaml``."""
    if not isinstance(files, Mapping):
        files = {"t.yaml": files}
    write(root, files)
    return definitions.load(load(root, {}, SPECS), SPECS)


def template(root: Path, body: str) -> Template:
    """The only template ``a`` of a project, which must have no problem."""
    found = read(root, f"templates: {{a: {{type: notification, {body}}}}}")
    assert found.problems == ()
    return found.templates["a"]


def told(root: Path, problems: list[Problem] | tuple[Problem, ...]) -> list[str]:
    """Rule and place of each problem, ``SF109 t.yaml:2:1``."""
    places = [str(problem.at).removeprefix(f"{root}/") for problem in problems]
    return [
        f"{problem.rule} {at}" for problem, at in zip(problems, places, strict=True)
    ]


def problems_everywhere(folder: Path, files: Mapping[str, str]) -> list[Problem]:
    """All problems of a project in *folder* with a provider of every type."""
    providers = "".join(f"  {t}: {{type: {t}, endpoint: emulator}}\n" for t in specs())
    write(folder, {"smsform.yaml": f"smsform: 1\nproviders:\n{providers}", **files})
    config = load(folder, {}, specs())
    return list(check(definitions.load(config, specs()), config, specs()))
