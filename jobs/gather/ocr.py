"""Text for scanned policies, by OCRmyPDF and tesseract where both are installed; where not, what to install."""

import asyncio
import os
import shlex
import shutil
import signal
import sys
from contextlib import suppress
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from jobs.gather.document_process import DocumentProcess
from tracker.errors import DocumentError, HeavyDocument
from tracker.gather.documents.policy_text import DocumentText

MOST_PAGES = 100
"""Pages of one document that are recognised: 3 to 8 s each."""


@dataclass(frozen=True, slots=True)
class OcrLimits:
    """Of one document: address space of each program, and seconds on the clock for all its pages."""

    megabytes: int = 4096
    seconds: float = 1200.0


def remedy() -> str:
    """What to do so that scanned documents are read; empty where all is there."""
    steps = []
    if find_spec("ocrmypdf") is None:
        steps.append("the extra tracker[ocr]")
    if shutil.which("tesseract") is None:
        steps.append("the program tesseract (Debian: tesseract-ocr)")
    return f"scanned: no text; install {' and '.join(steps)}" if steps else ""


async def read_policy(
    process: DocumentProcess, body: bytes, url: str, content_type: str = "", limits: OcrLimits | None = None
) -> DocumentText:
    """The text of a document, recognised where it is scanned and `remedy` is empty; `scanned` stays true then, and
    there are paragraphs. Raises DocumentError."""
    text = await process.read(body, url, content_type)
    if not text.scanned or text.paragraphs or remedy():
        return text
    recognised = await process.read(await _with_text(body, url, limits or OcrLimits()), url)
    return replace(recognised, scanned=True, cut=recognised.cut or text.pages > MOST_PAGES)


async def _with_text(body: bytes, url: str, limits: OcrLimits) -> bytes:
    """The PDF with a layer of text behind its pictures."""
    with TemporaryDirectory(prefix="tracker-ocr-") as folder:
        scan, result = Path(folder, "scan.pdf"), Path(folder, "text.pdf")
        scan.write_bytes(body)
        options = f"--output-type pdf --skip-text --optimize 0 --jobs 1 --pages 1-{MOST_PAGES} --quiet"
        program = [sys.executable, "-m", "ocrmypdf", *options.split(), str(scan), str(result)]
        limited = f"ulimit -c 0; ulimit -v {limits.megabytes * 1024}; exec {shlex.join(program)}"
        status = await _run(limited, folder, url, limits)
        if status or not result.exists():
            raise DocumentError(url, f"its pages are scanned, and their text was not recognised (ocrmypdf: {status})")
        return result.read_bytes()


async def _run(command: str, folder: str, url: str, limits: OcrLimits) -> int:
    """The exit status. Ends all that the command started, where it takes too long or the run ends."""
    quiet = asyncio.subprocess.DEVNULL
    process = await asyncio.create_subprocess_exec(
        *("sh", "-c", command),
        stdin=quiet,
        stdout=quiet,
        stderr=quiet,
        start_new_session=True,
        env=os.environ | {"TMPDIR": folder, "OMP_THREAD_LIMIT": "1"},
    )
    try:
        return await asyncio.wait_for(process.wait(), limits.seconds)
    except TimeoutError as error:
        message = f"its pages are scanned, and it takes more than {limits.seconds:.0f} seconds to recognise their text"
        raise HeavyDocument(url, message) from error
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        await process.wait()
