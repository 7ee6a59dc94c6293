"""Reusable parts of pages: widgets joined with texts, models and operations."""
