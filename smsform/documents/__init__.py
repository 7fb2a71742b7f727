"""Reading YAML files with positions; knows nothing of SMS."""
