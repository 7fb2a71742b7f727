"""服务商对设置、对看不懂的答复说的话。"""

WORDS = {
    "choice": "{value} 不在可选范围内",
    "choice_todo": "请选其中之一：{choices}",
    "endless": "列表没有尽头：超过 {most} 条，或者条数比给出的多",
    "item": "列表中有一项与文档所说的形式不同（{what}）",
    "report_array": "应为状态报告的 JSON 数组",
    "report_kind": "第 {number} 个报告既不关于模板，也不关于签名",
    "report_field": "第 {number} 个报告没有服务应当给出的 {field}",
    "evidence": "制定计划之后，{path} 不见了或变了；什么都没有发送",
}
