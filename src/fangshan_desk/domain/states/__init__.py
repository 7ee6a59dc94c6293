"""Lives of letters, rectification items and visits: each a table and one function."""
