"""The pages of the desk, listed once: method and address → what answers."""

from collections.abc import Callable

from fastapi import Response

from jobs.desk.asked import Asked
from jobs.desk.pages import account, acts, articles, entries, feeds, front, mails, policies, review, users, withheld

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
    "GET /policy/{name}": policies.show,
    "GET /review": review.show,
    "POST /entry/{name}/confirm": acts.confirm,
    "POST /entry/{name}/reject": acts.reject,
    "POST /entry/{name}/edit": acts.edit,
    "POST /entry/{name}/undo": acts.undo,
    "POST /entry/{name}/merge": acts.merge,
    "POST /entry/{name}/split": acts.split,
    "POST /entry/{name}/move": acts.move,
    "POST /entry/{name}/withhold": acts.withhold,
    "POST /remark/{key:int}/close": acts.close_remark,
    "GET /withheld": withheld.show,
    "POST /withheld/name": withheld.withhold,
    "POST /withheld/{name}/release": withheld.release,
    "POST /policy/{name}/rename": policies.rename,
    "POST /policy/{name}/merge": policies.merge,
    "POST /policy/{name}/split": policies.split,
    "POST /policy/{name}/undo": policies.undo,
    "GET /articles": articles.show_list,
    "GET /article/{key:int}": articles.show,
    "GET /feeds": feeds.show_list,
    "GET /feed/{key:int}": feeds.show,
    "POST /feed/{key:int}/check": feeds.check,
    "GET /digest": mails.preview,
    "GET /subscribers": mails.show_subscribers,
    "GET /subscriber/{key:int}/digest": mails.preview_for,
    "POST /subscriber/{key:int}/end": mails.end,
    "POST /subscriber/{key:int}/confirm": mails.confirm,
    "POST /subscriber/{key:int}/erase": mails.erase,
    "GET /users": users.show,
    "POST /users/add": users.add,
    "POST /users/{key:int}/role": users.change_role,
    "POST /users/{key:int}/sign-out": users.sign_out,
    "POST /users/{key:int}/remove": users.remove,
}
