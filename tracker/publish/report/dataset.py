"""The whole dataset to take away: its files packed, what they hold (`datapackage.json`, the JSON Schema) and the page
that tells of it. Nothing is made again that is right."""

import gzip
import hashlib
import json
import shutil
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tracker.publish.exports import DEFAULT_TITLE, FORMATS
from tracker.publish.exports.dictionary import csv_fields, json_fields
from tracker.publish.exports.json import schema
from tracker.publish.licences import licence
from tracker.publish.report.files import Folder
from tracker.publish.report.render import Site, page
from tracker.publish.report.whole import WHOLE_FORMATS

PACKAGE, SCHEMA = "datapackage.json", "entries.schema.json"
CHUNK = 1 << 20
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
    """One file: `size` in bytes, `sha256` in hexadecimal."""

    name: str
    label: str
    media_type: str
    size: int
    sha256: str
    crc: int = 0


def write(site: Site, folder: Folder) -> None:
    """Writes all of it; the files with the entries are there already."""
    downloads = []
    for name in WHOLE_FORMATS:
        plain = _measured(folder, FORMATS[name].file_name, FORMATS[name].label, FORMATS[name].media_type)
        downloads += [plain, _packed(folder, plain)]
    folder.write(SCHEMA, schema().encode())
    folder.write(PACKAGE, json.dumps(package(site, downloads), ensure_ascii=False, indent=1).encode() + b"\n")
    tables = [("CSV", csv_fields()), ("JSON", json_fields())]
    values = {"files": downloads, "licence": licence(site.licence), "tables": tables, "of_others": OF_OTHERS}
    folder.write("data/index.html", page(site, "data.html.j2", "data/", **values))


def _measured(folder: Folder, name: str, label: str, media_type: str) -> Download:
    digest, crc, size = hashlib.sha256(), 0, 0
    with open(folder.holds(name), "rb") as source:
        while chunk := source.read(CHUNK):
            digest.update(chunk)
            crc, size = zlib.crc32(chunk, crc), size + len(chunk)
    return Download(name, label, media_type, size, digest.hexdigest(), crc)


def _packed(folder: Folder, plain: Download) -> Download:
    """The file as gzip (RFC 1952), packed again only where the one that is there holds other bytes: its last eight say
    which. It bears no time, so that equal files stay equal."""
    name = f"{plain.name}.gz"
    if not (_holds(folder.root / name, plain) and folder.keep_all([name])):
        with (
            open(folder.holds(plain.name), "rb") as source,
            folder.stream(name) as out,
            gzip.GzipFile(filename="", mode="wb", compresslevel=LEVEL, fileobj=out, mtime=0) as packed,
        ):
            shutil.copyfileobj(source, packed, CHUNK)
    return _measured(folder, name, f"{plain.label}, packed", "application/gzip")


def _holds(path: Path, plain: Download) -> bool:
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
    told: dict[str, Any] = {"name": f"entries-{kind}", "path": item.name, "format": kind, "mediatype": item.media_type}
    told |= {"encoding": "utf-8", "bytes": item.size, "hash": f"sha256:{item.sha256}"}
    if kind == "csv":
        return told | {"type": "table", "schema": {"fields": list(_table()), "primaryKey": ["id"]}}
    return told | {"title": f"The same with all evidence and revisions; {SCHEMA} tells its fields"}


def _table() -> Iterator[dict[str, Any]]:
    for field in csv_fields():
        told: dict[str, Any] = {"name": field.name, "type": TABLE_TYPES[field.type], "description": field.meaning}
        constraints: dict[str, Any] = {"enum": list(field.values)} if field.values else {}
        yield told | ({"constraints": constraints} if constraints else {})
