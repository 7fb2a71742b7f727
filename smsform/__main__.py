"""``python -m smsform``."""

from smsform.cli import main

main()
