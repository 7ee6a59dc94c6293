"""Composition root: builds every part once and hands it on; the only place that knows all."""
