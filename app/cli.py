"""The command line: one program, `guichet` (also `python -m app`)."""

import asyncio
import sys
from datetime import datetime
from pathlib import Path

import click

from domain.errors import GuichetError


class _Program(click.Group):
    """Errors of ours end with one clear message and status 1, never with a trace."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except GuichetError as error:
            raise click.ClickException(str(error)) from error


@click.group(cls=_Program, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="guichet")
def main() -> None:
    """A counter window for anonymous reports: Telegram for citizens, encrypted Matrix rooms for officers."""


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Speak the line protocol (docs/protocols.md).")
@click.option("--now", type=click.DateTime(), help="Stop the clock here (local time, Europe/Paris).")
@click.option("--state", type=click.Path(path_type=Path, dir_okay=False), help="Keep the conversation in this file.")
def chat(as_json: bool, now: datetime | None, state: Path | None) -> None:
    """Be the citizen, here in the terminal."""
    from app.chat import run_json, run_terminal
    from app.clock import FixedClock

    clock = FixedClock(now) if now else None
    asyncio.run(run_json(sys.stdin, sys.stdout, state, clock) if as_json else run_terminal(state, clock))


@main.command()
def parse() -> None:
    """Read messages (JSON Lines or plain text) on standard input; write what the reader understood."""
    from nlu.protocol import run

    run(sys.stdin, sys.stdout)


@main.command()
def horaire() -> None:
    """Read French time expressions (JSON Lines or plain text) on standard input; write their schedules."""
    from nlu.horaire.__main__ import main as run

    run()
