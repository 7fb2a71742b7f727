"""制定计划时说的话。"""

WORDS = {
    "spared_kind": "签名从不删除",
    "spared_protected": "受保护",
    "spared_adopted": "是接管的，不是 smsform 提交的",
    "spared_in_use": "它的键或名称仍有定义，而且还没有使用中的版本",
}
