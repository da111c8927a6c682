"""The pages of the desk, listed once: method and address → who may use it, and what answers. What does not stand here
is not served, and a test goes through each line with each role."""

from collections.abc import Callable, Mapping

from fastapi import Response

from db.values import Role
from jobs.web.desk import templating
from jobs.web.desk.desk_request import DeskRequest
from jobs.web.desk.pages import actions, acts, articles, entries, feeds, review, subscribers, texts, users

ANYBODY = None
VIEWER, EDITOR, ADMIN = Role.VIEWER, Role.EDITOR, Role.ADMIN

PAGES: Mapping[str, tuple[Role | None, Callable[[DeskRequest], Response]]] = {
    "GET /login": (ANYBODY, users.show_login),
    "POST /login": (ANYBODY, users.sign_in),
    "GET /static/{name}": (ANYBODY, templating.static_file),
    "POST /sign-out": (VIEWER, users.end_session),
    "GET /account": (VIEWER, users.show_account),
    "POST /account/password": (VIEWER, users.change_password),
    "POST /account/sign-out": (VIEWER, users.end_all_sessions),
    "GET /": (VIEWER, feeds.show_front),
    "GET /entries": (VIEWER, entries.show_list),
    "GET /entry/{name}": (VIEWER, entries.show),
    "GET /policy/{name}": (VIEWER, acts.show_policy),
    "GET /review": (VIEWER, review.show),
    "POST /entry/{name}/confirm": (EDITOR, acts.confirm),
    "POST /entry/{name}/reject": (EDITOR, acts.reject),
    "POST /entry/{name}/edit": (EDITOR, acts.edit),
    "POST /entry/{name}/take": (EDITOR, acts.take),
    "POST /entry/{name}/undo": (EDITOR, acts.undo),
    "POST /entry/{name}/merge": (EDITOR, acts.merge),
    "POST /entry/{name}/split": (EDITOR, acts.split),
    "POST /entry/{name}/move": (EDITOR, acts.move),
    "POST /entry/{name}/withhold": (EDITOR, acts.withhold),
    "POST /remark/{key:int}/close": (EDITOR, acts.close_remark),
    "GET /withheld": (ADMIN, acts.show_withheld),
    "POST /withheld/name": (ADMIN, acts.withhold_name),
    "POST /withheld/{name}/release": (EDITOR, acts.release),  # of a quote; a name needs an admin
    "POST /policy/{name}/rename": (EDITOR, acts.rename_policy),
    "POST /policy/{name}/merge": (EDITOR, acts.merge_policies),
    "POST /policy/{name}/split": (EDITOR, acts.split_policy),
    "POST /policy/{name}/undo": (EDITOR, acts.undo_policy),
    "GET /articles": (VIEWER, articles.show_list),
    "GET /article/{key:int}": (VIEWER, articles.show),
    "GET /feeds": (VIEWER, feeds.show_list),
    "POST /feeds/add": (EDITOR, feeds.add),
    "GET /feed/{key:int}": (VIEWER, feeds.show),
    "POST /feed/{key:int}/check": (EDITOR, feeds.check),
    "GET /actions": (VIEWER, actions.show),
    "POST /actions": (EDITOR, actions.explain),
    "GET /texts": (VIEWER, texts.show),
    "POST /texts/{key:int}/rule": (EDITOR, texts.of_rule),
    "POST /texts/{key:int}/form": (EDITOR, texts.of_form),
    "POST /texts/{key:int}/undo": (EDITOR, texts.undo),
    "GET /digest": (VIEWER, subscribers.preview_digest),
    "GET /subscribers": (ADMIN, subscribers.show_list),
    "GET /subscriber/{key:int}/digest": (ADMIN, subscribers.preview),
    "GET /subscriber/{key:int}": (ADMIN, subscribers.show),
    "POST /subscriber/{key:int}/pause": (ADMIN, subscribers.pause),
    "POST /subscriber/{key:int}/resume": (ADMIN, subscribers.resume),
    "POST /subscriber/{key:int}/remove": (ADMIN, subscribers.remove),
    "POST /subscriber/{key:int}/end": (ADMIN, subscribers.end),
    "POST /subscriber/{key:int}/confirm": (ADMIN, subscribers.confirm),
    "POST /subscriber/{key:int}/erase": (ADMIN, subscribers.erase),
    "GET /users": (ADMIN, users.show),
    "POST /users/add": (ADMIN, users.add),
    "POST /users/{key:int}/role": (ADMIN, users.change_role),
    "POST /users/{key:int}/sign-out": (ADMIN, users.sign_out),
    "POST /users/{key:int}/remove": (ADMIN, users.remove),
}
"""The least role (None: nobody need be signed in), and the page."""
