"""Words for themes that Alibaba Cloud does not send, by theme.

The themes are those of the pages on template rules (documents 463237 and 463270, read
2026-11-21); the words are our choice, made so that everyday words such as 保险箱 pass.
A reviewer decides: these rules only warn.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from smsform.pattern import pattern

REFUSED = {
    "finance": "贷款|借款|放贷|网贷|信贷|借贷|理财|催款|催收|股票|荐股|炒股|期货|配资|"
    "虚拟货币|比特币|信用卡办理|提额",
    "gambling and lotteries": "彩票|赌博|博彩|六合彩|中奖|抽奖|大转盘|一元夺宝",
    "rebates and fake orders": "返利|返佣|刷单|好评返|刷好评",
    "recruiting": "招聘|招募|招商|加盟|兼职",
    "medicine and beauty": "整形|医美|丰胸|减肥|植发",
    "vice and threats": "毒品|色情|成人用品|约炮|恐吓",
    "politics, religion and superstition": "宗教|迷信|算命|占卜|风水|殡葬|墓地",
    "moving people to chats": "加(?:我|你|您|一下|个)?的?(?:微信|QQ|qq|群|[Vv]信)|"
    "微信群|QQ群|qq群|进群|入群|扫码添加",
    "real estate promotion": "楼盘|开盘|购房优惠|房产投资",
    "surveys": "问卷|满意度调查",
    "agencies": "代开发票|发票代开|代理记账|注册公司|公司注册|刻章",
}
# Themes that 推广 may not be about either.
REFUSED_MARKETING = {
    "finance": "投资|证券|基金|保险(?![箱柜丝杠库起套])|信用卡",
    "games": "游戏|手游|充值送",
    "social networks": "交友|相亲|征婚|直播|婚恋",
}
GREETINGS = (
    "(?:生日|新年|新春|春节|元旦|中秋|国庆|端午|节日|圣诞|元宵|情人节)节?快乐|"
    "恭贺新[春年]"
)
ADVERTISING = (
    "优惠|促销|打折|折扣|折(?<=[0-9０-９一二三四五六七八九]折)|特价|抢购|满减|"
    "满[0-9]+[减送]|秒杀|大促|特惠|钜惠|热卖|爆款|免费领|领取(?:礼|大礼|福利|红包)|"
    "新品上市|欢迎选购|回馈"
)


def any_of(words: Mapping[str, str] | str) -> re.Pattern[str]:
    """One pattern for all themes of *words*, or for a list without themes."""
    return pattern(words if isinstance(words, str) else "|".join(words.values()))


def theme(words: Mapping[str, str], found: str) -> str:
    """The theme that the word *found* stands for."""
    return next(name for name, listed in words.items() if re.search(listed, found))
