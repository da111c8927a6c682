"""Commands in children of one warm process, killed after a while: starting a child takes no time, and so the kills fall
into the work and not into the loading of the model.

usage: python -m support.processes.killed_runs SECONDS[,SECONDS…] COMMAND [ARGUMENTS]…

Runs the command once for each number, killing it (SIGKILL) after so many seconds, and once more to its end. After each
run it verifies the database. Prints a line for each run: `killed` or `ended STATUS`, and the status of `verify`.
"""

import os
import signal
import sys
import time
from collections.abc import Sequence

from jobs import cli
from tracker.read.encoder.small_look import tokenizer
from tracker.read.places import gazetteer


def warm() -> None:
    """Loads what all children share. Opens no database, which must not be shared, and no graph of the encoder, whose
    threads no child would have."""
    gazetteer.load()
    tokenizer()


def child(arguments: Sequence[str]) -> int:
    """The process id of a child that runs the command."""
    pid = os.fork()
    if pid == 0:
        os._exit(cli.run(arguments))
    return pid


def run(arguments: Sequence[str], seconds: float | None) -> str:
    """What became of one run."""
    pid = child(arguments)
    if seconds is not None:
        time.sleep(seconds)
        os.kill(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    return "killed" if os.WIFSIGNALED(status) else f"ended {os.waitstatus_to_exitcode(status)}"


def main() -> None:
    moments, *arguments = sys.argv[1:]
    warm()
    for moment in [float(part) for part in moments.split(",") if part]:
        print(run(arguments, moment), run(["verify"], None), flush=True)
    print(run(arguments, None), run(["verify"], None), flush=True)


if __name__ == "__main__":
    main()
