"""发送统计。"""

WORDS = {
    "when": "时间",
    "market": "市场",
    "accepted": "已受理",
    "segments": "计费条数",
    "delivered": "已送达",
    "failed": "失败",
    "unanswered": "无回执",
    "domestic": "国内",
    "abroad": "境外",
    "total": "合计",
    "nothing": "没有发送",
    "package": "套餐包 {id}：剩余 {left}/{amount} 条，有效期至 {until}",
    "no_date": "{text} 不是日期",
    "date_hint": "请写成 2026-11-01，或带小时 2026-11-01T09；为北京时间",
    "backwards": "结束早于开始",
    "future": "还没有开始",
    "days_only": "此服务只按天统计",
    "days_only_hint": "请去掉 --by，或指定其他服务商",
    "too_long": "{name} 一次最多统计 {days} 天",
}
