"""Who watches the page, and which of its panes changed since each of them last looked."""

import asyncio
from collections.abc import AsyncIterator, Iterable

KEEP_ALIVE_S = 15.0
"""Seconds of silence after which an empty answer proves that the line is open."""


class _Watcher:
    """One open page: the panes it has not seen yet, in the order they changed."""

    def __init__(self, panes: Iterable[str]) -> None:
        self._unseen = dict.fromkeys(panes)
        self._bell = asyncio.Event()

    def tell(self, pane: str) -> None:
        self._unseen[pane] = None
        self._bell.set()

    def wake(self) -> None:
        self._bell.set()

    def take(self) -> tuple[str, ...]:
        unseen = tuple(self._unseen)
        self._unseen.clear()
        self._bell.clear()
        return unseen

    async def wait(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._bell.wait()
        except TimeoutError:
            return


class Live:
    """Tells every open page which panes to draw again. Only names travel here; a slow page just skips versions."""

    def __init__(self) -> None:
        self._watchers: set[_Watcher] = set()
        self._closed = False

    def changed(self, *panes: str) -> None:
        """Every open page learns that these panes are no longer what it shows."""
        for watcher in self._watchers:
            for pane in panes:
                watcher.tell(pane)

    async def watch(self, first: Iterable[str]) -> AsyncIterator[tuple[str, ...]]:
        """Names of panes to draw: `first` at once, then what changes; () when nothing did for KEEP_ALIVE_S."""
        watcher = _Watcher(first)
        self._watchers.add(watcher)
        try:
            while not self._closed:
                yield watcher.take()
                await watcher.wait(KEEP_ALIVE_S)
        finally:
            self._watchers.discard(watcher)

    def close(self) -> None:
        """Every open stream ends."""
        self._closed = True
        for watcher in self._watchers:
            watcher.wake()
