"""Times as staff read them: to the nearest hour, in the house's time zone.

A citizen who was seen typing at 14:52 must not be found by comparing minutes; the exact order is kept by sequence.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from handlers.voice import Voice

HALF = timedelta(minutes=30)


def rounded(at: datetime, zone: str) -> datetime:
    """The nearest full hour in the zone."""
    local = at.astimezone(ZoneInfo(zone)) + HALF
    return local.replace(minute=0, second=0, microsecond=0)


def in_words(voice: Voice, at: datetime) -> str:
    """ "le 22 novembre, vers 14 h"."""
    near = rounded(at, voice.limits.zone)
    return voice.say("room-time", day=near.day, month=near.month, hour=near.hour)
