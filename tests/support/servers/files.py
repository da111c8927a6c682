"""Files of a folder over HTTP, always whole."""

from http.server import SimpleHTTPRequestHandler
from typing import Any


class QuietFiles(SimpleHTTPRequestHandler):
    """Logs nothing, and answers no "not modified": it knows a file's time to the second only, and to a test that writes
    a file twice within one it would say that nothing is new."""

    def parse_request(self) -> bool:
        is_good = super().parse_request()
        if is_good:
            del self.headers["If-Modified-Since"]
        return is_good

    def log_message(self, format: str, *args: Any) -> None: ...
