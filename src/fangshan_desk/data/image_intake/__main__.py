"""Starts the child process in a checkout or an installed wheel."""

import sys

from fangshan_desk.data.image_intake.child import child_main

if __name__ == "__main__":
    sys.exit(child_main(sys.argv[1:]))
