"""Change-sets: format, sealing, and later merge and exchange."""
