"""What an earlier run worked out, kept for the next one; knows nothing of SMS.

    name -> entry (bytes) in the user's cache folder, each with a seal

A cache can only save time: whatever is wrong with an entry, it counts as none. Nothing
here runs what it reads, and an entry is believed only with the seal of a key that lies
outside the cache: who can write the repository, or fill a cache that a CI job restores,
cannot make one. Nothing that changes a service reads from here.

The rooms: ``place`` says where it lies and where it may not, ``store`` keeps entries,
``stamp`` tells one state of programs and files from another.
"""

from smsform.cache.place import OFF, VARIABLE, CachePlaces, place
from smsform.cache.store import Cache, opened

__all__ = ["OFF", "VARIABLE", "Cache", "CachePlaces", "opened", "place"]
