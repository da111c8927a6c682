"""Who may do what at the desk: one table, which every address of it is looked up in. What does not stand here is not
served, and a test goes through each line with each role."""

from db.values import Role

ANYBODY = None
VIEWER, EDITOR, ADMIN = Role.VIEWER, Role.EDITOR, Role.ADMIN

NEEDS: dict[str, Role | None] = {
    "GET /login": ANYBODY,
    "POST /login": ANYBODY,
    "GET /static/{name}": ANYBODY,
    "POST /sign-out": VIEWER,
    "GET /account": VIEWER,
    "POST /account/password": VIEWER,
    "POST /account/sign-out": VIEWER,
    "GET /": VIEWER,
    "GET /entries": VIEWER,
    "GET /entry/{name}": VIEWER,
    "GET /policy/{name}": VIEWER,
    "GET /review": VIEWER,
    "POST /entry/{name}/confirm": EDITOR,
    "POST /entry/{name}/reject": EDITOR,
    "POST /entry/{name}/edit": EDITOR,
    "POST /entry/{name}/take": EDITOR,
    "POST /entry/{name}/undo": EDITOR,
    "POST /entry/{name}/merge": EDITOR,
    "POST /entry/{name}/split": EDITOR,
    "POST /entry/{name}/move": EDITOR,
    "POST /entry/{name}/withhold": EDITOR,
    "POST /remark/{key:int}/close": EDITOR,
    "GET /withheld": ADMIN,
    "POST /withheld/name": ADMIN,
    "POST /withheld/{name}/release": EDITOR,  # of a quote; a name needs an admin
    "POST /policy/{name}/rename": EDITOR,
    "POST /policy/{name}/merge": EDITOR,
    "POST /policy/{name}/split": EDITOR,
    "POST /policy/{name}/undo": EDITOR,
    "GET /articles": VIEWER,
    "GET /article/{key:int}": VIEWER,
    "GET /feeds": VIEWER,
    "POST /feeds/add": EDITOR,
    "GET /feed/{key:int}": VIEWER,
    "POST /feed/{key:int}/check": EDITOR,
    "GET /digest": VIEWER,
    "GET /subscribers": ADMIN,
    "GET /subscriber/{key:int}/digest": ADMIN,
    "GET /subscriber/{key:int}": ADMIN,
    "POST /subscriber/{key:int}/pause": ADMIN,
    "POST /subscriber/{key:int}/resume": ADMIN,
    "POST /subscriber/{key:int}/remove": ADMIN,
    "POST /subscriber/{key:int}/end": ADMIN,
    "POST /subscriber/{key:int}/confirm": ADMIN,
    "POST /subscriber/{key:int}/erase": ADMIN,
    "GET /users": ADMIN,
    "POST /users/add": ADMIN,
    "POST /users/{key:int}/role": ADMIN,
    "POST /users/{key:int}/sign-out": ADMIN,
    "POST /users/{key:int}/remove": ADMIN,
}
"""Method and address → the least role; None: nobody need be signed in."""
