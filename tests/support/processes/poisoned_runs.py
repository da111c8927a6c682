"""Commands of a program in which one article is poison to the reader, in children of one warm process.

usage: python -m support.processes.poisoned_runs "HOW[@VERSION] COMMAND [ARGUMENTS]…"…

What the reader does at an article whose text holds the word POISON: `kill` ends the program as the system ends one that
takes all memory, `stall` goes on without end and lets nothing else run, `raise` meets a bug, `read` reads it. VERSION:
what this reader calls itself. Prints how each command ended, one number a line: its status, or less than 0 for a
signal. What the commands say goes to standard error.
"""

import os
import re
import signal
import sys

from jobs import cli
from jobs.reading import leases
from support.processes.killed_runs import warm
from tracker.model import Article
from tracker.read import reader
from tracker.read import version as its_version
from tracker.read.text import document as whole

POISON = "POISON"
STALLED_S = 3


def kill(_: Article) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def stall(_: Article) -> None:
    re.match(r"(?:a+)+$", "a" * 64 + "b")


def fail(article: Article) -> None:
    raise ZeroDivisionError(article.title)


def read(_: Article) -> None:
    """As any other article."""


ACTS = {"kill": kill, "stall": stall, "raise": fail, "read": read}


def poison(how: str, version: str) -> None:
    """Makes this process the program that the usage tells of."""
    act = ACTS[how]

    def document(article: Article) -> whole.Document:
        if POISON in article.text:
            act(article)
        return whole.document(article)

    reader.document = document
    leases.STALLED_S = STALLED_S if how == "stall" else leases.STALLED_S
    if version:
        its_version.SMALL_LOOK_VERSION = reader.SMALL_LOOK_VERSION = version


def child(run: str) -> int:
    """The process id of a child that does one run."""
    pid = os.fork()
    if pid == 0:
        named, *arguments = run.split()
        how, _, version = named.partition("@")
        poison(how, version)
        os.dup2(2, 1)
        os._exit(cli.run(arguments))
    return pid


def main() -> None:
    warm()
    for run in sys.argv[1:]:
        _, status = os.waitpid(child(run), 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    main()
