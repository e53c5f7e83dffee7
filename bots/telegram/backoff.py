"""How long to wait after a failure."""

import random


class Backoff:
    """Waits that double from `first_s` to `longest_s`, each spread by half, so that processes do not knock together."""

    def __init__(self, first_s: float, longest_s: float) -> None:
        self._first_s = first_s
        self._longest_s = longest_s
        self._failures = 0

    def well(self) -> None:
        """It worked: the next wait is the first one again."""
        self._failures = 0

    def next_s(self) -> float:
        """Seconds to wait after one more failure, never above the longest."""
        wait_s = min(self._first_s * 2.0 ** min(self._failures, 30), self._longest_s)
        self._failures += 1
        return min(wait_s * random.uniform(0.5, 1.5), self._longest_s)
