"""Values in what a model wrote: JSON and its neighbours, read so that nothing is completed.

JSON, JSON with comments or trailing commas, Python literals, YAML, lists in Markdown, tuples and the tags
of grounding models all become the same thing: groups of numbers, texts and groups. Libraries that repair
JSON close what is open, and so make a box out of ``[100, 200, 300, 4``; here a group that was not closed
says so, and a number at the very end of the text inside one is left out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal, Self

Kind = Literal["list", "fields", "mark", "lines"]


@dataclass(eq=False)
class Group:
    """Values that were written together.

    Attributes:
        kind: ``list`` for brackets and parentheses, ``fields`` for braces, ``mark`` for what a pair of tags
            encloses, ``lines`` for what stands in none of them.
        items: values without a key: float, str, Group, or None for ``null``.
        pairs: keys as they were written, and their values.
        label: what stood before it as its name, "" where nothing did.
        closed: False where the text ended first.
        start, end: where it stands in the text.
    """

    kind: Kind
    items: list[Any] = field(default_factory=list)
    pairs: list[tuple[str, Any]] = field(default_factory=list)
    label: str = ""
    closed: bool = True
    start: int = 0
    end: int = 0


class Measured(float):
    """A number with the unit that was written behind it: ``%`` or ``px``, "" without one."""

    unit: str = ""

    @classmethod
    def read(cls, written: str) -> Self:
        """Read digits with or without a unit; raises ValueError where they are no number."""
        plain, unit = re.fullmatch(r"(.*?)\s*(%|px|pixels?)?", written.strip(), re.DOTALL).groups()  # type: ignore[union-attr]
        number = cls(plain)
        number.unit = "%" if unit == "%" else "px" if unit else ""
        return number


_SAME = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    ord(sign): plain
    for signs, plain in (
        ("“”„«»", '"'), ("‘’", "'"), ("、،", ","), ("【", "["), ("】", "]"), ("−–", "-"), ("\u00a0\u3000", " "),
    )
    for sign in signs
} | {start + digit: 48 + digit for start in (0x660, 0x6F0, 0x966, 0x9E6, 0xE50) for digit in range(10)}  # fmt: skip
"""Full-width signs, typographic quotes and the digits of other scripts, one sign for one sign."""

_TAGS = "ref|det|box|quad|p|bbox|box_start|box_end|quad_start|quad_end|object_ref_start|object_ref_end"
MARK = re.compile(
    rf"<\|?/?\|?(?:{_TAGS})\|?>"
    r"|<loc_?\d{1,4}>|<\|(?:begin|end)_of_box\|>|</?(?:answer|think)>|◁/?think▷|<\|channel>|<channel\|>"
)
"""Tokens that say something about an answer; some families call them special, and they are kept all the same."""

_NUMBER = r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?"
_TOKEN = re.compile(
    rf"""
      (?P<string>"(?:[^"\\]|\\.)*"(?=\s*(?:[,:=|\])}}]|\n|\Z)) | '(?:[^'\\\n]|\\.)*'(?=\s*(?:[,:=|\])}}]|\n|\Z)))
    | (?P<open_string>(?<=[\s:,\[{{(=])["'][^,\]}}\n]*)
    | (?P<comment>//[^\n]* | /\*.{{0,400}}?\*/ | \#[^\n]*)
    | (?P<tag><\|?/?\|?(?:{_TAGS})\|?>)
    | (?P<place><(?:points?|tracks?)\s[^<>\n]*>)
    | (?P<bullet>(?:(?<=\n)|\A)[ \t]*(?:[-*•]|\d{{1,3}}[.)])[ \t]+)
    | (?P<number>(?:{_NUMBER})[ ]?(?:%|px\b|pixels?\b) | (?:{_NUMBER}|[-+]?(?:NaN|Infinity|inf)\b)(?![\w]))
    | (?P<word>\w[\w'-]*)
    | (?P<open>[\[({{]) | (?P<close>[\])}}]) | (?P<sign>[,:=;]) | (?P<line>\n)
    """,
    re.VERBOSE | re.DOTALL,
)
_CALLED = re.compile(r"(?:\.\w+)*\(|\.\w+(?:\.\w+)*\(")
_PAIR = {"[": "]", "(": ")", "{": "}"}
_NULL = frozenset({"null", "none", "nil", "nan"})
_NAME_WORDS = 5
_BLOCK = "block"
_IN_BLOCK = ("bullet", "number", "line", "comment")
_NUMBER_LINE = re.compile(rf"{_NUMBER}[ \t]*(?:\n|\Z)")
_LOCATED = re.compile(r"<loc_?\d{1,4}>(?:[ ]?<loc_?\d{1,4}>)*")
_SPECIAL = re.compile(r"</?(?:s|pad|unk|bos|eos|OD)>|<\|\w+\|>")
_SEGMENT = re.compile(r"\s*(?:<seg\d{1,4}>)+")
_FOUR = rf"{_NUMBER}(?:[ \t]*[,;][ \t]*{_NUMBER}){{3}}"
_NUMBERS_LINE = re.compile(
    rf"^[ \t]*(?:[-*•][ \t]+|\d{{1,3}}[.)][ \t]+)?(?:"
    rf"\**(?P<name>[^\W\d_][\w '-]{{0,40}}?)\**[ \t]*[:=][ \t]*\**)?(?P<four>{_FOUR})\.?[ \t]*$"
    rf"|\A\s*(?P<all>{_NUMBER}(?:[ ]+{_NUMBER}){{3}})\s*\Z",
    re.MULTILINE,
)
_NO_NAME = re.compile(
    r"\b(?:bbox\w*|box(?:es)?|coordinates|answer|result|output)(?: coordinates)?$", re.IGNORECASE
)
_COLUMNS = ({"x1", "y1", "x2", "y2"}, {"xmin", "ymin", "xmax", "ymax"}, {"x_min", "y_min", "x_max", "y_max"})
_BETWEEN_GROUPS = re.compile(r"[ \t]*,[ \t]*")
_HALF_TAG = re.compile(r"<\|?/?[\w|]*\Z")


_ELEMENT = re.compile(
    r"<(name|label|class|category|[xy]_?(?:[0-3]|min|max)|left|top|right|bottom|width|height)>([^<>\n]{0,200})</\1>",
    re.IGNORECASE,
)


def _as_line(element: re.Match[str]) -> str:
    """An XML element of one value as ``key: value`` and a line's end, in as many signs."""
    key, value = element.groups()
    return f" {key}:{value}\n".ljust(len(element.group()))


def read_json(text: str) -> Group | None:
    """The text as strict JSON, None where it isn't. Keys that stand twice are kept twice."""
    try:
        value = json.loads(text, object_pairs_hook=lambda pairs: Group("fields", pairs=pairs))
    except (ValueError, RecursionError):
        return None
    whole = Group("lines", items=[value], end=len(text))
    open_ends = [whole]
    while open_ends:
        group = open_ends.pop()
        group.items = [_from_json(item) for item in group.items]
        group.pairs = [(key, _from_json(item)) for key, item in group.pairs]
        open_ends += [item for item in group.items if isinstance(item, Group)]
        open_ends += [item for _, item in group.pairs if isinstance(item, Group)]
    return whole


def _from_json(value: Any) -> Any:
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, int):
        return float(value) if abs(value) < 2**63 else float("inf")
    return Group("list", items=value) if isinstance(value, list) else value


def read_values(text: str) -> Group:
    """Everything in a text that looks like a value, in a group of kind ``lines``; never raises.

    Its ``items`` are the values and records of the text in their order: lines of ``key: value`` that belong
    together are one record of kind ``fields``.
    """
    return _Reader(text).read()


class _Reader:
    """A stack of open groups, fed with one token after the other."""

    def __init__(self, text: str) -> None:
        self._text = _ELEMENT.sub(_as_line, text)
        self._plain = self._text.translate(_SAME)
        self._root = Group("lines", end=len(text))
        self._stack = [self._root]
        self._closers = [""]
        self._key: list[str | None] = [None]
        self._record: Group | None = None
        self._line_start = 0
        self._name = ""
        self._bulleted = False

    def read(self) -> Group:
        token = _TOKEN.search(self._plain)
        while token:
            kind = token.lastgroup or ""
            if self._closers[-1] == _BLOCK and kind not in _IN_BLOCK:
                self._pop(_BLOCK, token.start())
            getattr(self, f"_{kind}")(token)
            # In prose a lone quotation mark is an apostrophe: what follows it is read like all else.
            alone = kind == "open_string" and self._stack[-1] is self._root
            token = _TOKEN.search(self._plain, token.start() + 1 if alone else token.end())
        self._pop(_BLOCK, len(self._text))
        for group in self._stack[1:]:
            group.closed, group.end = False, len(self._text)
        located = _located(self._text)
        whole = all(group.closed for group in located) and not _HALF_TAG.search(self._plain)
        self._root.closed = whole and len(self._stack) == 1
        self._root.items = [*located, *self._root.items]
        return self._root

    def _put(self, value: Any, start: int) -> None:
        group, key = self._stack[-1], self._key[-1]
        if group is self._root:
            self._put_line(value, start, key)
        elif key is not None:
            group.pairs.append((key, value))
        else:
            group.items.append(value)
        self._key[-1] = None

    def _put_line(self, value: Any, start: int, key: str | None) -> None:
        """Put a value outside all brackets: a field of the record that goes on, or an item of its own."""
        if isinstance(value, Group) and self._name:
            value.label = self._name
        if key is None:
            if not self._goes_on(value, start):
                self._root.items.append(value)
            return
        if self._record is None or any(key == known for known, _ in self._record.pairs):
            self._record = Group("fields", start=start)
            self._root.items.append(self._record)
        self._record.pairs.append((key, value))

    def _goes_on(self, value: Any, start: int) -> bool:
        """Take a group into the record where it follows another, as in ``ship: (1,2),(3,4)``."""
        pairs = self._record.pairs if self._record else []
        before = pairs[-1][1] if pairs else None
        if not isinstance(before, Group) or not isinstance(value, Group):
            return False
        if not _BETWEEN_GROUPS.fullmatch(self._plain, before.end, start):
            return False
        if before.kind == "lines":
            before.items.append(value)
        else:
            joined = Group("lines", [before, value], start=before.start)
            pairs[-1] = (pairs[-1][0], joined)
        return True

    def _string(self, token: re.Match[str]) -> None:
        written = self._text[token.start() : token.end()]
        try:
            value = json.loads(written)
        except ValueError:
            value = re.sub(r"\\(.)", r"\1", written[1:-1])
        self._put(value, token.start())

    def _open_string(self, token: re.Match[str]) -> None:
        if self._stack[-1] is not self._root:
            self._put(self._text[token.start() + 1 : token.end()].strip(" \"'"), token.start())

    def _comment(self, token: re.Match[str]) -> None:
        pass

    def _tag(self, token: re.Match[str]) -> None:
        name = token.group().strip("<|/>")
        opens = "/" not in token.group() and not name.endswith("_end")
        if "ref" in name or name == "p":
            rest = self._text[token.end() :]
            self._name = rest[: rest.find("<")].strip() if opens else self._name
        elif opens:
            self._push(Group("mark", label=self._name, start=token.start()), "tag")
        else:
            self._pop("tag", token.end())

    def _place(self, token: re.Match[str]) -> None:
        numbers = [float(number) for number in re.findall(rf"=[\"']?\s*({_NUMBER})", token.group())]
        for first in range(0, len(numbers) - 1, 2):
            self._root.items.append(
                Group("list", numbers[first : first + 2], start=token.start(), end=token.end())
            )

    def _bullet(self, token: re.Match[str]) -> None:
        self._line_start, self._bulleted = token.end(), True
        if _NUMBER_LINE.match(self._plain, token.end()):
            if self._stack[-1] is self._root and self._key[-1] is not None:
                self._push(Group("list", start=token.start()), _BLOCK)
            return
        self._pop(_BLOCK, token.start())
        if self._stack[-1] is self._root:
            self._record = None

    def _number(self, token: re.Match[str]) -> None:
        inside = self._closers[-1] not in ("", _BLOCK)
        if not (inside and token.end() == len(self._text)):
            self._put(Measured.read(token.group()), token.start())

    def _word(self, token: re.Match[str]) -> None:
        if self._key[-1] is not None and _CALLED.match(self._plain, token.end()):
            return
        word = self._text[token.start() : token.end()]
        self._put(None if word.lower() in _NULL else word, token.start())

    def _open(self, token: re.Match[str]) -> None:
        sign = token.group()
        if sign in _PAIR:
            kind: Kind = "fields" if sign == "{" else "list"
            self._push(Group(kind, start=token.start()), _PAIR[sign])

    def _close(self, token: re.Match[str]) -> None:
        self._pop(token.group(), token.end())

    def _push(self, group: Group, closer: str) -> None:
        self._put(group, group.start)
        self._stack.append(group)
        self._closers.append(closer)
        self._key.append(None)

    def _pop(self, closer: str, end: int) -> None:
        """Close the innermost group that this sign can close, and those left open in it; a stray one is nothing."""
        if closer not in self._closers:
            return
        while len(self._stack) > 1:
            group = self._stack.pop()
            group.end = end
            self._key.pop()
            if self._closers.pop() == closer:
                return

    def _sign(self, token: re.Match[str]) -> None:
        group, sign = self._stack[-1], token.group()
        if sign in ":=" and group is self._root:
            self._take_back_value(token.start())
        if sign in ":=" and group.items and isinstance(group.items[-1], str):
            self._key[-1] = str(group.items.pop())
            if group is self._root:
                self._key[-1] = self._line_name(token.start()) or self._key[-1]
        elif sign in ",;":
            self._key[-1] = None

    def _take_back_value(self, place: int) -> None:
        """In ``ship: x1=100`` the word before the second sign is a key, and what stands before the first is a name."""
        pairs = self._record.pairs if self._record else []
        if pairs and isinstance(pairs[-1][1], str) and self._plain[:place].rstrip().endswith(pairs[-1][1]):
            name, key = pairs.pop()
            if not pairs and self._record in self._root.items:
                self._root.items.remove(self._record)
            self._record = None
            if not _NO_NAME.search(name):
                self._record = Group("fields", pairs=[("name", name)], start=self._line_start)
                self._root.items.append(self._record)
            self._root.items.append(key)

    def _line_name(self, end: int) -> str:
        """What stands between the start of the line and a colon, where that is short enough for a name."""
        name = self._text[self._line_start : end].strip(" \t*_`\"'-")
        most = _NAME_WORDS if self._bulleted else 2
        return name if len(name.split()) <= most and not re.search(r"[\[\](){}.,:<>]", name) else ""

    def _line(self, token: re.Match[str]) -> None:
        self._line_start, self._bulleted = token.end(), False
        if self._stack[-1] is self._root and self._plain[token.end() : token.end() + 1] == "\n":
            self._record = None


def _located(text: str) -> list[Group]:
    """Runs of location tokens, four to a group: PaliGemma names them afterwards, Florence-2 before."""
    runs = list(_LOCATED.finditer(text))
    names_first = bool(runs) and bool(text[: runs[0].start()].rpartition("\n")[2].strip())
    groups: list[Group] = []
    name = ""
    for place, run in enumerate(runs):
        before = text[runs[place - 1].end() if place else 0 : run.start()].rpartition("\n")[2]
        after = text[run.end() : runs[place + 1].start() if place + 1 < len(runs) else len(text)]
        name = (
            (_SPECIAL.sub("", before).strip(" ,;") or name)
            if names_first
            else re.split("[;<\n]", _SEGMENT.sub("", after, 1))[0].strip()
        )
        numbers = [float(number) for number in re.findall(r"\d+", run.group())]
        for first in range(0, len(numbers), 4):
            four = numbers[first : first + 4]
            groups.append(
                Group("mark", list(four), label=name, closed=len(four) == 4, start=run.start(), end=run.end())
            )
    return groups


def table_rows(text: str) -> Iterator[Group]:
    """The rows of Markdown tables, and of tables with commas that name the sides of boxes, keyed by their header."""
    header: list[str] = []
    for line in text.translate(_SAME).splitlines():
        cells = _cells(line)
        if not cells or (header and len(cells) != len(header)):
            header = []
        elif not header:
            header = (
                cells if "|" in line or any(names <= {*map(str.lower, cells)} for names in _COLUMNS) else []
            )
        elif not all(re.fullmatch(r":?-+:?", cell) for cell in cells):
            yield Group("fields", pairs=list(zip(header, cells, strict=True)))


def _cells(line: str) -> list[str]:
    sign = "|" if line.count("|") >= 2 else ","
    return [cell.strip(" *`") for cell in line.strip().strip("|").split(sign)] if sign in line else []


def number_lines(text: str) -> Iterator[Group]:
    """Lines that hold four numbers and at most a name before them; or a text that is four numbers."""
    for line in _NUMBERS_LINE.finditer(text.translate(_SAME)):
        numbers = [float(number) for number in re.findall(_NUMBER, line["four"] or line["all"])]
        name = "" if _NO_NAME.search(line["name"] or "") else (line["name"] or "").strip()
        yield Group("list", [*numbers], label=name, start=line.start(), end=line.end())
