"""Is it alive, is it ready, how is it doing: three small pages for machines, without content or identifiers."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Protocol

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from domain.errors import StorageError
from handlers.ports import Clock, Store, Target

READY = "ready"
STORE_GONE = "store-gone"

COUNTED: Mapping[str, str] = MappingProxyType({
    "turns": "Messages of citizens and officers handled.",
    "watch_rounds": "Rounds of the night watch, which forgets what has had its time.",
    "undecryptable_events": "Events of a room that could not be decrypted.",
    "backfilled_events": "Events fetched again after a gap in the sync.",
})  # fmt: skip
"""What the house counts while it runs, by the names under which `Readiness.counts` gives them."""


class Readiness(Protocol):
    """What the roles of this process say of themselves."""

    def roles(self) -> Mapping[str, str]:
        """Of each role either READY or a reason key ("token-refused"), never free words."""

    def counts(self) -> Mapping[str, int]:
        """Totals since the start, by the keys of COUNTED; a missing key counts as 0."""


@dataclass(frozen=True, slots=True)
class Figures:
    """One look at the house. waiting: by queue ("inbox", "citizen", "room"), how many and the oldest's age (s)."""

    roles: Mapping[str, str]
    counts: Mapping[str, int]
    waiting: Mapping[str, tuple[int, float]] = field(default_factory=dict)
    deliveries: Mapping[tuple[str, str], int] = field(default_factory=dict)


class HealthPages:
    """/healthz (the process answers), /readyz (every role works, else 503), /metrics (Prometheus text)."""

    def __init__(self, readiness: Readiness, store: Store, clock: Clock) -> None:
        self._readiness, self._store, self._clock = readiness, store, clock

    def routes(self) -> tuple[Route, ...]:
        """To be given to an app of their own or to another."""
        return (
            Route("/healthz", self.alive),
            Route("/readyz", self.ready),
            Route("/metrics", self.metrics),
        )

    async def alive(self, request: Request) -> Response:
        """Says "ok" for as long as the loop turns."""
        return PlainTextResponse("ok\n")

    async def ready(self, request: Request) -> Response:
        """Every role with its reason; 503 unless all are ready."""
        roles = await self._roles()
        is_ready = all(reason == READY for reason in roles.values())
        return JSONResponse({"ready": is_ready, "roles": roles}, status_code=200 if is_ready else 503)

    async def metrics(self, request: Request) -> Response:
        """The figures now, from a registry made for this answer: nothing of the process itself is told."""
        registry = CollectorRegistry()
        registry.register(_Snapshot(await self._figures()))
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)

    async def _roles(self) -> dict[str, str]:
        store = READY if await self._store.is_well() else STORE_GONE
        return {**self._readiness.roles(), "store": store}

    async def _figures(self) -> Figures:
        roles, counts, now = await self._roles(), self._readiness.counts(), self._clock.now()
        try:
            async with self._store.unit() as unit:
                waiting = {"inbox": await unit.inbox.lag(now)}
                for target in Target:
                    waiting[target.value] = await unit.deliveries.lag(target, now)
                return Figures(roles, counts, waiting, await unit.deliveries.counts())
        except StorageError:
            return Figures(roles | {"store": STORE_GONE}, counts)


class _Snapshot(Collector):
    """Figures as Prometheus families."""

    def __init__(self, figures: Figures) -> None:
        self._figures = figures

    def collect(self) -> Iterator[Metric]:
        f = self._figures
        yield _gauge("guichet_ready", "1 when the role works.", "role", _ready(f))
        yield _gauge("guichet_waiting", "How many wait.", "queue", _of(f.waiting, lambda lag: lag[0]))
        yield _gauge("guichet_oldest_seconds", "Age of the oldest.", "queue", _of(f.waiting, lambda lag: lag[1]))
        yield _deliveries(f.deliveries)
        for name, meaning in COUNTED.items():
            yield CounterMetricFamily(f"guichet_{name}", meaning, value=f.counts.get(name, 0))


def _ready(figures: Figures) -> Iterator[tuple[str, float]]:
    return ((role, float(reason == READY)) for role, reason in figures.roles.items())


def _of(
    waiting: Mapping[str, tuple[int, float]], pick: Callable[[tuple[int, float]], float]
) -> Iterator[tuple[str, float]]:
    return ((queue, pick(lag)) for queue, lag in waiting.items())


def _gauge(name: str, meaning: str, label: str, values: Iterable[tuple[str, float]]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, meaning, labels=[label])
    for value_of, value in values:
        family.add_metric([value_of], value)
    return family


def _deliveries(counted: Mapping[tuple[str, str], int]) -> GaugeMetricFamily:
    family = GaugeMetricFamily("guichet_deliveries", "Letters by side and state.", labels=["target", "state"])
    for (target, state), number in counted.items():
        family.add_metric([target, state], number)
    return family
