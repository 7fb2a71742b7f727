"""导入时写进文件里的话。"""

WORDS = {
    "head": "由 `smsform import` 根据 {whence} 的现有内容写成。",
    "head_check": "服务并不透露一切：“请核对”指出的内容只是建议。改正类型之后，\n请再运行 `smsform import ADDRESS ID`，否则计划会把它当作变更。",
    "head_signature": "只写了名称的签名只会被查找，不会被提交。要提交它，\n请补上证明材料：见 docs/yaml.md 中签名的各个键。",
    "check": "smsform: 请核对：{what}",
    "remark": "例如：",
    "remark_constant": "无变量，按原文发送。",
    "which": "signature（{keys}？）",
    "rejected": "未通过：{note}",
    "no_note": "没有说明原因",
    "both_markets": "两个市场都可用",
    "renamed": "在服务上名为 {name}，与另一个同名；这个是 {id}",
    "called": "在那里名为 {name}（{id}）",
    "is": "{native} 即 {name}",
    "spelled": "按那里的原文：变量的名称不同",
    "other_remark": "在那里的备注：{remark}",
    "beside": "还有 {ids}：名称和内容都相同；保留，不会从这里删除",
    "carried": "服务上的内容又带了一次签名；`content` 里已去掉",
    "verbatim": "与服务上一致：`content` 无法准确表达",
    "reads_differently": "写下来再读回去，内容就不同了",
    "approved": "与服务上一致：它已通过，尽管 {rule} 现在会拒绝它（{what}）",
}
