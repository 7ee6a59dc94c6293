"""Qt windows; decide nothing about a case."""
