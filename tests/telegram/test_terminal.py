"""The terminal keeps letters, in order, until someone reads them."""

from bots.terminal import TERMINAL, TerminalChannel
from domain.messages import EraseChat, ToCitizen


async def test_letters_wait_in_order() -> None:
    channel = TerminalChannel()
    refs = [(await channel.send(TERMINAL, ToCitizen(text), None))[0] for text in ("un", "deux", "trois")]
    assert len(set(refs)) == 3
    assert (await channel.next()).letter == ToCitizen("un")
    assert [(c.ref, c.letter.text) for c in channel.drain()] == [(refs[1], "deux"), (refs[2], "trois")]
    assert channel.drain() == []


async def test_what_was_shown_can_be_erased_once() -> None:
    channel = TerminalChannel()
    (ref,) = await channel.send(TERMINAL, ToCitizen("un"), (b"x", "image/jpeg"))
    await channel.typing(TERMINAL)
    assert channel.drain()[0].file == (b"x", "image/jpeg")
    assert await channel.erase(TERMINAL, EraseChat((ref,))) == 1
    assert await channel.erase(TERMINAL, EraseChat((ref,))) == 0
