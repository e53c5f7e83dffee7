"""`python -m nlu`: `guichet parse` with the rules alone, lines of standard input to lines of JSON."""

import json
import sys

from nlu.protocol import parse_line
from nlu.rules import RulesReader


def main() -> None:
    """Answers every line that is not empty, in order."""
    reader = RulesReader()
    for line in sys.stdin:
        if line.strip():
            print(json.dumps(parse_line(line, reader), ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
