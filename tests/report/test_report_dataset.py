"""The whole dataset to take away: its files agree with one another, say what they hold, and are made again only where
something changed."""

import csv
import gzip
import hashlib
import json
import os
import re
import runpy
from html import unescape
from pathlib import Path

import jsonschema
import pytest

from support.timeline.list_catalogue import write_site
from tracker.model import EvidenceKind
from tracker.publish.exports.csv import COLUMNS
from tracker.publish.exports.dictionary import csv_fields, json_fields
from tracker.publish.exports.json import record
from tracker.publish.licences import licence

samples = runpy.run_path(str(Path(__file__).parents[1] / "golden" / "publish" / "samples.py"))
WHOLE = ("entries.json", "entries.csv")


def build(out, places=None, **options):
    places = samples["all_places"]() if places is None else places
    options = {"licence": "CC-BY-4.0", "public_url": "https://tracker.example/report/"} | options
    return write_site(iter(places), out, now=samples["NOW"], **options)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    out = tmp_path_factory.mktemp("site")
    build(out)
    return out


def described(site):
    return json.loads((site / "datapackage.json").read_text("utf-8"))


def words_of(page):
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", page.read_text("utf-8"))).split())


def test_the_packed_files_hold_what_the_others_hold(site):
    for name in WHOLE:
        assert gzip.decompress((site / f"{name}.gz").read_bytes()) == (site / name).read_bytes()
    assert len(json.loads((site / "entries.json").read_text("utf-8"))) == 14


def test_the_package_describes_the_files_as_they_are(site):
    package = described(site)
    assert package["licenses"] == [
        {
            "name": "CC-BY-4.0",
            "title": "Creative Commons Attribution 4.0",
            "path": "https://creativecommons.org/licenses/by/4.0/",
        }
    ]
    assert package["homepage"] == "https://tracker.example/report/"
    assert [resource["path"] for resource in package["resources"]] == list(WHOLE)
    for resource in package["resources"]:
        content = (site / resource["path"]).read_bytes()
        assert (resource["bytes"], resource["hash"]) == (len(content), f"sha256:{hashlib.sha256(content).hexdigest()}")


def test_the_table_holds_what_its_fields_say(site):
    fields = described(site)["resources"][1]["schema"]["fields"]
    with (site / "entries.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert header == [field["name"] for field in fields] == list(COLUMNS)
    assert len(rows) == 14
    read = {"integer": int, "number": float, "string": str}
    for row in rows:
        for value, field in zip(row, fields, strict=True):
            assert value == "" or read[field["type"]](value) is not None
            assert value in ("", *field.get("constraints", {}).get("enum", [value]))


def test_the_json_is_what_the_schema_beside_it_says(site):
    schema = json.loads((site / "entries.schema.json").read_text("utf-8"))
    jsonschema.validate(json.loads((site / "entries.json").read_text("utf-8")), schema)


def test_the_dictionary_tells_every_field_and_no_other():
    entry = samples["milwaukee"]().policies[0].entries[0]
    plain = record(entry)["evidence"][0]
    heard = [item.model_copy(update={"reader_version": "r1+model"}) for item in entry.evidence]
    told = record(entry.model_copy(update={"evidence": tuple(heard)}))
    assert told["evidence"][0].keys() - plain.keys() == {"witness", "model"}, "told where a model was heard, only there"
    official = {"kind": EvidenceKind.RECORD, "matter": "24-1", "record": "77", "reader_version": "r1+model"}
    records = tuple(item.model_copy(update=official) for item in entry.evidence)
    of_record = record(entry.model_copy(update={"evidence": records}))
    assert of_record["evidence"][0].keys() - told["evidence"][0].keys() == {"matter", "record"}
    told = of_record
    names = [field.name for field in json_fields()]
    below = [f"{name}[].{key}" for name in ("evidence", "revisions") for key in told[name][0]]
    assert sorted(names) == sorted([*told, *below])
    assert tuple(field.name for field in csv_fields()) == COLUMNS
    for field in (*json_fields(), *csv_fields()):
        assert field.meaning.endswith("."), field
    said = {field.name: field.said for field in json_fields()}
    assert said["basis"] == "one of stated, relative, reported"
    assert (said["date"], said["revision"], said["evidence"]) == ("text, or nothing", "whole number", "list")


def test_the_page_has_the_files_the_fields_and_the_licence(site):
    page = site / "data/index.html"
    shown = words_of(page)
    for field in (*json_fields(), *csv_fields()):
        assert field.name in shown
        assert " ".join(field.meaning.split()) in shown
    assert "may be used under Creative Commons Attribution 4.0 . The quoted sentences and headlines are" in shown
    links = re.findall(r'href="\.\./([^"]*)"', page.read_text("utf-8"))
    assert {*WHOLE, *(f"{name}.gz" for name in WHOLE), "datapackage.json", "entries.schema.json"} <= set(links)
    assert 'href="data/index.html"' in (site / "index.html").read_text("utf-8")
    assert 'href="../../data/index.html"' in (site / "wi/milwaukee/index.html").read_text("utf-8")


LICENCES = [
    ("cc0-1.0", "Creative Commons Zero 1.0", "CC0-1.0"),
    ("https://licence.example/own", "https://licence.example/own", "other"),
    ("", "No licence is given.", None),
]


@pytest.mark.parametrize(("told", "shown", "name"), LICENCES)
def test_the_licence_is_the_operators(tmp_path, told, shown, name):
    build(tmp_path, licence=told)
    assert shown in words_of(tmp_path / "data/index.html")
    assert [item["name"] for item in described(tmp_path).get("licenses", [])] == ([name] if name else [])
    assert licence("my own words") is None


def stamps(folder):
    return {path.name: path.stat().st_mtime_ns for path in folder.iterdir() if not path.name.startswith(".")}


def test_what_did_not_change_is_not_written_again_and_what_did_is_in_all_of_them(tmp_path):
    build(tmp_path)
    first = stamps(tmp_path)
    assert build(tmp_path).pages_written == 0
    assert stamps(tmp_path) == first
    build(tmp_path, [samples["milwaukee"]()])
    for name in WHOLE:
        assert gzip.decompress((tmp_path / f"{name}.gz").read_bytes()) == (tmp_path / name).read_bytes()
    sizes = [resource["bytes"] for resource in described(tmp_path)["resources"]]
    assert sizes == [os.path.getsize(tmp_path / name) for name in WHOLE]


LEFT = {"nothing": b"", "its beginning": b"\x1f\x8b", "another": gzip.compress(b"of another build", mtime=0)}


@pytest.mark.parametrize("left", LEFT.values(), ids=LEFT)
def test_a_packed_file_that_a_killed_build_left_is_made_again(tmp_path, left):
    build(tmp_path)
    whole = (tmp_path / "entries.csv.gz").read_bytes()
    (tmp_path / "entries.csv.gz").write_bytes(left)
    build(tmp_path)
    assert (tmp_path / "entries.csv.gz").read_bytes() == whole
