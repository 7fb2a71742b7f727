"""规则引擎自己说的话；规则的说明与规则在一起。"""

WORDS = {
    "unknown_rule": "没有规则 {rule}，无从忽略",
    "unknown_rule_hint": "`smsform rules` 列出全部规则",
    "near_rule_hint": "是不是 {names}？`smsform rules` 列出全部规则",
    "no_file": "不是文件",
    "missing": "{path}：{why}",
    "missing_hint": "提交之前请把它放进证明材料文件夹（smsform.yaml 的 `evidence:` 或 SMSFORM_EVIDENCE）",
    "large": "{path} 有 {size:.1f} MiB，最多 {limit:.0f} MiB",
    "large_hint": "请用较低的分辨率扫描，保留彩色",
    "link": "是链接；只接受文件夹里的文件本身",
    "other_kind": "{path} 不是可接受的文件格式：{kinds}",
    "other_kind_hint": "请另存为其中一种格式；只改文件名后缀不行",
}
