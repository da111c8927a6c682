"""PDFs byte by byte: small ones that are well formed, and such as are made to do harm."""

import zlib
from collections.abc import Sequence

FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
MEGABYTE = 1024 * 1024


def pdf(contents: Sequence[bytes], catalog: bytes = b"", trailer: bytes = b"", filters: bytes = b"") -> bytes:
    """A PDF with a page for each stream of operators; `filters` is what each stream is packed by."""
    first = 4
    kids = b" ".join(b"%d 0 R" % (first + 2 * number) for number in range(len(contents)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalog,
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(contents)),
        FONT,
    ]
    for number, content in enumerate(contents):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % (first + 2 * number + 1)
        )
        objects.append(b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), filters, content))
    return _file(objects, trailer)


def _file(objects: Sequence[bytes], trailer: bytes) -> bytes:
    body, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    last = b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, trailer, len(body))
    return body + end + last


def words(*lines: str, top: int = 720, left: int = 72) -> bytes:
    """Operators that show lines from the top of a page."""
    shown = [f"BT /F1 11 Tf {left} {top - 14 * place} Td ({line}) Tj ET" for place, line in enumerate(lines)]
    return "\n".join(shown).encode("latin-1")


def encrypted() -> bytes:
    """A PDF whose key comes from a password that nobody has."""
    lock = b"/Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -44 /O <%s> /U <%s> >> /ID [<%s> <%s>]"
    return pdf([words("Locked.")], trailer=lock % (b"ab" * 32, b"cd" * 32, b"01" * 16, b"01" * 16))


def with_script() -> bytes:
    """A PDF that wants to run a script and a program when it is opened."""
    action = b"/OpenAction << /S /JavaScript /JS (while (true) {}) /Next << /S /Launch /F (calc.exe) >> >>"
    return pdf([words("I. Purpose", "Members keep the log in order.")], catalog=action)


def bomb(megabytes: int) -> bytes:
    """A page whose stream of a few kilobytes unpacks to so much, twice packed."""
    packer = zlib.compressobj(9)
    inner = b"".join(packer.compress(b" " * MEGABYTE) for _ in range(megabytes)) + packer.flush()
    return pdf([zlib.compress(inner, 9)], filters=b"/Filter [/FlateDecode /FlateDecode]")


def endless(times: int) -> bytes:
    """A page that shows the same words so many times, each at another place: work for whoever lays them out."""
    shown = b"".join(b"BT /F1 4 Tf %d.%d %d Td (a) Tj ET\n" % (one % 600, one % 7, one % 780) for one in range(times))
    return pdf([zlib.compress(shown, 9)], filters=b"/Filter /FlateDecode")


def scanned(pages: int) -> bytes:
    """Pages with a grey box on each, as of a picture, and no word."""
    return pdf([b"0.8 g 72 72 400 600 re f"] * pages)
