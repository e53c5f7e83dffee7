"""The officers' side as a program of its own, so that a test can kill it: bot, room keeper and postman on one folder.

    python -m tests.matrix.child FOLDER     (FOLDER/child.json: server, account, officers)

Prints "up" once the first sync has been read.
"""

import asyncio
import json
import sys
from pathlib import Path

from handlers.carriers import ToRooms
from handlers.delivery import Postman
from handlers.rooms import RoomKeeper
from tests.matrix.house import MatrixHouse, OneCell, cell_of
from tests.servers.synapse import Account, LocalSynapse


def describe(house: MatrixHouse, officers: list[Account]) -> Path:
    """Write down what the child needs; returns its folder."""
    accounts = [vars(account) for account in (house.account, *officers)]
    (house.folder / "child.json").write_text(json.dumps({"port": house.synapse.port, "accounts": accounts}))
    return house.folder


def house_in(folder: Path) -> MatrixHouse:
    """The house that was described there."""
    told = json.loads((folder / "child.json").read_text())
    account, *officers = [Account(**values) for values in told["accounts"]]
    server = LocalSynapse(folder / "unused", port=told["port"])
    return MatrixHouse(server, folder, account, OneCell(cell_of(officers)), changes={"password": None})


async def main(folder: Path) -> None:
    """Until killed."""
    house, never = await house_in(folder).open(), asyncio.Event()
    await house.start()
    print("up", flush=True)
    channel = house.bot.channel
    await asyncio.gather(
        house.running or never.wait(),
        RoomKeeper(house.store, house.cells, channel, house.live).run(never),
        Postman(house.store, ToRooms(channel), house.live, house.clock).run(never),
    )


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
