"""Sentences that say "there is nothing of the kind", in the languages that models speak.

Read with care: a sentence that holds back ("no other ships", "none in the north", "no ships, but …", "no fewer
than three"), that asks, that names a number, or that speaks of the picture and not of what it shows ("I can't
see any image") says nothing here. So does a text that says in another sentence that something is there.
"""

from __future__ import annotations

import re

from engine.language.denials import (
    AFTER_ALL,
    ALONE,
    DESCRIBES,
    HEDGES,
    HELD_BACK,
    LANGUAGES,
    LEADS,
    OFFERS,
    SOMETHING,
    WHOLE,
)
from engine.language.kinds import folded, is_of_another, kinds_in, shares_a_word


def _any_of(lines: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{line})" for line in lines.strip().splitlines()))


_ALONE = frozenset(phrase.strip() for phrase in ALONE.replace("\n", " ").split(";"))
_DENIALS = [(_any_of(says), _any_of(takes_back)) for says, takes_back in LANGUAGES.values()]
_POSITIVE, _WHOLE, _HELD_BACK, _AFTER_ALL = map(_any_of, (SOMETHING, WHOLE, HELD_BACK, AFTER_ALL))
_OFFERS, _DESCRIBES = map(_any_of, (OFFERS, DESCRIBES))
_LEADS = re.compile(f"(?:{_any_of(LEADS).pattern})+")
_HEDGES = [(re.compile(hedge), plain) for hedge, plain in HEDGES]
_SENTENCE = re.compile(r"[^.!?。！？।؟;；\n]+[.!?。！？।؟;；]?")
_ENDS, _NEAR = "\n.!?。！？;；", 240
_COUNTED = re.compile(r"(?<![\d.])0*[1-9]")
_TRIMMED = " \t*_`\"'“”«»#>-•:|。.!！।[](){};；,，"


def where_nothing_is_said(text: str) -> int | None:
    """Place in a text where its last sentence begins, if that says that there is nothing; None where it doesn't."""
    sentences = _sentences(text)
    while len(sentences) > 1 and _OFFERS.search(folded(sentences[-1].group()).strip(_TRIMMED)):
        sentences.pop()
    if not sentences or not _denies(text, sentences[-1]):
        return None
    for match in sentences[:-1]:
        if _POSITIVE.search(folded(match.group())) and not _denies(text, match):
            return None
    return sentences[-1].start()


def ends_in_a_denial(text: str) -> bool:
    """Whether the last sentence of a text says that there is nothing, whatever stands before it."""
    sentences = _sentences(text)
    return bool(sentences) and _denies(text, sentences[-1])


def denied_at(text: str, place: int) -> bool:
    """Whether the sentence round a place in a text denies something before it: "there is no ship at", "it is not"."""
    start, end = _sentence_round(text, place)
    before = folded(text[start:place])
    after = folded(_LIST.sub("", text[place:end], count=1)).strip(_TRIMMED)
    return bool(_NOT.search(before) or _NOT_IT.search(after)) or any(
        says.search(before) for says, _ in _DENIALS
    )


_LIST = re.compile(r"[^\])]*[\])]+")
_NOT_IT = re.compile(
    r"^(?:is|are|was|contains?|has|shows?) (?:not|no|just|only)\b"
    r"|^(?:but|though|although) (?:it|that|this) (?:might|may|could|is|looks|seems)\b"
    r"|, not an? [\w-]+$|^[处處]?(?:没有|沒有|不是|并非)"
    r"|^(?:ist|sind|zeigt) (?:nicht|kein\w*)|^n'est pas|^no es\b|^não é\b|^non è\b|^(?:это )?не\b|^ではありません"
)
_NOT = re.compile(
    r"\b(?:no|not|isn't|aren't|none|neither|without|nicht|kein\w*)\b(?! (?:only|just|one|merely|nur)\b)"
)


def stands_as_answer(text: str, place: int) -> bool:
    """Whether an empty list at a place of a text is what its writer answers, and is not taken back after it."""
    start, end = _sentence_round(text, place)
    if _HELD_BACK.search(folded(text[start:place])) or _HELD_BACK.search(folded(text[place:end])):
        return False
    after = [match.group() for match in _sentences(text[place:])]
    return not any(_AFTER_ALL.search(plain) and _POSITIVE.search(plain) for plain in map(folded, after))


def _sentence_round(text: str, place: int) -> tuple[int, int]:
    """Where the sentence round a place begins and ends, as far as it is near: what is far away says nothing of it."""
    near = max(0, place - _NEAR)
    start = max((text.rfind(sign, near, place) + 1 for sign in _ENDS), default=0)
    ends = [at for at in (text.find(sign, place, place + _NEAR) for sign in _ENDS) if at >= 0]
    return max(start, near), min(ends, default=min(len(text), place + _NEAR))


def _sentences(text: str) -> list[re.Match[str]]:
    return [match for match in _SENTENCE.finditer(text) if match.group().strip(_TRIMMED)]


def _denies(text: str, sentence: re.Match[str]) -> bool:
    plain = folded(sentence.group())
    if plain.endswith(("?", "؟", ",", "，", "、")):
        return False
    plain = plain.strip(_TRIMMED)
    plain = plain[match.end() :] if (match := _LEADS.match(plain)) else plain
    plain = plain.strip(_TRIMMED)
    if plain in _ALONE and not text[: sentence.start()].rpartition("\n")[2].strip(_TRIMMED):
        return True
    short = " ".join(_WHOLE.sub(" ", plain).split()).strip(_TRIMMED)
    for hedge, denial in _HEDGES:
        short = hedge.sub(denial, short)
    if _COUNTED.search(short):
        return False
    said = [takes_back for says, takes_back in _DENIALS if says.search(short)]
    return bool(said) and not any(takes_back.search(short) for takes_back in said)


def as_to(text: str, asked: str) -> str:
    """A text without the sentences that say nothing of what was asked for, each of them as so many blanks.

    "No clouds are visible" is no answer to a question for ships. Where another sentence says that there are no
    ships, what is said of the rest of the picture ("The image shows fields and trees.") changes nothing either.

    Args:
        text: what was said, thoughts left out.
        asked: the question; "" where it isn't known, and then the text is left as it is.
    """
    said = _said_apart(text) if asked else []
    denials = [match for match in said if _denies(text, match)]
    if not denials:
        return text
    others = [match for match in denials if is_of_another(asked, match.group())]
    own = [match for match in denials if match not in others]
    if own:
        others += [match for match in said if match not in denials and _is_beside_it(match.group(), asked)]
    for match in others:
        text = text[: match.start()] + " " * len(match.group()) + text[match.end() :]
    return text


_APART = re.compile(r"[^.!?。！？।؟;；\n\[\]{}()<>\"]+[.!?。！？।؟;；]?")
_BEGINS, _STOPS = '\n.!?。！？।؟;；>"', '\n.!?。！？।؟;；<"'
_SOME = re.compile(
    r"\b(?:one|ones|two|three|four|five|six|several|some|many|few|both|another|others?|them|they|it)"
    r"(?: (?:of|near|at|in|by|on|behind|along|is|are|lies?|that|which)\b|$)"
)


def _said_apart(text: str) -> list[re.Match[str]]:
    """The sentences of a text that stand apart from its values: nothing in brackets, and nothing beside them."""
    found = []
    first, last = len(text) - len(text.lstrip()), len(text.rstrip())
    counted, depth = 0, 0
    for match in _APART.finditer(text):
        start, end = match.start(), match.end()
        if not match.group().strip(_TRIMMED):
            continue
        begins = start <= first or text[start - 1] in _BEGINS
        stops = end >= last or text[end - 1] in _STOPS or text[end] in _STOPS
        depth += text.count("{", counted, start) - text.count("}", counted, start)
        counted, within = start, depth > 0
        if begins and stops and not (within and len(match.group().split()) < _A_SENTENCE):
            found.append(match)
    return found


_A_SENTENCE = 4


def _is_beside_it(sentence: str, asked: str) -> bool:
    """Whether a sentence speaks of other things than what was asked for, and takes nothing back."""
    plain = folded(sentence).strip(_TRIMMED)
    if shares_a_word(asked, plain) or kinds_in(plain) & kinds_in(asked):
        return False
    if _AFTER_ALL.search(plain) or _HELD_BACK.search(plain) or _SOME.search(plain):
        return False
    return bool(_DESCRIBES.search(plain)) or is_of_another(asked, plain)
