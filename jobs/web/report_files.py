"""The files of the report."""

import os
from email.utils import parsedate
from pathlib import Path
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import FileResponse

from tracker.publish.exports import FORMATS

KEPT = ("ETag", "Last-Modified")
"""What an answer says that a page is as it was (RFC 9110, 15.4.5)."""


KINDS = {f".{form.suffix}": form.media_type for form in FORMATS.values()} | {".gz": "application/gzip"}
"""Of the exports, and of what is packed: the standard library would name what is in it."""


def router(folder: Path) -> APIRouter:
    """One route for all addresses that nothing else answers."""
    routes = APIRouter()

    @routes.get("/{path:path}")
    def show(path: str, request: Request) -> Response:
        """A file has one address, to which the others lead; the first page also has `/`."""
        found = find(folder, path)
        if found is None:
            raise HTTPException(404)
        address = found.relative_to(folder.resolve())
        if path not in ("", str(address)):
            return Response(status_code=302, headers={"Location": f"{home(request)}{quote(os.fsencode(address))}"})
        return _answer(found, request)

    return routes


def home(request: Request) -> str:
    """From the request's address to the first page, wherever the site stands on its host; empty where it is that."""
    path = request.scope["raw_path"].decode("ascii", "replace")
    return "" if path == "/" else "../" * (path.count("/") - 1) or "./"


def _answer(path: Path, request: Request) -> Response:
    answer = FileResponse(path, stat_result=path.stat(), media_type=KINDS.get(path.suffix))
    if _is_known(request, answer):
        kept = {name: answer.headers[name] for name in KEPT}
        return Response(status_code=304, headers=kept)
    return answer


def _is_known(request: Request, answer: Response) -> bool:
    """Whether whoever asks has the file as it is (RFC 9110, 13.2.2: tags go before days)."""
    tags = request.headers.get("if-none-match")
    if tags is not None:
        return matches(answer.headers["etag"], tags)
    try:
        known = parsedate(request.headers["if-modified-since"])
        return known is not None and known >= (parsedate(answer.headers["last-modified"]) or known)
    except (KeyError, ValueError, OverflowError):
        return False


def matches(etag: str, tags: str) -> bool:
    """Whether a tag is among those of If-None-Match, compared weakly."""
    return tags.strip() == "*" or etag.removeprefix("W/") in (tag.strip().removeprefix("W/") for tag in tags.split(","))


INDEX = "index.html"


def find(folder: Path, wanted: str) -> Path | None:
    """The file, resolved, that the path of an address means in a folder; the index of a folder stands for it.

    None where there is none that may be read, whatever `wanted` is: a name that no file can have, a way out of the
    folder, a pipe. Reads the file system.
    """
    try:
        root = folder.resolve()
        path = (root / wanted.strip("/")).resolve()
        if path.is_dir():
            path = (path / INDEX).resolve()
        if path.is_relative_to(root) and not is_hidden(path.relative_to(root)) and path.is_file():
            path.open("rb").close()  # raises where it may not be read
            return path
    except (OSError, ValueError, RuntimeError):  # too long, not permitted; a NUL; links in a circle
        pass
    return None


def is_hidden(path: Path) -> bool:
    """True for what a folder keeps for itself, like the memory of a report. Well-known addresses are for all (RFC
    8615)."""
    return any(part.startswith(".") and part != ".well-known" for part in path.parts)
