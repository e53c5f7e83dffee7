"""Bringing the tables up to date: two families of migrations, for the house and for the vault.

Each family has its own directory under storage/migrations and its own version table, so that both may live in one
database or in two.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Final

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from domain.errors import OperatorError
from storage.engines import engine_for

_LOCK: Final = sa.text("SELECT pg_advisory_xact_lock(hashtext('guichet.migrations'))")
"""SQLite needs none: its transaction begins with the write lock."""


@dataclass(frozen=True, slots=True)
class Family:
    """Tables that move together."""

    name: str

    @property
    def version_table(self) -> str:
        """Where this family notes which migrations it has seen."""
        return f"{self.name}_version"

    def upgrade(self, connection: sa.Connection) -> None:
        """Every migration has run; processes that start together take turns."""
        if connection.dialect.name == "postgresql":
            connection.execute(_LOCK)
        command.upgrade(self._config(connection), "head")

    def downgrade(self, connection: sa.Connection) -> None:
        """No table of this family is left."""
        command.downgrade(self._config(connection), "base")

    def pending(self, connection: sa.Connection) -> tuple[str, ...]:
        """Migrations that have not run yet, in the order they will, e.g. "house 0001 first tables"."""
        context = MigrationContext.configure(connection, opts={"version_table": self.version_table})
        scripts = ScriptDirectory.from_config(self._config(connection))
        seen = context.get_current_heads()
        missing = list(scripts.iterate_revisions("head", seen[0] if seen else "base"))
        return tuple(f"{self.name} {one.revision} {one.doc}" for one in reversed(missing))

    def require_current(self, connection: sa.Connection) -> None:
        """Raises OperatorError when a migration is still to run."""
        if missing := self.pending(connection):
            raise OperatorError(f"the database is not up to date, run `guichet migrate` first: {'; '.join(missing)}")

    def _config(self, connection: sa.Connection) -> Config:
        config = Config()
        config.set_main_option("script_location", str(_SCRIPTS / self.name))
        config.set_main_option("path_separator", "os")
        config.attributes["connection"] = connection
        config.attributes["version_table"] = self.version_table
        return config


_SCRIPTS: Final = Path(str(resources.files("storage"))) / "migrations"
HOUSE: Final = Family("house")
VAULT: Final = Family("vault")


async def upgrade(url: str, vault_url: str | None = None) -> Sequence[str]:
    """The tables are up to date; returns the migrations that ran. Raises StorageGone."""
    ran: list[str] = []
    for family, where in _places(url, vault_url):
        engine = engine_for(where)
        try:
            ran += await engine.run_sync(family.pending)
            await engine.run_sync(family.upgrade)
        finally:
            await engine.close()
    return ran


async def pending(url: str, vault_url: str | None = None) -> Sequence[str]:
    """The migrations that have not run yet. Raises StorageGone."""
    missing: list[str] = []
    for family, where in _places(url, vault_url):
        engine = engine_for(where)
        try:
            missing += await engine.run_sync(family.pending)
        finally:
            await engine.close()
    return missing


def _places(url: str, vault_url: str | None) -> tuple[tuple[Family, str], ...]:
    return ((HOUSE, url), (VAULT, vault_url or url))
