"""The style sheets and scripts of the desk: the report's own style, what the desk adds, its keys, and htmx."""

from functools import cache
from hashlib import sha256
from importlib.resources import files

from fastapi import HTTPException, Response

from jobs.desk.asked import Asked
from jobs.web.report import matches

FILES = {
    "report.css": ("tracker.publish.report", "text/css"),
    "desk.css": ("jobs.desk", "text/css"),
    "keys.js": ("jobs.desk", "text/javascript"),
    "htmx.min.js": ("jobs.desk", "text/javascript"),
}
"""Name → (the package in whose `static` folder it lies, its kind)."""


@cache
def _contents(name: str) -> bytes:
    package, _ = FILES[name]
    found = "style.css" if name == "report.css" else name
    return files(package).joinpath("static", found).read_bytes()


def show(asked: Asked) -> Response:
    """One of FILES; a browser that has it as it is keeps it."""
    name = asked.path("name")
    if name not in FILES:
        raise HTTPException(404)
    body = _contents(name)
    headers = {"ETag": f'"{sha256(body).hexdigest()[:20]}"', "Cache-Control": "no-cache"}
    if matches(headers["ETag"], asked.request.headers.get("if-none-match", "")):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=FILES[name][1], headers=headers)
