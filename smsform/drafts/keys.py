"""Keys for definitions, from the names of entries; pure.

Words in Latin letters are kept. Of Chinese names the everyday words are translated,
because the standard library cannot transcribe Chinese; where most of a name stays
untranslated, the key is the type and the id.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from unicodedata import normalize

LONGEST = 40
_RESERVED = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
_LATIN = re.compile(r"[A-Z]+(?![a-z])[0-9]*|[A-Z]?[a-z]+[0-9]*|[0-9]+")
_HAN = re.compile("[\u3400-\u9fff]")

# "" marks words that say nothing in the name of a template
GLOSSARY = {
    "验证码": "code", "驗證碼": "code", "校验码": "code", "动态码": "code",
    "动态密码": "code", "验证": "verify", "登录": "login", "登陆": "login",
    "登入": "login", "登錄": "login", "注册": "register", "註冊": "register",
    "密码": "password", "密碼": "password", "修改": "change", "变更": "change",
    "更改": "change", "更换": "change", "重置": "reset", "重設": "reset",
    "找回": "recover", "忘记": "forgotten", "绑定": "bind", "綁定": "bind",
    "解绑": "unbind", "换绑": "rebind", "手机号": "phone", "手机": "phone",
    "手機": "phone", "邮箱": "email", "身份": "identity", "实名": "real_name",
    "认证": "verify", "账号": "account", "帐号": "account", "账户": "account",
    "帐户": "account", "帳戶": "account", "注销": "close", "安全": "security",
    "异常": "anomaly", "异地": "elsewhere", "告警": "alert", "报警": "alarm",
    "预警": "warning", "故障": "fault", "系统": "system", "设备": "device",
    "订单": "order", "訂單": "order", "下单": "order", "支付": "payment",
    "付款": "payment", "收款": "payment_received", "缴费": "payment",
    "待": "pending", "退款": "refund", "退货": "return", "发货": "shipped",
    "發貨": "shipped", "收货": "received", "签收": "delivered", "派送": "delivery",
    "配送": "delivery", "快递": "parcel", "包裹": "parcel", "物流": "shipping",
    "取件": "pickup", "提货": "pickup", "自提": "pickup", "取餐": "meal",
    "核销": "redeem", "兑换": "redeem", "预约": "booking", "预订": "booking",
    "预定": "booking", "排队": "queue", "叫号": "queue_call", "挂号": "appointment",
    "提醒": "reminder", "通知": "notice", "公告": "announcement", "确认": "confirmed",
    "成功": "done", "完成": "done", "失败": "failed", "取消": "cancelled",
    "审核": "review", "审批": "approval", "通过": "passed", "驳回": "refused",
    "拒绝": "refused", "申请": "request", "提交": "submitted", "会员": "member",
    "用户": "user", "客户": "customer", "商家": "merchant", "商户": "merchant",
    "生日": "birthday", "节日": "holiday", "祝福": "wishes", "关怀": "care",
    "活动": "event", "促销": "promotion", "营销": "marketing", "推广": "promotion",
    "优惠券": "coupon", "红包": "gift", "积分": "points", "邀请": "invitation",
    "账单": "bill", "发票": "invoice", "余额": "balance", "充值": "top_up",
    "提现": "withdrawal", "转账": "transfer", "到账": "credited", "扣款": "charged",
    "还款": "repayment", "逾期": "overdue", "到期": "expiry", "过期": "expired",
    "续费": "renewal", "开通": "activated", "升级": "upgrade", "课程": "course",
    "考试": "exam", "成绩": "results", "会议": "meeting", "报名": "signup",
    "签到": "checkin", "停车": "parking", "车辆": "vehicle", "维修": "repair",
    "工单": "ticket", "任务": "task", "客服": "support", "投诉": "complaint",
    "回访": "follow_up", "问卷": "survey", "欢迎": "welcome", "测试": "test",
    "国际": "abroad", "海外": "abroad", "港澳台": "abroad", "英文": "english",
    "中文": "chinese", "繁体": "traditional", "新": "new", "旧": "old",
    "短信": "", "简讯": "", "簡訊": "", "模板": "", "消息": "", "信息": "info",
    "正文": "", "的": "",
}  # fmt: skip
_WORDS = re.compile(
    "|".join(sorted(GLOSSARY, key=lambda word: -len(word)))
    + r"|[A-Za-z0-9]+|(?P<unknown>[\u3400-\u9fff])"
)


def slug(name: str) -> str:
    """A key from *name*, ``login_code`` for ``登录验证码``; "" where there is none."""
    # NFKD: full-width letters become ASCII, accents are split off and dropped
    words, unknown = [], 0
    for found in _WORDS.finditer(_plain(name)):
        if found["unknown"]:
            unknown += 1
        elif found[0] in GLOSSARY:
            words.append(GLOSSARY[found[0]])
        else:
            words += [word.lower() for word in _LATIN.findall(found[0])]
    if 2 * unknown >= len(_HAN.findall(name)) > 0:
        words = [word.lower() for word in _LATIN.findall(_plain(name))]
    key = "_".join(filter(None, words))
    if len(key) > LONGEST:
        key = key[: LONGEST + 1].rpartition("_")[0] or key[:LONGEST]
    return key if key[:1].isalpha() and len(key) > 1 and key not in _RESERVED else ""


def _plain(name: str) -> str:
    return "".join(c for c in normalize("NFKD", name) if c.isascii() or _HAN.match(c))


def unused(wanted: str, taken: Callable[[str], bool], join: str = "_") -> str:
    """*wanted*, or *wanted* with the first number from 2 on that is not *taken*."""
    if not taken(wanted):
        return wanted
    number = 2
    while taken(f"{wanted}{join}{number}"):
        number += 1
    return f"{wanted}{join}{number}"
