"""`tracker desk`: who may use the desk, the pages of review and browsing that the daemon serves."""

import sys
from getpass import getpass
from typing import TYPE_CHECKING, Annotated

import typer

from jobs import clock
from jobs.store import read_store, stored, write_store
from jobs.terminal.console import one_line, say, show_help_alone, state
from tracker.errors import BadInput
from tracker.publish.counts import count

if TYPE_CHECKING:
    from db.values import DeskUser

app = typer.Typer(help="Who may use the desk: review and browsing as pages of the daemon.", rich_markup_mode="rich")
app.callback(invoke_without_command=True)(show_help_alone)
users = typer.Typer(help="Who may use it, and what they may do there.", rich_markup_mode="rich")
users.callback(invoke_without_command=True)(show_help_alone)
app.add_typer(users, name="user")
Name = Annotated[str, typer.Argument(metavar="NAME", help="The name that they sign in with; the history shows it.")]
WHAT = "viewer looks, editor also decides, admin also looks after subscribers, users and withheld names."
OFF = "The desk is off; `desk = true` in the settings lets the daemon serve it."


@users.command("add")
def add(
    ctx: typer.Context,
    name: Name,
    role: Annotated[str, typer.Option(metavar="viewer|editor|admin", help=WHAT)] = "editor",
) -> None:
    """Let somebody use the desk. Their password is asked for twice, or is the first line of standard input.

    Their name stands in the history of what they decide, which the report shows.

    Example: tracker desk user add ada --role editor
    """
    from db.values import Role
    from jobs.web.desk import passwords

    wanted, checked = Role.known(role), passwords.checked_name(name)
    with stored(ctx) as engine:
        user = passwords.add(engine, checked, wanted, _password(), clock.now())
    print(f"Added {user.name}, {user.role}.")
    if not state(ctx).settings.desk:
        say(OFF)


@users.command("list")
def list_users(
    ctx: typer.Context, as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False
) -> None:
    """Show who may use the desk, as what, and in how many browsers they are signed in.

    Example: tracker desk user list
    """
    from db.desk import users as desk
    from jobs.json_lines import to_json
    from jobs.terminal.table import Column, show

    with read_store(ctx) as session:
        found = desk.users(session)
    if as_json:
        for user in found:
            print(to_json(user.model_dump(mode="json", exclude={"id"})))
    elif found:
        columns = [Column(name) for name in ("Name", "Role", "Added", "Password of", "Signed in")]
        show(columns, [_cells(user) for user in found])
    else:
        print("Nobody may use the desk yet. `tracker desk user add NAME` lets somebody.")


def _cells(user: "DeskUser") -> tuple[str, ...]:
    days = f"{user.added_at:%Y-%m-%d}", f"{user.password_at:%Y-%m-%d}"
    return user.name, user.role, *days, str(user.sessions)


@users.command("remove")
def remove(ctx: typer.Context, name: Name) -> None:
    """Take the desk away from somebody, at once. What they decided stays, under their name. The only admin stays.

    Example: tracker desk user remove ada
    """
    from db.desk import users as desk

    with write_store(ctx) as opened:
        user = desk.user(opened, name)
        desk.remove(opened, user.id)
    print(f"Removed {user.name}.")


@users.command("passwd")
def passwd(ctx: typer.Context, name: Name) -> None:
    """Give somebody another password, asked for as by `add`. They are signed out everywhere.

    Example: tracker desk user passwd ada
    """
    from db.desk import users as desk
    from db.engine import reading
    from jobs.web.desk import passwords

    with stored(ctx) as engine:
        with reading(engine) as opened:
            user = desk.user(opened, name)
        passwords.change_password(engine, user, _password(), clock.now())
    print(f"{user.name} has another password and is signed out everywhere.")


@users.command("role")
def role(
    ctx: typer.Context, name: Name, role: Annotated[str, typer.Argument(metavar="viewer|editor|admin", help=WHAT)]
) -> None:
    """Change what somebody may do, at once. The only admin stays one.

    Example: tracker desk user role ada admin
    """
    from db.desk import users as desk
    from db.values import Role

    wanted = Role.known(role)
    with write_store(ctx) as opened:
        user = desk.user(opened, name)
        desk.set_role(opened, user.id, wanted)
    print(f"{user.name} is {wanted} now.")


@users.command("sign-out")
def sign_out(ctx: typer.Context, name: Name) -> None:
    """End all sessions of somebody: a browser that was lost or lent.

    Example: tracker desk user sign-out ada
    """
    from db.desk import users as desk

    with write_store(ctx) as opened:
        user = desk.user(opened, name)
        number = desk.end_sessions(opened, user.id)
    print(f"Ended {count(number, 'session')} of {one_line(user.name)}.")


def _password() -> str:
    """Asked for twice on a terminal, without echo; else the first line of standard input. Never an option: others on
    the machine can read those. Raises BadInput."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass("Password: ")
    if getpass("The same again: ") != password:
        raise BadInput("the password was not the same both times; nothing was changed")
    return password
