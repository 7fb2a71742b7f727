"""The program: ``smsform``, or ``python -m smsform``."""

from __future__ import annotations

import gc
import sys

AT_LEAST = 0.002  # seconds that one thread goes on while others wait for their turn


def main() -> None:
    """Run the command line and exit."""
    # A run ends in seconds: loading it is a tenth faster without the cyclic collector,
    # click included, and parsing twice as fast. Commands that last turn it on.
    gc.disable()
    # A call has ten turns to take before it is sent, and each would last 5 ms while
    # another thread reads the state or the definitions.
    sys.setswitchinterval(AT_LEAST)
    from smsform.cli import main as run

    run()


if __name__ == "__main__":
    main()
