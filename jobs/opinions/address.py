"""The address of the model's server, as the settings have it and as it is asked."""

from urllib.parse import urlsplit

ENDPOINT = "/chat/completions"


def checked_server(url: str) -> str:
    """The address without blanks around it. Raises ValueError, whose text never repeats what may be a password."""
    url = url.strip()
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - raises where it is no number
    except ValueError:
        parts = urlsplit("")
    if "@" in parts.netloc:
        raise ValueError("it holds a user name or password; remove it, and set the key in TRACKER_SECOND_OPINION_KEY")
    if "?" in url or "#" in url:
        raise ValueError('it has more behind the path; write the address alone, like "http://127.0.0.1:11434/v1"')
    if url and (parts.scheme not in ("http", "https") or not parts.hostname or not url.isprintable()):
        raise ValueError('not the web address of a server; write one like "http://127.0.0.1:11434/v1"')
    return url


def completions(url: str) -> str:
    """The address with its endpoint, whether or not it was written there; empty stays empty."""
    bare = url.rstrip("/")
    return bare if not bare or bare.endswith(ENDPOINT) else bare + ENDPOINT
