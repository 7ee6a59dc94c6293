"""Frozen rows for screens and commands, and the readers that fetch them."""
