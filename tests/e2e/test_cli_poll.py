"""`tracker poll` and `tracker sources check` against a small web on loopback, and ingest killed again and again."""

import json
import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from hashlib import sha256
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest

from jobs import cli
from jobs.checks import data as data_checks
from support.commands.environment import is_foreign
from support.databases.damage import noise
from support.servers.files import QuietFiles

FILLER = "Neighbors spoke for an hour before the vote, and most of them asked the board for a clear rule. " * 4
STORY = (
    "The Dane County Board voted 28-6 Thursday to forbid the sheriff's office to charge for phone calls from the jail. "
    "The ordinance takes effect on March 1, 2020."
)
BOX = "<div class='related'><h3>More from the Gazette</h3></div>"
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Four Lakes Gazette</title>
<item><title>Dane County bans jail phone fees</title><link>{base}/story.html</link><guid>1</guid>
<pubDate>Fri, 07 Feb 2020 12:00:00 -0600</pubDate></item></channel></rss>"""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A feed with one story, a broken one, and an environment in which they may be polled."""
    for name in list(os.environ):
        if is_foreign(name):
            monkeypatch.delenv(name)
    monkeypatch.setenv("TRACKER_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("TRACKER_ALLOW_PRIVATE_ADDRESSES", "true")
    monkeypatch.setenv("TRACKER_SECONDS_BETWEEN_REQUESTS", "0")
    folder = tmp_path / "web"
    folder.mkdir()
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietFiles, directory=str(folder))) as server:
        base = f"http://127.0.0.1:{server.server_port}"
        (folder / "good.xml").write_text(FEED.format(base=base))
        (folder / "broken.xml").write_text("<html><body>Not a feed.</body></html>")
        text = "".join(f"<p>{part}</p>" for part in (STORY, FILLER, FILLER, FILLER))
        title = "Dane County bans jail phone fees"
        body = f"<article><h1>{title}</h1>{text}{BOX}</article>"
        page = f"<html><head><title>{title}</title></head><body>{body}</body></html>"
        (folder / "story.html").write_text(page)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield base
        server.shutdown()


def run(capfd: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    capfd.readouterr()
    status = cli.run(arguments)
    return status, *capfd.readouterr()


def subscribe(capfd: pytest.CaptureFixture[str], base: str, *names: str) -> None:
    for name in names:
        assert run(capfd, "feeds", "add", f"{base}/{name}", "--no-check", "--home", "Dane County, WI")[0] == 0


def test_a_poll_names_the_broken_feed_and_records_the_other(site: str, capfd: pytest.CaptureFixture[str]) -> None:
    subscribe(capfd, site, "good.xml", "broken.xml", "missing.xml")
    status, out, err = run(capfd, "poll", "--json")
    assert status == 1
    warnings = sorted(err.splitlines())
    assert len(warnings) == 2
    assert "/broken.xml: the answer is a web page, not a feed" in warnings[0]
    assert "/missing.xml: the server answered HTTP 404" in warnings[1]
    tally = json.loads(out)
    assert (tally["feeds"], tally["failed_feeds"], tally["new_articles"], tally["read"]) == (3, 2, 1, 1)
    entries = json.loads(run(capfd, "export", "--place", "Dane County, WI")[1])
    assert ("effective", "2020-03-01") in {(entry["stage"], entry["date"]) for entry in entries}
    states = {json.loads(line)["state"] for line in run(capfd, "feeds", "list", "--json")[1].splitlines()}
    assert states == {"active", "failing"}
    again = run(capfd, "poll")
    assert again[:2] == (0, "0 sources polled, 0 new items, 0 new articles; 0 articles read, 0 report a change, "
                            "0 entries opened, 0 changed.\n")  # fmt: skip


def test_what_was_only_gathered_is_read_by_the_next_poll(site: str, capfd: pytest.CaptureFixture[str]) -> None:
    subscribe(capfd, site, "good.xml")
    gathered = json.loads(run(capfd, "poll", "--no-read", "--json")[1])
    assert (gathered["new_items"], gathered["new_articles"], gathered["read"]) == (1, 0, 0)
    later = json.loads(run(capfd, "poll", "--json")[1])
    assert (later["feeds"], later["new_articles"], later["read"]) == (0, 1, 1)


def test_polling_by_hand_does_not_push_a_failing_feed_away(site: str, capfd: pytest.CaptureFixture[str]) -> None:
    subscribe(capfd, site, "missing.xml")

    def standing() -> tuple[int, str]:
        assert run(capfd, "poll", "--all", "--no-read")[0] == 1
        (feed,) = map(json.loads, run(capfd, "feeds", "list", "--json")[1].splitlines())
        return feed["errors"], feed["next_poll"]

    tries = [standing() for _ in range(5)]
    assert {errors for errors, _ in tries} == {1}
    assert max(due for _, due in tries) == tries[0][1], "sooner at most, by chance"


def test_a_damaged_feed_is_not_healthy(site: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "web" / "cut.xml").write_text("<rss><channel><title>X</title><item><title>Town bans & <<link>x</rss")
    told = "the feed is damaged and no item of it can be read"
    assert told in run(capfd, "feeds", "add", f"{site}/cut.xml")[2]
    subscribe(capfd, site, "cut.xml")
    assert told in run(capfd, "poll")[2]
    listed = json.loads(run(capfd, "feeds", "list", "--json")[1])
    assert (listed["state"], listed["heard_at"]) == ("failing", None)
    checked = json.loads(run(capfd, "feeds", "check", "--json")[1])
    assert not checked["ok"]


def test_a_feed_is_looked_up_before_it_is_taken(site: str, capfd: pytest.CaptureFixture[str]) -> None:
    status, _, err = run(capfd, "feeds", "add", f"{site}/broken.xml")
    assert (status, err.count("\n")) == (1, 1)
    assert "not a feed" in err
    status, out, _ = run(capfd, "feeds", "add", f"{site}/good.xml", "--home", "Madison, WI")
    assert (status, out) == (0, "Subscribed to Four Lakes Gazette\n")
    assert "already" in run(capfd, "feeds", "add", f"{site}/good.xml")[1].lower()


def test_check_says_how_each_feed_answers_and_changes_nothing(site: str, capfd: pytest.CaptureFixture[str]) -> None:
    subscribe(capfd, site, "good.xml", "broken.xml")
    before = run(capfd, "feeds", "list", "--json")[1]
    status, out, err = run(capfd, "feeds", "check", "--json")
    answers = {answer["url"]: answer["ok"] for answer in map(json.loads, out.splitlines())}
    assert (status, err) == (1, "")
    assert answers == {f"{site}/good.xml": True, f"{site}/broken.xml": False}
    assert run(capfd, "feeds", "list", "--json")[1] == before
    assert run(capfd, "feeds", "check", f"{site}/good.xml")[0] == 0


def test_the_doctor_warns_of_a_feed_that_fails_and_fails_where_all_do(
    site: str, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    subscribe(capfd, site, "good.xml", "broken.xml")
    assert run(capfd, "poll", "--no-read")[0] == 1
    monkeypatch.setattr(data_checks, "PATIENCE_S", 0.0)  # as with a large database
    status, out, err = run(capfd, "doctor", "--json")
    assert (status, err.count("\n")) == (0, 1)
    assert err.startswith("Reading all of the database; this takes up to ")
    assert [line["level"] for line in map(json.loads, out.splitlines()) if line["name"] == "feeds"] == ["warning"]
    assert run(capfd, "feeds", "remove", f"{site}/good.xml")[0] == 0
    status, out, _ = run(capfd, "doctor", "--json")
    (said,) = [line for line in map(json.loads, out.splitlines()) if line["level"] == "problem"]
    assert (status, said["name"]) == (1, "feeds")
    assert said["says"].startswith(
        f"all fail (1), {site}/broken.xml with: the answer is a web page, not a feed; look at"
    )


def test_a_poll_that_meets_a_damaged_page_ends_in_one_line(
    site: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    subscribe(capfd, site, "good.xml", "broken.xml")
    database = tmp_path / "data" / "tracker.db"
    with closing(sqlite3.connect(database)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'item'").fetchone()
    noise(database, [page])
    status, _, err = run(capfd, "poll")
    told = [line for line in err.splitlines() if not line.startswith("warning: source ")]
    assert (status, len(told)) == (1, 1), err
    assert told[0].startswith(f"error: database {database}: it is damaged: ")


def test_the_page_behind_an_entry_is_handed_out_as_it_was_fetched(
    site: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    subscribe(capfd, site, "good.xml")
    run(capfd, "poll")
    served = (tmp_path / "web" / "story.html").read_bytes()
    (tmp_path / "web" / "story.html").write_text("Another page now.")
    status, _, err = run(capfd, "page", f"{site}/story.html", "--out", str(tmp_path / "kept.html"))
    assert status == 0
    assert (tmp_path / "kept.html").read_bytes() == served
    assert sha256(served).hexdigest() in err
    around = "around the article on its page, not read (related): “More from the Gazette”"
    assert around in run(capfd, "explain", f"{site}/story.html")[1].splitlines()
    assert "1 page checked: all of them match" in run(capfd, "verify")[2]
    assert run(capfd, "page", f"{site}/other.html")[0] == 1


def test_what_its_headline_shows_to_be_no_change_is_not_fetched_unless_every_page_is_wanted(
    site: str, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    game = FEED.replace("Dane County bans jail phone fees", "Girls basketball team wins state title").format(base=site)
    (tmp_path / "web" / "game.xml").write_text(game)
    subscribe(capfd, site, "game.xml")
    told = json.loads(run(capfd, "poll", "--json")[1])
    assert (told["new_items"], told["put_aside"], told["new_articles"]) == (1, 1, 0)
    assert "1 item put aside by headline and summary" in run(capfd, "doctor")[1]
    why = run(capfd, "explain", f"{site}/story.html")[1]
    assert "put aside by headline and summary, its page was not fetched: its words do not sound like" in why
    assert "“title” -0." in why.partition("against it:")[2]
    monkeypatch.setenv("TRACKER_SCREEN", "false")
    (tmp_path / "web" / "game.xml").write_text(game.replace(">1</guid>", ">2</guid>").replace("07 Feb", "08 Feb"))
    told = json.loads(run(capfd, "poll", "--all", "--json")[1])
    assert (told["new_items"], told["put_aside"], told["new_articles"]) == (1, 0, 1)


def test_an_item_whose_page_is_not_there_is_explained(
    site: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "web" / "ahead.xml").write_text(FEED.format(base=site).replace("story.html", "later.html"))
    subscribe(capfd, site, "ahead.xml")
    run(capfd, "poll")
    why = run(capfd, "explain", f"{site}/later.html")[1]
    assert "Dane County bans jail phone fees\nits page is still to be fetched, from " in why
    assert "UTC on (1 try so far: the server answered HTTP 404)" in why
    status, _, err = run(capfd, "explain", f"{site}/nowhere.html")
    assert (status, "is not in the database" in err) == (1, True)
