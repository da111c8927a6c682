"""The whole dataset to take away: its files packed, what they hold (`datapackage.json`, the JSON Schema) and the pages
that tell of it. A large one is split by state, so that a new entry makes the files of its state again and no others."""

import gzip
import json
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tracker.publish import addresses
from tracker.publish.exports import DEFAULT_TITLE
from tracker.publish.exports.dictionary import csv_fields, json_fields
from tracker.publish.exports.json import schema
from tracker.publish.geography import state_name
from tracker.publish.licences import licence
from tracker.publish.report.catalogue import Catalogue
from tracker.publish.report.output.file_set import CHUNK, WHOLE_FORMATS, FileSet, Measured
from tracker.publish.report.output.manifest import Files, Manifest
from tracker.publish.report.render import Site, page

PACKAGE, SCHEMA, TABLE = "datapackage.json", "entries.schema.json", "entries.table.json"
WHOLE_AT_MOST = 5_000
"""Entries up to which one file holds all, some 10 MB of JSON: it is written again with each change."""
OWNER = "data/"
"""Of the files of one state, before its code."""
LEVEL = 3
"""Of gzip: half the time of the usual 6 for a fifth more bytes; while news come, the files change every minute."""
PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
"""Data Package 2.0 (datapackage.org), by the Frictionless project."""
OF_OTHERS = "The quoted sentences and headlines are their publishers’ and stand here as quotations."
"""What no licence of ours can give."""
TABLE_TYPES = {"string": "string", "integer": "integer", "number": "number"}
"""Types of Table Schema by those of JSON Schema; `date` stays text, since a year and a month are no dates there."""


@dataclass(frozen=True, slots=True)
class Download:
    """One file: `size` in bytes, `sha256` in hexadecimal, `state` by its name where it holds the entries of one."""

    name: str
    label: str
    media_type: str
    size: int
    sha256: str
    state: str = ""


def is_split(entries: int) -> bool:
    """True where there are so many entries that each state has files of its own."""
    return entries > WHOLE_AT_MOST


def write_state(files: FileSet, catalogue: Catalogue, state: str) -> None:
    """The files and the page of one state, by its code."""
    folder = f"{OWNER}{addresses.segment(state.lower())}/"
    downloads = _join(files, folder, state, _addresses(catalogue, [state]))
    values: dict[str, Any] = {"files": downloads, "state": state_name(state), "of_others": OF_OTHERS}
    values["licence"] = licence(files.site.licence)
    files.write(f"{folder}index.html", page(files.site, "data_state.html.j2", folder, **values))


def write(files: FileSet, catalogue: Catalogue, *, split: bool, is_same: bool) -> None:
    """All that is about the whole; those of the states are there already. `is_same`: no place is another than at the
    last build."""
    site = files.site
    if split:
        downloads = _of_states(files.manifest)
    else:
        downloads = _join(files, "", "", _addresses(catalogue, catalogue.states()), is_same=is_same)
    files.write(SCHEMA, schema().encode())
    if split:
        files.write(TABLE, _json({"fields": list(_table()), "primaryKey": ["id"]}))
    files.write(PACKAGE, _json(package(site, downloads)))
    tables = [("CSV", csv_fields()), ("JSON", json_fields())]
    values: dict[str, Any] = {"files": [] if split else downloads, "states": _by_state(downloads) if split else []}
    values |= {"licence": licence(site.licence), "tables": tables, "of_others": OF_OTHERS}
    files.write("data/index.html", page(site, "data.html.j2", "data/", **values))


def _by_state(downloads: Iterable[Download]) -> list[tuple[str, list[Download]]]:
    found: dict[str, list[Download]] = {}
    for item in downloads:
        found.setdefault(item.state, []).append(item)
    return sorted(found.items())


def _join(
    files: FileSet, folder: str, state: str, addresses: Sequence[str], *, is_same: bool = False
) -> list[Download]:
    """The files of a folder with all entries, of the places at these addresses, and the same packed."""
    for form in WHOLE_FORMATS:
        path = folder + form.file_name
        if not (is_same and files.keep(path)):
            files.join(form, path, (address + form.file_name for address in addresses))
        _pack(files, path)
    return list(_downloads(files.files, state))


def _addresses(catalogue: Catalogue, states: Iterable[str]) -> list[str]:
    """Of the places of these states, by id."""
    places = [place for state in states for place in catalogue.places(state)]
    return [place.address for place in sorted(places, key=lambda place: place.id)]


def _of_states(manifest: Manifest) -> list[Download]:
    owned = sorted((owner, files) for owner, files in manifest.files.items() if owner.startswith(OWNER))
    return [item for owner, files in owned for item in _downloads(files, owner.removeprefix(OWNER))]


def _downloads(files: Files, state: str) -> Iterator[Download]:
    """What is told of the files with entries that are among these."""
    for form in WHOLE_FORMATS:
        kinds = {form.file_name: (form.label, form.media_type)}
        kinds[f"{form.file_name}.gz"] = (f"{form.label}, packed", "application/gzip")
        for path in sorted(files):
            if (name := path.rpartition("/")[2]) in kinds:
                measured = Measured.read(files[path])
                yield Download(path, *kinds[name], measured.size, measured.sha256, state_name(state))


def _pack(files: FileSet, path: str) -> None:
    """The file as gzip (RFC 1952), packed again only where the one that is there holds other bytes: its last eight say
    which. It bears no time, so that equal files stay equal."""
    name, plain = f"{path}.gz", Measured.read(files.files[path])
    if _holds(files.folder.root / name, plain) and files.take(name):
        return
    with (
        open(files.folder.holds(path), "rb") as source,
        files.stream(name) as out,
        gzip.GzipFile(filename="", mode="wb", compresslevel=LEVEL, fileobj=out, mtime=0) as packed,
    ):
        shutil.copyfileobj(source, packed, CHUNK)


def _holds(path: Path, plain: Measured) -> bool:
    try:
        with open(path, "rb") as packed:
            packed.seek(-8, 2)
            return packed.read() == plain.crc.to_bytes(4, "little") + (plain.size % 2**32).to_bytes(4, "little")
    except OSError:
        return False


def package(site: Site, downloads: list[Download]) -> dict[str, Any]:
    """The descriptor of the dataset for programs."""
    given = licence(site.licence)
    told: dict[str, Any] = {"$schema": PROFILE, "name": "procedure-tracker", "title": DEFAULT_TITLE}
    told["description"] = f"Dated steps of local policies, each with the sentences that prove it. {OF_OTHERS}"
    if site.public_url:
        told["homepage"] = f"{site.public_url}/"
    if given:
        told["licenses"] = [{"name": given.name, "title": given.title, "path": given.url}]
    return told | {"resources": [_resource(item) for item in downloads if not item.name.endswith(".gz")]}


def _resource(item: Download) -> dict[str, Any]:
    kind = item.name.rpartition(".")[2]
    name = f"entries-{kind}-{item.name.split('/')[1]}" if item.state else f"entries-{kind}"
    told: dict[str, Any] = {"name": name, "path": item.name, "format": kind, "mediatype": item.media_type}
    told |= {"encoding": "utf-8", "bytes": item.size, "hash": f"sha256:{item.sha256}"}
    told |= {"title": item.state} if item.state else {}
    if kind == "csv":
        fields = TABLE if item.state else {"fields": list(_table()), "primaryKey": ["id"]}
        return told | {"type": "table", "schema": fields}
    about = f"The same with all evidence and revisions; {SCHEMA} tells its fields"
    return told | ({"description": about} if item.state else {"title": about})


def _json(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode() + b"\n"


def _table() -> Iterator[dict[str, Any]]:
    for field in csv_fields():
        told: dict[str, Any] = {"name": field.name, "type": TABLE_TYPES[field.type], "description": field.meaning}
        constraints: dict[str, Any] = {"enum": list(field.values)} if field.values else {}
        yield told | ({"constraints": constraints} if constraints else {})
