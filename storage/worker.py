"""A thread that does one thing after another for the event loop.

A trip to it costs 15 microseconds where a ThreadPoolExecutor costs 27 (docs/decisions/0010), for it makes one future
instead of three.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from queue import SimpleQueue
from threading import Thread
from typing import Any, TypeVar

T = TypeVar("T")

_Job = tuple[Callable[[], Any], Callable[[Any, BaseException | None], None]]  # Any: whatever the work returns


class Worker:
    """Work is done in the order in which it was asked for, also what nobody waits for any more."""

    def __init__(self, name: str) -> None:
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._thread = Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    async def call(self, work: Callable[[], T]) -> T:
        """What `work` returns or raises."""
        loop = asyncio.get_running_loop()
        outcome: asyncio.Future[T] = loop.create_future()

        def tell(found: Any, error: BaseException | None) -> None:  # Any: as `work` returns
            with suppress(RuntimeError):  # the loop is closed: nobody waits
                loop.call_soon_threadsafe(_settle, outcome, found, error)

        self._jobs.put((work, tell))
        return await outcome

    def submit(self, work: Callable[[], None]) -> None:
        """`work` will be done in its turn; it must not raise."""
        self._jobs.put((work, _tell_nobody))

    def end(self) -> None:
        """The thread ends after what was asked for already."""
        self._jobs.put(None)

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            work, tell = job
            try:
                found = work()
            except BaseException as error:  # it belongs to whoever asked, the thread goes on
                tell(None, error)
            else:
                tell(found, None)


def _settle(outcome: "asyncio.Future[T]", found: T, error: BaseException | None) -> None:
    if outcome.done():
        return
    if error is not None:
        outcome.set_exception(error)
    else:
        outcome.set_result(found)


def _tell_nobody(found: object, error: BaseException | None) -> None:
    """The outcome of work that was only submitted."""
