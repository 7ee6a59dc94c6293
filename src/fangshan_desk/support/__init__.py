"""Paths, settings, secrets, texts, resources, clock; no office words."""
