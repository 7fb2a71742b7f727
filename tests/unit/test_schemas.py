"""The schemas of the YAML files: what the loader takes, they take, key by key.

Editors read YAML 1.2 and judge by draft-07, so that is what is done here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

import projects
from smsform.definitions import rules as loader
from smsform.model import PARAMETER_KINDS, Kind, TemplateType
from smsform.registry import built_in, specs
from smsform.report.schemas import definitions, project
from smsform.rule import Rule
from unit.test_definitions_yaml import CASES, data_of, in_template

EXAMPLE = Path(__file__).parents[2] / "templates.example"
FAKE = Draft7Validator(definitions.described(projects.SPECS))
FAKE_PROJECT = Draft7Validator(project.described(projects.SPECS))
REAL = Draft7Validator(definitions.definitions())
REAL_PROJECT = Draft7Validator(project.project())


# No UTF-8: an editor that opens them does not show what is in them.
BYTES = {id for id, row in CASES.items() if "yaml_base64" in row}


class Core(yaml.SafeLoader):
    """The core schema of YAML 1.2, by which `yes` is a text and 0123 a number."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012


for tag, pattern, first in (
    ("bool", "true|True|TRUE|false|False|FALSE", "tTfF"),
    ("null", "~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("int", "[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", "-+.0123456789"),
    ("merge", "<<", "<"),
):
    Core.add_implicit_resolver(
        f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), list(first)
    )
Core.add_constructor(
    "tag:yaml.org,2002:int", lambda loader, node: int(node.value)
)  # 0123 is 123


def parsed(text: str) -> Any:
    """What an editor makes of *text*."""
    return yaml.load(text, Core)


def accepted(validator: Draft7Validator, text: str) -> bool:
    """Whether an editor would mark nothing."""
    return bool(validator.is_valid(parsed(text)))


@pytest.mark.parametrize("id", [id for id in CASES if id not in BYTES])
def test_what_the_loader_takes_of_the_hard_cases_is_taken(
    id: str, tmp_path: Path
) -> None:
    """A document without problems for us has none for an editor."""
    text = data_of(id).decode()
    texts = [text, in_template(id)] if text.startswith("content:") else [text]
    texts.append(f"templates:\n  a:\n    type: notification\n    content: x\n{text}")
    for each in texts:
        if not projects.read(tmp_path, each).problems:
            assert accepted(FAKE, each), each


@pytest.mark.parametrize("rule", loader.RULES, ids=lambda rule: rule.id)
def test_the_passing_examples_are_taken(rule: Rule) -> None:
    """Those of the rules about files, which are whole files."""
    ours = rule.passing.startswith("smsform:")
    assert accepted(FAKE_PROJECT if ours else FAKE, rule.passing), rule.passing


def test_the_example_is_taken() -> None:
    """Every file of it, by the schemas of the services there are."""
    for path in EXAMPLE.rglob("*.yaml"):
        if not any(part.startswith(".") for part in path.relative_to(EXAMPLE).parts):
            validator = REAL_PROJECT if path.name == "smsform.yaml" else REAL
            errors = list(validator.iter_errors(parsed(path.read_text("utf-8"))))
            assert errors == [], path


SCALARS = (
    "0123",
    "2024-01-01",
    "12:30",
    "yes",
    "1.10",
    "true",
    "~",
    "null",
    "0x1F",
    "1e3",
    '""',
    "'5'",
    "NO",
    "1_000",
)


@pytest.mark.parametrize("value", SCALARS)
def test_a_sample_may_be_anything_in_one_piece(value: str, tmp_path: Path) -> None:
    """Unquoted or not: it is taken as written."""
    text = (
        "templates: {a: {type: notification, content: '{{ n }}',"
        f" params: {{n: {{sample: {value}}}}}, samples: {{x: {{n: {value}}}}}}}}}"
    )
    assert not projects.read(tmp_path, text).problems
    assert accepted(FAKE, text)


BODY = "type: notification, content: x"
WRONG = {
    "an unknown key": f"templates: {{a: {{{BODY}, nmae: x}}}}",
    "an unknown section": "template: {}",
    "an unknown type": "templates: {a: {type: notify, content: x}}",
    "no type": "templates: {a: {content: x}}",
    "no text": "templates: {a: {type: notification}}",
    "a text that is a list": "templates: {a: {type: notification, content: [x]}}",
    "an unknown kind": f"templates: {{a: {{{BODY}, params: {{n: {{sample: 1,"
    " kind: digits}}}}",
    "no sample": f"templates: {{a: {{{BODY}, params: {{n: {{kind: code}}}}}}}}",
    "a sample that is a mapping": f"templates: {{a: {{{BODY},"
    " params: {n: {sample: {}}}}}",
    "a parameter called if": f"templates: {{a: {{{BODY}, params: {{if: {{sample: 1}}}}"
    "}}",
    "a case called sample": f"templates: {{a: {{{BODY}, samples: {{sample: {{}}}}}}}}",
    "a length of none": f"templates: {{a: {{{BODY}, params: {{n: {{sample: 1,"
    " max_length: 0}}}}",
    "a key with a dot": "signatures: {a.b: {name: x}}",
    "a switch in words": "signatures: {a: {international: yes}}",
    "no rule": "signatures: {a: {lint_ignore: [all]}}",
    "an unknown key of a type": "signatures: {a: {fake: {nope: 1}}}",
    "an id in words": "signatures: {a: {fake: {serial: many}}}",
}


@pytest.mark.parametrize("text", WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_marked(text: str, tmp_path: Path) -> None:
    """Where the loader complains, an editor does so while it is written."""
    assert projects.read(tmp_path, text).problems
    assert not accepted(FAKE, text)


HEAD = "smsform: 1\n"
WRONG_PROJECTS = {
    "no version": "vars: {}",
    "another version": "smsform: 2",
    "an unknown key": HEAD + "provider: {}",
    "an unknown type": HEAD + "providers: {a: {type: fakes}}",
    "no type": HEAD + "providers: {a: {region: x}}",
    "an unknown key of a provider": HEAD + "providers: {a: {type: fake, regoin: x}}",
    "a key of another type": HEAD + "providers: {a: {type: other, app_id: 1}}",
    "a site it does not have": HEAD
    + "providers: {a: {type: other, site: international}}",
    "an unknown limit": HEAD + "providers: {a: {type: fake, account: {nope: 1}}}",
    "a limit in words": HEAD
    + "providers: {a: {type: fake, account: {max_length: six}}}",
    "a duration in words": HEAD + "policy: {retire_after: 3 days}",
    "more than all": HEAD + "policy: {max_changes: {percent: 101}}",
    "a price with its unit": HEAD + "prices: {domestic: 4.5分}",
    "a currency in words": HEAD + "prices: {currency: yuan}",
    "no rule": HEAD + "lint: {ignore: [all]}",
    "a constant that is a list": HEAD + "vars: {brand: [x]}",
}
RIGHT_PROJECTS = {
    "the version in quotes": "smsform: '1'",
    "one pattern": HEAD + "definitions: a.yaml",
    "anchors": HEAD + "x-base: &base {type: fake}\nproviders: {a: {<<: *base}}",
    "all of a provider": HEAD + "providers: {a: {type: fake, region: x, endpoint: "
    "emulator, site: international, app_id: 140, timeout: 60, http_method: GET, "
    "account: {max_length: '6', types: [verification], open: true, level: high}, "
    "emulator: {}}}",
    "empty sections": HEAD + "vars:\nproviders:\npolicy:\nlint:\n",
    "all of a policy": HEAD + "policy: {retire_after: 14d, max_deletes: 3, "
    "max_changes: {percent: 30, at_least: 10}}",
    "prices": HEAD + "prices: {currency: CNY, domestic: 0.045, marketing: '0.05'}",
}


@pytest.mark.parametrize("text", WRONG_PROJECTS.values(), ids=WRONG_PROJECTS)
def test_a_wrong_project_file_is_marked(text: str, tmp_path: Path) -> None:
    """As the loader does, and for the same files."""
    assert projects.config_problems(tmp_path, text)
    assert not accepted(FAKE_PROJECT, text)


@pytest.mark.parametrize("text", RIGHT_PROJECTS.values(), ids=RIGHT_PROJECTS)
def test_a_right_project_file_is_taken(text: str, tmp_path: Path) -> None:
    """As the loader takes it."""
    assert projects.config_problems(tmp_path, text) == []
    assert accepted(FAKE_PROJECT, text)


# --- no drift: the loader says itself which keys it knows ---------------------------

ODD = "qqqqqqqqqqqqqqqqqqqqqqqq"  # near to nothing, so that every known key is named
T, P = f"templates: {{a: {{{BODY}, ", "providers: {a: {type: fake, "
DEFINITION_PLACES = {
    "": f"{{{ODD}: 1}}",
    "signatures/*": f"signatures: {{a: {{{ODD}: 1}}}}",
    "signatures/*/fake": f"signatures: {{a: {{fake: {{{ODD}: 1}}}}}}",
    "templates/*": f"{T}{ODD}: 1}}}}",
    "templates/*/fake": f"{T}fake: {{{ODD}: 1}}}}}}",
    "templates/*/params/*": f"{T}params: {{n: {{sample: 1, {ODD}: 1}}}}}}}}",
}
PROJECT_PLACES = {
    "": f"{HEAD}{ODD}: 1",
    "policy": f"{HEAD}policy: {{{ODD}: 1}}",
    "policy/max_changes": f"{HEAD}policy: {{max_changes: {{{ODD}: 1}}}}",
    "lint": f"{HEAD}lint: {{{ODD}: 1}}",
    "prices": f"{HEAD}prices: {{{ODD}: 1}}",
    "providers/*": f"{HEAD}{P}{ODD}: 1}}}}",
    "providers/*/account": f"{HEAD}{P}account: {{{ODD}: 1}}}}}}",
}


def known_keys(hint: str) -> set[str]:
    """The keys that a hint about an unknown one names."""
    return set(re.findall(r"[a-z][a-z0-9_]+", hint.partition(":")[2]))


def described_keys(schema: Mapping[str, Any], path: str) -> set[str]:
    """The keys the schema knows at *path*; of a provider, those of type ``fake``."""
    for part in filter(None, path.split("/")):
        inner = schema["additionalProperties"] if part == "*" else None
        schema = schema["properties"][part] if inner is None else inner
        if "allOf" in schema:
            schema = schema["allOf"][0]["then"]
    return set(schema["properties"])


@pytest.mark.parametrize("path", DEFINITION_PLACES)
def test_definitions_have_the_keys_the_loader_knows(path: str, tmp_path: Path) -> None:
    """Not one more, not one less."""
    problems = projects.read(tmp_path, DEFINITION_PLACES[path]).problems
    [hint] = [problem.hint for problem in problems if problem.rule == "SF112"]
    assert known_keys(hint) == described_keys(FAKE.schema, path)


@pytest.mark.parametrize("path", PROJECT_PLACES)
def test_a_project_has_the_keys_the_loader_knows(path: str, tmp_path: Path) -> None:
    """Not one more, not one less."""
    problems = projects.config_problems(tmp_path, PROJECT_PLACES[path])
    [hint] = [problem.hint for problem in problems if problem.rule == "SF112"]
    assert known_keys(hint) == described_keys(FAKE_PROJECT.schema, path)


def test_words_of_fixed_lists_are_all_offered() -> None:
    """The types of template and the kinds of parameter, in their order."""
    template = FAKE.schema["properties"]["templates"]["additionalProperties"]
    kinds = template["properties"]["params"]["additionalProperties"]["properties"]
    assert template["properties"]["type"]["enum"] == list(TemplateType)
    assert kinds["kind"]["enum"] == list(PARAMETER_KINDS)


def test_every_key_of_a_built_in_service_is_explained() -> None:
    """A card that forgets one of its keys would leave editors with its bare name."""
    for spec in built_in().values():
        for keys in (*spec.keys.values(), spec.options):
            assert all(each.meaning for each in keys.values())
        assert spec.settings()


OFFERED = [
    (type, key.name, word)
    for type, spec in specs().items()
    for key in spec.keys[Kind.SIGNATURE].values()
    for word in key.words
]


def test_an_offered_word_is_taken_however_yaml_reads_it() -> None:
    """A number and a switch are words, too, and need no quotes."""
    assert {word for _, _, word in OFFERED} >= {"company", "0", "true"}
    for type, key, word in OFFERED:
        for written in (word, f'"{word}"'):
            text = f"signatures: {{a: {{name: 示例, {type}: {{{key}: {written}}}}}}}"
            assert accepted(REAL, text), text
