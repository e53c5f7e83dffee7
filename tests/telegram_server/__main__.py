"""python -m tests.telegram_server --port N --token T [--state FILE]

Prints one line of JSON, {"root", "token", "pid"}, when it answers; ends on SIGTERM or SIGINT.
"""

import argparse
import asyncio
import json
import os
import signal
from pathlib import Path

from . import snapshot
from .server import TOKEN, TelegramServer


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.telegram_server")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--token", default=TOKEN)
    parser.add_argument("--state", type=Path, help="JSON file read at start, written at the end")
    return parser.parse_args()


async def _serve(options: argparse.Namespace) -> None:
    server = TelegramServer(options.token, options.host, options.port)
    if options.state:
        snapshot.load(server.api, options.state)
    asked_to_end = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, asked_to_end.set)
    async with server:
        ready = {"root": server.root, "token": options.token, "pid": os.getpid()}
        print(json.dumps(ready), flush=True)
        await asked_to_end.wait()
    if options.state:
        snapshot.save(server.api, options.state)


if __name__ == "__main__":
    asyncio.run(_serve(_arguments()))
