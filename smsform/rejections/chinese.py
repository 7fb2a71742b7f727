"""各服务共同的拒绝理由：英文 -> 中文；只在说中文时加载。"""

WORDS = {
    "the text is nothing but variables": "正文里只有变量",
    "write what the message is about around them": "请在变量前后写明短信的内容",
    "two variables follow each other without text between": "两个变量相连，中间没有文字",
    "put words between them, or make them one": "请在中间加上文字，或合并为一个变量",
    "a variable is part of a number": "变量是号码的一部分",
    "make the whole number one variable, or none of it": "请把整个号码作为一个变量，或全部写成固定文字",
    "【】 in the text: the service puts the signature in front by itself": "正文里有 【】：服务会自动在前面加上签名",
    "take the signature out, quote with “”": "请去掉签名，引用时用 “”",
    "a link in a verification text": "验证码类正文里有链接",
    "drop it, or notify instead": "请去掉，或改为通知类",
    "{name}: a link as value, {value!r}": "{name}：变量值是链接 {value!r}",
    "the service refuses to send it: write the link as constant text": "服务会拒绝发送：请把链接写成固定文字",
    "{name}: {value!r} has {length} characters, {limit} allowed": "{name}：{value!r} 有 {length} 个字，最多 {limit} 个",
    "shorten it, split it, or set account.max_param_length to what the console shows": "请缩短或拆分，或把 account.max_param_length 设为控制台显示的值",
    "a verification code in a {type} text": "{type}正文里有验证码",
    "submit it as verification": "请按验证码类提交",
}
