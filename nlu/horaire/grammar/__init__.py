"""The grammars, in the order in which they are run: figures, clocks, dates, lengths, days that come back."""

from .bounds import STAGE as BOUNDS
from .clocks import STAGE as CLOCKS
from .dates import STAGE as DATES
from .day_ranges import STAGE as DAY_RANGES
from .hours import STAGE as HOURS
from .leftovers import STAGE as LEFTOVERS
from .lengths import STAGE as LENGTHS
from .numbers import STAGE as NUMBERS
from .periods import STAGE as PERIODS
from .recurring import STAGE as RECURRING

STAGES = (NUMBERS, CLOCKS, LENGTHS, DATES, DAY_RANGES, PERIODS, BOUNDS, HOURS, RECURRING, LEFTOVERS)
