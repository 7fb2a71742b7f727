"""The SF1xx rules as data: what ``smsform rules`` lists and explains.

They have no check of their own: files are judged while they are read. ``failing`` and
``passing`` are whole files, smsform.yaml where they begin with ``smsform:``.
"""

from __future__ import annotations

from collections.abc import Sequence

from smsform.errors import Level
from smsform.rule import Finding, Rule

READ = "2026-11-21"


def _checked_while_reading(facts: object) -> Sequence[Finding]:
    return ()


def _rule(
    id: str, title: str, failing: str, passing: str, level: Level = Level.ERROR
) -> Rule:
    return Rule(
        id,
        level,
        title,
        "smsform",
        READ,
        _checked_while_reading,
        failing=failing,
        passing=passing,
    )


def _template(rest: str, more: str = "") -> str:
    return f"{more}templates: {{a: {{type: notification, {rest}}}}}"


_ONE = 'content: "取件码{{ n }}。", params: {n: {sample: "7"}}'
_SHOP = "signatures: {shop: {name: 示例商城}}\n"
_SMSFORM = "smsform: 1\n"

RULES: tuple[Rule, ...] = (
    _rule(
        "SF101", "Files can be read and are UTF-8",
        "\ufeffsignatures: {shop: {name: saved as UTF-16}}", _SHOP,
    ),
    _rule(
        "SF102", "No control characters and no line breaks unknown to editors",
        "signatures: {shop: {name: 示例\u2028商城}}", _SHOP,
    ),
    _rule(
        "SF103", "Files are YAML",
        "templates:\n  a:\n    content: {1}为您的登录验证码",
        _template('content: "{{ n }}是取件码", params: {n: {sample: "7"}}'),
    ),
    _rule(
        "SF104", "One document a file, of YAML 1.1 or 1.2",
        "signatures: {}\n---\ntemplates: {}", "---\nsignatures: {}",
    ),
    _rule(
        "SF105", "Nothing is nested deeper than fifty levels",
        "signatures: " + "[" * 60 + "]" * 60, _SHOP,
    ),
    _rule(
        "SF106", "Aliases neither contain themselves nor explode",
        "signatures: &a {shop: *a}",
        "x-name: &a 示例商城\nsignatures: {shop: {name: *a}}",
    ),
    _rule(
        "SF107", "No YAML tags", "signatures: {shop: {name: !!binary aGk=}}",
        "signatures: {shop: {name: !!str 0123}}",
    ),
    _rule("SF108", "Keys are texts", "signatures: {[a, b]: {}}", _SHOP),
    _rule(
        "SF109", "No key stands twice",
        'signatures: {shop: {name: 甲}, "shop": {name: 乙}}',
        "x: &x {remark: 甲}\nsignatures: {shop: {<<: *x, remark: 乙}}"
        .replace("x:", "x-base:"),
    ),
    _rule(
        "SF110", "Only mappings are merged", "signatures: {shop: {<<: 1}}",
        "x-base: &base {remark: 甲}\nsignatures: {shop: {<<: *base}}",
    ),
    _rule(
        "SF111", "Escapes are whole characters",
        'signatures: {shop: {name: "\\ud83d"}}',
        'signatures: {shop: {name: "\\U0001f600"}}',
    ),
    _rule("SF112", "No unknown keys", "signatures: {shop: {nmae: 甲}}", _SHOP),
    _rule(
        "SF113", "Values are of the right kind and not empty",
        "signatures: {shop: {name: [甲]}}", _SHOP,
    ),
    _rule(
        "SF114", "Switches are true or false",
        "signatures: {shop: {international: yes}}",
        "signatures: {shop: {international: true}}",
    ),
    _rule(
        "SF115", "Numbers are whole and in range",
        _template('content: "{{ n }}号", params: {n: {sample: "7", max_length: 0x1F}}'),
        _template('content: "{{ n }}号", params: {n: {sample: "7", max_length: 31}}'),
    ),
    _rule(
        "SF116", "Words of a fixed list are spelled right",
        "templates: {a: {type: notify, content: 您好}}", _template("content: 您好"),
    ),
    _rule(
        "SF117", "Keys fit into an address", "signatures: {my.shop: {name: 甲}}",
        "signatures: {my-shop: {name: 甲}}",
    ),
    _rule(
        "SF118", "What is needed is there", "templates: {a: {content: 您好}}",
        _template("content: 您好"),
    ),
    _rule(
        "SF119", "Parameters and constants have names that a text can hold",
        _template('content: "{{ not }}", params: {not: {sample: "7"}}'),
        _template(_ONE),
    ),
    _rule(
        "SF120", "No native placeholders in content",
        _template('content: "取件码{1}。", params: {n: {sample: "7"}}'),
        _template(_ONE),
    ),
    _rule(
        "SF121", "Of Jinja2 only names",
        _template('content: "取件码{{ n|upper }}。", params: {n: {sample: "7"}}'),
        _template(_ONE),
    ),
    _rule(
        "SF122", "Braces belong to variables",
        _template('content: "取件码{{ n。", params: {n: {sample: "7"}}'),
        _template(_ONE),
    ),
    _rule(
        "SF123", "Every name in a text is a parameter or a constant",
        _template('content: "取件码{{ n }}。"'), _template(_ONE),
    ),
    _rule(
        "SF124", "Every parameter is in the text",
        _template('content: 您好, params: {n: {sample: "7"}}'), _template(_ONE),
    ),
    _rule(
        "SF125", "No parameter has the name of a constant",
        _template('content: "{{ brand }}。", params: {brand: {sample: 甲}}'),
        _template('content: "{{ brand }}您好"'),
    ),
    _rule(
        "SF126", "Constants are plain text", _SMSFORM + 'vars: {brand: "{{ name }}"}',
        _SMSFORM + "vars: {brand: 示例商城}",
    ),
    _rule(
        "SF127", "Sample cases are of the template's own parameters",
        _template(f"{_ONE}, samples: {{long: {{m: 88}}}}"),
        _template(f"{_ONE}, samples: {{long: {{n: 88}}}}"),
    ),
    _rule(
        "SF128", "No line break of the file became a space in a Chinese text",
        "templates:\n  a:\n    type: notification\n    content: 您的包裹\n      已到",
        "templates:\n  a:\n    type: notification\n    content: 您的包裹已到",
        Level.WARNING,
    ),
    _rule(
        "SF129", "Every parameter has a sample",
        _template('content: "{{ n }}号", params: {n: {kind: number}}'), _template(_ONE),
    ),
    _rule(
        "SF130", "Definitions go to providers that exist",
        "signatures: {shop: {name: 甲, providers: [nobody]}}", _SHOP,
    ),
    _rule(
        "SF131", "Templates name a defined signature",
        _template(f"{_ONE}, signature: shop"),
        _template(f"{_ONE}, signature: shop", _SHOP),
    ),
    _rule(
        "SF132", "Template and signature are of one market",
        _template(f"{_ONE}, signature: shop, international: true", _SHOP),
        _template(f"{_ONE}, signature: shop", _SHOP),
    ),
    _rule(
        "SF133", "A signature goes wherever its templates go",
        _template(
            f"{_ONE}, signature: shop",
            "signatures: {shop: {name: 甲, providers: [first]}}\n",
        ),
        _template(
            f"{_ONE}, signature: shop, providers: [first]",
            "signatures: {shop: {name: 甲, providers: [first]}}\n",
        ),
    ),
    _rule(
        "SF134", "A provider has one definition of a kind, name and market",
        "signatures: {shop: {name: 甲}, mall: {name: 甲}}",
        "signatures: {shop: {name: 甲}, mall: {name: 甲, international: true}}",
    ),
    _rule(
        "SF135", "A key is defined in one file", _SHOP, _SHOP.replace("shop", "mall"),
    ),
    _rule(
        "SF136", "A native place needs a native text",
        _template('content: "{{ n }}号", params: {n: {sample: "7", fake: "3"}}'),
        _template(
            'fake: {native: "{3}号"}, params: {n: {sample: "7", fake: "3"}}, '
            'content: "{{ n }}号"'
        ),
    ),
    _rule(
        "SF137", "Every pattern of `definitions` finds a file",
        _SMSFORM + "definitions: [nothing.yaml]", _SMSFORM, Level.WARNING,
    ),
    _rule(
        "SF138", "Paths stay in the project, or in the evidence folder",
        _SMSFORM + "definitions: [../other.yaml]", _SMSFORM + "state: here.json",
    ),
    _rule(
        "SF139", "No value is longer than a message could be, no key than 100 signs",
        f"signatures: {{{'shop' * 26}: {{name: 甲}}}}", _SHOP,
    ),
    _rule("SF140", "The format version is known", "smsform: 2", "smsform: 1"),
    _rule(
        "SF141", "Durations have a unit", _SMSFORM + "policy: {retire_after: 14}",
        _SMSFORM + "policy: {retire_after: 14d}",
    ),
    _rule(
        "SF142", "With two providers of one type each names its credentials",
        _SMSFORM + "providers: {one: {type: fake}, two: {type: fake, profile: two}}",
        _SMSFORM + "providers: {one: {type: fake, credentials_env: ONE}, "
        "two: {type: fake, endpoint: emulator}}",
    ),
    _rule(
        "SF143", "Endpoints are hosts, and plain http stays on this machine",
        _SMSFORM + "providers: {one: {type: fake, endpoint: http://example.com}}",
        _SMSFORM + "providers: {one: {type: fake, endpoint: http://127.0.0.1:8000}}",
    ),
    _rule(
        "SF144", "Names of credentials, regions and languages are plain names",
        _SMSFORM + "providers: {one: {type: fake, profile: ../other}}",
        _SMSFORM + "providers: {one: {type: fake, profile: shop}}",
    ),
    _rule(
        "SF145", "Prices are decimal numbers, in a currency of three letters",
        _SMSFORM + "prices: {domestic: 4.5分}",
        _SMSFORM + "prices: {currency: CNY, domestic: 0.045}",
    ),
    _rule(
        "SF146", "Texts are whole: no comment and no anchor takes a part of them",
        "signatures: {shop: {name: 示例商城, remark: &vip 会员专享}}",
        'signatures: {shop: {name: 示例商城, remark: "&vip 会员专享"}}',
    ),
    _rule(
        "SF147", "Quotes around a text are straight ones",
        "signatures: {shop: {name: 示例商城, remark: “会员专享”}}",
        'signatures: {shop: {name: 示例商城, remark: "会员专享"}}', Level.WARNING,
    ),
    _rule(
        "SF148", "Switches of an emulator have a value it knows",
        _SMSFORM + "providers: {one: {type: fake, endpoint: emulator, "
        "emulator: {push: ../reports}}}",
        _SMSFORM + "providers: {one: {type: fake, endpoint: emulator, "
        "emulator: {push: reports}}}",
    ),
    _rule(
        "SF150", "A `moved` block leads from a key that is gone to one that is defined",
        _template("content: 您好", "moved: [{from: b, to: c}]\n"),
        _template("content: 您好", "moved: [{from: b, to: a}]\n"),
    ),
    _rule(
        "SF151", "An `adopt` block gives an id to a defined address, each id once",
        _template("content: 您好", "adopt: [{address: first/template.b, id: 1}]\n"),
        _template("content: 您好", "adopt: [{address: first/template.a, id: 1}]\n"),
    ),
    _rule(
        "SF160", "Every entry of `code` says language, provider and a path of its own",
        _SMSFORM + "providers: {one: {type: fake}}\n"
        "code: [{language: python, provider: one}]",
        _SMSFORM + "providers: {one: {type: fake}}\n"
        "code: [{language: python, provider: one, path: sms.py}]",
    ),
    _rule(
        "SF161", "Every entry of `notify` names the variable that has the address",
        _SMSFORM + "notify: [{to: https://hooks.example.com/secret}]",
        _SMSFORM + "notify: [{to: env:SMSFORM_NOTIFY_OPS}]",
    ),
)  # fmt: skip
