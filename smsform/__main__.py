"""The program: ``smsform``, or ``python -m smsform``."""

from __future__ import annotations

import gc
import os
import sys

from smsform.stopping import exit_code, heed, signal_of

AT_LEAST = 0.002  # seconds that one thread goes on while others wait for their turn


def main() -> None:
    """Run the command line and exit."""
    # A run ends in seconds: loading it is a tenth faster without the cyclic collector,
    # click included, and parsing twice as fast. Commands that last turn it on.
    gc.disable()
    # A call has ten turns to take before it is sent, and each would last 5 ms while
    # another thread reads the state or the definitions.
    sys.setswitchinterval(AT_LEAST)
    if None in (sys.stdin, sys.stdout, sys.stderr):
        reopen()
    heed()
    try:
        from smsform.cli import main as run

        run()
    except KeyboardInterrupt as stopped:  # before there was a command, or after it
        os._exit(exit_code(signal_of(stopped)))


def reopen() -> None:
    """Put something in the place of each standard stream that the caller closed.

    Nothing can be read then, and errors go nowhere. What is written to stdout would be
    lost, so writing it fails. Else a file opened later would get the stream's number.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            how = os.O_WRONLY if name == "stderr" else os.O_RDONLY
            stream = os.fdopen(os.open(os.devnull, how), mode, encoding="utf-8")
            setattr(sys, name, stream)


if __name__ == "__main__":
    main()
