"""A language model's server on loopback: it speaks `chat/completions` over real HTTP and answers what it is told to. It
can also lie, stall, refuse, and send what none should."""

import asyncio
import json
import re
import threading
from collections import deque
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

MODEL = "loopback-1"
Content = Callable[["Asked"], str]
"""What the model writes in answer to a request."""
Fault = Callable[["Asked", str], Awaitable[web.StreamResponse]]
"""A wrong answer to a request, in place of this content."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it came."""

    path: str
    headers: Mapping[str, str]
    body: dict[str, Any]
    request: web.Request

    @property
    def rules(self) -> str:
        return str(self.body["messages"][0]["content"])

    @property
    def question(self) -> str:
        return str(self.body["messages"][-1]["content"])

    @property
    def title(self) -> str:
        """Of the article that it is about."""
        return next(line[3:] for line in self.question.splitlines() if line.startswith("S0 "))

    @property
    def key(self) -> str:
        return self.headers.get("Authorization", "").removeprefix("Bearer ")


@dataclass(slots=True)
class OpinionServer:
    """`url` is what `second_opinion_url` names. `faults`: of the next requests, one each; `always`: of all others."""

    content: Content
    always: Fault | None = None
    faults: deque[Fault] = field(default_factory=deque)
    asked: list[Asked] = field(default_factory=list)
    url: str = ""
    at_once: int = 0
    most_at_once: int = 0

    async def answer(self, request: web.Request) -> web.StreamResponse:
        given = await request.json() if request.can_read_body else {}
        asked = Asked(request.path_qs, dict(request.headers), given, request)
        self.asked.append(asked)
        if request.method != "POST" or request.path != "/v1/chat/completions":
            return web.json_response({"error": {"message": "no such route"}}, status=404)
        fault = self.faults.popleft() if self.faults else self.always or answers
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            return await fault(asked, self.content(asked))
        finally:
            self.at_once -= 1


def completion(content: Any, finish: str = "stop", **message: Any) -> dict[str, Any]:
    """The answer of a server that does all as it should."""
    choice = {"index": 0, "finish_reason": finish, "message": {"role": "assistant", "content": content, **message}}
    usage = {"prompt_tokens": 2100, "completion_tokens": 90, "total_tokens": 2190}
    return {"id": "chatcmpl-1", "object": "chat.completion", "model": MODEL, "choices": [choice], "usage": usage}


def by_title(contents: Mapping[str, str]) -> Content:
    """An answer for each article, by its title; it reports no change where there is none."""
    return lambda asked: contents.get(asked.title, NO_CHANGE)


def obeys(orders: Mapping[str, str]) -> Content:
    """A model that does what an article demands; `{D:2031-01-01}` is the number of that date in the question."""

    def content(asked: Asked) -> str:
        return re.sub(r"\{D:([\d-]+)\}", lambda day: _date(asked.question, day[1]), orders.get(asked.title, NO_CHANGE))

    return content


def _date(question: str, value: str) -> str:
    return str(re.findall(rf"(D\d+) (?:\w+ )?{value}", question)[0])


NO_CHANGE = '{"change": false, "topic": "none", "steps": []}'


@contextmanager
def running(content: Content | str = NO_CHANGE, always: Fault | None = None) -> Iterator[OpinionServer]:
    """In a thread of its own, so that a test may wait for a command beside it."""
    server = OpinionServer((lambda asked: content) if isinstance(content, str) else content, always)
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    runner = asyncio.run_coroutine_threadsafe(_start(server), loop).result(10)
    try:
        yield server
    finally:
        asyncio.run_coroutine_threadsafe(runner.cleanup(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


async def _start(server: OpinionServer) -> web.AppRunner:
    app = web.Application(client_max_size=10**7)
    app.router.add_route("*", "/{rest:.*}", server.answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.05, handler_cancellation=True)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    server.url = f"http://127.0.0.1:{runner.addresses[0][1]}/v1"
    return runner


async def answers(asked: Asked, content: str) -> web.StreamResponse:
    """As it should."""
    return web.json_response(completion(content))


async def answers_slowly(asked: Asked, content: str) -> web.StreamResponse:
    await asyncio.sleep(0.1)
    return await answers(asked, content)


def status(code: int, says: str = "", **headers: str) -> Fault:
    """An error in the form of OpenAI's."""

    async def answer(asked: Asked, content: str) -> web.StreamResponse:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return web.json_response({"error": {"message": says, "type": "error"}}, status=code, headers=named)

    return answer


def gives(body: Any, kind: str = "application/json") -> Fault:
    """This body in place of an answer."""

    async def answer(asked: Asked, content: str) -> web.StreamResponse:
        text = body if isinstance(body, str) else json.dumps(body)
        return web.Response(text=text, content_type=kind)

    return answer


def says(wrap: Callable[[str], Any], finish: str = "stop", **message: Any) -> Fault:
    """A whole answer, whose content is made otherwise."""

    async def answer(asked: Asked, content: str) -> web.StreamResponse:
        return web.json_response(completion(wrap(content), finish, **message))

    return answer


async def stalls(asked: Asked, content: str) -> web.StreamResponse:
    await asyncio.sleep(30)
    return web.Response()


async def drips(asked: Asked, content: str) -> web.StreamResponse:
    """A blank now and then, of an answer that never ends."""
    response = web.StreamResponse()
    await response.prepare(asked.request)
    while True:
        await response.write(b" ")
        await asyncio.sleep(0.05)


async def breaks_off(asked: Asked, content: str) -> web.StreamResponse:
    """Half of what it announces."""
    response = web.StreamResponse(headers={"Content-Length": "1000"})
    await response.prepare(asked.request)
    await response.write(b'{"choices": [{"message": {"content": "')
    if asked.request.transport:
        asked.request.transport.abort()
    return response


async def floods(asked: Asked, content: str) -> web.StreamResponse:
    """Megabytes without end, and without saying so before."""
    response = web.StreamResponse()
    await response.prepare(asked.request)
    with suppress(ConnectionError):
        while True:
            await response.write(b" " * 65_536)
    return response


async def echoes_the_key(asked: Asked, content: str) -> web.StreamResponse:
    return web.json_response({"error": {"message": f"Incorrect API key provided: {asked.key}"}}, status=401)


async def answers_with_the_key(asked: Asked, content: str) -> web.StreamResponse:
    return web.json_response(completion(content, system_fingerprint=asked.key))


async def knows_no_schemas(asked: Asked, content: str) -> web.StreamResponse:
    if "response_format" in asked.body:
        words = "'response_format.type' must be 'text'"
        return web.json_response({"error": words}, status=400)
    return web.json_response(completion(f"Here you are:\n```json\n{content}\n```\nAnything else?"))


async def ignores_schemas(asked: Asked, content: str) -> web.StreamResponse:
    """It takes them, and its model does not know of them."""
    is_told = "JSON schema" in asked.rules
    return web.json_response(completion(content if is_told else "The council passed it, as far as I can see."))


async def knows_no_temperature(asked: Asked, content: str) -> web.StreamResponse:
    if "temperature" in asked.body:
        words = "Unsupported value: 'temperature' does not support 0 with this model."
        return web.json_response({"error": {"message": words, "param": "temperature"}}, status=400)
    return web.json_response(completion(content))
