"""The pages of the desk, listed once: method and address → what answers."""

from collections.abc import Callable

from fastapi import Response

from jobs.desk.asked import Asked
from jobs.desk.pages import account, articles, entries, front, users

PAGES: dict[str, Callable[[Asked], Response]] = {
    "GET /": front.show,
    "GET /login": account.ask,
    "POST /login": account.sign_in,
    "POST /sign-out": account.sign_out,
    "GET /account": account.show,
    "POST /account/password": account.change_password,
    "POST /account/sign-out": account.sign_out_everywhere,
    "GET /entries": entries.show_list,
    "GET /entry/{name}": entries.show,
    "GET /policy/{name}": entries.show_policy,
    "GET /articles": articles.show_list,
    "GET /article/{key:int}": articles.show,
    "GET /users": users.show,
    "POST /users/{key:int}/sign-out": users.sign_out,
}
