"""The files of a new project, as ``smsform init`` writes them; pure.

    smsform.yaml            which services, and whether they are emulated
    signatures.yaml         one signature
    templates/*.yaml        texts that every service takes
    evidence/*.png          blank images, where an emulator asks for papers
    .smsform-schema/*.json  what may stand in these files, for editors
    .gitignore              a line that keeps out what the emulators were sent

The first line of a YAML file names its schema. Editors resolve that path from the
file's own folder (README of yaml-language-server, read 2026-11-21), so the schemas lie
in the project and are committed: completion and hover work in every clone, without a
network and without smsform. ``smsform schema NAME`` prints them as they are now.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import resources
from typing import NamedTuple

from smsform.card import ProviderSpec
from smsform.drafts.layout import scalar
from smsform.model import Kind
from smsform.starter.ci import Ci, ci_files, hook_file
from smsform.words import say, tell

SCHEMAS = ".smsform-schema"
EVIDENCE = "evidence"
IGNORED = ".smsform/"
DATA = resources.files(__name__)
# For the reviewer at a service: Chinese in any language of the user.
REMARK = "公司全称为{name}有限公司，签名取自公司简称，用于本公司的会员短信。"


class StarterOptions(NamedTuple):
    """The user's wishes; *services* are cards, *signature* is a name."""

    services: tuple[ProviderSpec, ...]
    signature: str
    emulated: bool = True
    ci: Ci = Ci.NONE
    hook: bool = False


def project_files(
    wishes: StarterOptions, schemas: Mapping[str, str]
) -> dict[str, bytes]:
    """Path in the project -> content; *schemas* are "project" and "definitions"."""
    texts = {
        "smsform.yaml": _modeline("project") + _text(_project(wishes)),
        "signatures.yaml": _modeline("definitions") + _text(_signatures(wishes)),
    }
    for name in ("account", "orders"):
        example = DATA.joinpath("templates", f"{name}.yaml").read_text(encoding="utf-8")
        head = _modeline("definitions", up="../") + _text(_comment(name))
        texts[f"templates/{name}.yaml"] = head + _for_services(example, wishes)
    for name, schema in schemas.items():
        texts[f"{SCHEMAS}/{name}.json"] = schema
    blank = DATA.joinpath("blank.png").read_bytes()
    images = {f"{EVIDENCE}/{name}": blank for name in _images(wishes)}
    return {path: text.encode() for path, text in texts.items()} | images


def repository_files(
    wishes: StarterOptions, folder: str, branch: str = "main"
) -> dict[str, bytes]:
    """Path in the repository -> content; *folder* is the project's, "." the root.

    *branch* is the repository's default branch.
    """
    texts = dict(ci_files(wishes.ci, folder, wishes.services, branch))
    if wishes.hook:
        path, text = hook_file(folder)
        texts[path] = text
    return {path: text.encode() for path, text in texts.items()}


def ignoring(before: str) -> str:
    """The lines that a .gitignore with the text *before* lacks; may be ""."""
    lines = before.splitlines()
    if {IGNORED, f"/{IGNORED}", IGNORED.rstrip("/")} & set(lines):
        return ""
    return ("\n" if before and not before.endswith("\n") else "") + f"{IGNORED}\n"


def _modeline(schema: str, up: str = "") -> str:
    return f"# yaml-language-server: $schema={up}{SCHEMAS}/{schema}.json\n"


def _text(lines: Iterator[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _comment(about: str, indent: str = "") -> Iterator[str]:
    for line in say(f"init.about_{about}").splitlines():
        yield f"{indent}# {line}"


def _project(wishes: StarterOptions) -> Iterator[str]:
    yield from _comment("project")
    yield "smsform: 1"
    yield 'definitions: [signatures.yaml, "templates/**/*.yaml"]'
    if any(_images(wishes)):
        yield from _comment("evidence")
        yield f"evidence: {EVIDENCE}"
    yield "state: smsform.state.json"
    yield from _comment("policy")
    yield "# policy: {retire_after: 14d}"
    yield ""
    yield "providers:"
    for spec in wishes.services:
        yield f"  {spec.type}:"
        yield f"    type: {spec.type}"
        if spec.starter:
            settings = spec.starter.settings.items()
            yield from (f"    {key}: {each}" for key, each in settings)
        if wishes.emulated:
            comment = say("init.about_endpoint", title=tell(spec.title))
            yield f"    endpoint: emulator # {comment}"
            if spec.starter:
                made_up = spec.starter.emulated.items()
                yield from (f"    {key}: {each}" for key, each in made_up)


def _signatures(wishes: StarterOptions) -> Iterator[str]:
    yield from _comment("signature")
    yield "signatures:"
    yield "  main:"
    yield f"    name: {scalar(wishes.signature)}"
    if not wishes.emulated:
        return
    papers = {spec.type: _papers(spec) for spec in wishes.services if _papers(spec)}
    if papers:
        yield from _comment("papers", "    ")
        yield f"    remark: {scalar(REMARK.format(name=wishes.signature))}"
    for type, stated in papers.items():
        fields = (f"{key}: {each}" for key, each in stated.items())
        yield f"    {type}: {{{', '.join(fields)}}}"


def _for_services(example: str, wishes: StarterOptions) -> str:
    """*example* with what each service wants of a template, after its signature."""
    lines = "    signature: main\n"
    for spec in wishes.services:
        if spec.starter and (wanted := spec.starter.template):
            fields = ", ".join(f"{key}: {each}" for key, each in wanted.items())
            lines += f"    {spec.type}: {{{fields}}}\n"
    return example.replace("    signature: main\n", lines)


def _papers(spec: ProviderSpec) -> Mapping[str, str]:
    return spec.starter.papers if spec.starter else {}


def _images(wishes: StarterOptions) -> Iterator[str]:
    """Blank images for the files that the papers name."""
    for spec in wishes.services if wishes.emulated else ():
        files = spec.evidence(Kind.SIGNATURE)
        yield from (each for key, each in _papers(spec).items() if key in files)
