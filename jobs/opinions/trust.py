"""How far the answers of a model are listened to: as far as its check says."""

from contextlib import suppress
from typing import TYPE_CHECKING

from db.opinions import usage
from tracker.read.opinions.labelled import rules_version
from tracker.read.opinions.trust import Trust

if TYPE_CHECKING:
    from sqlmodel import Session

    from db.opinions.opinions import ModelAnswer
    from jobs.settings import Settings


def trust_of(session: "Session", model: str) -> Trust | None:
    """How far a model is listened to; None: it was not checked yet by the rules that it is told today."""
    check = usage.valid_check(session, model, rules_version())
    return Trust.of_check(check.figures) if check else None


def why_ignored(session: "Session", model: str) -> str:
    """Why a model is not listened to, nor asked, by its check; empty where it is, or was not checked yet."""
    from tracker.read.opinion_quality import verdict

    check = usage.valid_check(session, model, rules_version())
    if check is None or Trust.of_check(check.figures).weights is not None:
        return ""
    return f"{model}: {verdict(check.figures)}"


def trust_in(session: "Session", answer: "ModelAnswer") -> Trust | None:
    """The same for one answer. Those of a file count as a large model's where theirs was not checked: whoever brought
    them chose it."""
    found = trust_of(session, answer.model)
    return Trust.fitted() if found is None and answer.from_file else found


def trust_in_database(settings: "Settings", model: str) -> Trust | None:
    """The same of a model, by the database of the settings as it stands: nothing in it is made or changed. None also
    where it is not there, is of another version, or cannot be read: who reads files needs none."""
    from sqlalchemy import make_url
    from sqlalchemy.exc import SQLAlchemyError

    from db.engine import file_of, open_database, reading
    from tracker.errors import StorageError

    file = file_of(make_url(settings.database))
    if not model or (file and not file.is_file()):
        return None
    with suppress(StorageError, SQLAlchemyError):
        engine = open_database(settings.database)
        try:
            with reading(engine) as opened:
                return trust_of(opened, model)
        finally:
            engine.dispose()
    return None
