"""A page that lists policies → the documents that it links; a PowerDMS site's list, which is JSON, the same. Pure."""

import json
import posixpath
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urldefrag, urljoin, urlsplit

from lxml.html import HtmlElement

from tracker.characters import visible
from tracker.gather.canonical import LONGEST_ADDRESS, bare_host, is_of_site
from tracker.gather.text.charset import to_text
from tracker.gather.text.markup import first_tags, without_declaration
from tracker.gather.text.plain import page_tree, tree_text

POWERDMS = "powerdms.com"
MOST_DOCUMENTS = 2_000
"""Of one list: the largest department's has some 700."""
LONGEST_LIST, MOST_TAGS = 8 * 1024 * 1024, 200_000
"""Characters and tags of a page that are looked at."""
LONGEST_NAME = 300
"""Characters of a link that are its name."""
BULK = 5
"""Files that a page links on another host from which that is where its site keeps them."""
FEWEST = 2
"""Documents of a list."""
LINKED = 0.25
"""Share of a page's letters that stand in its links to documents, from which it is a list of them; a policy that cites
others has a twentieth."""
MANY = 25
"""And with so many it is one, whatever else it says."""
_FILE = re.compile(r"\.(?:pdf|docx?|rtf)$", re.I)
_OF_SYSTEM = re.compile(r"/(?:documentcenter/view/\d|showpublisheddocument/\d|home/showdocument|archive\.aspx$)", re.I)
"""How systems of cities name a file without its ending."""
_PAGE = re.compile(r"(?:/|\.(?:html?|aspx?|php)|/[^/.]+)$", re.I)
_OUTSIDE = frozenset({"nav", "header", "footer", "aside"})
_ROLES = frozenset({"navigation", "banner", "contentinfo", "complementary", "search"})


@dataclass(frozen=True, slots=True)
class Listed:
    """A document that a list has: its address, and its name there, perhaps empty."""

    address: str
    name: str


def list_address(url: str) -> str:
    """Where the list is asked for: of a PowerDMS site its list in JSON, else the address itself."""
    parts = urlsplit(url)
    path = [part for part in parts.path.split("/") if part]
    host = (parts.hostname or "").lower()
    of_site = len(path) == 1 or path[1:] == ["documents"] or path[1:2] == ["tree"]
    if path and of_site and is_of_site(host, POWERDMS):
        return f"{parts.scheme}://{parts.netloc}/{path[0]}/documents"
    return url


def documents_of(body: bytes, url: str, content_type: str) -> tuple[Listed, ...] | None:
    """The documents of a list, each once, at most MOST_DOCUMENTS; None where the answer is itself a document."""
    if b"%PDF-" in body[:1024]:
        return None
    text = to_text(body, content_type).strip()
    if text[:1] in ("{", "["):
        return _first(_of_json(text, url))
    tree = _tree(text)
    if tree is None:
        return None
    links = list(_links(tree, url))
    found = _first(_documents(links, url))
    letters = sum(len(one.name) for one in found)
    is_list = len(found) >= MANY or letters >= LINKED * len(tree_text(tree))
    return found if len(found) >= FEWEST and is_list else None


def _first(found: Iterator[Listed]) -> tuple[Listed, ...]:
    """Each address once, with the first name that it has."""
    known: dict[str, Listed] = {}
    for one in found:
        if len(one.address) <= LONGEST_ADDRESS and len(known) < MOST_DOCUMENTS:
            known.setdefault(one.address, one)
    return tuple(known.values())


def _of_json(text: str, url: str) -> Iterator[Listed]:
    """The rows with a name and a public address, as PowerDMS gives them."""
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        return
    rows = told.get("data") if isinstance(told, dict) else told
    for row in rows if isinstance(rows, list) else ():
        address = row.get("publicUrl") if isinstance(row, dict) else None
        if isinstance(address, str) and address.strip():
            name = row.get("name")
            yield Listed(_absolute(url, address), _name(name if isinstance(name, str) else ""))


def _tree(text: str) -> HtmlElement | None:
    """The page without what stands around its main part."""
    tree = page_tree(first_tags(without_declaration(text), LONGEST_LIST, MOST_TAGS))
    if tree is None:
        return None
    for element in list(tree.iter()):
        outside = element.tag in _OUTSIDE or element.get("role") in _ROLES
        if outside and element.getparent() is not None:
            element.drop_tree()
    return tree


def _links(tree: HtmlElement, url: str) -> Iterator[Listed]:
    for link in tree.iter("a"):
        address = _absolute(url, link.get("href") or "")
        if address and address != urldefrag(url)[0]:
            yield Listed(address, _name("".join(link.itertext())) or _name(link.get("title") or ""))


def _absolute(url: str, address: str) -> str:
    """Without its fragment; empty where it is no address of a document."""
    try:
        whole = urldefrag(urljoin(url, address.strip()))[0]
        return whole.replace(" ", "%20") if urlsplit(whole).hostname and whole.startswith("http") else ""
    except ValueError:
        return ""


def _name(text: str) -> str:
    return visible(" ".join(text.split()))[:LONGEST_NAME]


def _documents(links: list[Listed], url: str) -> Iterator[Listed]:
    """Files of the same site, or of the host where it keeps them; pages of the same site that stand below the list."""
    site, below = bare_host(url), _folder(url)
    hosts = Counter(bare_host(one.address) for one in links if _is_file(one.address))
    for one in links:
        host = bare_host(one.address)
        if _is_file(one.address):
            if _same_site(host, site) or hosts[host] >= BULK:
                yield one
        elif host == site and len(below) > 1 and _is_below(one.address, below):
            yield one


def _is_file(address: str) -> bool:
    path = urlsplit(address).path
    return bool(_FILE.search(path) or _OF_SYSTEM.search(path))


def _same_site(host: str, site: str) -> bool:
    return is_of_site(host, site) or is_of_site(site, host)


def _folder(url: str) -> str:
    """What the addresses of pages below a list begin with."""
    path = urlsplit(url).path
    return f"{posixpath.dirname(path).rstrip('/')}/" if posixpath.splitext(path)[1] else f"{path.rstrip('/')}/"


def _is_below(address: str, folder: str) -> bool:
    parts = urlsplit(address)
    return parts.path.startswith(folder) and len(parts.path) > len(folder) and bool(_PAGE.search(parts.path))
