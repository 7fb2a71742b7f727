"""Names, kinds and samples for variables, guessed from the words beside them; pure.

Samples of kinds that are guessed are six characters at most: some accounts allow no
more.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from smsform.documents.placeholder import is_name
from smsform.drafts.keys import unused
from smsform.errors import Position
from smsform.model import Parameter, Placeholder, TemplateType, Text

NOWHERE = Position("", 0, 0)
_HAN = re.compile("[\u3400-\u9fff]")
REACH = 24  # characters on either side that are looked at


class Guess(NamedTuple):
    """What a variable is called, its kind, and a value in Chinese and in English."""

    name: str
    kind: str
    sample: str
    english: str = ""


CODE = Guess("code", "code", "183029")
NAME = Guess("name", "name", "李女士", "Ms. Li")
PICKUP_CODE = Guess("pickup_code", "pickup_code", "3-1024")
PHONE = Guess("phone", "phone", "400123")
PLACE = Guess("place", "address", "东门驿站", "Gate 2")
TEXT = ("示例", "sample")
# Values of a kind that a service tells where the words beside the variable do not.
_OF_KIND = {
    "code": CODE.sample, "number": "2", "time": "14:30", "money": "88.00",
    "name": NAME.sample, "nickname": "小满", "organisation": "示例商城",
    "address": PLACE.sample, "plate": "京A1024", "tracking_number": "SF102400",
    "pickup_code": PICKUP_CODE.sample, "phone": "4001234", "email": "ab@b.cn",
    "link_suffix": "a1b2c3",
}  # fmt: skip

# Units: what stands right behind decides, whatever stands before.
_UNITS = (
    (r"分钟|分鐘|min(?:ute)?s?\b", Guess("minutes", "number", "5")),
    (r"个?小时|個?小時|hours?\b|hrs?\b", Guess("hours", "number", "24")),
    (r"秒|seconds?\b", Guess("seconds", "number", "60")),
    (r"个?工作日|天|日内|日內|days?\b", Guess("days", "number", "3")),
    (r"元|万元|￥|yuan\b|RMB|CNY|USD|HKD", Guess("amount", "money", "88.00")),
    (r"[%％]", Guess("percent", "number", "20")),
    (r"积分|points?\b", Guess("points", "number", "100")),
    (r"年", Guess("year", "number", "2026")),
    (r"月", Guess("month", "number", "11")),
    (r"日|号(?![楼店])", Guess("day", "number", "21")),
    (r"[点时](?![前后候])", Guess("hour", "number", "9")),
    (
        r"[人位名件张次笔个份条台辆间只盒箱](?![的称])",
        Guess("count", "number", "2"),
    ),
)
# Words right before, separators aside; the first that fits is taken.
_BEFORE = (
    (r"取[件货餐票]码|提[货取]码|自提码|核销码|兑换码|取票密码|\bpick-?up code",
     PICKUP_CODE),
    (r"验证码|驗證碼|校验码|动态码|动态密码|激活码|注册码|\bcode|\bOTP|\bPIN", CODE),
    (r"运单号?|快递单号?|物流单号?|\btracking (?:number|no\.?)",
     Guess("tracking_number", "tracking_number", "SF1024")),
    (r"订单(?:编?号|编码)?|訂單(?:編號|號)?|单号|\border(?: number| no\.?)?",
     Guess("order", "text", "A10018")),
    (r"尾号(?:为)?|\bending (?:in|with)", Guess("last_digits", "number", "1024")),
    (r"排队号(?:码)?|号码牌", Guess("queue_number", "text", "A12")),
    (r"余额|餘額|\bbalance", Guess("balance", "money", "88.00")),
    (r"手续费|服务费|\bfee", Guess("fee", "money", "1.00")),
    (r"金额|金額|共计|合计|总计|总价|价格|费用|到账|返现|\bamount|\btotal|[¥￥$]",
     Guess("amount", "money", "88.00")),
    (r"电话|手机号?码?|热线|联系方式|致电|拨打|\bphone(?: number)?|\bcall", PHONE),
    (r"日期|\bdate", Guess("date", "time", "11月21日", "Nov 21")),
    (r"开始时间", Guess("start", "time", "14:30")),
    (r"结束时间|截止时间", Guess("end", "time", "18:00")),
    (r"时间|時間|\btime", Guess("time", "time", "14:30")),
    (r"车牌号?码?", Guess("plate", "plate", "京A1024")),
    (r"昵称|\bnickname", Guess("nickname", "nickname", "小满", "Sunny")),
    (r"尊敬的(?:用户|会员|客户|顾客)?|亲爱的(?:用户|会员|客户)?|姓名|联系人|[收发]货人"
     r"|[收寄]件人|申请人|创建人|用户|用戶|会员|客户|顾客|骑手|骑士|司机|师傅|\b(?:dear|hi|hello)",
     NAME),
    (r"地址|地点|地點|地方|位置|前往|送达|送達|已到达?|\b(?:address|at)",
     PLACE),
    (r"密码|密碼|\bpassword", Guess("password", "text", "a1b2c3")),
    (r"[账帐]号|[账帐]户|用户名|帳戶|\baccount", Guess("account", "text", "user01")),
    (r"原因|由于|\breason", Guess("reason", "text", "资料不全", "expiry")),
    (r"网址|链接|鏈接|点击|访问|\blink", Guess("link", "link_suffix", "a1b2c3")),
    (r"状态|\bstatus", Guess("status", "text", "已完成", "ready")),
    (r"标题|主题|\btitle", Guess("title", "text", "新品上架", "News")),
    (r"摘要|内容|\bsummary", Guess("summary", "text", "更换屏幕", "repair")),
    (r"商品|产品|購買的|购买的?|\bproduct",
     Guess("product", "text", "龙井绿茶", "tea")),
    (r"快递公司|物流公司|\bcourier",
     Guess("courier", "organisation", "示例快递", "DHL")),
    (r"公司|企业|单位|\bcompany", Guess("company", "organisation", "示例商城", "Shop")),
    (r"邮箱|\be-?mail", Guess("email", "email", "a@b.cn")),
    (r"人数|数量|次数", Guess("count", "number", "2")),
    (r"编号|工号|编码|\b(?:number|no\.?)", Guess("number", "text", "1024")),
    (r"课程", Guess("course", "text", "初级英语")),
    (r"活动|报名", Guess("event", "text", "春季开放日")),
    (r"会议", Guess("meeting", "text", "周例会")),
    (r"房间|房号", Guess("room", "text", "1203")),
    (r"方式", Guess("method", "text", "原路退回", "card")),
    (r"于|將於|\bfrom", Guess("time", "time", "14:30")),
    (r"\bcode\b[^.,;]{1,20}", CODE),
)  # fmt: skip
# Words right behind, where nothing before them tells.
_AFTER = (
    (r"[是为為]?(?:您|你)?的?.{0,8}?(?:验证码|驗證碼|校验码|动态码)", CODE),
    (r"is your .{0,30}code", CODE),
    (r"[,，]?(?:您好|你好)|先生|女士|小姐|老师|同学|用户|会员", NAME),
    (r"元|万元", Guess("amount", "money", "88.00")),
    (r"订单|order\b", Guess("order", "text", "A10018")),
)
_SEPARATORS = re.compile(r"(?:[\s:：\"“'‘「『\[(（=#]|是|为|為|\b(?:is|are)\b)+\Z")


def _compiled(
    rows: Iterable[tuple[str, Guess]], form: str
) -> Sequence[tuple[re.Pattern[str], Guess]]:
    return [(re.compile(form.format(words), re.I), guess) for words, guess in rows]


_UNIT_ROWS = _compiled(_UNITS, r"\A\s*(?:{})")
_BEFORE_ROWS = _compiled(_BEFORE, r"(?:{})\Z")
_AFTER_ROWS = _compiled(_AFTER, r"\A\s*(?:{})")


def guess(before: str, after: str) -> Guess | None:
    """What the variable between *before* and *after* holds; None when nothing tells."""
    before, after = _SEPARATORS.sub("", before[-REACH:]), after[:REACH]
    unit, word = _first(_UNIT_ROWS, after), _first(_BEFORE_ROWS, before)
    if unit and word and unit.kind == word.kind:
        return word  # 余额{1}元: both fit, the word before it says more
    return unit or word or _first(_AFTER_ROWS, after)


def _first(rows: Iterable[tuple[re.Pattern[str], Guess]], text: str) -> Guess | None:
    return next((found for pattern, found in rows if pattern.search(text)), None)


def parameters(
    text: Text,
    order: Sequence[str],
    type: TemplateType,
    taken: Collection[str],
    native_type: str,
    kinds: Mapping[str, str] = MappingProxyType({}),
) -> Mapping[str, Parameter]:
    """The parameters of *text*, by the service's names for them, in their *order*.

    *kinds* are those the service tells. *taken* are names of constants. A variable
    without a known name is ``p1``, ``p2``, …; every parameter records what the provider
    type *native_type* calls it.
    """
    english = not any(isinstance(part, str) and _HAN.search(part) for part in text)
    guesses = _guesses(text)
    codes = [name for name, found in guesses.items() if found is CODE]
    unknown = [name for name in order if name not in guesses]
    if type is TemplateType.VERIFICATION and not codes and (unknown or order):
        guesses[(unknown or [*order])[0]] = CODE
    found: dict[str, Parameter] = {}
    names = set(taken)
    for native in order:
        what = guesses.get(native)
        if is_name(native):
            name = native
        else:
            digits = native.isascii() and native.isdigit()
            name = what.name if what else f"p{native}" if digits else "p1"
        name = unused(name, names.__contains__)
        names.add(name)
        kind = kinds.get(native) or (what.kind if what else "text")
        sample, abroad = (what.sample, what.english) if what else TEXT
        if kind != (what.kind if what else "text") and kind in _OF_KIND:
            sample, abroad = _OF_KIND[kind], ""
        found[native] = Parameter(
            name,
            (abroad if english else "") or sample,
            NOWHERE,
            kind,
            native=MappingProxyType({native_type: native}),
        )
    return MappingProxyType(found)


def _guesses(text: Text) -> dict[str, Guess]:
    """Variable -> the guess for it, from the first place in the text that tells."""
    found: dict[str, Guess] = {}
    for index, part in enumerate(text):
        if isinstance(part, Placeholder) and part.name not in found:
            before = text[index - 1] if index else ""
            after = text[index + 1] if index + 1 < len(text) else ""
            what = guess(
                before if isinstance(before, str) else "",
                after if isinstance(after, str) else "",
            )
            if what is not None:
                found[part.name] = what
    return found
