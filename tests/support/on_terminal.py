"""The command on a terminal, where a person answers its question."""

import os
import pty
import re
import shutil
import subprocess
import sys
from pathlib import Path

TRACKER = shutil.which("tracker", path=str(Path(sys.executable).parent)) or "tracker"


def answered(arguments: list[str], question: str, answer: str) -> str:
    """What the command says on a terminal where a person answers its question."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen([TRACKER, *arguments], stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    said = b""
    while chunk := _read(ours):
        said += chunk
        if question and question.encode() in said:
            os.write(ours, answer.encode())
            question = ""
    assert process.wait(60) == 0, said.decode()
    os.close(ours)
    return re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", said.decode())


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # what Linux says when the other side is closed
        return b""
