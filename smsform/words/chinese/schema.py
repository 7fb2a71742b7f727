"""有哪些 JSON Schema。"""

WORDS = {
    "definitions": "定义签名和模板的文件",
    "project": "smsform.yaml",
    "problems": "`validate --format json` 的输出",
    "rules": "`rules --format json` 的输出",
    "codes": "`explain --format json`",
    "uses": "`uses --format json`",
    "send": "`send --format json`",
    "preview": "`preview --format json` 的输出",
    "plan": "`plan --format json` 的输出",
    "plan_file": "`plan -o FILE` 写出的计划文件",
    "outcome": "`apply --format json` 的输出",
    "status": "`status --format json` 的输出",
    "ids": "`ids` 的输出",
    "state": "状态文件",
    "state_list": "`state list --format json` 的输出",
    "state_show": "`state show ADDRESS` 的输出",
    "doctor": "`doctor --format json` 的输出",
    "emulate_log": "`emulate log --format json` 的输出",
    "no_such_schema": "没有名为 {name} 的 schema",
    "all": "`smsform schema` 列出全部",
}
