"""The office's rules: pure functions and frozen records; standard library only."""
