"""`/policies`: each with its standing as of today."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response
from pydantic import BaseModel, Field, TypeAdapter

from db.engine import reading
from db.timeline import timelines
from jobs.web.api.queries import PolicyQuery, policies_filter
from jobs.web.api.responses import PublicData, answer, answers
from tracker.model import EntryStatus, Policy
from tracker.publish import addresses
from tracker.publish.geography import name_of
from tracker.timeline.standing.lifecycle import State
from tracker.timeline.standing.standing import standing

DAY = Field(description="A year, a month, a day, or a day between two (EDTF level 0); null where there is none.")


class Standing(BaseModel):
    """How a policy stands: since when, changed when, and what is still to come."""

    state: State
    words: str = Field(description="A line for people.")
    since: str | None = DAY
    changed: str | None = DAY
    start: str | None = DAY
    until: str | None = DAY


class PolicyToday(BaseModel):
    """A policy: the entries about one procedure. `standing` is null where nothing of it has happened yet."""

    id: str
    name: str
    jurisdiction: str = Field(description="Open Civic Data division id.")
    jurisdiction_name: str
    topic: str
    standing: Standing | None
    as_of: date = Field(description="The day of the standing.")
    entries: list[str] = Field(description="The ids of its entries, by date.")
    permalink: str | None = Field(description="Its page, where the report is published.")


LIST = TypeAdapter(list[PolicyToday])


def router(public: PublicData) -> APIRouter:
    """The route."""
    routes = APIRouter(tags=["policies"])
    Headers = Annotated[dict[str, str], Depends(public.fresh)]  # noqa: N806 - a type

    @routes.get("/policies", responses=answers("PolicyToday"))
    def policies(query: Annotated[PolicyQuery, Query()], headers: Headers) -> Response:
        """Policies by place and id; without those of which nothing is shown."""
        wanted, key = policies_filter(query), query.after(2)
        after = (key[0], key[1]) if key else None
        with reading(public.engine) as session:
            found = timelines.policies_page(session, wanted, public.settings.publish, after, query.limit + 1)
        part, link = query.part(found, lambda policy: (policy.jurisdiction, policy.id))
        today = public.today()
        return answer(LIST.dump_json([_today(one, today, public.settings.report_url) for one in part]), headers, link)

    return routes


def _today(policy: Policy, today: date, report_url: str) -> PolicyToday:
    shown = [entry for entry in policy.entries if entry.status is not EntryStatus.REJECTED]
    how = standing(shown, today)
    days = {name: getattr(how, name) for name in ("since", "changed", "start", "until")} if how else {}
    texts = {name: str(day) if day else None for name, day in days.items()}
    return PolicyToday(
        id=policy.id,
        name=policy.name,
        jurisdiction=policy.jurisdiction,
        jurisdiction_name=name_of(policy.jurisdiction),
        topic=policy.topic,
        standing=Standing(state=how.state, words=how.words, **texts) if how else None,
        as_of=today,
        entries=[entry.id for entry in shown],
        permalink=f"{report_url}/{addresses.policy(policy.id)}" if report_url else None,
    )
