"""A build of the report that is killed at any step of its work on files: each file is the old one or the new one."""

import os
import runpy
import shutil
import signal
import sys
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import html5lib
import pytest

from support.timeline.list_catalogue import write_site
from tracker.publish.report.output.staging import PREFIX

samples = runpy.run_path(str(Path(__file__).parents[1] / "golden" / "publish" / "samples.py"))
pytestmark = pytest.mark.slow
KILLS = 40
"""Spread over all steps; the step at which files begin to take their places is always among them."""
STEPS = frozenset({"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir"})
"""Audit events of what changes a folder (and of reading: that only makes more steps)."""


def build(out, title=""):
    """The sample site; with `title`, each of its entries says something new, and one place is gone."""
    places = samples["all_places"]()
    if title:
        places = [retitled(place, title) for place in places[:-1]]
    write_site(places, out, now=samples["NOW"], coverage=samples["all_coverage"]())


def retitled(place, title):
    policies = [
        policy.model_copy(
            update={"entries": tuple(entry.model_copy(update={"title": title}) for entry in policy.entries)}
        )
        for policy in place.policies
    ]
    return place.model_copy(update={"policies": tuple(policies)})


def killed_at(out, step):
    """Builds in a child that kills itself before that step; the number of steps where it lived to its end."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        count = 0

        def watch(event, arguments):
            nonlocal count
            if event in STEPS and str(out) in str(arguments[0]):
                count += 1
                if count == step:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(watch)
        build(out, "Everything is new")
        os.write(writer, str(count).encode())
        os._exit(0)
    os.close(writer)
    _, status = os.waitpid(pid, 0)
    with os.fdopen(reader) as told:
        return None if os.WIFSIGNALED(status) else int(told.read())


def files(out):
    """Path and bytes of every file of the site; what a build keeps for itself begins with a dot."""
    found = (path for path in out.rglob("*") if path.is_file())
    own = {path.relative_to(out): path.read_bytes() for path in found}
    return {path: content for path, content in own.items() if not path.parts[0].startswith((PREFIX, ".manifest.json"))}


def broken_links(out, staying):
    """Links that lead nowhere, from pages that stay; those that go away lead to one another until the last is gone."""
    for page in [out / path for path in staying if path.name == "index.html" and (out / path).exists()]:
        for address in links(page.read_bytes()):
            if not (page.parent / urlsplit(address).path).is_file():
                yield page, address


@cache
def links(page):
    """The addresses within the site that a page names; a page is one of two, and is parsed once."""
    found = (element.get("href") or "" for element in html5lib.parse(page, transport_encoding="utf-8").iter())
    return [address for address in found if address.startswith("../")]


def test_killed_at_any_step_every_file_is_whole_and_the_next_build_mends_it(tmp_path):
    old_site, new_site = tmp_path / "old", tmp_path / "new"
    build(old_site)
    build(new_site, "Everything is new")
    old, new = files(old_site), files(new_site)
    (trial := tmp_path / "trial").mkdir()
    build(trial)
    steps = killed_at(trial, 0)
    assert steps is not None
    assert files(trial) == new
    stood = 0
    for number, step in enumerate(range(1, steps, max(1, steps // KILLS))):
        out = tmp_path / f"killed-{number}"
        shutil.copytree(old_site, out, symlinks=True)
        assert killed_at(out, step) is None
        now = files(out)
        stood += now == old
        assert set(now) <= set(old) | set(new), step
        assert all(content in (old.get(path), new.get(path)) for path, content in now.items()), step
        assert all(path in now for path in set(old) & set(new)), step
        assert not list(broken_links(out, new)), step
        build(out, "Everything is new")
        assert files(out) == new, step
    assert stood >= KILLS // 3, "until the changed files take their places, nothing of the old site is touched"
