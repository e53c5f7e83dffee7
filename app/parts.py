"""The parts of a small house: a SQLite file, live state in this process, the packaged questionnaires and catalogues."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from app.counter import Parts
from config.catalogue import FluentCatalogue
from config.cells import load_cells
from config.questionnaires import load_questionnaires
from handlers.ports import Clock
from handlers.voice import Limits
from handlers.wording import CounterWording
from nlu.loading import Loading
from nlu.reader import GuichetReader, shipped
from storage.chance import SystemIds
from storage.live import MemoryLive
from storage.sealing import ButtonTokens, Keys
from storage.sql import SqlStore


@asynccontextmanager
async def open_parts(
    database: Path, key_file: Path, clock: Clock, reader: GuichetReader | None = None
) -> AsyncIterator[Parts]:
    """Everything the use cases need, over one SQLite file; closed at the end.

    reader: the packaged one by default, waited for, so that equal words are always read equally.
    """
    keys = Keys.load_or_make(key_file)
    cells = load_cells(load_questionnaires())
    own = reader or packaged_reader()
    if reader is None:
        own.warm()
    store = await SqlStore.open(f"sqlite:///{database}", keys, migrate=True)
    try:
        if reader is None:
            await own.ready()
        yield Parts(
            store,
            cells,
            CounterWording(FluentCatalogue(), cells, Limits()),
            own,
            MemoryLive(),
            clock,
            SystemIds(),
            ButtonTokens(keys),
        )
    finally:
        await store.close()


def packaged_reader() -> GuichetReader:
    """The packaged reader; its model comes when it is told to, at the first message at the latest."""
    return GuichetReader(Loading(shipped))
