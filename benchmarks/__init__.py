"""Measurements beside their floors, in one run: `python -m benchmarks [name…] [--write]`."""
