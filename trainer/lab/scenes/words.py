"""The closed vocabulary of queries, labels and reasoning, the phrases they are made of, and what is known by it."""

from __future__ import annotations

import re

from trainer.lab.scenes.kinds import BY_NAME, KINDS
from trainer.lab.scenes.palette import COLOURS

PLACES: tuple[str, ...] = (
    "north west", "north", "north east", "west", "centre", "east", "south west", "south", "south east",
)  # fmt: skip
NUMBERS: tuple[str, ...] = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip
SIZES: dict[str, int] = {"largest": 1, "biggest": 1, "smallest": -1}
EDGES: dict[str, tuple[int, int]] = {
    "northernmost": (0, -1), "southernmost": (0, 1), "westernmost": (-1, 0), "easternmost": (1, 0),
}  # fmt: skip
SINGULAR: tuple[str, ...] = (
    "the {}",
    "the {}",
    "find the {}",
    "find {a} {}",
    "{}",
    "where is the {} ?",
    "locate the {}",
    "show me the {}",
)
PLURAL: tuple[str, ...] = (
    "all {}",
    "find all {}",
    "every {1}",
    "each {1}",
    "{}",
    "show me all {}",
    "where are the {} ?",
)
PURPOSES: dict[str, tuple[str, ...]] = {
    "airplane": ("what can fly people to another country ?", "what takes off from a runway ?"),
    "helicopter": ("what can lift people from a roof ?", "what can fly without a runway ?"),
    "ship": ("what carries cargo over the sea ?", "what sails on the water ?"),
    "storage tank": ("where can fuel be stored ?", "where is oil kept ?"),
    "stadium": ("where could people shelter from a flood ?", "where can a crowd watch a match ?"),
    "tennis court": ("where can people hit a ball over a net ?", "where can two people play with rackets ?"),
    "basketball court": (
        "where can people throw a ball through a hoop ?",
        "where can a team play with a hoop ?",
    ),
    "swimming pool": ("where can people swim ?", "where could children learn to swim ?"),
    "solar farm": ("what makes power from the sun ?", "where is sunlight turned into power ?"),
    "roundabout": ("where do cars turn in a circle ?", "where can a driver turn round ?"),
    "bridge": ("where can vehicles cross the river ?", "where can people cross the water ?"),
    "container yard": ("where is cargo stacked ?", "where are containers kept ?"),
    "greenhouse": ("where is food grown under glass ?", "where do plants grow in winter ?"),
    "crop circle": ("where is a field watered by a turning arm ?", "what is watered in a circle ?"),
    "pond": ("where could animals drink ?", "where could fish live ?"),
    "car park": ("where can drivers leave cars ?", "where can many cars be parked ?"),
    "building": ("where could people live or work ?", "what has a roof and walls ?"),
    "helipad": ("where could a helicopter land ?", "where can a helicopter set down ?"),
    "wind turbine": ("what makes power from the wind ?", "what turns in the wind ?"),
    "baseball field": ("where can people hit a ball with a bat ?", "where can a team play with a bat ?"),
    "pier": ("where can boats be tied up ?", "where can people walk out over the water ?"),
    "truck": ("what carries goods by road ?", "what drives cargo to a shop ?"),
    "train": ("what carries goods on rails ?", "what runs on rails ?"),
    "football field": ("where can two teams kick a ball ?", "where can people score a goal ?"),
    "cooling tower": ("what cools a power plant ?", "where does a power plant lose heat ?"),
    "tent": ("where could people sleep under cloth ?", "what can be folded and carried to a camp ?"),
    "orchard": ("where does fruit grow on trees ?", "where can people pick fruit ?"),
}  # fmt: skip

REASONING_WORDS = 13
"""The longest relates two kinds of two words: "the car park next to the storage tank is in the south west"."""

_WORD = re.compile(r"[a-z]+|[^\sa-z]")


def words_of(text: str) -> list[str]:
    """Split lower-case text into words and single punctuation marks."""
    return _WORD.findall(text)


def with_article(noun: str) -> str:
    """Put "a" or "an" before a noun phrase."""
    return f"{'an' if noun[0] in 'aeio' else 'a'} {noun}"


def _vocabulary() -> tuple[str, ...]:
    phrases: list[str] = [
        *KINDS,
        *(k.plural for k in BY_NAME.values()),
        *COLOURS,
        *PLACES,
        *NUMBERS,
        *SIZES,
        *EDGES,
    ]
    phrases += [p.replace("{a}", "").replace("{1}", "").replace("{}", "") for p in (*SINGULAR, *PLURAL)]
    phrases += [text for texts in PURPOSES.values() for text in texts]
    phrases += [
        "a an the is are in there this here it of to and or , . ?",
        "nearest next to",
        "asks for needs",
        "only found",
    ]
    return tuple(sorted({word for phrase in phrases for word in words_of(phrase)}))


QUERY_WORDS: tuple[str, ...] = _vocabulary()


def _known() -> tuple[str, ...]:
    """What a model that was taught these questions knows of other people's questions.

    In "car park" the last word says what it is, and is understood alone; what stands before it is known in that
    name only (asked for "the car", the model shows car parks), and in the whole sentences that hold it.
    """
    names = [name for kind in BY_NAME.values() for name in (kind.name, kind.plural) if " " in name]
    bound = {form for name in names for word in name.split()[:-1] for form in (word, f"{word}s")}
    sentences = [" ".join(re.findall("[a-z]+", text)) for texts in PURPOSES.values() for text in texts]
    taught = [text for text in sentences if bound & set(text.split())]
    single = {word for word in QUERY_WORDS if word.isalpha()} - bound
    return tuple(sorted({*single, *names, *taught}))


KNOWN_WORDS: tuple[str, ...] = _known()
