"""The network: a small pre-norm encoder (ModernBERT) with three heads, and a masked-word head for pre-training.

Post-norm BERT of this size stayed on the unigram plateau in the feasibility trial; pre-norm did not.
"""

import torch
from torch import Tensor, nn
from transformers import ModernBertConfig, ModernBertModel

from nlu.model.labels import FAITS, INTENTS, TAGS

HINTS = len(TAGS)
"""A hint a token: the tag that the rules gave it (0 for none)."""


def configuration(vocabulary: int, *, width: int = 256, layers: int = 4, dropout: float = 0.0) -> ModernBertConfig:
    """The encoder's shape; every layer attends to the whole message (messages are short)."""
    return ModernBertConfig(
        vocab_size=vocabulary,
        hidden_size=width,
        intermediate_size=2 * width,
        num_hidden_layers=layers,
        num_attention_heads=width // 64,
        max_position_embeddings=512,
        layer_types=["full_attention"] * layers,
        pad_token_id=0,
        bos_token_id=2,
        cls_token_id=2,
        eos_token_id=3,
        sep_token_id=3,
        embedding_dropout=dropout,
        mlp_dropout=dropout,
        attention_dropout=dropout,
        attn_implementation="sdpa",
    )


class Masked(nn.Module):
    """Guesses hidden tokens; the output layer shares the embedding's weights."""

    def __init__(self, encoder: ModernBertModel) -> None:
        super().__init__()
        self.encoder = encoder
        width = encoder.config.hidden_size
        self.head = nn.Sequential(nn.Linear(width, width), nn.GELU(), nn.LayerNorm(width))
        self.bias = nn.Parameter(torch.zeros(encoder.config.vocab_size))

    def forward(self, ids: Tensor, mask: Tensor, hidden: Tensor) -> Tensor:
        """ids, mask: (batch, tokens) int64; hidden: (batch, tokens) bool. Logits (hidden tokens, vocabulary)."""
        states = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state[hidden]
        return self.head(states) @ self.encoder.embeddings.tok_embeddings.weight.T + self.bias


class Joint(nn.Module):
    """Reads one message: what it does, which spans it names, what conduct it asserts."""

    def __init__(self, encoder: ModernBertModel, dropout: float = 0.2) -> None:
        super().__init__()
        self.encoder = encoder
        width = encoder.config.hidden_size
        self.hints = nn.Embedding(HINTS, width)
        nn.init.normal_(self.hints.weight, std=0.02)
        self.guess = nn.Embedding(len(INTENTS) + 1, width)
        nn.init.normal_(self.guess.weight, std=0.02)
        self.drop = nn.Dropout(dropout)
        self.tags = nn.Linear(width, len(TAGS))
        self.intent = nn.Linear(2 * width, len(INTENTS))
        self.faits = nn.Linear(2 * width, len(FAITS))

    def forward(self, ids: Tensor, mask: Tensor | None, hints: Tensor, guess: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """ids, mask, hints: (batch, tokens) int64; guess: (batch,) int64, the rules' intent + 1, 0 for none.

        mask: None when no message is padded.
        Returns intent (batch, 12), tags (batch, tokens, 15) and faits (batch, 10) logits, float32.
        """
        words = self.encoder.embeddings.tok_embeddings(ids) + self.hints(hints) * (hints > 0).unsqueeze(-1)
        opening = words[:, :1] + (self.guess(guess) * (guess > 0).unsqueeze(-1)).unsqueeze(1)
        words = torch.cat([opening, words[:, 1:]], dim=1)
        states = self.encoder(inputs_embeds=words, attention_mask=mask).last_hidden_state
        mean = states.mean(1) if mask is None else _mean(states, mask)
        pooled = self.drop(torch.cat([states[:, 0], mean], dim=-1))
        return self.intent(pooled), self.tags(self.drop(states)), self.faits(pooled)


def _mean(states: Tensor, mask: Tensor) -> Tensor:
    shown = mask.unsqueeze(-1).to(states.dtype)
    return (states * shown).sum(1) / shown.sum(1)


class Unpadded(nn.Module):
    """The same network for one message at a time, as it runs at the counter."""

    def __init__(self, joint: Joint) -> None:
        super().__init__()
        self.joint = joint

    def forward(self, ids: Tensor, hints: Tensor, guess: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """ids, hints: (1, tokens) int64; guess: (1,) int64."""
        told: tuple[Tensor, Tensor, Tensor] = self.joint(ids, None, hints, guess)
        return told
