"""Previews as one HTML page without further files.

Everything is in the file that the browser gets, and readable without its script, which
only searches, filters, moves the focus, and changes language and colours. A Content
Security Policy names the style and the scripts of smsform by their hashes: should text
from outside ever become a tag, the browser would not run it.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files
from itertools import chain
from typing import TYPE_CHECKING

from markupsafe import Markup

from smsform.errors import DefinitionError, Level, Problem, SmsformError
from smsform.model import Kind
from smsform.preview import Preview
from smsform.report.moments import moment
from smsform.report.page import cards, marks, rulers, wording
from smsform.report.problems import once
from smsform.report.terminal import safe
from smsform.version import __version__
from smsform.words import say, spoken

if TYPE_CHECKING:
    import jinja2

    from smsform.plan.written import WrittenChange, WrittenPlan

FOLDED = 5  # with more problems of no template, they are folded
LONG = 100  # with more templates, the top is painted before them


def as_html(
    previews: Iterable[Preview],
    problems: Mapping[str, Sequence[Problem]],
    *,
    title: str,
    plan: WrittenPlan | None = None,
    live: str = "",
    version: str = "",
) -> str:
    """The page; *problems* by template key, under other keys what belongs to no
    template.

    With a *plan* its changes come first, then what else a person should look at. *live*
    is a path that answers with a short text. The page asks it again and again and
    reloads as soon as the answer differs from *version*; position, search and filters
    stay. Without a *version* the first answer is taken for it.
    """
    problems = {key: once(found) for key, found in problems.items()}
    lines: dict[str, list[WrittenChange]] = {}
    for line in plan.lines if plan else ():
        key = line.address.key if line.address.kind is Kind.TEMPLATE else ""
        lines.setdefault(key, []).append(line)
    shown = [
        cards.Card(
            each,
            problems.get(each.template.key, ()),
            lines.pop(each.template.key, ()),
        )
        for each in previews
    ]
    shown.sort(key=lambda card: card.rank)
    beyond = list(chain(*lines.values()))
    own = {card.shown.template.key for card in shown}
    elsewhere = {key: found for key, found in problems.items() if key not in own}
    signatures = {card.shown.template.signature or "": card.sender for card in shown}
    return _page(
        "page.html",
        live,
        version,
        rulers.rules(chain(*(card.messages for card in shown))),
        title=title,
        cards=_drawn(shown, len(signatures) > 1),
        elsewhere=list(chain(*elsewhere.values())),
        counted=cards.count(list(chain(*problems.values()))),
        broken=len(
            {
                problem.address
                for key, found in elsewhere.items()
                for problem in found
                if key and problem.level is Level.ERROR
            }
        ),
        wrong=any(
            problem.level is Level.ERROR for problem in chain(*elsewhere.values())
        ),
        several=sum(card.segments > 1 for card in shown),
        plan=plan,
        planned=cards.planned(plan.lines) if plan else {},
        first=[line for line in beyond if not cards.is_settled(line)],
        last=[line for line in beyond if cards.is_settled(line)],
        types=_each(card.shown.template.type for card in shown),
        signatures=signatures,
        providers=_each(chain(*(card.providers for card in shown))),
        states=sorted(set(chain(*(card.states for card in shown)))),
        flags=_each(chain(*(card.flags for card in shown))),
    )


# What the last page had by key: of what it was drawn, and the card.
_DRAWN: dict[str, tuple[object, Markup]] = {}


def _drawn(shown: Iterable[cards.Card], signed: bool) -> list[Markup]:
    """The cards as HTML; for a page that follows saves only what changed is drawn."""
    draw = vars(_environment().get_template("card.html").module)["card_of"]
    found, drawn = {}, []
    for card in shown:
        key, what = card.shown.template.key, (spoken(), signed, card)
        before = _DRAWN.get(key)
        now = before if before and before[0] == what else (what, draw(card, signed))
        found[key] = now
        drawn.append(now[1])
    _DRAWN.clear()
    _DRAWN.update(found)
    return drawn


def _each(values: Iterable[str]) -> list[str]:
    """Every value once, in order."""
    return list(dict.fromkeys(values))


def as_error_html(
    error: SmsformError, *, title: str, live: str = "", version: str = ""
) -> str:
    """A page with the reason why there is nothing to show; *live* as in ``as_html``."""
    problems = error.problems if isinstance(error, DefinitionError) else ()
    return _page(
        "error.html",
        live,
        version,
        "",
        title=title,
        problems=problems,
        message=error.message(),
        hint=error.hint(),
    )


def _page(template: str, live: str, version: str, rules: str, **values: object) -> str:
    style = _asset("page.css") + Markup(rules)  # ours: numbers alone
    theme, script = _asset("theme.js"), _asset("page.js")
    reload = _asset("live.js") if live else Markup()
    return (
        _environment()
        .get_template(template)
        .render(
            language=wording.CODES[spoken()],
            catalogues=wording.catalogues(),
            style=style,
            theme=theme,
            script=script,
            reload=reload,
            policy=_policy(
                style, [theme, script, reload], "'self'" if live else "'none'"
            ),
            live=live,
            version=version,
            smsform=__version__,
            **values,
        )
    )


def _policy(style: str, scripts: Iterable[str], asked: str) -> str:
    """The policy: what the page may load and run, and which path it may ask."""
    allowed = " ".join(_hash(script) for script in scripts if script)
    return (
        f"default-src 'none'; style-src {_hash(style)}; script-src {allowed}; "
        f"connect-src {asked}; img-src data:; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


@cache
def _asset(name: str) -> Markup:
    """A file beside this module; it is ours, so it is not escaped."""
    return Markup((files(__name__) / name).read_text("utf-8"))


@cache
def _environment() -> jinja2.Environment:
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    environment = Environment(
        loader=FunctionLoader(_asset),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        t=wording.text,
        attr=wording.attribute,
        number=wording.number,
        say=say,
        safe=safe,
        visible=marks.visible,
        bubble=marks.bubble,
        lang=marks.lang,
        native=marks.native,
        compared=marks.compared,
        moment=moment,
        grouped=cards.grouped,
        told=marks.told,
        value=marks.value,
        ruler=rulers.Ruler.of,
        forced=cards.forced,
        labelled=rulers.LABELLED,
        folded=FOLDED,
        long=LONG,
    )
    return environment
