"""各服务错误码的解释。"""

WORDS = {
    "code": "错误码",
    "service": "服务",
    "where": "出现在",
    "means": "含义",
    "call": "任何调用",
    "send": "发送",
    "receipt": "回执",
    "delivery": "送达",
    "old": "已停用的接口",
    "met": "{service}，{where}",
    "actor": "谁能处理",
    "advice": "怎么办",
    "source": "来源",
    "read": "{source}，{date} 查阅",
    "today": "现名",
    "family": "开头为",
    "no_type": "没有服务类型 {type}",
    "no_code": "没有错误码 {code}",
    "all": "`smsform explain` 列出全部",
}
