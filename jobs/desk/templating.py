"""The desk's templates: its own, and the report's for what looks the same there."""

from jinja2 import ChoiceLoader, Environment, PackageLoader

from jobs.review.withholding import log
from tracker.publish import geography, words
from tracker.publish.templating import environment

SECTIONS = (
    ("Entries", "entries", "viewer"),
    ("Articles", "articles", "viewer"),
    ("Users", "users", "admin"),
)
"""What the head of every page leads to: its name, its address, and who may go there."""

MACROS = {"ui": "macros", "parts": "parts"}
"""What every template may call: the report's macros, and the desk's."""


def templates() -> Environment:
    """Escaped, and strict about undefined names."""
    made = environment("jobs.desk")
    made.loader = ChoiceLoader([PackageLoader("jobs.desk"), PackageLoader("tracker.publish.report")])
    made.filters |= {"place_name": geography.name_of}
    made.globals |= {"stands": words.STANDS, "sections": SECTIONS, "log": log}
    made.globals |= {name: made.get_template(f"{file}.html.j2").module for name, file in MACROS.items()}
    return made
