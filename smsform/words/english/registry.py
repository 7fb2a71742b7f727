"""What is wrong with a provider that another distribution brings along."""

WORDS = {
    "unreadable": "its entry points cannot be read: {what}",
    "taken": "it brings a provider of type {type}, which is built in",
    "twice": "it brings a provider of type {type}, and so does {other}",
    "broken": "its provider {type} cannot be loaded: {what}",
    "no_card": "its provider {type} is no ProviderSpec of that type: {what}",
    "todo": "upgrade, mend or uninstall it",
    "todo_one": "uninstall one of them",
}
