"""The command line: one program, `guichet` (also `python -m app`)."""

import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import click

from domain.errors import GuichetError


class _Program(click.Group):
    """Errors of ours end with one clear message and status 1, never with a trace.

    What an operator does by hand needs the whole house (1.7 s, 90 MB): it comes only when asked for, or to be listed.
    """

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name, if any."""
        return super().get_command(ctx, cmd_name) or _operators().get(cmd_name)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every name, in order."""
        return sorted({*super().list_commands(ctx), *_operators()})

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except GuichetError as error:
            raise click.ClickException(str(error)) from error


def _operators() -> dict[str, click.Command]:
    from app.operators import COMMANDS

    return {str(command.name): command for command in COMMANDS}


@contextmanager
def _lines() -> Iterator[None]:
    """A line that no protocol allows ends the command with one sentence, which repeats nothing of the line."""
    try:
        yield
    except (ValueError, KeyError, TypeError) as error:
        kind = type(error).__name__
        raise click.ClickException(f"a line as in docs/protocols.md expected on standard input ({kind})") from error


@click.group(cls=_Program, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="guichet")
def main() -> None:
    """A counter window for anonymous reports: Telegram for citizens, encrypted Matrix rooms for officers."""
    from config.logging import setup

    setup("warning", "console")  # on standard error: standard output belongs to the line protocols


@main.command()
@click.option("--config", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="The settings file.")
@click.option(
    "--only", type=click.Choice(["telegram", "matrix", "worker", "web"]), multiple=True, help="These roles only."
)
def run(config: Path | None, only: tuple[str, ...]) -> None:
    """Serve citizens, officers and supervisors until SIGTERM."""
    from app.run import run as serve
    from config.faults import faults
    from config.logging import setup
    from config.settings import load

    settings = load(config)
    setup(settings.log.level, settings.log.format)
    if found := faults(settings):
        raise click.ClickException(
            f"{len(found)} to correct before anything starts\n" + "\n".join(f"- {one}" for one in found)
        )
    asyncio.run(serve(settings, only))


@main.command()
@click.option("--port", default=8000, show_default=True, help="Where the page listens on 127.0.0.1 (0: any free one).")
@click.option("--no-open", is_flag=True, help="Do not open a browser.")
@click.option(
    "--dir", "folder", type=click.Path(path_type=Path, file_okay=False, resolve_path=True), help="Keep the files here."
)
@click.option("--matrix", is_flag=True, help="Officers in a real, local, encrypted homeserver.")
def demo(port: int, no_open: bool, folder: Path | None, matrix: bool) -> None:
    """Everything on one machine, without accounts: the citizen's phone beside the officers' room."""
    from app.demo import run_demo
    from config.logging import setup

    setup("warning", "console")
    asyncio.run(run_demo(port, folder, opens=not no_open, with_matrix=matrix))


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Speak the line protocol (docs/protocols.md).")
@click.option("--now", type=click.DateTime(), help="Stop the clock here (local time, Europe/Paris).")
@click.option(
    "--state",
    type=click.Path(path_type=Path, dir_okay=False, resolve_path=True),
    help="Keep the conversation in this file.",
)
def chat(as_json: bool, now: datetime | None, state: Path | None) -> None:
    """Be the citizen, here in the terminal."""
    from app.chat import run_json, run_terminal
    from app.clock import FixedClock

    clock = FixedClock(now) if now else None
    with _lines():
        asyncio.run(run_json(sys.stdin, sys.stdout, state, clock) if as_json else run_terminal(state, clock))


@main.command()
@click.option(
    "--config",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Read with the model of these settings, not with the packaged one.",
)
def parse(config: Path | None) -> None:
    """Read messages (JSON Lines or plain text) on standard input; write what the reader understood."""
    from nlu.__main__ import main as run

    if config is None:
        with _lines():
            run()
        return
    from app.house import chosen_model
    from config.settings import load

    model = chosen_model(load(config))
    with _lines():
        run(model=model)


@main.command()
def horaire() -> None:
    """Read French time expressions (JSON Lines or plain text) on standard input; write their schedules."""
    from nlu.horaire.__main__ import main as run

    with _lines():
        run()


@main.command()
@click.option("--config", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="The settings file.")
def check(config: Path | None) -> None:
    """Look at settings, keys, texts and connections; one message lists every fault."""
    from app.checks import all_faults
    from config.logging import silence

    silence()
    if found := asyncio.run(all_faults(config)):
        raise click.ClickException(f"{len(found)} to correct\n" + "\n".join(f"- {one}" for one in found))
    click.echo("guichet : tout est en ordre.")


@main.command()
@click.option("--config", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="The settings file.")
def migrate(config: Path | None) -> None:
    """Bring the tables up to date."""
    from config.settings import load
    from storage.migrate import upgrade

    settings = load(config)
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    ran = asyncio.run(upgrade(settings.database_url, settings.vault_url))
    click.echo("\n".join(ran) if ran else "The tables are up to date.")


_FREE = {"ignore_unknown_options": True}


@main.command(context_settings=_FREE)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def train(arguments: tuple[str, ...]) -> None:
    """Train the reader's model anew (needs the `train` extra; see docs/model.md)."""
    try:
        from nlu.training.__main__ import main as run
    except ModuleNotFoundError as error:
        raise click.ClickException(f"training needs {error.name}: pip install 'guichet[train]'") from error
    run(arguments)


@main.command(context_settings=_FREE)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def evaluate(arguments: tuple[str, ...]) -> None:
    """Measure the reader on annotated messages (see docs/model.md)."""
    from nlu.training.evaluate import main as run

    run(arguments)


@main.command()
@click.option("--people", default=100, show_default=True, help="How many citizens write at once.")
def bench(people: int) -> None:
    """Measure a whole turn against a bare echo bot on the same local server, in one run."""
    from app.bench.run import run as measure
    from config.logging import silence

    silence()
    for line in measure(people):
        click.echo(line)
