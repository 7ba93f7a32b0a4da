"""What of a text is its answer: thoughts are taken out, second thoughts and examples are told from the last word.

Nothing here reads a value. Thoughts are marked in many ways; what stands before a mark that ends thoughts is
a thought even where none was begun, since chat templates begin it in the prompt.
"""

from __future__ import annotations

import html
import re

_THINKS = (
    r"(?:\w+:)?(?:begin_of_|start_of_)?(?:think(?:ing)?|thoughts?|thought_process|reason(?:s|ing)?(?:_process)?|analysis"
    r"|tool_calls?|function_call|rationale|scratchpad|reflection|inner_monologue)"
)
_THOUGHT = re.compile(
    rf"(?P<open><\|?\s*{_THINKS}\s*\|?>|◁think▷|\[THINK\]|<\|channel\|?>\s*(?:thought|analysis|commentary)|<unused94>)"
    rf"|(?P<close><\|?\s*/\s*\|?\s*{_THINKS}\s*\|?>|<\|?end_of_(?:thoughts?|thinking)\|?>|◁/think▷|\[/THINK\]|<channel\|>"
    r"|<\|channel\|>\s*final|<unused95>)",
    re.IGNORECASE,
)
_NEXT_TURN = re.compile(
    r"(?<=[^\s<])\s*(?:<\|im_start\|>|<\|endoftext\|>|<start_of_turn>|<\|start_header_id\|>)\s*(?:human|user|system)\b",
    re.IGNORECASE,
)
_HEADING = re.compile(
    r"^[ \t]*(?:#{1,6}[ \t]*|\*\*)?(?:(?:final|my|the|corrected|revised|updated|so)[ \t]+){0,4}"
    r"(?:answer|output|result|conclusion|solution)s?"
    r"(?:\*\*)?[ \t]*(?:[:：]|$)|<\|?(?:begin_of_)?solution\|?>",
    re.IGNORECASE | re.MULTILINE,
)
_SECOND_THOUGHT = re.compile(
    r"(?:^|[.!?\n])[ \t*]*(?:(?:oh|hmm|no)?,?[ \t]*wait\b|actually\b|correction\b|on second thoughts?\b|"
    r"let me (?:correct|revise|re|look|check|examine|zoom|see|$)|no, that"
    r"|(?:on|upon|after|with) (?:a )?(?:closer|further|second|another|careful re-?)[ -]?"
    r"(?:inspection|look|examination|review|consideration|check|analysis)"
    r"|looking (?:again|closer|more closely)|re-?(?:examining|checking|evaluating|considering)\b"
    r"|i (?:made a mistake|was wrong)\b|(?:that|this) (?:is|was) (?:wrong|not right|incorrect)\b|sorry, )",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"[^.!?\n\[\](){}]{0,80}\b(?:another|also|additional|one more|missed|overlooked|as well|a second|further)\b",
    re.IGNORECASE,
)
_EXAMPLE = re.compile(
    r"(?:\b(?:for example|for instance|examples?|e\.g\.|such as|(?:output |answer |response )?format|template|schema)\b"
    r"|\bif (?:there|any|one|an?|some|it|ships?)\b[^\n.\[\]{}]{0,60}\b(?:were|was|had been|existed)\b[^\n.\[\]{}]{0,60}"
    r"|例如|示例|格式|zum beispiel|par exemple|por ejemplo|например)[^\n.\[\](){}]{0,40}\n?\s*$",
    re.IGNORECASE,
)


def without_disguise(text: str) -> str:
    """A text with its entities, escaped brackets and full-width angle brackets as the signs that they stand for."""
    if re.search(r"&(?:quot|lt|gt|amp|apos|#\d+|#x[\da-f]+);", text, re.IGNORECASE):
        text = html.unescape(text)
    return re.sub(r"\\([<>_])", r"\1", text.replace("＜", "<").replace("＞", ">"))


def without_thoughts(text: str) -> tuple[str, str, bool]:
    """A text's thoughts, what is left without them, and whether the last thought was never ended."""
    turn = _NEXT_TURN.search(text)
    text = text[: turn.start()] if turn else text
    thoughts: list[str] = []
    spoken: list[str] = []
    begun, place = False, 0
    for mark in _THOUGHT.finditer(text):
        before = text[place : mark.start()]
        if mark["close"] and not begun:
            thoughts += [*spoken, before]
            spoken = []
        else:
            (thoughts if begun else spoken).append(before)
        begun, place = mark["open"] is not None, mark.end()
    (thoughts if begun else spoken).append(text[place:])
    return "\n".join(thoughts), "\n".join(spoken) if len(spoken) > 1 else spoken[0] if spoken else "", begun


def last_words(text: str) -> list[int]:
    """Places after which the answer may stand alone: a heading that announces it, or a second thought.

    The last one comes first. A second thought that adds to what was said ("there is another one") is none. What
    stands before them counts only where nothing after them is an answer.
    """
    again = [mark for mark in _SECOND_THOUGHT.finditer(text) if not _MORE.match(text, mark.end())]
    marks = [*_HEADING.finditer(text), *again]
    return sorted((mark.end() for mark in marks), reverse=True)


def thinks_again(text: str, place: int) -> bool:
    """Whether a second thought is begun after a place in a text."""
    return _SECOND_THOUGHT.search(text, place) is not None


def is_example(text: str, place: int) -> bool:
    """Whether what begins at a place in a text is announced as an example or a format, and not as the answer."""
    return _EXAMPLE.search(text[max(0, place - 120) : place]) is not None
