"""The tables. Two families: the house's own, and the vault's, which may live in a database apart.

What is readable in a stolen copy: opaque conversation ids, phases, kinds of events, states of letters, counts, times.
What is not: words, addresses, officers' names in cases and events, files, references to a citizen's messages. Columns
named `sealed...` are closed with storage/sealing.py (NULL: blanked), columns named `mark` are keyed hashes. Instants
are microseconds since 1970 UTC.
"""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa

HOUSE: Final = sa.MetaData()
VAULT: Final = sa.MetaData()

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)

Serial: Final = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
"""A number given by the database; SQLite counts only in INTEGER."""


class Instant(sa.types.TypeDecorator[datetime]):
    """An aware UTC time, exact to the microsecond, the same on every database."""

    impl = sa.BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> int | None:
        return None if value is None else (value - _EPOCH) // _MICROSECOND

    def process_result_value(
        self, value: Any | None, dialect: sa.Dialect
    ) -> datetime | None:  # Any: as the driver gives
        return None if value is None else _EPOCH + timedelta(microseconds=value)


# --- what comes in -------------------------------------------------------------------------------

inbox = sa.Table(
    "inbox", HOUSE,
    sa.Column("id", Serial, primary_key=True),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("mark", sa.LargeBinary, nullable=False),
    sa.Column("conversation", sa.Text),
    sa.Column("sealed", sa.LargeBinary),
    sa.Column("received_at", Instant, nullable=False),
    sa.UniqueConstraint("source", "mark", name="uq_inbox_source_mark"),
    sqlite_autoincrement=True,
)  # fmt: skip
"""sealed IS NOT NULL: not handled yet. Once handled only (source, mark) matters, so that a repeat is known."""

sa.Index(
    "ix_inbox_waiting", inbox.c.conversation, inbox.c.id,
    sqlite_where=inbox.c.sealed.is_not(None), postgresql_where=inbox.c.sealed.is_not(None),
)  # fmt: skip
sa.Index("ix_inbox_conversation", inbox.c.conversation)

lane = sa.Table(
    "lane", HOUSE,
    sa.Column("conversation", sa.Text, primary_key=True),
    sa.Column("owner", sa.Text),
    sa.Column("until", Instant),
)  # fmt: skip
"""Who works in a conversation, until when (a lease, so that a killed process blocks nobody for long)."""

parked = sa.Table(
    "parked", HOUSE,
    sa.Column("source", sa.Text, primary_key=True),
    sa.Column("mark", sa.LargeBinary, primary_key=True),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
    sa.Column("since", Instant, nullable=False),
)  # fmt: skip

cursor = sa.Table(
    "cursor", HOUSE,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)  # fmt: skip

# --- conversations ---------------------------------------------------------------------------------

conversation = sa.Table(
    "conversation", HOUSE,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("cell", sa.Text, nullable=False),
    sa.Column("wrapped_key", sa.LargeBinary, nullable=False),
    sa.Column("seq", sa.Integer, nullable=False),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("erased_seq", sa.Integer, nullable=False),
    sa.Column("phase", sa.Text, nullable=False),
    sa.Column("language", sa.Text, nullable=False),
    sa.Column("alias", sa.Text),
    sa.Column("filed", sa.Boolean, nullable=False),
    sa.Column("welcomed", sa.Boolean, nullable=False),
    sa.Column("door_open", sa.Boolean, nullable=False),
    sa.Column("last_at", Instant, nullable=False),
    sa.Index("ix_conversation_idle", "phase", "last_at"),
)  # fmt: skip
"""The skeleton that stays for statistics. erased_seq: events up to it are gone with their key. revision: how
often payloads were blanked or erased."""

event = sa.Table(
    "event", HOUSE,
    sa.Column("conversation", sa.Text, primary_key=True),
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("sealed", sa.LargeBinary),
    sa.Column("at", Instant, nullable=False),
    sqlite_with_rowid=False,
)  # fmt: skip

file = sa.Table(
    "file", HOUSE,
    sa.Column("conversation", sa.Text, primary_key=True),
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("media_type", sa.Text, nullable=False),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
)  # fmt: skip

receipt = sa.Table(
    "receipt", HOUSE,
    sa.Column("mark", sa.LargeBinary, primary_key=True),
    sa.Column("conversation", sa.Text, nullable=False),
)  # fmt: skip

# --- letters ---------------------------------------------------------------------------------------

delivery = sa.Table(
    "delivery", HOUSE,
    sa.Column("id", Serial, primary_key=True),
    sa.Column("conversation", sa.Text, nullable=False),
    sa.Column("target", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("sealed", sa.LargeBinary),
    sa.Column("sealed_about", sa.LargeBinary),
    sa.Column("about_mark", sa.LargeBinary),
    sa.Column("key_mark", sa.LargeBinary),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("resend", sa.Boolean, nullable=False),
    sa.Column("next_at", Instant, nullable=False),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("error", sa.Text),
    sa.Index("ix_delivery_conversation", "conversation", "target", "id"),
    sa.Index("ix_delivery_counts", "target", "state"),
    sqlite_autoincrement=True,
)  # fmt: skip
"""Ids are never used twice (autoincrement): they make the platform's transaction ids."""

IS_OPEN: Final = sa.text("state IN ('queued', 'sending')")
"""Not finished; written out, because SQLite uses a partial index only for the words it was made with."""

sa.Index(
    "ix_delivery_open", delivery.c.target, delivery.c.conversation, delivery.c.id,
    sqlite_where=IS_OPEN, postgresql_where=IS_OPEN,
)  # fmt: skip

link = sa.Table(
    "link", HOUSE,
    sa.Column("id", Serial, primary_key=True),
    sa.Column("conversation", sa.Text, nullable=False),
    sa.Column("target", sa.Text, nullable=False),
    sa.Column("delivery", sa.BigInteger, nullable=False),
    sa.Column("key_mark", sa.LargeBinary),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
    sa.Index("ix_link_conversation", "conversation", "target"),
    sqlite_autoincrement=True,
)  # fmt: skip
"""Where our letters went on the platforms, to edit, answer or delete them."""

# --- cases -----------------------------------------------------------------------------------------

case = sa.Table(
    "case_file", HOUSE,
    sa.Column("alias", sa.Text, primary_key=True),
    sa.Column("conversation", sa.Text, nullable=False, unique=True),
    sa.Column("cell", sa.Text, nullable=False),
    sa.Column("room_state", sa.Text, nullable=False),
    sa.Column("room", sa.Text, unique=True),
    sa.Column("opened_at", Instant, nullable=False),
    sa.Column("closed_at", Instant),
    sa.Column("verdict", sa.Text),
    sa.Column("sealed_officer", sa.LargeBinary),
    sa.Index("ix_case_file_opened", "cell", "opened_at"),
    sa.Index("ix_case_file_state", "room_state"),
)  # fmt: skip

alias_counter = sa.Table(
    "alias_counter", HOUSE,
    sa.Column("prefix", sa.Text, primary_key=True),
    sa.Column("last", sa.Integer, nullable=False),
)  # fmt: skip
"""Counted by prefix, so that two cells that share one never make the same alias."""

cell_rooms = sa.Table(
    "cell_rooms", HOUSE,
    sa.Column("cell", sa.Text, primary_key=True),
    sa.Column("space", sa.Text, nullable=False),
    sa.Column("lobby", sa.Text, nullable=False),
)  # fmt: skip

# --- the house itself ------------------------------------------------------------------------------

secret = sa.Table(
    "secret", HOUSE,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
)  # fmt: skip

role = sa.Table(
    "role", HOUSE,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("owner", sa.Text, nullable=False),
    sa.Column("until", Instant, nullable=False),
)  # fmt: skip

seal_check = sa.Table(
    "seal_check", HOUSE,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
)  # fmt: skip
"""A known value, sealed at first start: a wrong key is refused before anything is written with it."""

# --- the supervisors' desk ---------------------------------------------------------------------------

supervisor = sa.Table(
    "supervisor", HOUSE,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("password_hash", sa.Text, nullable=False),
    sa.Column("cell", sa.Text),
)  # fmt: skip

web_session = sa.Table(
    "web_session", HOUSE,
    sa.Column("token_hash", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("expires_at", Instant, nullable=False),
)  # fmt: skip

journal = sa.Table(
    "journal", HOUSE,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("actor", sa.Text, nullable=False),
    sa.Column("action", sa.Text, nullable=False),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("hash", sa.Text, nullable=False),
)  # fmt: skip
"""Append-only: triggers of the first migration refuse UPDATE and DELETE."""

journal_head = sa.Table(
    "journal_head", HOUSE,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("seq", sa.Integer, nullable=False),
    sa.Column("hash", sa.Text, nullable=False),
)  # fmt: skip
"""One row: the last line of the journal. Writers lock it, and lines cut off the end are noticed."""

# --- the vault -------------------------------------------------------------------------------------

vault_contact = sa.Table(
    "vault_contact", VAULT,
    sa.Column("mark", sa.LargeBinary, primary_key=True),
    sa.Column("conversation", sa.Text, nullable=False, unique=True),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
    sa.Column("expires_at", Instant, nullable=False),
    sa.Index("ix_vault_contact_expires", "expires_at"),
)  # fmt: skip

vault_ref = sa.Table(
    "vault_ref", VAULT,
    sa.Column("id", Serial, primary_key=True),
    sa.Column("conversation", sa.Text, nullable=False),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
    sa.Index("ix_vault_ref_conversation", "conversation"),
    sqlite_autoincrement=True,
)  # fmt: skip
"""The citizen's own messages, so that they can be deleted on their side."""

vault_check = sa.Table(
    "vault_check", VAULT,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
)  # fmt: skip
