"""制定计划时说的话。"""

WORDS = {
    "spared_kind": "签名从不删除",
    "spared_protected": "受保护",
    "spared_adopted": "是接管的，不是 smsform 提交的",
    "spared_moved": "有 `moved` 块提到它的键",
    "spared_used": "代码里还在用：{place}",
    "spared_unsearched": "policy.uses：{path} 里没有可以搜索的文件",
    "spared_lacks": "{holder} 还没有使用中的版本，它可能就是由此改名而来：请用 `moved` 说明，或用 `smsform apply --delete {address}` 删除",
    "spared_young": "{holder} 刚开始使用，应用里可能还是这个 id：以后再删，或用 `smsform apply --delete {address}` 删除；如果它已改为 {holder}，请用 `moved` 说明",
}
