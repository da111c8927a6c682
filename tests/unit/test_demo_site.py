"""The demo's sample news keeps what it promises: enough of everything, valid labels, feeds and pages as built."""

import re
from collections import Counter

import feedparser
import pytest

from support.demo_site import build
from tracker.model import Stage
from tracker.read.places.gazetteer import Gazetteer, load

STORIES = build.load_stories()
MANIFEST = build.load_manifest()
CHANGES = [story for story in STORIES if story.expect]
OTHERS = [story for story in STORIES if not story.expect]
ORIGINALS = [story for story in CHANGES if not story.copy_of]
WHOLE_FEEDS = sorted(name for name, feed in MANIFEST.feeds.items() if feed.outcome == "items")
BROKEN_FEEDS = sorted(name for name, feed in MANIFEST.feeds.items() if feed.outcome == "error" and feed.status == 200)


def name_of(story: build.Story) -> str:
    return story.slug


def built() -> dict[str, bytes]:
    return dict(build.site(STORIES, MANIFEST))


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load()


def test_there_are_enough_articles_of_both_kinds() -> None:
    assert len(ORIGINALS) >= 30
    assert len(OTHERS) >= 12


def test_changes_come_from_many_places_states_kinds_and_topics() -> None:
    places = {entry.jurisdiction for story in CHANGES for entry in story.expect}
    assert len(places) >= 8
    assert len({place.split("/")[2] for place in places}) >= 6
    assert {place.rsplit("/", 1)[1].split(":")[0] for place in places} >= {"place", "county"}
    assert len({story.topic for story in CHANGES}) >= 8


def test_every_stage_but_few_is_reported() -> None:
    assert {entry.stage for story in CHANGES for entry in story.expect} >= set(Stage)


def test_two_places_share_a_name_in_two_states() -> None:
    homes = Counter(
        name for name, _ in {tuple(p.rsplit("/", 1)[::-1]) for s in CHANGES for p in [s.expect[0].jurisdiction]}
    )
    assert homes["place:columbia"] == 2
    assert homes["place:portland"] == 2


def test_the_milwaukee_story_is_adopted_in_june_and_in_effect_on_july_6() -> None:
    story = next(story for story in STORIES if story.slug == "2017-07-04-milwaukee-police-immigration-rules")
    assert [(entry.stage.value, str(entry.date)) for entry in story.expect] == [
        ("effective", "2017-07-06"),
        ("adopted", "2017-06"),
    ]


def test_wire_copies_share_the_words_and_the_entries_of_their_original() -> None:
    by_slug = {story.slug: story for story in STORIES}
    copies = [story for story in STORIES if story.copy_of]
    assert len(copies) >= 3
    for copy in copies:
        original = by_slug[copy.copy_of]
        assert copy.outlet != original.outlet
        assert copy.title != original.title
        assert copy.paragraphs[1] in original.paragraphs


def test_slugs_are_unique_and_begin_with_the_day() -> None:
    assert max(Counter(story.slug for story in STORIES).values()) == 1
    for story in STORIES:
        assert story.slug.startswith(story.published.date().isoformat()), story.slug


@pytest.mark.parametrize("story", STORIES, ids=name_of)
def test_an_article_is_of_the_length_of_news(story: build.Story) -> None:
    assert (90 if story.copy_of else 110) <= len(story.plain.split()) <= 350


@pytest.mark.parametrize("story", STORIES, ids=name_of)
def test_an_article_is_known_to_the_manifest(story: build.Story) -> None:
    assert story.outlet in MANIFEST.outlets
    assert set(story.feeds) <= set(MANIFEST.feeds)
    assert story.published < MANIFEST.now


@pytest.mark.parametrize("story", CHANGES, ids=name_of)
def test_expected_places_are_in_the_gazetteer(story: build.Story, gazetteer: Gazetteer) -> None:
    for entry in story.expect:
        found = gazetteer.get(entry.jurisdiction)
        assert found is not None
        assert found.id == entry.jurisdiction


def test_homes_are_places_that_the_gazetteer_knows(gazetteer: Gazetteer) -> None:
    homes = [one.home for some in (MANIFEST.outlets, MANIFEST.feeds, MANIFEST.sources) for one in some.values()]
    assert all(gazetteer.parse_home(home) for home in homes if home)


def test_one_article_stands_in_two_feeds_and_each_once() -> None:
    assert any(len(story.feeds) > 1 for story in STORIES)
    assert all(len(set(story.feeds)) == len(story.feeds) for story in STORIES)


def test_the_files_on_disk_are_what_the_articles_make() -> None:
    made = built()
    on_disk = {
        str(path.relative_to(build.SITE)): path.read_bytes()
        for folder in ("feeds", "pages", "287g", "orders")
        for path in (build.SITE / folder).rglob("*")
        if path.is_file() and path.name != "index.html"
    }
    assert sorted(made) == sorted(on_disk)
    assert [path for path in made if made[path] != on_disk[path]] == []


@pytest.mark.parametrize("name", WHOLE_FEEDS)
def test_a_feed_parses_and_carries_its_articles(name: str) -> None:
    feed = MANIFEST.feeds[name]
    parsed = feedparser.parse((build.SITE / feed.path).read_bytes(), sanitize_html=False)
    wanted = [story for story in reversed(STORIES) if name in story.feeds]
    assert not parsed.bozo
    assert [entry.title for entry in parsed.entries] == [story.title for story in wanted]
    assert [entry.published_parsed[:3] for entry in parsed.entries] == [
        tuple(story.published.astimezone(build.UTC).timetuple())[:3] for story in wanted
    ]
    assert len(wanted) >= 4


@pytest.mark.parametrize("name", WHOLE_FEEDS)
def test_a_feed_holds_full_text_or_a_summary_as_the_manifest_says(name: str) -> None:
    feed = MANIFEST.feeds[name]
    parsed = feedparser.parse((build.SITE / feed.path).read_bytes(), sanitize_html=False)
    story = next(story for story in reversed(STORIES) if name in story.feeds)
    entry = parsed.entries[0]
    text = entry.content[0].value if "content" in entry else entry.summary
    last_words = re.sub(r"[^a-z ]", "", story.paragraphs[-1].lower())[-30:]
    full = last_words in re.sub(r"[^a-z ]", "", re.sub(r"<[^>]+>|&#?\w+;", "", text).lower())
    assert full is (feed.format != "rss-summary")


@pytest.mark.parametrize("name", BROKEN_FEEDS)
def test_a_broken_feed_gives_no_articles(name: str) -> None:
    body = (build.SITE / MANIFEST.feeds[name].path).read_bytes()
    assert feedparser.parse(body).entries == []


def test_the_truncated_feed_still_gives_all_but_its_last_article() -> None:
    feed = MANIFEST.feeds["fox-cities-banner"]
    parsed = feedparser.parse((build.SITE / feed.path).read_bytes())
    wanted = [story.title for story in reversed(STORIES) if "fox-cities-banner" in story.feeds]
    assert parsed.bozo
    assert [entry.title for entry in parsed.entries][: len(wanted) - 1] == wanted[:-1]


@pytest.mark.parametrize("story", STORIES, ids=name_of)
def test_a_page_shows_title_text_and_day(story: build.Story) -> None:
    page = (build.SITE / story.path).read_text("utf-8")
    plain = page.replace("&#39;", "'").replace("&#34;", '"').replace("&amp;", "&")
    assert story.title in plain
    assert all(part in plain for part in story.paragraphs)
    assert story.published.date().isoformat() in page


def test_labels_can_be_printed_for_evaluation() -> None:
    records = list(build.gold(STORIES, MANIFEST))
    assert len(records) == len(STORIES)
    assert sum(record["is_change"] for record in records) == len(CHANGES)


def test_nothing_is_quoted_from_a_real_person() -> None:
    quoted = [story.slug for story in STORIES if '"' in story.text or "“" in story.text]
    assert quoted == ["2015-09-17-solon-opts-out-of-county-wage"]  # an unnamed, invented council member
