"""Run by Alembic for the house family."""

from storage.migrations.environment import run
from storage.schema import HOUSE

run(HOUSE)
