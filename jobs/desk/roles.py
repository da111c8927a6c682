"""Who may do what at the desk: one table, which every address of it is looked up in. What does not stand here is not
served, and a test goes through each line with each role."""

from db.values_desk import Role

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
    "GET /articles": VIEWER,
    "GET /article/{key:int}": VIEWER,
    "GET /users": ADMIN,
    "POST /users/{key:int}/sign-out": ADMIN,
}
"""Method and address → the least role; None: nobody need be signed in."""
