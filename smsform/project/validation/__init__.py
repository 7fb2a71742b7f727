"""``validate`` of a project: what the rules say of its definitions.

    validated            from the memory in the cache, else worked out
      anew               all of it: whole, or in parts on several processors (parallel)
      edited             what was edited since the last run; memo keeps that

The rooms below these: ``problems`` asks every rule about some definitions, ``parts``
validates some files without the others, ``result`` is what comes of it.
"""
