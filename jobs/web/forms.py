"""What a form says, or one line about why nobody can tell."""

from collections.abc import Collection, Mapping
from typing import Any

from aiohttp import web

KINDS = ("application/x-www-form-urlencoded", "multipart/form-data")
"""What browsers send. A form of another kind has no fields, and no fields would read as "nothing ticked"."""
AGAIN = "Nothing was changed. Please open the link again and send the form once more."


async def read_form(request: web.Request, names: Collection[str]) -> dict[str, list[str]]:
    """What each field says; the fields of `names` are among them, or the form is not whole.

    Raises HTTPException with one plain line: 413 too large, 415 no form, 400 anything else.
    """
    if request.content_type not in KINDS:
        raise web.HTTPUnsupportedMediaType(text=f"This is not a form that a browser sends. {AGAIN}")
    try:
        form = _texts(await request.post())
    except web.HTTPException:
        raise
    except Exception as error:
        # Of broken parts, charsets, encodings and compressions aiohttp raises whatever its parsers raise: ValueError,
        # LookupError, RuntimeError, AssertionError, RequestPayloadError. Nothing of ours runs in there.
        raise web.HTTPBadRequest(text=f"This form cannot be read. {AGAIN}") from error
    if not form.keys() >= set(names):
        raise web.HTTPBadRequest(text=f"This form is not whole. {AGAIN}")
    return form


def _texts(form: Mapping[str, Any]) -> dict[str, list[str]]:
    """ValueError where a field is a file, or holds half a character (a lone surrogate), which no page can show."""
    fields: dict[str, list[str]] = {}
    for name, value in form.items():
        if not isinstance(value, str):
            raise ValueError("not a text")
        value.encode()
        fields.setdefault(name, []).append(value)
    return fields
