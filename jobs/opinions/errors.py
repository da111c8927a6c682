"""Why no answer came from the model's server, as an error of one line that says what to do."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from jobs.settings import Settings
from jobs.terminal.console import one_line
from tracker.characters import without_controls
from tracker.errors import (
    AddressRefused,
    FetchError,
    HttpStatusError,
    NotAsked,
    OpinionBroken,
    OpinionDenied,
    OpinionError,
    OpinionLater,
    TooLarge,
    Unheard,
)

LONGEST_REASON = 200
"""Characters of a server's own words."""
HIDDEN = "**********"
SHORTEST_KEY = 6
KEY = "TRACKER_SECOND_OPINION_KEY"
ABOUT_SIZE = ("context length", "context size", "context window", "too long", "too many tokens", "maximum context")
"""Words by which servers say that an article is longer than the model can read."""


def without_key(text: str, settings: Settings) -> str:
    """A text from the server, which may repeat our key."""
    key = settings.second_opinion_key.get_secret_value()
    return text.replace(key, HIDDEN) if key else text


def kept(text: str, settings: Settings) -> str:
    """A text from the server as it may be stored. A key that is a word or a few characters is none, but what servers
    without keys are given (`none`, `EMPTY`, `x`); hidden in an answer, it would change what that says."""
    key = settings.second_opinion_key.get_secret_value()
    text = without_controls(text)
    return text if key.isalpha() or len(key) < SHORTEST_KEY else without_key(text, settings)


def reason(body: Any) -> str:
    """What a server says in an error, from its JSON or its plain text; "" where that is nothing for people."""
    if isinstance(body, bytes):
        text = body.decode("utf-8", "replace")
        try:
            body = json.loads(text)
        except (ValueError, RecursionError):
            body = "" if text.lstrip()[:1] in ("<", "{") else text
    for name in ("error", "message", "detail"):
        if isinstance(body, Mapping) and name in body:
            return reason(body[name])
    return one_line(body) if isinstance(body, str) else ""


def refusal(error: FetchError, settings: Settings) -> OpinionError:
    """The error of a request."""
    if isinstance(error, HttpStatusError):
        return status_refusal(error.status, reason(error.body), settings, error)
    where, what = server(settings), _clean(str(error), settings)
    if isinstance(error, AddressRefused):
        return OpinionDenied(f"{where} is not asked: {what}; correct second_opinion_url")
    if isinstance(error, TooLarge):
        return OpinionLater(f"{where}: {what}, far more than one answer needs; see that second_opinion_url is right")
    if isinstance(error, Unheard) and error.why != "slow":
        return OpinionLater(f"{where}: {what}; see that it runs, and that second_opinion_url leads to it")
    if " within " in what:
        return OpinionLater(f"{where}: {what}; raise second_opinion_seconds, or take a faster model")
    return OpinionLater(f"{where}: {what}; it is tried again later")


def status_refusal(status: int, says: str, settings: Settings, error: HttpStatusError | None = None) -> OpinionError:
    """The error of a status; `says`: the server's words."""
    where, wait = server(settings), error.retry_after if error else None
    told = f"HTTP {status}" + (f": {_clean(says, settings)[:LONGEST_REASON]}" if says else "")
    if isinstance(error, NotAsked):
        return OpinionLater(f"{where} asked for quiet, {_lasting(wait)} more; it is tried again later", wait)
    if status in (401, 403):
        does = "refuses the key" if settings.second_opinion_key.get_secret_value() else "wants a key"
        return OpinionDenied(f"{where} {does} ({told}); set {KEY} in the environment")
    if status == 402:
        return OpinionDenied(f"{where} wants to be paid ({told}); see to the account there")
    if status in (404, 405):
        named = f'"{settings.second_opinion_model}"'
        return OpinionDenied(
            f"{where} has no model {named}, or is another address ({told}); "
            "correct second_opinion_model or second_opinion_url"
        )
    if status < 400:
        leads = _clean(str(error), settings) if error else told
        return OpinionDenied(
            f"{where}: {leads}; redirects are not followed: write the right address as second_opinion_url"
        )
    if status == 429:
        return OpinionLater(f"{where} asks for quiet ({told}), {_lasting(wait)}; it is tried again later", wait)
    if status == 413 or any(words in says.lower() for words in ABOUT_SIZE):
        return OpinionBroken(f"{where}: the article is too long for this model ({told}); give it a larger context")
    if status in (400, 422):
        return OpinionLater(f"{where} does not take the request ({told}); see whether it can serve this model")
    return OpinionLater(f"{where} has trouble of its own ({told}); it is tried again later", wait)


def server(settings: Settings) -> str:
    """The model's server in a message."""
    return urlsplit(settings.second_opinion_url).netloc


def _lasting(seconds: float | None) -> str:
    return "for a while" if seconds is None else f"for {seconds:.0f} seconds"


def _clean(text: str, settings: Settings) -> str:
    return without_key(one_line(text), settings)
