"""Definition files in parts that several processors can work on side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from smsform.documents.walk import LARGEST
from smsform.project.workspace import Workspace
from smsform.regular import read_regular

LEAST = 256 * 1024  # bytes of all files: below, one processor is as fast
SMALLEST = 32 * 1024  # bytes of a part
PARTS_EACH = 16  # parts for each processor, so that none waits for the last one long


class Division:
    """The files of a project in parts of about the same size.

    *sizes* are the bytes of each file. The first part has the files that may define
    signatures (``signing``); the largest of the others follow first, for at the end
    each processor waits until the last part is done.
    """

    def __init__(
        self, sizes: Mapping[str, int], signing: Sequence[str], workers: int
    ) -> None:
        self.files, self.signing, self.workers = [*sizes], signing, workers
        least = sum(sizes.values()) // (PARTS_EACH * workers)
        # Files that define signatures are read again with every part.
        least = max(least, SMALLEST, 4 * sum(sizes[path] for path in signing))
        parts: list[list[str]] = []
        room = 0
        for path, size in sizes.items():
            if path in signing:
                continue
            if room <= 0:
                parts.append([])
                room = least
            parts[-1].append(path)
            room -= size
        parts.sort(key=lambda part: sum(sizes[path] for path in part), reverse=True)
        self.parts = [[*signing], *parts]


def divided(project: Workspace) -> Division | None:
    """The files of *project* in parts; None where it does not pay to divide them."""
    root = project.config.root
    files, _ = project.listed
    try:
        sizes = {path: (root / path).stat().st_size for path in files}
        if sum(sizes.values()) < LEAST:
            return None
        from smsform.project.parallel import spread  # where there is much to do

        if (workers := spread.processors()) < 2:
            return None
        # All that name the section: whether it is one, only reading them tells.
        signing = [
            path
            for path in files
            if b"signatures" in read_regular(root / path, LARGEST)
        ]
    except OSError:  # it will be reported as a problem
        return None
    division = Division(sizes, signing, workers)
    return division if len(division.parts) > 2 else None
