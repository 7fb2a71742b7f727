"""短信的去向。"""

WORDS = {
    "provider": "服务商",
    "number": "号码",
    "when": "时间",
    "delivery": "状态",
    "why": "原因",
    "text": "短信",
    "code": "{code}：{meaning}",
    "none": "没有找到短信。",
    "none_able": "这些服务都不提供回执",
    "no_queue": "没有可拉取的队列",
    "too_far": "{name} 只提供最近 {days} 天的记录",
    "one_way": "请用 --to、--pull、--ingest 其中之一",
    "pull_file": "--pull 要与 -o FILE 一起用",
    "pulled": "{path} 中新增{count}",
    "written_one": "1 条回执",
    "written_many": "{count} 条回执",
    "no_file": "不是普通文件：回执必须存到能留住它的地方",
    "link": "是一个链接，不会跟随",
    "link_hint": "请写文件本身的路径",
    "elsewhere": "手头的回执已存入 {path}",
}
