"""The entities of the desk, one declaration each; `catalogue` lists them all."""
