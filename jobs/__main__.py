"""The way in: the console script, and `python -m jobs` where that is not on the path."""

import gc
import sys

from jobs import packages

YOUNG = 50_000
"""Objects made between two looks for garbage. With Python's 700, a tenth of the start goes into looking again and again
through what was just imported, which lives to the end."""


def main() -> None:
    """Runs the command that the arguments name. Where even the commands cannot be imported, that is one line too."""
    gc.set_threshold(YOUNG, 20, 20)
    try:
        from jobs.cli import main as start
    except ImportError as error:
        if not packages.is_foreign(error):
            raise
        sys.exit(f"error: {packages.told(error)}")
    start()


if __name__ == "__main__":
    main()
