"""The small model's tokenizer: one token per word and per number, built from a closed vocabulary.

Coordinates written digit by digit can't be learned by a model this small (the second digit is a
periodic function of position), so every integer 0..1000 is a token of its own. The JSON around a
box is a handful of tokens for the same reason, but the *text* is exactly what larger models of the
family write, so the served parser reads it unchanged.
"""

from __future__ import annotations

from collections.abc import Iterable

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers
from transformers import PreTrainedTokenizerFast

from trainer.lab.photos.kinds import ALL_KINDS, GROUNDS, PLURALS
from trainer.lab.scenes import COLOURS, QUERY_WORDS

PAD, UNK, START, END = "<|endoftext|>", "<unk>", "<|im_start|>", "<|im_end|>"
VISION_START, VISION_END, IMAGE, VIDEO = (
    "<|vision_start|>",
    "<|vision_end|>",
    "<|image_pad|>",
    "<|video_pad|>",
)
SPECIAL = (PAD, UNK, START, END, VISION_START, VISION_END, IMAGE, VIDEO)

FIRST_BOX, NEXT_BOX = '[{"bbox_2d": [', ', {"bbox_2d": ['
COMMA, LABEL, BOX_END, LIST_END, NO_BOX = ", ", '], "label": "', '"}', "]", "[]"
THINK, THINK_END, NEWLINE = "<think>", "</think>", "\n"
STRUCTURE = (FIRST_BOX, NEXT_BOX, COMMA, LABEL, BOX_END, LIST_END, NO_BOX, THINK, THINK_END, NEWLINE)

DIALOGUE_WORDS = (
    *("user", "assistant", "system", "locate", "is", "this", "there", "here", "what", "at"),
    *("yes", "no", "nothing", "?", ",", "."),
)
NUMBER_STEP = 4
NUMBERS = tuple(range(0, 1001, NUMBER_STEP))

PROMPTS = {"locate": "locate {query}", "verify": "is this {query} ?", "presence": "is there {query} here ?"}

CHAT_TEMPLATE = (
    "{% for message in messages %}{{ '<|im_start|>' + message.role + '\\n' }}"
    "{% if message.content is string %}{{ message.content }}{% else %}{% for part in message.content %}"
    "{% if part.type == 'image' or 'image' in part %}{{ '<|vision_start|><|image_pad|><|vision_end|>' }}"
    "{% elif 'text' in part %}{{ part.text }}{% endif %}{% endfor %}{% endif %}{{ '<|im_end|>\\n' }}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}"
)


def words_of(texts: Iterable[str]) -> set[str]:
    """Split texts the way the tokenizer does, without numbers."""
    pieces: set[str] = set()
    for text in texts:
        for piece in text.lower().replace("?", " ? ").replace(",", " , ").replace(".", " . ").split():
            if not piece.isdigit():
                pieces.add(piece)
    return pieces


def build_tokenizer() -> PreTrainedTokenizerFast:
    """Build the tokenizer: special tokens, structure, numbers 0..1000, then words in sorted order."""
    seen = [*ALL_KINDS, *PLURALS.values(), *GROUNDS.values()]
    words = sorted(words_of([*QUERY_WORDS, *seen, *COLOURS, *DIALOGUE_WORDS]))
    entries = [*SPECIAL, *(f"▁{n}" for n in range(1001)), *(f"▁{w}" for w in words)]
    tokenizer = Tokenizer(models.WordLevel({entry: i for i, entry in enumerate(entries)}, unk_token=UNK))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFKD(), normalizers.StripAccents(), normalizers.Lowercase()]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.WhitespaceSplit(),
            pre_tokenizers.Split(Regex(r"\d+|[^\W\d]+(?:[-'][^\W\d]+)*|[^\w\s]"), "isolated"),
            pre_tokenizers.Metaspace(prepend_scheme="always", split=False),
        ]
    )
    tokenizer.decoder = decoders.Metaspace(prepend_scheme="always")
    tokenizer.add_special_tokens([AddedToken(t, special=True, normalized=False) for t in SPECIAL])
    tokenizer.add_tokens([AddedToken(t, special=False, normalized=False) for t in STRUCTURE])
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        pad_token=PAD,
        eos_token=END,
        unk_token=UNK,
        padding_side="left",
        chat_template=CHAT_TEMPLATE,
        extra_special_tokens={
            "image_token": IMAGE,
            "video_token": VIDEO,
            "vision_bos_token": VISION_START,
            "vision_eos_token": VISION_END,
        },
        model_max_length=4096,
        clean_up_tokenization_spaces=False,
    )


def to_number(value_px: float, size_px: int) -> int:
    """Chip pixels to the nearest number token's value in 0..1000."""
    step = round(value_px / size_px * 1000 / NUMBER_STEP)
    return min(max(step, 0), 1000 // NUMBER_STEP) * NUMBER_STEP
