"""The command line: one short module per group of commands, the same validation as the screens."""
