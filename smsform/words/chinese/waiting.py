"""等待审核时说的话。"""

WORDS = {
    "waiting": "正在等待 {count}，最迟到 {until}；按 Ctrl-C 只是停止等待。",
    "review": "1 个审核",
    "reviews": "{count} 个审核",
    "outlook": "{provider}：{count} 个审核中，{expected}{back}{holiday}",
    "one_by": "通常在 {when} 前有结果",
    "last_by": "最后一个通常在 {when} 前有结果",
    "overdue": "已超过通常的 {hours} 小时",
    "back": "；审核人员北京时间 {beijing} 上班（当地时间 {local}）",
    "back_here": "；审核人员北京时间 {beijing} 上班",
    "holiday": "；{name} 前后可能更晚",
    "live": "还剩 {count} 个，下次查询 {next}",
    "moved": "{at} {verdict}",
    "trouble": "{what}；将再次查询",
    "opened": "签名已就绪：正在提交等待它的模板。",
    "ended_settled": "审核全部有了结果。",
    "ended_timeout": "时间到：还有 {count} 个没有结果。",
    "ended_interrupted": "已停止等待：还有 {count} 个没有结果。",
    "retired": "{address} {id} 已被取代：{due} 之后的第一次 apply 将停用删除它",
    "retired_due": "{address} {id} 已被取代：下一次 apply 将停用删除它",
    "duration": "{text} 不是时长：请写成 90s、30m、2h 或 1d",
}
