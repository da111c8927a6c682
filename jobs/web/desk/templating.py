"""The desk's templates, its own and the report's for what looks the same there; and its style sheets and scripts: the
report's style, what the desk adds, its keys, and htmx."""

from functools import cache
from hashlib import sha256
from importlib.resources import files

from fastapi import HTTPException, Response
from jinja2 import ChoiceLoader, Environment, PackageLoader

from jobs.review.show import answered
from jobs.review.withholding import log
from jobs.sources.table import STATES
from jobs.web.desk.desk_request import DeskRequest
from jobs.web.report_files import matches
from tracker.characters import visible
from tracker.model import Direction, Effect, Stage
from tracker.publish import words
from tracker.publish.mail.audience import describe
from tracker.publish.templating import environment
from tracker.read.topics import topics
from tracker.timeline.titles import title_provenance

CHOICES = {
    "stage": [stage.value for stage in Stage],
    "topic": list(topics()),
    "effect": [effect.value for effect in Effect if effect is not Effect.UNCLEAR],
    "direction": [direction.value for direction in Direction],
}
"""The fields of an entry that have so many values and no others."""
MACROS = {"ui": "macros", "parts": "parts", "found": "search_parts"}
"""What every template may call: the report's macros, and the desk's."""
STATIC_FILES = {
    "report.css": ("tracker.publish.report", "text/css"),
    "desk.css": ("jobs.web.desk", "text/css"),
    "keys.js": ("jobs.web.desk", "text/javascript"),
    "htmx.min.js": ("jobs.web.desk", "text/javascript"),
}
"""Name → (the package in whose `static` folder it lies, its kind)."""


def templates() -> Environment:
    """Escaped, strict about undefined names, and without marks of direction: what turned a line around on the desk
    could have an editor decide on what is not there."""
    made = environment("jobs.web.desk", clean=visible)
    made.loader = ChoiceLoader([PackageLoader("jobs.web.desk"), PackageLoader("tracker.publish.report")])
    made.globals |= {"stands": words.STANDS, "log": log}
    made.globals |= {"choices": CHOICES, "answered": answered, "describe": describe}
    made.globals |= {"title_provenance": title_provenance, "item_states": STATES}
    made.globals |= {name: made.get_template(f"{file}.html.j2").module for name, file in MACROS.items()}
    return made


@cache
def _static_contents(name: str) -> bytes:
    package, _ = STATIC_FILES[name]
    found = "style.css" if name == "report.css" else name
    return files(package).joinpath("static", found).read_bytes()


def static_file(request: DeskRequest) -> Response:
    """One of STATIC_FILES; a browser that has it as it is keeps it."""
    name = request.path("name")
    if name not in STATIC_FILES:
        raise HTTPException(404)
    body = _static_contents(name)
    headers = {"ETag": f'"{sha256(body).hexdigest()[:20]}"', "Cache-Control": "no-cache"}
    if matches(headers["ETag"], request.http.headers.get("if-none-match", "")):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=STATIC_FILES[name][1], headers=headers)
