"""模拟器发件箱的页面。"""

WORDS = {
    "title": "模拟短信",
    "search": "搜索",
    "counted": "显示 {shown} 条，共 {all} 条",
    "nothing": "没有匹配的短信。",
    "empty": "还没有短信。发送到此模拟器的短信会立即显示在这里。",
    "under_way": "发送中",
    "delivered": "已送达",
    "failed": "未送达",
    "more": "显示更多",
    "segments": "计费 {count} 条",
    "lost": "模拟器没有应答，本页会继续尝试。",
}
