"""Queries behind the screens; each returns frozen rows of usecases.views."""
