"""别的软件包带来的服务商有什么问题。"""

WORDS = {
    "unreadable": "无法读取它的入口点（entry points）：{what}",
    "taken": "它带来类型为 {type} 的服务商，而这个类型已内置",
    "twice": "它带来类型为 {type} 的服务商，{other} 也带来一个",
    "broken": "无法加载它的服务商 {type}：{what}",
    "no_card": "它的服务商 {type} 不是该类型的 ProviderSpec：{what}",
    "todo": "请升级、修复或卸载它",
    "todo_one": "请卸载其中一个",
}
