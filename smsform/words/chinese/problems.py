"""定义里的问题的数目。"""

WORDS = {
    "error_one": "1 个错误",
    "error_many": "{count} 个错误",
    "warning_one": "1 个警告",
    "warning_many": "{count} 个警告",
    "info_one": "1 个提示",
    "info_many": "{count} 个提示",
    "none": "没有问题",
    "definition_one": "1 个定义",
    "definition_many": "{count} 个定义",
    "definitions_fine": "{definitions}，没有问题",
    "more": "另有 {count} 个问题没有列出；先解决以上这些，或用 `validate --max-problems N` 查看",
    "in_the_log": "另有 {count} 个同级别的问题，见此步骤的日志",
}
