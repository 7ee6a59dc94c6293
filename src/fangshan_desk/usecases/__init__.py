"""One job of the desk per function; talks to ports only."""
