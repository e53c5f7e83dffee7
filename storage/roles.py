"""Leases of roles: one process polls, one syncs, one posts."""

from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa

from domain.errors import LeaseHeld
from storage.schema import Instant, role
from storage.transaction import Transaction
from storage.upsert import insert

_insert = insert(role)
_HOLD: Final = _insert.on_conflict_do_update(
    index_elements=["name"],
    set_={"owner": _insert.excluded.owner, "until": _insert.excluded.until},
    where=sa.or_(role.c.owner == _insert.excluded.owner, role.c.until <= sa.bindparam("now", type_=Instant)),
).returning(role.c.owner)
_LET_GO: Final = sa.delete(role).where(role.c.name == sa.bindparam("what"), role.c.owner == sa.bindparam("me"))


async def hold(transaction: Transaction, name: str, owner: str, now: datetime, lease: timedelta) -> None:
    """The role is ours until `now + lease`. Raises LeaseHeld while another holds it."""
    row = {"name": name, "owner": owner, "until": now + lease, "now": now}
    if not await transaction.rows(_HOLD, row):
        raise LeaseHeld(f"the role {name!r} is held by another process; stop it first, or wait for its lease to end")


async def let_go(transaction: Transaction, name: str, owner: str) -> None:
    """The role is free if it was ours."""
    transaction.write(_LET_GO, {"what": name, "me": owner})
