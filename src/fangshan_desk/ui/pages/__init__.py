"""The places of the desk; each composes components and runs use cases."""
