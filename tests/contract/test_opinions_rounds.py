"""Articles are asked about over real HTTP and what is answered is recorded once, whatever happens; on both engines."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text

from db.articles import articles
from db.engine import reading
from db.opinions import usage
from db.sessions import session
from db.timeline.timelines import entries
from db.values import OpinionState
from jobs.network import client
from jobs.opinions.answers import SecondOpinions
from jobs.opinions.round import AskingRound
from jobs.opinions.round import RoundCounts as Asked_
from jobs.reading.batches import read_unread
from jobs.reading.explanation import explained
from jobs.settings import Settings
from jobs.tally import Tally
from support.articles.reader import reader
from support.opinions.answers import adopted, boats
from support.opinions.server import Asked, OpinionServer, answers, running, status
from tracker.model import Article, Entry
from tracker.read.opinions.labelled import rules_version
from tracker.read.reader import Reader

NOW = datetime(2026, 3, 3, 18, tzinfo=UTC)
DAY = date(2026, 3, 3)
TOWNS = ("Milwaukee", "Racine", "Kenosha", "Madison")
GOOD = {"entry_f1": 0.9, "encoder_entry_f1": 0.5}
POOR = {"entry_f1": 0.3, "encoder_entry_f1": 0.5}


ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""Where the engine has no part in it."""


class Desk:
    """A database with a model's server beside it."""

    def __init__(self, engine: Engine, server: OpinionServer, folder: Path) -> None:
        self.engine, self.server, self.folder, self.now = engine, server, folder, NOW
        self.lines: list[str] = []

    def settings(self, **given: Any) -> Settings:
        named = {"second_opinion_url": self.server.url, "second_opinion_model": "m-1", "data_dir": self.folder}
        return Settings(**named | {"second_opinion_seconds": 5} | given)

    def read(self, *came: Article, **given: Any) -> None:
        """Records articles as a poll does."""
        with session(self.engine) as opened:
            for article in came:
                articles.store_article(opened, article, self.now, replace_text=True)
        second_opinions = SecondOpinions.of(self.engine, self.settings(**given), reader())
        read_unread(self.engine, reader(), lambda: self.now, Tally(), self.lines.append, opinions=second_opinions)

    def check(self, figures: dict[str, float]) -> None:
        with session(self.engine) as opened:
            usage.save_check(opened, "m-1", figures, self.now, rules_version())

    async def ask(self, **given: Any) -> Asked_:
        chosen = self.settings(**given)
        async with client(chosen) as poster:
            work = AskingRound(self.engine, chosen, reader(), poster, lambda: self.now, self.lines.append)
            return await work.run()

    def states(self) -> dict[str, OpinionState]:
        with reading(self.engine) as opened:
            rows = opened.connection().exec_driver_sql(
                "SELECT article.url, opinion.state FROM opinion JOIN article ON article.id = opinion.article_id"
            )
            return {url.rpartition("/")[2]: OpinionState(state) for url, state in rows}

    def versions(self) -> dict[str, str]:
        with reading(self.engine) as opened:
            rows = opened.connection().exec_driver_sql("SELECT url, reader_version FROM article")
            return {url.rpartition("/")[2]: version.partition("+")[2] for url, version in rows}

    def day(self) -> usage.DayUsage:
        with reading(self.engine) as opened:
            return usage.day_usage(opened, DAY)

    def entries(self) -> list[Entry]:
        with reading(self.engine) as opened:
            return list(entries(opened))

    def explained(self) -> list[str]:
        with reading(self.engine) as opened:
            article = articles.article(opened, 1)
            assert article
            return list(explained(opened, reader(), article))

    def titles(self) -> list[str]:
        return [asked.title.partition(" ")[0] for asked in self.server.asked]


@pytest.fixture
def desk(engine: Engine, tmp_path: Path) -> Iterator[Desk]:
    with running(adopted) as server:
        yield Desk(engine, server, tmp_path)


@ON_SQLITE
async def test_without_a_model_nothing_is_queued_and_nothing_asked(desk: Desk) -> None:
    desk.read(boats("Racine"), second_opinion_url="", second_opinion_model="")
    assert (desk.states(), desk.server.asked, desk.day()) == ({}, [], usage.DayUsage())


async def test_the_newest_are_asked_about_first_and_both_witnesses_are_recorded(desk: Desk) -> None:
    desk.check(GOOD)
    desk.read(boats("Racine", 1), boats("Kenosha", 3), boats("Madison", 2))
    before = desk.entries()
    assert set(desk.states().values()) == {OpinionState.WAITING}
    tally = await desk.ask(second_opinion_at_once=1)
    assert desk.titles() == ["Kenosha", "Madison", "Racine"]
    assert (tally.asked, tally.recorded, tally.refused) == (3, 3, 0)
    assert set(desk.versions().values()) == {"m-1"}
    assert set(desk.states().values()) == {OpinionState.RECORDED}
    assert {entry.id for entry in desk.entries()} <= {entry.id for entry in before}
    assert (desk.day().asked, desk.day().answered, desk.day().input_tokens) == (3, 3, 3 * 2100)
    assert not (await desk.ask()).asked


@ON_SQLITE
async def test_what_both_witnesses_read_is_explained_with_both_and_nobody_is_asked(desk: Desk) -> None:
    desk.read(boats("Racine"))
    desk.check(GOOD)
    assert desk.explained()[-1] == "second opinion: waiting"
    await desk.ask()
    lines = desk.explained()
    assert "       a language model, which read it too, says: a change, 1 step" in lines
    assert any(line.endswith(("read alike by both", "read by the model alone")) for line in lines)
    assert lines[-1] == "second opinion of m-1: recorded"
    assert len(desk.server.asked) == 1


async def test_answers_of_a_model_that_was_not_checked_are_kept_and_decide_nothing(desk: Desk) -> None:
    desk.read(boats("Racine"))
    tally = await desk.ask()
    assert (tally.kept, desk.states(), desk.versions()) == (1, {"Racine": OpinionState.ANSWERED}, {"Racine": ""})
    desk.check(GOOD)
    tally = await desk.ask()
    assert (tally.asked, tally.recorded, len(desk.server.asked)) == (0, 1, 1)
    assert desk.versions() == {"Racine": "m-1"}


@ON_SQLITE
async def test_a_model_that_is_worse_than_the_encoder_is_not_asked(desk: Desk) -> None:
    desk.check(POOR)
    desk.read(boats("Racine"))
    assert ((await desk.ask()).unheard, desk.server.asked) == (True, [])


async def test_the_number_of_the_day_and_what_is_asked_at_once_are_kept(desk: Desk) -> None:
    desk.check(GOOD)
    desk.read(*map(boats, TOWNS))
    assert (await desk.ask(second_opinion_per_day=3)).spent
    assert (len(desk.server.asked), desk.day().asked, desk.server.most_at_once <= 2) == (3, 3, True)
    assert sorted(desk.states().values()) == [*[OpinionState.RECORDED] * 3, OpinionState.WAITING]
    desk.now += timedelta(days=1)
    assert (await desk.ask(second_opinion_per_day=3)).recorded == 1


@ON_SQLITE
async def test_a_refused_answer_leaves_the_encoders_reading_and_is_asked_for_three_times(desk: Desk) -> None:
    desk.check(GOOD)
    desk.server.content = lambda asked: '{"change": true, "topic": "streets", "steps": []}'
    desk.read(boats("Racine"))
    before = desk.entries()
    for number in range(1, 6):
        await desk.ask()
        desk.now += timedelta(hours=7)
        assert len(desk.server.asked) == min(number, 3)
    assert desk.entries() == before
    assert "change with 0 steps" in desk.lines[0]
    assert desk.states() == {"Racine": OpinionState.REFUSED}
    assert desk.day().refused == 2  # the third is of the next day in Chicago


@ON_SQLITE
@pytest.mark.parametrize(
    ("fault", "quiet"),
    [(status(429, "slow down", Retry_After="3600"), timedelta(hours=1)), (status(401), timedelta(minutes=30))],
)
async def test_a_server_that_fails_is_left_alone_and_nothing_is_lost(
    desk: Desk, fault: Callable[..., Any], quiet: timedelta
) -> None:
    desk.check(GOOD)
    desk.read(*map(boats, TOWNS))
    desk.server.faults.append(fault)
    tally = await desk.ask(second_opinion_at_once=1)
    assert (tally.put_off, len(desk.server.asked), len(desk.lines)) == (1, 1, 1)
    assert desk.day().quiet_until == NOW + quiet
    desk.now += quiet
    assert (await desk.ask()).recorded == 4
    assert set(desk.states().values()) == {OpinionState.RECORDED}


async def test_an_article_that_comes_anew_while_it_is_asked_about_is_asked_about_again(desk: Desk) -> None:
    desk.check(GOOD)
    desk.read(boats("Racine"))

    async def meanwhile(asked: Asked, content: str) -> Any:
        changed = boats("Racine")
        with session(desk.engine) as opened:
            anew = changed.model_copy(update={"text": f"{changed.text}\n\nThe mayor signed it."})
            articles.store_article(opened, anew, NOW, replace_text=True)
        return await answers(asked, content)

    desk.server.faults.append(meanwhile)
    assert (await desk.ask()).recorded == 0
    desk.read()
    desk.now += timedelta(minutes=5)
    assert ((await desk.ask()).recorded, len(desk.server.asked)) == (1, 2)


@ON_SQLITE
async def test_an_article_at_which_the_program_fails_costs_that_article(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.check(GOOD)
    desk.read(boats("Racine", 3), boats("Kenosha"))
    request = Reader.request

    def fails(self: Reader, article: Article) -> Any:
        return 1 / 0 if "Racine" in article.url else request(self, article)

    monkeypatch.setattr(Reader, "request", fails)
    assert (await desk.ask()).recorded == 1
    assert desk.states() == {"Racine": OpinionState.REFUSED, "Kenosha": OpinionState.RECORDED}
    assert "ZeroDivisionError" in desk.lines[0]


async def test_what_is_read_again_hears_the_answer_that_is_there(desk: Desk) -> None:
    desk.check(GOOD)
    desk.read(boats("Racine"))
    await desk.ask()
    before = desk.entries()
    with session(desk.engine) as opened:
        opened.connection().execute(text("UPDATE article SET reader_version = ''"))
    desk.read()
    assert (desk.versions(), desk.states()) == ({"Racine": "m-1"}, {"Racine": OpinionState.RECORDED})
    assert desk.entries() == before
    assert not (await desk.ask()).asked
