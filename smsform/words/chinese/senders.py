"""生成的发送模块：不能生成的原因。"""

WORDS = {
    "twins": "{one} 与 {other} 在其中都会成为 {name}",
    "own_name": "{other} 会成为 {name}，而每个生成的模块自身都有此名",
    "twins_hint": "请改其中一个名称；`moved` 会保留其 ID",
}
