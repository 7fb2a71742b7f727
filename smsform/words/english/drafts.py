"""Comments and labels in the files that imports write."""

WORDS = {
    "head": "Written by `smsform import` from what {whence} had.",
    "head_check": "Services do not tell everything: what a “please check” names is a proposal. Where you\ncorrect a type, run `smsform import ADDRESS ID` again, or the plan takes it for a change.",
    "head_signature": "Signatures that say nothing but a name are looked up, never submitted. To submit one,\nadd its papers: see the keys of a signature in docs/yaml.md.",
    "check": "smsform: please check: {what}",
    "remark": "例如：",
    "remark_constant": "无变量，按原文发送。",
    "which": "signature ({keys}?)",
    "rejected": "rejected: {note}",
    "no_note": "no reason given",
    "both_markets": "usable in both markets",
    "renamed": "called {name} at the service, like another one; this is {id}",
    "called": "called {name} there ({id})",
    "is": "{native} is {name}",
    "spelled": "the text as it stands there, for its variables are called otherwise",
    "other_remark": "its remark there: {remark}",
    "beside": "also {ids}: same name, same text; kept, and never deleted from here",
    "carried": "the text at the service carries its signature a second time; `content` is without it",
    "verbatim": "as the service has it: `content` could not say this exactly",
    "reads_differently": "written down and read back it is another text",
    "approved": "as the service has it: it is approved, though {rule} would refuse it now ({what})",
}
