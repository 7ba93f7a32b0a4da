"""Sentences that say "there is nothing of the kind", in the languages that models speak.

Read with care: a sentence that holds back ("no other ships", "none in the north", "no ships, but …", "no fewer
than three"), that asks, that names a number, or that speaks of the picture and not of what it shows ("I can't
see any image") says nothing here. So does a text that says in another sentence that something is there.
"""

from __future__ import annotations

import re
import unicodedata

from engine.language.denials import AFTER_ALL, ALONE, HELD_BACK, LANGUAGES, LEADS, SOMETHING, WHOLE


def _any_of(lines: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{line})" for line in lines.strip().splitlines()))


_ALONE = frozenset(phrase.strip() for phrase in ALONE.replace("\n", " ").split(";"))
_DENIALS = [(_any_of(says), _any_of(takes_back)) for says, takes_back in LANGUAGES.values()]
_POSITIVE, _WHOLE, _HELD_BACK, _AFTER_ALL = map(_any_of, (SOMETHING, WHOLE, HELD_BACK, AFTER_ALL))
_LEADS = re.compile(f"(?:{_any_of(LEADS).pattern})+")
_SENTENCE = re.compile(r"[^.!?。！？।؟;；\n]+[.!?。！？।؟;；]?")
_ENDS, _NEAR = "\n.!?。！？;；", 240
_COUNTED = re.compile(r"(?<![\d.])0*[1-9]")
_TRIMMED = " \t*_`\"'“”«»#>-•:|。.!！।[](){};；,，"


def where_nothing_is_said(text: str) -> int | None:
    """Place in a text where its last sentence begins, if that says that there is nothing; None where it doesn't."""
    sentences = _sentences(text)
    if not sentences or not _denies(text, sentences[-1]):
        return None
    for match in sentences[:-1]:
        if _POSITIVE.search(_bare(match.group())) and not _denies(text, match):
            return None
    return sentences[-1].start()


def ends_in_a_denial(text: str) -> bool:
    """Whether the last sentence of a text says that there is nothing, whatever stands before it."""
    sentences = _sentences(text)
    return bool(sentences) and _denies(text, sentences[-1])


def denied_at(text: str, place: int) -> bool:
    """Whether the sentence round a place in a text denies something before it: "there is no ship at", "it is not"."""
    start, end = _sentence_round(text, place)
    before = _bare(text[start:place])
    after = _bare(_LIST.sub("", text[place:end], count=1)).strip(_TRIMMED)
    return bool(_NOT.search(before) or _NOT_IT.search(after)) or any(
        says.search(before) for says, _ in _DENIALS
    )


_LIST = re.compile(r"[^\])]*[\])]+")
_NOT_IT = re.compile(
    r"^(?:is|are|was|contains?|has|shows?) (?:not|no|just|only)\b|, not an? [\w-]+$|^[处處]?(?:没有|沒有|不是|并非)"
    r"|^(?:ist|sind|zeigt) (?:nicht|kein\w*)|^n'est pas|^no es\b|^não é\b|^non è\b|^(?:это )?не\b|^ではありません"
)
_NOT = re.compile(
    r"\b(?:no|not|isn't|aren't|none|neither|without|nicht|kein\w*)\b(?! (?:only|just|one|merely|nur)\b)"
)


def stands_as_answer(text: str, place: int) -> bool:
    """Whether an empty list at a place of a text is what its writer answers, and is not taken back after it."""
    start, end = _sentence_round(text, place)
    if _HELD_BACK.search(_bare(text[start:place])) or _HELD_BACK.search(_bare(text[place:end])):
        return False
    after = [match.group() for match in _sentences(text[place:])]
    return not any(_AFTER_ALL.search(plain) and _POSITIVE.search(plain) for plain in map(_bare, after))


def _sentence_round(text: str, place: int) -> tuple[int, int]:
    """Where the sentence round a place begins and ends, as far as it is near: what is far away says nothing of it."""
    near = max(0, place - _NEAR)
    start = max((text.rfind(sign, near, place) + 1 for sign in _ENDS), default=0)
    ends = [at for at in (text.find(sign, place, place + _NEAR) for sign in _ENDS) if at >= 0]
    return max(start, near), min(ends, default=min(len(text), place + _NEAR))


def _sentences(text: str) -> list[re.Match[str]]:
    return [match for match in _SENTENCE.finditer(text) if match.group().strip(_TRIMMED)]


def _denies(text: str, sentence: re.Match[str]) -> bool:
    plain = _bare(sentence.group())
    if plain.endswith(("?", "؟", ",", "，", "、")):
        return False
    plain = plain.strip(_TRIMMED)
    plain = plain[match.end() :] if (match := _LEADS.match(plain)) else plain
    plain = plain.strip(_TRIMMED)
    if plain in _ALONE and not text[: sentence.start()].rpartition("\n")[2].strip(_TRIMMED):
        return True
    short = " ".join(_WHOLE.sub(" ", plain).split()).strip(_TRIMMED)
    if _COUNTED.search(short):
        return False
    said = [takes_back for says, takes_back in _DENIALS if says.search(short)]
    return bool(said) and not any(takes_back.search(short) for takes_back in said)


def _bare(sentence: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", sentence).replace("’", "'").casefold().split())
