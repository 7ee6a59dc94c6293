"""Measurements beside their floors and peers, run by `make bench`."""
