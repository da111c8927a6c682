"""The way in: the console script, and `python -m jobs` where that is not on the path."""

import sys

from jobs import packages


def main() -> None:
    """Runs the command that the arguments name. Where even the commands cannot be imported, that is one line too."""
    try:
        from jobs.cli import main as start
    except ImportError as error:
        if not packages.is_foreign(error):
            raise
        sys.exit(f"error: {packages.told(error)}")
    start()


if __name__ == "__main__":
    main()
