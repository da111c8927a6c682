"""Bytes of feeds, pages and subscription lists to text. Never fails; one bad byte costs one character.

The order of RFC 7303 (byte order mark, then the transport's charset, then the document's own), with one exception that
the wild demands: bytes beyond ASCII that are valid UTF-8 are UTF-8, whatever is declared. Text in another encoding is
valid UTF-8 only by an accident that does not happen in sentences.
"""

import codecs
import re

SNIFFED = 2048
"""Bytes at the start in which a document declares its encoding (HTML asks for the first 1,024)."""
GOOD_UTF8 = 0.5
"""Share of the characters beyond ASCII that must decode for damaged UTF-8 to be read as UTF-8. In text of another
encoding nearly none do, in damaged UTF-8 nearly all."""
UNFIT = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "utf-7", "mbcs", "oem"})
"""Python codecs that no document uses and an attacker could (punycode takes quadratic time)."""
BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
BARE_UTF16 = ((b"<\x00", "utf-16-le"), (b"\x00<", "utf-16-be"))
"""UTF-16 without a mark, told by its first character (XML 1.0, appendix F)."""
_DECLARED = re.compile(
    rb"""(?:<\?xml[^>]{0,200}?encoding|<meta[^>]{0,200}?charset)\s{0,9}=\s{0,9}["']?([\w.:-]{2,40})""", re.I
)
_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:-]{2,40})""", re.I)
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML 1.0 forbids (2.2): one of them makes a strict parser give the whole document up."""


def to_text(body: bytes, content_type: str = "") -> str:
    """The text of a document, without a byte order mark and without characters that XML forbids."""
    return _ILLEGAL.sub("", _decoded(body, content_type))


def _decoded(body: bytes, content_type: str) -> str:
    for mark, encoding in BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, "replace")
    for start, encoding in BARE_UTF16:
        if body.startswith(start):
            return body.decode(encoding, "replace")
    declared = _declared(body, content_type)
    if body.isascii():
        return body.decode(declared or "ascii", "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return _not_utf8(body, declared)


def _declared(body: bytes, content_type: str) -> str | None:
    """The first declared encoding that Python knows and that is fit for documents."""
    names = _CHARSET.findall(content_type) + [name.decode("ascii") for name in _DECLARED.findall(body[:SNIFFED])]
    return next((found for name in names if (found := _codec(name))), None)


def _codec(name: str) -> str | None:
    """Python's name of an encoding. ISO 8859-1 and ASCII mean Windows-1252, as in every browser (WHATWG Encoding)."""
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    if not getattr(info, "_is_text_encoding", True) or info.name in UNFIT or info.name.startswith(("utf-16", "utf-32")):
        return None  # a declared UTF-16 without a mark would have been seen at the first bytes
    return "cp1252" if info.name in ("iso8859-1", "ascii") else info.name


def _not_utf8(body: bytes, declared: str | None) -> str:
    """Bytes that are not wholly UTF-8: UTF-8 with a few bad bytes, else the declared encoding, else Windows-1252."""
    lenient = body.decode("utf-8", "replace")
    beyond = len(lenient) - len(lenient.encode("ascii", "ignore"))
    if beyond - lenient.count("\ufffd") >= GOOD_UTF8 * beyond:
        return lenient
    return body.decode(declared if declared not in (None, "utf-8") else "cp1252", "replace")
