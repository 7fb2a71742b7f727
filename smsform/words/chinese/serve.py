"""``preview --serve`` 的文字。"""

WORDS = {
    "serving": "预览：{url}",
    "stop": "每次保存后自动刷新。按 Ctrl-C 停止。",
    "warning": "警告：{what}",
    "open": "{host} 不只限于本机：能访问该地址的人都能看到全部文本",
    "port_taken": "无法监听 {host}:{port}：{what}",
    "port_taken_hint": "用 --port 换一个端口；0 表示任选空闲端口",
    "stranger": "此页面仅供本机访问：请打开 {url}",
    "alone": "--serve 显示的是 HTML 页面：不能同时使用 {flags}",
    "needs_serve": "{flags} 须与 --serve 一起使用",
}
