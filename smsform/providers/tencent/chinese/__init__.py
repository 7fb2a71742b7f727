"""本服务的规则、错误码建议等文字的中文：英文 -> 中文；只在说中文时加载。"""

from smsform.providers.tencent.chinese import codes, explained, rules

WORDS = {
    **rules.WORDS,
    **codes.WORDS,
    **explained.WORDS,
    "Tencent Cloud SMS": "腾讯云短信",
    "{id} and {secret}": "{id} 和 {secret}",
}
