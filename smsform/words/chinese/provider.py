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
    "upload_file": "{name} 太大，或不是服务接受的格式；没有发送任何内容",
    "upload_large": "文件有 {size} 字节，而服务只允许 {limit} 字节；没有发送任何内容",
    "upload_elsewhere": "存储服务要求重定向（HTTP {status}），文件不会发往别处",
    "upload_permit": "服务给出的上传许可无法使用；没有发送任何内容",
    "upload_host": "要上传的主机不是该服务的存储；没有发送任何内容",
}
