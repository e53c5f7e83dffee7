"""What the counter does: pure functions from what is known and what was said to what happened.

decide_on_citizen (citizen.py), decide_on_officer (officer.py), decide_on_silence (silence.py).
How facts are learned is in learning.py, what is asked next in asking.py.
"""

from domain.policy.citizen import decide_on_citizen
from domain.policy.officer import decide_on_officer
from domain.policy.silence import decide_on_silence

__all__ = ["decide_on_citizen", "decide_on_officer", "decide_on_silence"]
