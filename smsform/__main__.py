"""The program: ``smsform``, or ``python -m smsform``."""

from __future__ import annotations

import gc


def main() -> None:
    """Run the command line and exit."""
    # A run ends in seconds: loading it is a tenth faster without the cyclic collector,
    # click included, and parsing twice as fast. Commands that last turn it on.
    gc.disable()
    from smsform.cli import main as run

    run()


if __name__ == "__main__":
    main()
