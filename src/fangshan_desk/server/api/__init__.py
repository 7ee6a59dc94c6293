"""The county server's interface over HTTPS."""
