"""Masked pre-training: the encoder learns French before it learns the task."""

import math
import random
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from transformers import ModernBertModel, PreTrainedTokenizerFast

from nlu.training.network import Masked, configuration

HIDDEN = 0.2
"""Share of tokens to guess (feasibility trial: 0.2 with sequences of 64)."""


def encode(tokeniser: PreTrainedTokenizerFast, texts: list[str], length: int) -> np.ndarray:
    """Texts joined and cut into rows: (rows, length) int64, each row opened by [CLS]."""
    stream: list[int] = []
    for start in range(0, len(texts), 4096):
        for ids in tokeniser(texts[start : start + 4096], add_special_tokens=False)["input_ids"]:
            stream.extend(ids)
            stream.append(tokeniser.sep_token_id)
    body = length - 1
    rows = np.asarray(stream[: len(stream) // body * body], dtype=np.int64).reshape(-1, body)
    return np.concatenate([np.full((len(rows), 1), tokeniser.cls_token_id), rows], axis=1)


def neighbours(rows: np.ndarray, size: int, width: int, seed: int) -> np.ndarray:
    """First embeddings (size, width) float32 from which pieces stand side by side: PPMI, randomised SVD.

    They carry in two minutes what masked training would need its first million tokens for.
    """
    counts = np.zeros(size * size, dtype=np.float32)
    for gap in range(1, 5):
        pairs = rows[:, 1:-gap].ravel() * size + rows[:, 1 + gap :].ravel()
        counts += np.bincount(pairs, minlength=size * size).astype(np.float32) / gap
    table = counts.reshape(size, size)
    table = table + table.T
    total, sums = table.sum(), np.maximum(table.sum(0), 1.0)
    context = sums**0.75
    table *= total * (context.sum() / sums.sum()) / sums[:, None] / context[None, :] * 1.0
    np.maximum(np.log(np.maximum(table, 1e-9)), 0.0, out=table)
    rng = np.random.default_rng(seed)
    basis = np.linalg.qr(table @ rng.standard_normal((size, width + 32), dtype=np.float32))[0]
    basis = np.linalg.qr(table @ (table.T @ basis))[0]
    left, strength, _ = np.linalg.svd(basis.T @ table, full_matrices=False)
    vectors = (basis @ left)[:, :width] * np.sqrt(strength[:width])
    vectors /= vectors.std() + 1e-9
    return vectors.astype(np.float32)


def pretrain(
    tokeniser: PreTrainedTokenizerFast,
    texts: list[str],
    out: Path,
    *,
    minutes: float,
    seed: int,
    length: int = 64,
    batch: int = 32,
    peak: float = 1.5e-3,
    width: int = 256,
    layers: int = 4,
    begun_encoder: ModernBertModel | None = None,
) -> ModernBertModel:
    """An encoder trained for so many minutes; its weights are in `out` at the end, and every two minutes on the way.

    begun_encoder: one to go on with instead of a fresh one.
    """
    torch.manual_seed(seed)
    rows = encode(tokeniser, texts, length)
    apart = max(1, min(256, len(rows) // 10))
    kept, held = rows[:-apart], rows[-apart:]
    encoder = begun_encoder or _fresh(kept, len(tokeniser), width, layers, seed)
    model = Masked(encoder)
    weights = sum(p.numel() for p in encoder.parameters())
    print(
        f"pretrain: {kept.size / 1e6:.1f} M tokens at hand, {weights / 1e6:.1f} M weights",
        flush=True,
    )
    optimiser = torch.optim.AdamW(model.parameters(), lr=peak, betas=(0.9, 0.98), weight_decay=0.01)
    rng, begun, step, saved = random.Random(seed), time.monotonic(), 0, 0.0
    generator = torch.Generator().manual_seed(seed)
    special = 5
    for ids in batches(kept, batch, rng):
        spent = (time.monotonic() - begun) / 60 / minutes
        if spent >= 1:
            break
        rate = peak * min(1.0, (step + 1) / 100) * max(0.02, 1 - max(0.0, spent - 0.05) / 0.95)
        for group in optimiser.param_groups:
            group["lr"] = rate
        loss, right = guess(model, torch.from_numpy(ids), tokeniser, generator, special)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        step += 1
        if step % 50 == 0:
            read = f"{step * batch * length / 1e6:.2f} M tokens, {spent:.0%}"
            print(f"pretrain: {read}, loss {loss.item():.3f}, right {right:.3f}", flush=True)
        if spent * minutes - saved > 2:
            saved = spent * minutes
            torch.save(encoder.state_dict(), out)
    with torch.no_grad():
        loss, right = guess(model, torch.from_numpy(held), tokeniser, generator, special)
    read = f"{step * batch * length / 1e6:.2f} M tokens"
    print(f"pretrain: held-out loss {loss.item():.3f}, right {right:.3f} after {read}", flush=True)
    torch.save(encoder.state_dict(), out)
    return encoder


def _fresh(rows: np.ndarray, size: int, width: int, layers: int, seed: int) -> ModernBertModel:
    """A new encoder whose embeddings already know which pieces stand side by side."""
    encoder = ModernBertModel(configuration(size, width=width, layers=layers))
    with torch.no_grad():
        start = torch.from_numpy(neighbours(rows, size, width, seed))
        encoder.embeddings.tok_embeddings.weight.copy_(start * 0.05)
    return encoder


def batches(rows: np.ndarray, size: int, rng: random.Random) -> Iterator[np.ndarray]:
    """Rows in ever new orders, without end."""
    order, size = list(range(len(rows))), min(size, len(rows))
    while True:
        rng.shuffle(order)
        for start in range(0, len(order) - size + 1, size):
            yield rows[order[start : start + size]]


def guess(
    model: Masked, ids: torch.Tensor, tokeniser: PreTrainedTokenizerFast, generator: torch.Generator, special: int
) -> tuple[torch.Tensor, float]:
    """Loss and accuracy over a fresh mask of the batch (80 % masked, 10 % other, 10 % kept)."""
    hidden = (torch.rand(ids.shape, generator=generator) < HIDDEN) & (ids >= special)
    dice = torch.rand(ids.shape, generator=generator)
    shown = torch.where(hidden & (dice < 0.8), tokeniser.mask_token_id, ids)
    other = torch.randint(special, len(tokeniser), ids.shape, generator=generator)
    shown = torch.where(hidden & (dice > 0.9), other, shown)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        logits = model(shown, torch.ones_like(ids), hidden)
    loss = torch.nn.functional.cross_entropy(logits.float(), ids[hidden])
    assert math.isfinite(loss.item())
    return loss, (logits.argmax(-1) == ids[hidden]).float().mean().item()
