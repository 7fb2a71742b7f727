"""账号的答复里，文档没有写到的内容。"""

WORDS = {
    "service": "{title}，由 smsform {smsform} 比对",
    "emulator": "{title}（模拟器），由 smsform {smsform} 比对",
    "same": "答复 {replies} 个，与 {source}（{read} 查阅）相比没有未知内容",
    "compared": "答复 {replies} 个，与 {source}（{read} 查阅）比对",
    "strange_field": "未知字段 {path}：{what}",
    "strange_type": "{path} 的类型不同：{what}",
    "strange_value": "{path} 的未知取值：{what}",
    "hidden": "不显示，因为它看起来不像取值",
    "in_replies": "（答复 {count} 个）",
    "undescribed": "此处没有文档描述的调用，其答复 {count} 个",
    "not_json": "不是 JSON 的答复 {count} 个",
    "why_key": "有账号未读取：没有找到密钥；`smsform doctor` 说明在哪里找过",
    "why_refused": "有账号没有读完：服务拒绝了调用；详情见 `smsform doctor`",
    "why_unreachable": "有账号没有读完：没有答复；详情见 `smsform doctor`",
    "why_unreadable": "有账号没有读完：smsform 无法使用某个答复；其中的未知内容见上",
    "why_settings": "有账号未读取：它的设置或状态文件不允许；详情见 `smsform doctor`",
    "known": "没有未知内容。",
    "unknown": "只有名称和类型，不含任何账号的内容：可以贴到公开的 issue 里，对大家都有帮助。",
}
