"""The one encrypted SQLite file; nobody else says SQL."""
