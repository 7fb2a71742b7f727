"""计划文件为什么被拒绝。"""

WORDS = {
    "too_large": "{path} 超过 {limit} MiB",
    "no_file": "{path} 不是文件",
    "unreadable": "{path} 无法读取：{what}",
    "not_json": "不是 JSON，或被截断",
    "not_ours": "不是 smsform 的计划文件",
    "format": "格式 {found}；当前 smsform 读的是 {known}",
    "digest": "摘要与内容不符：被改动过或已损坏",
    "identity": "它是为 {provider} 的另一个 {field} 制定的：{saved}，现在是 {current}",
    "placeless": "它要改变服务商 {provider} 的内容，却没有说明该服务商",
    "twice": "它有计划里不会有的变更，或同一变更出现两次：{address}",
    "provider": "制定时有服务商 {provider}，这次运行没有",
    "definition": "定义现在的内容与审核过的计划不同",
    "existing": "制定计划之后，服务上的条目变了",
    "unread": "无法读取它的服务商",
    "action": "计划要 {saved}，但现在应当：{current}",
}
