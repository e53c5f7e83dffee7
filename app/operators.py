"""What an operator does by hand: keys, supervisors' accounts, the Matrix identity, cells, model, retention, erasure."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from app.counter import Counter, Parts
from app.house import lives_of, matrix_settings, open_house
from app.leases import alone
from app.roles import MATRIX
from bots.matrix import identity_commands as identities
from bots.matrix.identity_commands import IdentityCard
from config.logging import silence
from config.settings import Settings, load
from domain.errors import OperatorError
from domain.ids import Alias, CellId
from handlers.forgetting import close_erased
from handlers.supervisor import DeskDoor
from storage.sealing import Keys
from web.desk.passwords import Argon2Passwords

Step = Callable[..., Awaitable[None]]

CONFIG = click.option(
    "--config", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="The settings file."
)


def with_house(step: Step) -> Callable[..., None]:
    """The command runs over the house of the settings: step(settings, parts, ...)."""

    @CONFIG
    @wraps(step)
    def command(config: Path | None, **values: Any) -> None:  # Any: click's own values
        silence()
        asyncio.run(_run(step, load(config), values))

    return command


async def _run(step: Step, settings: Settings, values: dict[str, Any]) -> None:
    async with open_house(settings) as parts:
        await step(settings, parts, **values)


# --- keys ----------------------------------------------------------------------------------------


@click.command()
@CONFIG
def keys(config: Path | None) -> None:
    """Make the master key if there is none, and say where it is."""
    settings = load(config)
    existed = settings.key_file.exists()
    Keys.load_or_make(settings.key_file)
    click.echo(
        f"{'Found' if existed else 'Made'} {settings.key_file}. Without it nothing can be read: back it up apart."
    )


# --- supervisors ---------------------------------------------------------------------------------


@click.group()
def supervisor() -> None:
    """Accounts of the supervisors' desk."""


@supervisor.command("add")
@click.argument("name")
@click.option("--cell", help="Only the cases of this cell.")
@click.password_option(help="Asked for when not given.")
@with_house
async def supervisor_add(settings: Settings, parts: Parts, name: str, cell: str | None, password: str) -> None:
    """Make an account."""
    if cell is not None and parts.cells.get(CellId(cell)) is None:
        raise OperatorError(f"cell: one of {[str(one.id) for one in parts.cells.all()]} expected, {cell!r} came")
    door = DeskDoor(parts.store, parts.live, parts.clock, Argon2Passwords())
    await door.add(name, password, CellId(cell) if cell else None)
    click.echo(f"The account {name} is open.")


# --- the Matrix identity ---------------------------------------------------------------------------


@click.group()
def matrix() -> None:
    """The officers' side."""


@matrix.group()
def identity() -> None:
    """The bot's signing identity. Stop the matrix role first."""


def _shown(card: IdentityCard) -> None:
    click.echo(f"Account:     {card.user_id}\nFingerprint: {card.fingerprint}")
    if not card.is_published:
        click.echo("The server shows ANOTHER identity: do not start the role, find out why.")
    if card.recovery_copy:
        click.echo(f"Recovery copy (print it, lock it away, it is not shown again):\n{card.recovery_copy}")


@identity.command("init")
@click.password_option("--password", confirmation_prompt=False, help="The account's password; kept nowhere.")
@with_house
async def identity_init(settings: Settings, parts: Parts, password: str) -> None:
    """Make the identity and sign this device."""
    with alone(MATRIX, settings.data_dir):
        _shown(await identities.identity_init(matrix_settings(settings), parts.store, password))


@identity.command("show")
@with_house
async def identity_show(settings: Settings, parts: Parts) -> None:
    """Show the fingerprint that officers may compare."""
    with alone(MATRIX, settings.data_dir):
        _shown(await identities.identity_show(matrix_settings(settings), parts.store))


@identity.command("restore")
@click.option("--copy", "recovery_copy", prompt="Recovery copy", hide_input=True)
@with_house
async def identity_restore(settings: Settings, parts: Parts, recovery_copy: str) -> None:
    """Take the identity of a recovery copy up again."""
    with alone(MATRIX, settings.data_dir):
        _shown(await identities.identity_restore(matrix_settings(settings), parts.store, recovery_copy))


@identity.command("reset")
@click.password_option("--password", confirmation_prompt=False, help="The account's password; kept nowhere.")
@click.confirmation_option(
    prompt="Every officer who had verified the bot must verify it again before they can write. Go on?"
)
@with_house
async def identity_reset(settings: Settings, parts: Parts, password: str) -> None:
    """Make a new identity in place of the old one."""
    with alone(MATRIX, settings.data_dir):
        _shown(await identities.identity_reset(matrix_settings(settings), parts.store, password))


# --- cells, retention, erasure ---------------------------------------------------------------------


@click.command()
@with_house
async def cell(settings: Settings, parts: Parts) -> None:
    """List the cells that this house serves."""
    for one in parts.cells.all():
        services = ", ".join(dict.fromkeys(officer.service for officer in one.officers))
        click.echo(
            f"{one.id}: {one.name} ({one.state}), {len(one.officers)} officers of {services}, {one.retention_days} days"
        )


@click.command()
@with_house
async def retention(settings: Settings, parts: Parts) -> None:
    """Forget now what has had its time."""
    gone = await Counter(parts).night_watch().round()
    click.echo(
        f"{gone} things were forgotten. Drafts live {lives_of(settings).draft}, addresses {lives_of(settings).contact}."
    )


@click.command()
@click.argument("alias")
@click.confirmation_option(prompt="The words of this case cannot be brought back. Erase them?")
@with_house
async def erase(settings: Settings, parts: Parts, alias: str) -> None:
    """Erase the words of a case and the address of who wrote them; its room is left."""
    async with parts.store.unit() as unit:
        case = await unit.cases.by_alias(Alias(alias))
        if case is None:
            raise OperatorError(f"the alias of a case expected, {alias!r} is none: see the supervisors' desk")
        now = parts.clock.now()
        await unit.conversations.erase(case.conversation, now)
        await unit.vault.forget(case.conversation)
        await close_erased(unit, case, now)
        await unit.desk.write(now, "operator", "case.erased", case.alias)
    click.echo(f"{alias} is erased; its skeleton stays for the statistics.")


# --- the reader's model ----------------------------------------------------------------------------


@click.group()
def model() -> None:
    """The model that reads beside the rules."""


@model.command("fetch")
@click.argument("checkpoint", metavar="ORG/NAME@COMMIT")
def model_fetch(checkpoint: str) -> None:
    """Download a checkpoint into the local cache; nothing else here ever downloads."""
    from nlu.fetching import fetch

    folder = fetch(checkpoint)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    click.echo(f'{size / 1e6:.1f} MB in {folder}\nIn the settings: [nlu] checkpoint = "{checkpoint}"')


COMMANDS: tuple[click.Command, ...] = (keys, supervisor, matrix, cell, model, retention, erase)
