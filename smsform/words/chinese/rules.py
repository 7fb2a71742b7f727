"""规则的目录，以及单条规则的说明。"""

WORDS = {
    "id": "规则",
    "level": "级别",
    "about": "对象",
    "title": "要求",
    "code": "服务的错误码",
    "source": "出处",
    "read": "{source}，{date} 读取",
    "failing": "不合格",
    "passing": "合格",
    "silence": "单个定义可用 `lint_ignore: [{id}]` 忽略它，整个项目可在 smsform.yaml 里用 `lint: {{ignore: [{id}]}}`。",
    "final": "定义的错误不能忽略。",
    "domestic": "国内",
    "international": "国际",
    "no_such_rule": "没有规则 {id}",
    "all": "`smsform rules` 列出全部规则",
}
