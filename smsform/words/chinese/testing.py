"""pytest 插件。"""

WORDS = {
    "several": "有多个服务商：请用 [] 选择其中之一：{names}",
    "no_project": "{path}：里面没有 smsform.yaml：请在 pytest 的配置里把 {option} 设为含有它的文件夹",
    "no_provider": "smsform.yaml 里没有服务商 {name}：有 {names}",
    "no_message": "没有发往这个号码的短信",
    "elsewhere": "{host}：测试只能访问模拟器",
}
