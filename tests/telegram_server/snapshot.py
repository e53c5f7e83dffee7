"""The server's state in a JSON file, so that a standalone server can be stopped and started again."""

import base64
import json
from pathlib import Path

from .api import BotApi, Call
from .files import StoredFile
from .shapes import Json
from .updates import Pending
from .world import Person, Query, Stored


def save(api: BotApi, path: Path) -> None:
    """People, messages, files, updates and calls are in the file; planned faults and the webhook are not."""
    world, queue = api.world, api.updates
    state: Json = {
        "people": [vars(person) for person in world.people.values()],
        "messages": [vars(s) for chat in world.messages.values() for s in chat.values()],
        "files": [_file(stored) for stored in world.files.by_id.values()],
        "queries": {key: vars(query) for key, query in world.queries.items()},
        "journal": world.journal,
        "next_message_id": world.next_message_id,
        "updates": [_update(update) for update in queue.pending],
        "next_update_id": queue.next_id,
        "wanted": queue.wanted,
        "calls": [call.wire() for call in api.calls],
        "profile": vars(api.profile),
    }
    path.write_text(json.dumps(state), encoding="utf-8")


def load(api: BotApi, path: Path) -> None:
    """The state of the file, if there is one."""
    if not path.exists():
        return
    state = json.loads(path.read_text(encoding="utf-8"))
    world, queue = api.world, api.updates
    world.people = {p["user"]["id"]: Person(**p) for p in state["people"]}
    for fields in state["messages"]:
        stored = Stored(**fields)
        wire = stored.wire
        world.messages.setdefault(wire["chat"]["id"], {})[wire["message_id"]] = stored
    for fields in state["files"]:
        content = base64.b64decode(fields["content"])
        world.files.by_id[fields["file_id"]] = StoredFile(**{**fields, "content": content})
    world.queries = {key: Query(**fields) for key, fields in state["queries"].items()}
    for line in state["journal"]:
        world.write(line)
    world.next_message_id = state["next_message_id"]
    queue.pending.extend(Pending(**fields) for fields in state["updates"])
    queue.next_id, queue.wanted = state["next_update_id"], state["wanted"]
    for fields in state["calls"]:
        api.recall(Call(**fields))
    vars(api.profile).update(state["profile"])


def _file(stored: StoredFile) -> Json:
    return {**vars(stored), "content": base64.b64encode(stored.content).decode()}


def _update(update: Pending) -> Json:
    return {name: getattr(update, name) for name in Pending.__slots__}
