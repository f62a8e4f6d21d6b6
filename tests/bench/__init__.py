"""Measured ratios: ``python -m tests.bench``. Nothing here asserts a time."""
