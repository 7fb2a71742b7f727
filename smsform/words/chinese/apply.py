"""执行变更时说的话。"""

WORDS = {
    "updates": "修改和取代",
    "deletions": "删除",
    "evidence": "缺少证明材料文件：{paths}",
    "signature": "它的签名 {address} 没有提交",
    "rule": "{where}：{rule}：{what}",
    "account": "没有尝试：服务已因整个账号的原因拒绝了前一个（{code}）",
    "stopped": "没有尝试：运行被中止",
    "unsaved": "没有尝试：状态文件无法写入",
    "moved": "制定计划之后，服务上的条目变了：{what}",
    "taken": "要接管的内容现在已属于别处：请重新制定计划",
    "gone": "早已不在",
    "refused_withdraw": "服务现在不能删除它：{code}",
    "unrecorded": "服务已经完成（{id}），但状态文件无法写入：下次运行会找到它",
    "unanswered": "没有收到是否完成的答复：下次运行会再查",
    "ended": "运行已经结束",
    "no_new_id": "答复中的 id {id!r} 不是新的",
    "answered": "服务答复了 {code}，没有说明是否已完成：下次运行会再查",
    "unclear_code": "服务答复了 {code}，没有说明是否已完成，而且还没有找到它：下次运行会再查",
    "unclear": "没有答复，也还没有踪迹：下次运行会再查",
    "found": "没有得到答复的确认，但在服务上找到了它",
}
