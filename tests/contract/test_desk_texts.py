"""The desk's page of changed sentences, over real HTTP: both sentences, one key for each answer, and back."""

from collections.abc import Iterator

import html5lib
import pytest
import structlog
from sqlalchemy import Engine

from db.people import policy_edits
from db.sessions import session
from support.databases.recording import recorded
from support.documents.stored import store_order
from support.web.desk import Browser, add_users
from support.web.site import Site, running_site
from tracker.model import EntryStatus


@pytest.fixture
def site(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    add_users(engine)
    store_order(engine)
    folder = tmp_path_factory.mktemp("desk")
    with running_site(engine, folder, structlog.get_logger(), trusted_proxies="127.0.0.1", desk=True) as found:
        yield found


def edit_of(site: Site) -> int:
    with session(site.engine) as opened:
        found = (*policy_edits.waiting(opened, 2), *policy_edits.decided(opened, 2))
        return found[0].id


def status(site: Site) -> EntryStatus:
    (entry,) = recorded(site.engine)
    return entry.status


def test_a_changed_sentence_is_decided_with_one_key_and_taken_back(site: Site) -> None:
    eve = Browser(site).sign_in("Eve")
    assert "<b>1</b> changed sentence of a policy waits." in " ".join(eve.get().split())
    eve.get("texts")
    html5lib.HTMLParser(strict=True).parse(eve.page)
    key = edit_of(site)
    assert [name in eve.page for name in ('data-key="c"', 'data-key="f"', 'data-key="u"')] == [True, True, False]
    assert "shall ask a supervisor before any" in eve.page
    eve.post(f"texts/{key}/rule")
    assert "General Order 7.04: the sentence is a change of rule." in eve.page
    assert "No changed sentence waits." in eve.page
    assert status(site) is EntryStatus.CONFIRMED
    eve.post(f"texts/{key}/undo")
    assert status(site) is EntryStatus.PENDING
    eve.post(f"texts/{key}/form")
    assert status(site) is EntryStatus.REJECTED
    (entry,) = recorded(site.engine)
    assert entry.revisions[-1].act is not None
    assert (entry.revisions[-1].actor, entry.revisions[-1].act.reason) == (
        "Eve",
        "what changed in the policy is of form only",
    )
    html5lib.HTMLParser(strict=True).parse(eve.page)
