"""`python -m nlu`: `guichet parse`, lines of standard input to lines of JSON, read as the counter reads them.

`--rules` leaves the model out.
"""

import json
import sys

from nlu.loading import ModelReader
from nlu.protocol import parse_line
from nlu.reader import BlendedReader, Shipped


def main(arguments: tuple[str, ...] = (), model: ModelReader | Shipped | None = Shipped.MODEL) -> None:
    """Answers every line that is not empty, in order. The model is waited for: equal lines are read equally."""
    reader = BlendedReader(None if "--rules" in arguments else model)
    for line in sys.stdin:
        if line.strip():
            print(json.dumps(parse_line(line, reader), ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main(tuple(sys.argv[1:]))
