"""Content-Encoding undone in bounded memory: a small body that unpacks to gigabytes stops at the limit."""

import zlib
from typing import Any, Protocol

import brotli

from tracker.characters import visible
from tracker.errors import NetworkError, TooLarge

GZIP_BITS = 16 + zlib.MAX_WBITS
"""zlib's way to say "a gzip header and trailer are there" (RFC 1952)."""
STEP = 1 << 16
"""Bytes unpacked at once: small enough that a bomb is noticed early, large enough to be fast."""
MAX_LAYERS = 2
"""`Content-Encoding: gzip, gzip` is met; more layers are only ever an attack."""
MAX_MEMBERS = 100
"""Real gzip bodies have one member, some a few; each costs a decompressor."""
ACCEPTED = "gzip, deflate, br"


class Decoder(Protocol):
    """Takes packed bytes piece by piece and gives unpacked pieces of bounded size."""

    def feed(self, data: bytes) -> list[bytes]: ...
    @property
    def finished(self) -> bool: ...


class _Zlib:
    """gzip (also of several members) and deflate, with or without the zlib header that RFC 9110 asks for."""

    def __init__(self, bits: int, limit: int) -> None:
        self._bits, self._limit = bits, limit
        self._inner: Any = None
        self._members = 0
        self.finished = False

    def feed(self, data: bytes) -> list[bytes]:
        out: list[bytes] = []
        room = self._limit + 1
        while room > 0 and (data := data if self._inner else self._next_member(data)):
            piece = self._inner.decompress(data, min(STEP, room))
            out.append(piece)
            room -= len(piece)
            data = self._inner.unconsumed_tail
            if self._inner.eof:
                data, self._inner, self.finished = self._inner.unused_data, None, True
        return out

    def _next_member(self, data: bytes) -> bytes:
        """Opens a decompressor for what starts here; after the end only another gzip member counts, the rest is
        padding or rubbish that gzip(1) ignores too."""
        if self.finished:
            data = data.lstrip(b"\x00") if self._bits == GZIP_BITS else b""
            data = data if data[:1] == b"\x1f" else b""
        if data:
            self._members += 1
            if self._members > MAX_MEMBERS:
                raise zlib.error(f"more than {MAX_MEMBERS} gzip members")
            self._inner, self.finished = zlib.decompressobj(self._window(data)), False
        return data

    def _window(self, data: bytes) -> int:
        """Deflate is sent bare by some servers: a zlib header has 8 as its low half byte (RFC 1950)."""
        bare = self._bits == zlib.MAX_WBITS and data[0] & 0x0F != zlib.DEFLATED
        return -zlib.MAX_WBITS if bare else self._bits


class _Brotli:
    """RFC 7932."""

    def __init__(self, limit: int) -> None:
        self._inner, self._limit = brotli.Decompressor(), limit

    def feed(self, data: bytes) -> list[bytes]:
        if self.finished:
            return []
        out = [self._inner.process(data, output_buffer_limit=STEP)]
        room = self._limit + 1 - len(out[0])
        while room > 0 and not self._inner.can_accept_more_data():
            out.append(self._inner.process(b"", output_buffer_limit=STEP))
            room -= len(out[-1])
        return out

    @property
    def finished(self) -> bool:
        return bool(self._inner.is_finished())


class Body:
    """Collects one body: `add` raw pieces as they arrive, `close` for the whole. Raises TooLarge and NetworkError."""

    def __init__(self, url: str, content_encoding: str, limit: int) -> None:
        self._url, self._limit = url, limit
        self._raw = self._size = 0
        self._pieces: list[bytes] = []
        names = [name for part in content_encoding.lower().split(",") if (name := part.strip()) not in ("", "identity")]
        if len(names) > MAX_LAYERS:
            raise NetworkError(url, f"the answer is packed {len(names)} times")
        self._decoders = [self._decoder(name) for name in reversed(names)]

    def _decoder(self, name: str) -> Decoder:
        if name in ("gzip", "x-gzip"):
            return _Zlib(GZIP_BITS, self._limit)
        if name == "deflate":
            return _Zlib(zlib.MAX_WBITS, self._limit)
        if name == "br":
            return _Brotli(self._limit)
        raise NetworkError(self._url, f"the answer is packed in a way that was not asked for: {visible(name)[:40]}")

    def add(self, data: bytes) -> None:
        """Unpacks one piece."""
        self._raw += len(data)
        if self._raw > self._limit:
            raise TooLarge(self._url, f"the answer is larger than {self._limit} bytes")
        pieces = [data]
        try:
            for decoder in self._decoders:
                pieces = self._bounded(decoder, pieces)
        except (zlib.error, brotli.error) as error:
            raise NetworkError(self._url, "the packed answer is damaged") from error
        self._size += sum(map(len, pieces))
        if self._size > self._limit:
            raise TooLarge(self._url, f"the answer is larger than {self._limit} bytes")
        self._pieces.extend(pieces)

    def _bounded(self, decoder: Decoder, pieces: list[bytes]) -> list[bytes]:
        """No layer may give more than the limit either, so that an inner bomb cannot hide in an outer one."""
        out = [piece for part in pieces for piece in decoder.feed(part)]
        if sum(map(len, out)) > self._limit:
            raise TooLarge(self._url, f"the answer unpacks to more than {self._limit} bytes")
        return out

    def close(self) -> bytes:
        """The whole body. A packed body that ends early is refused: half a feed would look like a whole one."""
        if self._raw and not all(decoder.finished for decoder in self._decoders):
            raise NetworkError(self._url, "the packed answer ends too early")
        return b"".join(self._pieces)
