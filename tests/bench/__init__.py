"""The bars, measured as ratios in one run: ``python -m bench`` in ``tests/``."""
