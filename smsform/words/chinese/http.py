"""调用途中可能发生的事；绝不显示密钥、请求头和内容。"""

WORDS = {
    "endpoint": "不是主机名、host:port 或 URL",
    "endpoint_todo": "写成 `sms.example.com`、`127.0.0.1:9001` 或 `https://sms.example.com`，不带路径",
    "plain": "明文 http 会让请求签名毫无保护地经过网络",
    "plain_todo": "请用 https://；http:// 只能用于本机",
    "malformed": "无法组成请求：请求头或地址里有 HTTP 不允许的字符",
    "name": "无法解析主机名 {host}",
    "connect": "连不上 {host}",
    "connect_timeout": "{seconds:g} 秒内没有连上 {host}",
    "proxy": "代理没有连上 {host}",
    "certificate": "{host} 的 TLS 证书不被接受",
    "no_proxy": "里没有 smsform 能用的代理",
    "no_proxy_todo": "写成 `http://HOST:PORT`，或清空这个变量；NO_PROXY 列出不经代理的主机",
    "read_timeout": "{seconds:g} 秒内没有答复",
    "broken": "答复还没有收完，连接就断了",
    "too_large": "答复超过 {limit} 字节",
    "status": "HTTP 状态码 {status}",
    "not_json": "答复不是文档所说的 JSON",
}
