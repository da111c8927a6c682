"""Asking a language model, over the interface that OpenAI defined and most servers speak: one request, one answer."""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any, Protocol

from jobs.opinions.completion import Completion, completion, content_in, is_in_form
from jobs.opinions.errors import kept, reason, refusal, server, status_refusal
from jobs.settings import Settings
from tracker.errors import FetchError, HttpStatusError, OpinionBroken, OpinionLater, OpinionRefused
from tracker.gather.http.client import Response
from tracker.read.opinions.request import Request

FORM = "response_format"
IN_WORDS = "in words"
WORDS = "FORM. Answer with one JSON object that keeps to this JSON schema, and with nothing else:"
NOT_KNOWN = {
    FORM: ("response_format", "json_schema", "schema", "grammar", "structured output", "guided"),
    "temperature": ("temperature",),
}
"""Parts of a request that not all servers and models know, and words by which they say so; without them it is asked
again."""
BAD_REQUEST = frozenset({400, 415, 422, 501})
Body = dict[str, Any]


class Poster(Protocol):
    """What is needed of the client."""

    async def post(self, url: str, body: Any, headers: Mapping[str, str]) -> Response:
        """Raises FetchError or one of its kinds."""
        ...


@cache
def _habits(address: str, model: str) -> set[str]:
    """What a server turned out not to know, and IN_WORDS where it has to be told the form: for the life of this
    process."""
    return set()


async def ask(client: Poster, settings: Settings, request: Request) -> Completion:
    """Asks the model that the settings name about one article. Raises OpinionError kinds, each one line that says what
    to do, and none with our key in it."""
    body = request.body(settings.second_opinion_model)
    habits = _habits(settings.second_opinion_address, settings.second_opinion_model)
    while True:
        sent, in_words = _fit(body, habits), IN_WORDS in habits
        try:
            answer = _answer(await _post(client, settings, sent), settings)
        except HttpStatusError as error:
            if not (further := _not_known(error, sent)):
                raise refusal(error, settings) from None
            habits |= further
            continue
        except FetchError as error:
            raise refusal(error, settings) from None
        if in_words or is_in_form(answer.content):
            return answer
        habits.add(IN_WORDS)  # a server that lets the schema pass and does not keep to it


def _fit(body: Body, habits: set[str]) -> Body:
    """The request without what the server does not know, the form of the answer told in words where it must be."""
    sent = {name: value for name, value in body.items() if name not in habits}
    if IN_WORDS in habits:
        schema = json.dumps(body[FORM]["json_schema"]["schema"], separators=(",", ":"))
        rules, *others = body["messages"]
        sent["messages"] = [{**rules, "content": f"{rules['content']}\n\n{WORDS}\n{schema}"}, *others]
    return sent


async def _post(client: Poster, settings: Settings, body: Body) -> bytes:
    key = settings.second_opinion_key.get_secret_value()
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    return (await client.post(settings.second_opinion_address, body, headers)).body


def _not_known(error: HttpStatusError, sent: Body) -> set[str]:
    """Which part of the request the server says not to know."""
    if error.status not in BAD_REQUEST:
        return set()
    says = error.body.decode("utf-8", "replace").lower()
    parts = {part for part, words in NOT_KNOWN.items() if part in sent and any(word in says for word in words)}
    return parts | {IN_WORDS} if FORM in parts else parts


def _answer(body: bytes, settings: Settings) -> Completion:
    told = _object(body, settings)
    content = _content(told, settings)
    return completion(told, content, settings.second_opinion_model, told, lambda text: kept(text, settings))


def _object(body: bytes, settings: Settings) -> Body:
    """The answer of the server. Some tell an error with a status of success."""
    try:
        told = json.loads(body)
        json.dumps(told)  # what is nested as deep as can be read may be too deep to be written
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict):
        raise OpinionLater(f"{server(settings)}: the answer is cut or no JSON; see that second_opinion_url is right")
    if "error" in told and not told.get("choices"):
        error = told["error"]
        code = error.get("code") if isinstance(error, dict) else None
        status = code if isinstance(code, int) and 400 <= code < 600 else 500
        raise status_refusal(status, reason(error), settings)
    return told


def _content(told: Body, settings: Settings) -> str:
    try:
        return content_in(told)
    except OpinionRefused as why:
        raise OpinionBroken(f"{server(settings)}: {why}") from None
