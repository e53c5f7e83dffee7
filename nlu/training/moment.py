"""What every training run shares: the seed of its draws, and when messages of the corpus are taken to be said."""

from datetime import datetime
from zoneinfo import ZoneInfo

AT = datetime(2026, 3, 18, 20, 15, tzinfo=ZoneInfo("Europe/Paris"))

SEED = 1
"""Of every draw in a training run."""
