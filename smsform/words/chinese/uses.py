"""ID 出现在源代码的哪里。"""

WORDS = {
    "count": "{files} 个文件中，{ids} 个 ID 共用了 {uses} 处",
    "nothing": "{path}：没有可以搜索的文件",
    "unread": "{path}：无法读取",
    "no_path": "没有要搜索的路径",
    "no_path_hint": "写出一个：`smsform uses PATH`，或在 smsform.yaml 的 policy.uses 里列出",
}
