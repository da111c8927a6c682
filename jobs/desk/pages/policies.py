"""A policy with its entries, and what people do to policies."""

from collections.abc import Callable

from fastapi import Response
from sqlmodel import Session

from db.engine import reading, session
from db.people import decisions
from jobs.desk.asked import Asked
from tracker.errors import BadInput
from tracker.model import Policy
from tracker.timeline.standing import standing
from tracker.timeline.undo import standing as acts_that_stand


def show(asked: Asked) -> Response:
    """One policy with its entries and its history. Raises BadInput where there is none."""
    return _page(asked)


def _page(asked: Asked, problem: str = "", status: int = 200) -> Response:
    with reading(asked.engine) as opened:
        policy = decisions.policy(opened, asked.path("name"))
        told = decisions.policy_revisions(opened, policy.id)
    found = {"policy": policy, "told": told, "standing": standing(policy.entries, asked.today), "problem": problem}
    done = asked.query("done")
    return asked.page("policy", status, **found, done=done, is_decided=bool(acts_that_stand(told)))


def rename(asked: Asked) -> Response:
    """Another name, which the program leaves as it is."""
    act = asked.act()
    return _decided(
        asked, lambda o: decisions.rename_policy(o, asked.path("name"), asked.said("title"), act), "renamed"
    )


def merge(asked: Asked) -> Response:
    """Other policies are the same one."""
    others, act = asked.said("others").replace(",", " ").split(), asked.act()
    return _decided(asked, lambda opened: decisions.merge_policies(opened, asked.path("name"), others, act), "merged")


def split(asked: Asked) -> Response:
    """Some of the entries are of another one: the page of the new policy follows."""
    names, act = asked.texts("entry"), asked.act()
    return _decided(asked, lambda opened: decisions.split_policy(opened, asked.path("name"), names, act), "split")


def undo(asked: Asked) -> Response:
    """Takes the last decision on the policy back."""
    act = asked.act()
    return _decided(asked, lambda opened: decisions.undo_policy(opened, asked.path("name"), act), "undone")


def _decided(asked: Asked, decide: Callable[[Session], Policy], what: str) -> Response:
    try:
        with session(asked.engine) as opened:
            after = decide(opened)
    except BadInput as error:
        return _page(asked, str(error), 400)
    return asked.go(f"policy/{after.id}", done=what)
