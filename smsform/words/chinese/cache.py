"""关于缓存的说法。"""

WORDS = {
    "inside": "缓存必须位于项目及其代码仓库之外：其中的内容别人也能写入",
    "inside_hint": "请改用您自己的文件夹，或去掉这个变量",
    "none": "没有缓存：找不到可以存放它的用户目录",
    "size": "{folder}：{count} 个条目，{size} MiB",
    "cleared": "已清除 {count} 个条目，{size} MiB",
}
