"""What a form says, or one line about why nobody can tell."""

from collections.abc import Collection
from typing import cast

from aiohttp import web
from multidict import MultiDictProxy

KINDS = ("application/x-www-form-urlencoded", "multipart/form-data")
"""What browsers send. A form of another kind has no fields, and no fields would read as "nothing ticked"."""
AGAIN = "Nothing was changed. Please open the link again and send the form once more."


async def read_form(request: web.Request, names: Collection[str]) -> "MultiDictProxy[str]":
    """The fields, all of them text that can be shown; those of `names` are among them, or the form is not whole.

    Raises HTTPException with one plain line: 413 too large, 415 no form, 400 anything else.
    """
    if request.content_type not in KINDS:
        raise web.HTTPUnsupportedMediaType(text=f"This is not a form that a browser sends. {AGAIN}")
    try:
        form = cast("MultiDictProxy[str]", await request.post())
        "".join(form.values()).encode()  # a file is no text, half a character (a lone surrogate) cannot be shown
    except web.HTTPException:
        raise
    except Exception as error:
        # Of broken parts, charsets, encodings and compressions aiohttp raises whatever its parsers raise: ValueError,
        # LookupError, RuntimeError, AssertionError, RequestPayloadError. Nothing of ours runs in there.
        raise web.HTTPBadRequest(text=f"This form cannot be read. {AGAIN}") from error
    if not all(name in form for name in names):
        raise web.HTTPBadRequest(text=f"This form is not whole. {AGAIN}")
    return form
