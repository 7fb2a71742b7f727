"""Pages for tests: of one template that looks like an attack, and of a thousand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from smsform import segments
from smsform.errors import Level, Position, Problem
from smsform.model import (
    Address,
    Kind,
    Parameter,
    Review,
    Signature,
    Template,
    TemplateType,
    Value,
)
from smsform.plan import Action, Reason
from smsform.plan.written import WrittenChange, WrittenPlan
from smsform.preview import Message, Native, Piece, Preview
from smsform.report.page import as_html

HOSTILE = "</script><img src=x onerror=alert(1)> | ```\x1b[31m"
HERE = Position("templates.yaml", 3, 5)
THOUSAND = 1000


def a_line(
    key: str,
    action: Action,
    reason: Reason,
    review: Review | None = None,
    note: str = "",
    before: Mapping[str, Value] | None = None,
    after: Mapping[str, Value] | None = None,
) -> WrittenChange:
    """A plan's line about a template."""
    address = Address("cloud", Kind.TEMPLATE, key)
    return WrittenChange(
        address, action, reason, "17", before or {}, after or {}, review, note
    )


def a_message(case: str, *pieces: str | Piece, international: bool = False) -> Message:
    """A message from its pieces."""
    parts = tuple(Piece(each) if isinstance(each, str) else each for each in pieces)
    text = "".join(part.text for part in parts)
    length = segments.count(text, international)
    each = segments.CAPACITY[length.encoding].each
    cuts = tuple(range(each, len(text), each)) if length.segments > 1 else ()
    return Message(case, ("cloud",), parts, length, cuts)


def hostile(text: str = HOSTILE, key: str = "login") -> Preview:
    """A template in which every text that people write is *text*."""
    template = Template(
        key,
        text,
        TemplateType.NOTIFICATION,
        (text,),
        text,
        HERE,
        HERE,
        signature="shop",
        remark=text,
        params=(Parameter("code", text, HERE, description=text),),
    )
    return Preview(
        template,
        Signature("shop", text, HERE),
        (Native("made_up", ("cloud",), text, ("code",)),),
        (a_message(text, f"【{text}】", Piece(text, "code"), text),),
    )


def a_page(
    *shown: Preview,
    plan: Sequence[WrittenChange] | None = None,
    problems: Mapping[str, Sequence[Problem]] | None = None,
    live: str = "",
) -> str:
    """The page of these templates, each with a problem that repeats its name."""
    if problems is None:
        problems = {
            each.template.key: [
                Problem(
                    "SF201", Level.ERROR, HERE, each.template.name, each.template.name
                )
            ]
            for each in shown
        }
    read = None if plan is None else WrittenPlan(tuple(plan))
    return as_html(shown, problems, title="shop", plan=read, live=live)


def thousand() -> str:
    """A page of long templates, two cases each, with problems and a plan."""
    return a_page(
        *map(_numbered, range(THOUSAND)),
        plan=[
            a_line(
                f"order_{n}",
                Action.SUPERSEDE,
                Reason.EDITED,
                Review.APPROVED,
                before={"Text": f"您的订单{{1}}已发出，预计{n}日内送达。"},
                after={"Text": f"您的订单{{1}}已寄出，预计{n}日内送达。"},
            )
            if n % 3 == 0
            else a_line(f"order_{n}", Action.NONE, Reason.SETTLED, Review.APPROVED)
            for n in range(THOUSAND)
        ],
    )


def _numbered(number: int) -> Preview:
    template = Template(
        f"order_{number}",
        f"订单发货通知{number}",
        TemplateType.NOTIFICATION,
        (),
        "",
        HERE,
        HERE,
        signature="shop",
        remark="订单发货后发送。变量一为订单号，变量二为快递公司，例如：您的订单已由顺丰速运发出。",
        params=tuple(
            Parameter(name, "x", HERE, description="订单号后四位")
            for name in ("order", "courier", "tracking")
        ),
    )
    middle = (
        "发出，请保持电话畅通。如有疑问请致电客服热线，感谢您的支持与理解，祝您生活愉快"
    )
    return Preview(
        template,
        Signature("shop", "示例商城", HERE),
        tuple(
            Native(name, (name,), f"您的订单{one}已由{two}{middle}{number}。", ())
            for name, one, two in (
                ("cloud", "{1}", "{2}"),
                ("other", "${order}", "${courier}"),
            )
        ),
        tuple(
            a_message(
                case,
                "【示例商城】您的订单",
                Piece(order, "order"),
                "已由",
                Piece("中国邮政快递物流", "courier"),
                f"{middle}{number}。",
            )
            for case, order in (("sample", "A10018"), ("longest", "A1000018"))
        ),
    )
