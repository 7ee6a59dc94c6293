"""`python -m benchmarks [name…] [--write] [--quick] [--fresh]`."""

import argparse
import sys
import time
from importlib import import_module

from benchmarks.places import Bench, ready_bench
from benchmarks.reporting import table, write

# Module of this package by name; each has `measure(bench)`.
CASES = ("saving", "importing", "searching", "paging", "printing", "starting")


def main() -> int:
    """Measure what was named, or everything."""
    options = _options()
    bench = ready_bench(is_quick=options.quick, is_fresh=options.fresh)
    for name in options.names or CASES:
        begin = time.perf_counter()
        lines = import_module(f"benchmarks.{name}").measure(bench)
        sys.stdout.write(f"\n{name} ({time.perf_counter() - begin:.0f} s)\n{table(lines)}\n")
        sys.stdout.flush()
        if options.write:
            write(name, lines)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("names", nargs="*", choices=[*CASES, []], metavar="name", help=", ".join(CASES))
    parser.add_argument("--write", action="store_true", help="write the tables into docs/performance.md")
    parser.add_argument("--quick", action="store_true", help="a tenth of everything, to see that it runs")
    parser.add_argument("--fresh", action="store_true", help="make the big county anew")
    return parser.parse_args()


__all__ = ["Bench", "main"]

if __name__ == "__main__":
    sys.exit(main())
