"""Words for themes that Tencent Cloud does not send, by theme.

The themes are those of the template standard (document 382/39023, 2025-06-17, read
2026-11-21); the words are our choice, made so that everyday words such as 保险箱 or
酒店 pass. A reviewer decides: these rules only warn.

Every alternative starts with a plain character, so that a text without any of these is
passed over at the speed of a character search.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from smsform.pattern import pattern

REFUSED = {
    "finance": "贷款|借款|放贷|网贷|信贷|借贷|理财|征信|催款|催缴|催收|股票|荐股|炒股|"
    "期货|配资|投资|证券|提额|信用卡办理|保险(?![箱柜丝杠库起套])|虚拟货币|比特币",
    "gambling and lotteries": "彩票|赌博|博彩|六合彩|中奖|抽奖|大转盘|一元夺宝|"
    "一元秒杀",
    "rebates and fake orders": "返利|返现|返佣|刷单|空包|好评返|邀请好评|刷好评",
    "recruiting": "面试|招聘|招募|招商|招标|加盟|兼职|移民",
    "medicine and beauty": "医疗(?!保障|器械)|整形|美容|医美|丰胸|减肥|植发",
    "nightlife": "会所|酒吧|足浴|夜总会|桑拿",
    "vice and threats": "毒品|色情|成人用品|情趣|暴力|恐吓|约炮",
    "politics, religion and superstition": "党政|宗教|迷信|算命|占卜|风水|殡葬|墓地",
    "legal claims and collections": "法律维权|维权|律师函|众筹|慈善|捐款|募捐",
    "data and message trade": "贩卖个人信息|短信通道|短信群发|群发短信",
    "moving people to chats": "加(?:我|你|您|一下|个)?的?(?:微信|QQ|qq|群|[Vv]信)|"
    "微信群|QQ群|qq群|进群|入群|扫码添加",
    "live streams and dating": "直播|相亲|交友|征婚",
    "games": "游戏",
    "fairs and advertising": "会展|展会|网站推广|网络推广",
    "renovation": "装修",
    "agencies": "代开发票|发票代开|代办|代理记账|财税|注册公司|公司注册|商标注册|软著|"
    "版权登记|专利申请|刻章|印章|年检",
    "promoting accounts and apps": "关注[^，。；！]{0,8}(?:公众号|服务号|小程序)|"
    "搜索[^，。；！]{0,8}(?:公众号|服务号|小程序)|下载[^，。；！]{0,4}(?:APP|App|app)",
    "coupons and cards": "优惠券|代金券|购物卡|礼品卡",
    "counterfeits": "A货|高仿|原单",
    "alcohol": "酒类|白酒|名酒|茅台|红酒",
    "recruiting customers": "拉新|召回|邀请好友|线索|邀请您?到店|邀您到店",
    "points": "积分(?:领取|兑换|换购)|兑换积分|领取积分",
    "surveys": "问卷|满意度调查",
    "feasts": "婚宴|寿宴|婚庆",
    "furs": "皮草",
    "exam help": "助考|代考|包过|替考",
}
REFUSED_ABROAD = {
    "finance": "loan|payday|forex|stock tip|bitcoin|crypto",
    "gambling and lotteries": "casino|gambl|lotter|betting|jackpot",
    "vice": "porn|escort|drugs",
}
# Businesses whose verification codes pass, and nothing else.
CODES_ONLY = {
    "real estate": "楼盘|房地产|购房|买房|看房|售楼|新房|二手房|开盘",
    "education": "招生|培训班|辅导班|补习|考研|学历提升|试听课|教育培训",
}
ADVERTISING = (
    "优惠|促销|打折|折扣|折(?<=[0-9０-９一二三四五六七八九]折)|特价|抢购|满减|"
    "满[0-9]+[减送]|秒杀|大促|特惠|钜惠|热卖|爆款|免费领|领取(?:礼|大礼|福利|红包)|"
    "新品上市|欢迎选购|回馈|生日快乐|节日快乐|拒收请回复R|退订"
)
ADVERTISING_ABROAD = (
    "discount|% off|on sale|promotion|coupon|voucher|special offer|shop now|buy now|"
    "unsubscribe"
)


def any_of(words: Mapping[str, str] | str) -> re.Pattern[str]:
    """One pattern for all themes of *words*, or for a list without themes."""
    return pattern(words if isinstance(words, str) else "|".join(words.values()))


def theme(words: Mapping[str, str], found: str) -> str:
    """The theme that the word *found* stands for."""
    return next(name for name, listed in words.items() if re.search(listed, found))
