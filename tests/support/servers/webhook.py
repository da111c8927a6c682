"""A real web server on loopback that takes what Apprise's `json://` sends."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Hook(BaseHTTPRequestHandler):
    """What a channel's server gets."""

    got: list[dict[str, str]]
    status = 200
    pause_s = 0.0

    def do_POST(self) -> None:
        self.got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        time.sleep(self.pause_s)
        self.send_response(self.status)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None: ...


@contextmanager
def webhook() -> Iterator[tuple[type[Hook], str]]:
    """(what was got, and how it answers; the address for Apprise, which holds a secret)."""
    kind = type("OneHook", (Hook,), {"got": []})
    running = ThreadingHTTPServer(("127.0.0.1", 0), kind)
    threading.Thread(target=running.serve_forever, daemon=True).start()
    try:
        yield kind, f"json://127.0.0.1:{running.server_port}/secret-token"
    finally:
        running.shutdown()
        running.server_close()
