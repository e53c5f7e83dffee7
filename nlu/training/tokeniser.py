"""The tokeniser: folded (no accents, no case), byte-level BPE, digits one by one, offsets to the raw message."""

from collections.abc import Iterable
from pathlib import Path

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers
from transformers import PreTrainedTokenizerFast

from nlu.model.labels import ASKED

VOCABULARY = 8192
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *(f"[ASKED_{fact}]" for fact in ASKED), "[ASKED_NONE]")
UNITS = r"\p{N}|[^\s\p{L}\p{N}]|\s*\p{L}+"
"""Letters run together, digits and marks stand alone: a span can end at any of them."""


def train_tokeniser(texts: Iterable[str], size: int = VOCABULARY) -> PreTrainedTokenizerFast:
    """A tokeniser of `size` pieces learnt on the texts; equal texts give equal tokenisers."""
    made = Tokenizer(models.BPE())
    made.normalizer = normalizers.Sequence([normalizers.NFD(), normalizers.StripAccents(), normalizers.Lowercase()])
    made.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(UNITS), "isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    trainer = trainers.BpeTrainer(
        vocab_size=size,
        special_tokens=list(SPECIAL),
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    made.train_from_iterator(texts, trainer)
    return PreTrainedTokenizerFast(
        tokenizer_object=made,
        pad_token="[PAD]",
        unk_token="[UNK]",
        cls_token="[CLS]",
        sep_token="[SEP]",
        mask_token="[MASK]",
        clean_up_tokenization_spaces=False,
    )


def save_tokeniser(tokeniser: PreTrainedTokenizerFast, folder: Path) -> None:
    """`tokenizer.json` and `tokenizer_config.json` lie in the folder."""
    tokeniser.save_pretrained(str(folder))
