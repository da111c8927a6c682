"""What feeds brought, on both engines: entries that rest on them, and items that led nowhere."""

from sqlalchemy import Engine

from db.articles import articles
from db.feeds import feeds, items
from db.people.decisions import reject
from db.sessions import session
from support.databases import recording
from support.databases.recording import NOW, arrive, live
from support.timeline.cases import evidence
from tracker.gather.feeds.parser import FeedItem
from tracker.gather.feeds.searches import GOOGLE_ONLY
from tracker.timeline.decisions.acts import Act


def brought_by(engine: Engine, url: str, *links: str) -> int:
    """The id of a feed that brought these links; those that are articles are linked to them."""
    with session(engine) as opened:
        feed, _ = feeds.add(opened, url, NOW)
        recording.add_items(opened, feed.id, [FeedItem(link, link, "T") for link in links], NOW)
        for item in items.items_to_fetch(opened, NOW, 100):
            if item.feed_id == feed.id and (key := articles.article_id(opened, item.url)):
                items.link_item(opened, item.id, key)
    return feed.id


def test_an_entry_counts_for_every_feed_that_brought_one_of_its_articles(engine: Engine) -> None:
    first, second = evidence(url="https://a.example/1"), evidence("effective", "2017-07-06", url="https://a.example/2")
    copy = evidence(url="https://b.example/1", outlet="Ledger")
    arrive(engine, first, second, copy)
    both = brought_by(engine, "https://a.example/feed", first.url, second.url)
    one = brought_by(engine, "https://b.example/feed", copy.url, "https://b.example/no-article")
    none = brought_by(engine, "https://c.example/feed", "https://c.example/1")
    adopted, effective = sorted(live(engine), key=lambda entry: str(entry.date))
    assert len(adopted.evidence) == 2, "two reports of one step"
    with session(engine) as opened:
        assert feeds.entry_counts(opened) == {both: 2, one: 1}
        assert none not in feeds.entry_counts(opened)
        reject(opened, effective.id, Act("Ada", NOW, "wrong"))
        assert feeds.entry_counts(opened) == {both: 1, one: 1}


def test_items_are_counted_by_what_became_of_them(engine: Engine) -> None:
    arrive(engine, evidence(url="https://a.example/0"))
    feed = brought_by(engine, "https://a.example/feed", *(f"https://a.example/{n}" for n in range(8)))
    other = brought_by(engine, "https://b.example/feed", "https://b.example/1")
    with session(engine) as opened:
        waiting = [item.id for item in items.items_to_fetch(opened, NOW, 100) if item.feed_id == feed]
        reasons = [GOOGLE_ONLY, GOOGLE_ONLY, "a", "b", "c"]
        for item_id, reason in zip(waiting, reasons, strict=False):
            items.fail_item(opened, item_id, reason, None)
        found = feeds.items_of(opened, feed)
        assert found.states == {"article": 1, "failed": 5, "new": 2}
        assert found.reasons == ((GOOGLE_ONLY, 2), ("a", 1), ("b", 1)), "the commonest three"
        assert feeds.count_dead_ends(opened, [feed, other]) == {feed: 2}
        assert feeds.count_dead_ends(opened, []) == {}
        assert feeds.items_of(opened, 0) == feeds.ItemCounts()
