"""The one way templates are set up: strict about names, and clean of what no page can hold."""

from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from tracker.publish import addresses, geography, safe, words


def _cleaned(value: Any) -> Any:
    """Applied to every printed value: no character that HTML cannot hold."""
    if isinstance(value, Markup) or not isinstance(value, str):
        return value
    return safe.clean(value)


def environment(package: str, *, escape: bool = True) -> Environment:
    """Templates of `package`, escaped unless they are plain text; an undefined name is an error."""
    env = Environment(
        loader=PackageLoader(package),
        autoescape=escape,  # noqa: S701 - off only for the plain text of a mail
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        finalize=_cleaned,
    )
    env.filters |= {
        "plain": safe.plain,
        "shorten": safe.shorten,
        "web": safe.web_address,
        "reach": safe.reach,
        "archive": safe.archive_address,
        "day": words.day,
        "label": geography.label,
    }
    env.globals |= {"words": words, "addresses": addresses, "count": words.count}
    return env
