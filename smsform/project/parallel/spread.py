"""Work on many items spread over processors; what each comes to are bytes.

    this process    forks workers, and yields their results in the order of the items
    a worker        takes the next number off one pipe, which all share, works on that
                    item, and sends number, length and result through a pipe of its own

While no result has come, this process works, too, so that one worker fewer is forked:
each copies memory. Items that no worker has finished are worked on here: after a worker
that failed or was killed, and where nothing can be forked. So there is one way to work,
and workers only make it shorter.

``ProcessPoolExecutor`` would do the same. To load and fill it takes 35 ms, about what
there is to win with a thousand templates, and its workers outlive a process that is
killed: each waits at a pipe whose other end it holds itself.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import NoReturn, Self

from smsform.stopping import ENDING

MOST = 8  # processes: with more, what this one does alone would take longest
NUMBER = 4  # bytes of an item's number, and of a length, in a pipe
ROOM = 2**20  # bytes of a pipe: results wait in it while this process is busy

Work = Callable[[int], bytes]  # the number of an item -> what it comes to


def processors() -> int:
    """The processors that this process may use, where it can fork; otherwise 1.

    Forking is safe where no other thread runs: for a lock that one holds at that moment
    a worker would wait without end. On macOS the system's own libraries start threads,
    and Windows has no fork.
    """
    if sys.platform != "linux":
        return 1
    try:
        alone = len(os.listdir("/proc/self/task")) == 1
    except OSError:
        return 1
    return len(os.sched_getaffinity(0)) if alone else 1


class Spread:
    """*work* for every number below *count*, by *workers* processes, this one included.

    The others begin at once. A context: when it ends, so do they.
    """

    def __init__(self, work: Work, count: int, workers: int) -> None:
        self._work, self._count = work, count
        self._made: dict[int, bytes] = {}
        self._processes: dict[int, int] = {}  # our end of a worker's pipe -> its pid
        self._numbers = -1  # our end of the pipe with the numbers nobody has taken
        workers = min(workers, count, MOST)
        if workers > 1:
            try:
                self._begin(workers - 1)
            except OSError:  # no more processes, pipes, memory: with those there are
                pass
            except BaseException:
                self.stop()
                raise

    def results(self) -> Iterator[bytes]:
        """What each number comes to, in their order; errors are those of ``work``."""
        for number in range(self._count):
            while number not in self._made and self._processes:
                if not self._take(0) and not self._help():
                    self._take(None)
            made = self._made.pop(number, None)
            yield self._work(number) if made is None else made

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()

    def _help(self) -> bool:
        """Work on an item that nobody has taken; False where there is none."""
        taken = os.read(self._numbers, NUMBER)
        if taken:
            number = int.from_bytes(taken, "big")
            with suppress(Exception):  # in its turn it is tried again, and raises
                self._made[number] = self._work(number)
        return bool(taken)

    def _begin(self, workers: int) -> None:
        self._numbers, put = os.pipe()
        os.set_blocking(put, False)
        with suppress(BlockingIOError):  # the pipe is full: the rest is done here
            for number in range(self._count):
                os.write(put, number.to_bytes(NUMBER, "big"))
        os.close(put)
        # Blocked until the worker has its own: with ours it would go on as this run.
        mask = signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
        try:
            for _ in range(workers):
                self._fork(mask)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)

    def _fork(self, mask: set[int | signal.Signals]) -> None:
        end, out = os.pipe()
        try:
            process = os.fork()
            if not process:
                _run(self._work, self._numbers, out, [end, *self._processes], mask)
            self._processes[end] = process
        except OSError:
            os.close(end)
            raise
        finally:
            os.close(out)
        _widen(end)

    def _take(self, wait: int | None) -> bool:
        """Keep results that have come, and forget workers that have ended.

        Waits for the first one up to *wait* milliseconds, None without end. Returns
        whether anything was there.
        """
        from select import POLLIN, poll  # there where there is a fork

        asked = poll()
        for end in self._processes:
            asked.register(end, POLLIN)
        ready = asked.poll(wait)
        for end, _ in ready:
            number, size = _read(end, NUMBER), _read(end, NUMBER)
            made = _read(end, int.from_bytes(size, "big")) if size else None
            if number and made is not None:
                self._made[int.from_bytes(number, "big")] = made
            else:
                self._end(end, self._processes.pop(end))
        return bool(ready)

    def stop(self) -> None:
        """End the other processes. What they have not made yet is not waited for."""
        for end, process in self._processes.items():
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)  # it has nothing to finish or remove
            self._end(end, process)
        self._processes.clear()
        if self._numbers >= 0:
            os.close(self._numbers)
            self._numbers = -1

    def _end(self, end: int, process: int) -> None:
        os.close(end)
        with suppress(ChildProcessError):  # whoever called us waits for all children
            os.waitpid(process, 0)


def _run(
    work: Work,
    numbers: int,
    out: int,
    others: Sequence[int],
    mask: set[int | signal.Signals],
) -> NoReturn:
    """The life of a worker; does not return.

    It ends without Python's end, which would flush, close and print a second time what
    belongs to the process it was forked from.
    """
    code = 1
    try:
        for each in ENDING:  # it ends at once and prints nothing
            signal.signal(each, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        for end in others:
            os.close(end)
        while number := os.read(numbers, NUMBER):
            made = work(int.from_bytes(number, "big"))
            rest = memoryview(number + len(made).to_bytes(NUMBER, "big") + made)
            while rest:  # an error, which ends the worker, when nobody reads any more
                rest = rest[os.write(out, rest) :]
        code = 0
    finally:
        os._exit(code)  # also after an error: the other process tries again and raises


def _read(end: int, size: int) -> bytes | None:
    """*size* bytes from a pipe; None where it ends before."""
    data = b""
    while len(data) < size:
        more = os.read(end, size - len(data))
        if not more:
            return None
        data += more
    return data


def _widen(end: int) -> None:
    import fcntl

    with suppress(OSError):
        fcntl.fcntl(end, fcntl.F_SETPIPE_SZ, ROOM)
