"""What the pages' tests put around them: a clock that stands still, one cell, and an intake that only writes down."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from domain.case import Cell, Officer
from domain.errors import StorageGone
from domain.ids import CellId, OfficerId
from domain.questionnaire import Fact, Question, Questionnaire
from handlers.ports import Arrival

START = datetime(2026, 3, 10, 18, 7, 42, tzinfo=UTC)

MARTIN = OfficerId("@a.martin:cell.example")
DUBOIS = OfficerId("@c.dubois:cell.example")

VAUCLUSE = Cell(
    CellId("vaucluse"),
    "CROSS du Vaucluse",
    "Vaucluse",
    (Officer(MARTIN, "police nationale"), Officer(DUBOIS, "gendarmerie", is_animateur=True)),
    "stupefiants",
)
HAINAUT = Cell(CellId("hainaut"), "Cellule du Hainaut", "Hainaut", (), "stupefiants", country="BE", alias_prefix="H")


class StoppedClock:
    """A clock that moves only when told to."""

    def __init__(self, now: datetime = START) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def forward(self, **by: float) -> None:
        self._now += timedelta(**by)


class TwoCells:
    """The cells of a small house."""

    def get(self, cell: CellId) -> Cell | None:
        return next((one for one in self.all() if one.id == cell), None)

    def default(self) -> Cell:
        return VAUCLUSE

    def all(self) -> Sequence[Cell]:
        return (VAUCLUSE, HAINAUT)

    def questionnaire(self, cell: Cell) -> Questionnaire:
        required = tuple(Question(fact, required=True) for fact in (Fact.LIEU, Fact.HORAIRE, Fact.COMPORTEMENT))
        return Questionnaire("stupefiants", (*required, Question(Fact.PRODUIT)))


class WrittenDown:
    """An intake that keeps what came, in order; `is_gone` makes it fail as a lost store does."""

    def __init__(self) -> None:
        self.arrivals: list[Arrival] = []
        self.is_gone = False

    async def accept(self, arrivals: Sequence[Arrival], cursor: tuple[str, str] | None = None) -> None:
        if self.is_gone:
            raise StorageGone("the store is out of reach")
        self.arrivals.extend(arrivals)

    async def cursor(self, name: str) -> str | None:
        return None

    @property
    def contents(self) -> list[object]:
        return [arrival.message.content for arrival in self.arrivals]
