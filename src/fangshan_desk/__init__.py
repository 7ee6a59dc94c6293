"""The desk of Fangshan County's labour-relations officers: health checks, prescriptions, rectification."""

__version__ = "0.1.0"
