"""Reading YAML files with positions; what they say means nothing here."""
