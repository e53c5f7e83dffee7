"""Run by Alembic for the vault family."""

from storage.migrations.environment import run
from storage.schema import VAULT

run(VAULT)
