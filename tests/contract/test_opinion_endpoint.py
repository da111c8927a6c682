"""Asking a model over real HTTP: whatever its server does is an answer or one clear line, and the key stays with it."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from jobs.network import client
from jobs.opinions.completion import Completion
from jobs.opinions.endpoint import _habits, ask
from jobs.settings import Settings
from support.opinions.server import (
    NO_CHANGE,
    Fault,
    OpinionServer,
    answers_slowly,
    answers_with_the_key,
    breaks_off,
    completion,
    drips,
    echoes_the_key,
    floods,
    gives,
    ignores_schemas,
    knows_no_schemas,
    knows_no_temperature,
    running,
    says,
    stalls,
    status,
)
from tracker.errors import AddressRefused, OpinionBroken, OpinionDenied, OpinionError, OpinionLater
from tracker.gather.http.client import Client
from tracker.read.opinions.request import Request

KEY = "sk-l00pback/key"
SCHEMA = {"type": "object", "properties": {"change": {"type": "boolean"}}}
REQUEST = Request("Choose.", "S0 Council bans parked boats", SCHEMA)


@pytest.fixture(autouse=True)
def _new_servers() -> None:
    """The next server on a port has habits of its own."""
    _habits.cache_clear()


def settings(server: OpinionServer | str, **given: Any) -> Settings:
    url = server if isinstance(server, str) else server.url
    named = {"second_opinion_url": url, "second_opinion_model": "m-1", "second_opinion_key": KEY}
    return Settings(**named | {"second_opinion_seconds": 0.5} | given)


async def asked(server: OpinionServer | str, **given: Any) -> Completion:
    chosen = settings(server, **given)
    async with client(chosen) as poster:
        return await ask(poster, chosen, REQUEST)


async def test_a_model_is_asked_and_its_answer_handed_on() -> None:
    with running(NO_CHANGE) as server:
        answer = await asked(server)
    assert (answer.content, answer.model) == (NO_CHANGE, "m-1")
    assert (answer.input_tokens, answer.output_tokens) == (2100, 90)
    assert json.loads(answer.raw)["choices"][0]["message"]["content"] == NO_CHANGE
    (request,) = server.asked
    assert (request.path, request.key) == ("/v1/chat/completions", KEY)
    assert request.body == REQUEST.body("m-1")


WRONG: list[tuple[str, Fault, type[OpinionError], str]] = [
    ("refuses the key", echoes_the_key, OpinionDenied, "refuses the key (HTTP 401: Incorrect API key provided: ***"),
    ("forbids it", status(403, "no"), OpinionDenied, "set TRACKER_SECOND_OPINION_KEY"),
    ("wants money", status(402), OpinionDenied, "wants to be paid"),
    ("has no such model", status(404, "model m-1 not found"), OpinionDenied, 'has no model "m-1"'),
    ("leads elsewhere", status(307, Location=f"http://h/?{KEY}"), OpinionDenied, "leads to http://h/?***"),
    ("asks for quiet", status(429, "slow down", Retry_After="120"), OpinionLater, "for 120 seconds"),
    ("has trouble", status(500, "CUDA error"), OpinionLater, "HTTP 500: CUDA error"),
    ("is overloaded", status(503), OpinionLater, "trouble of its own"),
    ("says nothing", stalls, OpinionLater, "raise second_opinion_seconds"),
    ("drips", drips, OpinionLater, "raise second_opinion_seconds"),
    ("breaks off", breaks_off, OpinionLater, "breaks off"),
    ("sends megabytes", floods, OpinionLater, "larger than 1048576 bytes"),
    ("cuts the JSON", gives(json.dumps(completion("{}"))[:-9]), OpinionLater, "cut or no JSON"),
    ("sends nested lists", gives("[" * 100_000), OpinionLater, "cut or no JSON"),
    ("sends a page", gives("<html>Welcome</html>", "text/html"), OpinionLater, "second_opinion_url is right"),
    ("gives no choices", gives({"choices": []}), OpinionBroken, "the answer is empty"),
    ("gives nonsense", gives({"choices": [[1]], "usage": 7}), OpinionBroken, "the answer is empty"),
    ("gives nothing", says(lambda content: None), OpinionBroken, "the answer is empty"),
    ("runs out of tokens", says(lambda content: content[:9], "length"), OpinionBroken, "its tokens ran out"),
    ("declines", says(lambda content: None, refusal="I can't"), OpinionBroken, "refuses to answer"),
    ("tells an error as an answer", gives({"error": {"code": 429, "message": "quota"}}), OpinionLater, "429: quota"),
    ("cannot read so much", status(400, "maximum context length is 512"), OpinionBroken, "larger context"),
    ("does not like it", status(400, "bad role\n\x1b[31m"), OpinionLater, "does not take the request"),
]


@pytest.mark.parametrize(("fault", "kind", "words"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
async def test_a_server_that_gives_no_answer_is_told_in_one_line(
    fault: Fault, kind: type[OpinionError], words: str
) -> None:
    with running(always=fault) as server, pytest.raises(OpinionError) as caught:
        await asyncio.wait_for(asked(server), 5)
    assert caught.type is kind
    assert words in str(caught.value)
    assert str(caught.value).isprintable()
    assert KEY not in repr(caught.value)
    assert caught.value.__cause__ is None
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("url", "kind", "words"),
    [
        ("http://127.0.0.1:9/v1", OpinionLater, "refuses connections; see that it runs"),
        ("http://name.invalid/v1", OpinionLater, "its name cannot be looked up"),
        ("http://169.254.169.254/v1", OpinionDenied, "a cloud metadata address; correct second_opinion_url"),
        ("http://[fe80::1]/v1", OpinionDenied, "a link-local address"),
    ],
)
async def test_an_address_where_no_model_is_served_is_told(url: str, kind: type[OpinionError], words: str) -> None:
    with pytest.raises(kind) as caught:
        await asked(url)
    assert words in str(caught.value)


async def test_a_server_that_asked_for_quiet_is_left_alone() -> None:
    with running(always=status(429, Retry_After="120")) as server:
        chosen = settings(server)
        async with client(chosen) as poster:
            waits = []
            for _ in range(2):
                with pytest.raises(OpinionLater) as caught:
                    await ask(poster, chosen, REQUEST)
                waits.append(caught.value.retry_after or 0)
    assert waits == [120, pytest.approx(120, abs=2)]
    assert len(server.asked) == 1


ADAPTING: list[tuple[Fault, set[str]]] = [
    (knows_no_schemas, {"response_format"}),
    (ignores_schemas, set()),
    (knows_no_temperature, {"temperature"}),
]


@pytest.mark.parametrize(("habit", "left_out"), ADAPTING)
async def test_what_a_server_does_not_know_is_left_out_from_then_on(habit: Fault, left_out: set[str]) -> None:
    with running(always=habit) as server:
        answers = [await asked(server) for _ in range(2)]
    assert [answer.content for answer in answers] == [NO_CHANGE] * 2
    whole = REQUEST.body("m-1").keys()
    assert [whole - request.body.keys() for request in server.asked] == [set(), left_out, left_out]
    for request in server.asked[1:]:
        in_words = json.dumps(SCHEMA, separators=(",", ":")) in request.rules
        assert in_words == (habit is not knows_no_temperature)


async def test_a_key_that_comes_back_in_an_answer_is_hidden() -> None:
    with running(always=answers_with_the_key) as server:
        answer = await asked(server)
        assert (await asked(server, second_opinion_key="none")).content == NO_CHANGE, "`none` is a word of answers"
    assert answer.content == NO_CHANGE
    assert KEY not in answer.raw.replace("\\/", "/")
    assert "**********" in answer.raw


@asynccontextmanager
async def beside(server: OpinionServer) -> AsyncIterator[Client]:
    async with client(settings(server, seconds_between_requests=0)) as gathering:
        yield gathering


async def test_the_address_of_the_model_may_be_private_and_no_other() -> None:
    with running() as server, running() as other:
        async with beside(server) as gathering:
            assert (await gathering.post(f"{server.url}/chat/completions", REQUEST.body("m"), {})).status == 200
            for url in (other.url, server.url.replace("127.0.0.1", "localhost"), "https" + server.url[4:]):
                with pytest.raises(AddressRefused, match="the settings name"):
                    await gathering.post(url, {}, {"Authorization": KEY})
            with pytest.raises(AddressRefused, match="loopback"):
                await gathering.get(f"{server.url}/feed")
    assert len(server.asked) == 1
    assert other.asked == []


async def test_without_the_setting_nothing_is_posted() -> None:
    with running() as server:
        async with client(Settings()) as gathering:
            with pytest.raises(AddressRefused):
                await gathering.post(server.url, {}, {})
    assert server.asked == []


async def test_a_redirect_takes_the_key_nowhere() -> None:
    with running() as other:
        leads = status(308, Location=f"{other.url}/chat/completions")
        with running(always=leads) as server, pytest.raises(OpinionDenied):
            await asked(server)
    assert other.asked == []


async def test_as_many_are_asked_at_once_as_the_settings_say_and_without_a_pause() -> None:
    with running(always=answers_slowly) as server:
        chosen = settings(server, second_opinion_at_once=3, second_opinion_seconds=5)
        async with client(chosen) as poster, asyncio.timeout(4):
            await asyncio.gather(*(ask(poster, chosen, REQUEST) for _ in range(9)))
    assert server.most_at_once == 3
