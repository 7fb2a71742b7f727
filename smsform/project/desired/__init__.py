"""What the definitions want of every provider: the *desired* side of a plan.

    definitions -> attributes -> Desired, in a provider's own attribute names

The rooms: ``attributes`` works that out of definitions; ``source`` is what a plan asks,
and answers from all files. A plan that is merely shown can be quicker: ``summary``
keeps of a file only what a plan compares, ``parallel`` makes the summaries on several
processors, ``memory`` keeps them in the cache, and ``remembered`` answers from them.
"""
