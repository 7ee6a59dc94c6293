"""Entry of the program: the desktop without arguments, a command with them."""

import gc
import sys


def main() -> int:
    """Run what the command line asks for; returns the exit status."""
    arguments = sys.argv[1:]
    # The child that decodes pictures must start before anything heavy is imported.
    if arguments[:1] == ["--intake-child"]:
        from fangshan_desk.data.image_intake import child_main

        return child_main(arguments[1:])
    # Start-up makes a million objects that stay: looking for garbage among them took a third of its time.
    gc.set_threshold(100_000, 20, 100)
    from fangshan_desk.cli.running import run_command

    return run_command(arguments)


if __name__ == "__main__":
    sys.exit(main())
