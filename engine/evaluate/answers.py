"""Answers on disk: written line by line as they come, so that a run that was killed asks no picture twice.

Also reads predictions that other programs made: COCO's results, or lines of JSON with boxes, raw text or a mask.
"""

from __future__ import annotations

import json
import math
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from engine.errors import CompletionParseError, InputError, JobStateError
from engine.evaluate.boxed import component_boxes
from engine.evaluate.overlap import hull
from engine.evaluate.reading import is_box, picture_size, read_json, read_lines
from engine.evaluate.samples import Answer, Dataset, Sample
from engine.files import take_lock
from engine.jsontext import json_text
from engine.language.families import FAMILIES
from engine.language.parser import parse_boxes
from engine.types import Xyxy

ANSWERS_FILE = "answers.jsonl"
VERSION = 1


class AnswersFile:
    """The answers of one run: a first line that says of which run, then one line a sample."""

    def __init__(self, stream: IO[bytes], done: dict[str, Answer]) -> None:
        """Append to ``stream``; ``done`` are the answers that are in it."""
        self._stream = stream
        self.done = done

    def add(self, answers: Sequence[Answer]) -> None:
        """Append answers; they are on disk when this returns."""
        lines = "".join(json_text(asdict(answer)) + "\n" for answer in answers)
        self._stream.write(lines.encode("ascii"))
        self._stream.flush()
        os.fsync(self._stream.fileno())
        self.done |= {answer.key: answer for answer in answers}


@contextmanager
def open_answers(folder: Path, about: Mapping[str, Any]) -> Iterator[AnswersFile]:
    """Open the answers of a run for going on with it, or begin them.

    Args:
        folder: of the run, made where it is missing; nobody else may be writing there.
        about: what makes answers of one run answers of another: set, model, adapter, how pictures are looked at.

    Raises:
        InputError: the folder holds the answers of another run, or can't be written.
        JobStateError: another process is answering there.
    """
    head = {"version": VERSION, **json.loads(json_text(dict(about)))}
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"The folder {folder} can't be made ({error.strerror}). Choose another.") from error
    lock = take_lock(folder / "answers.lock")
    if lock is None:
        raise JobStateError(
            f"Another evaluation is answering in {folder}. Wait for its end, or choose another folder."
        )
    try:
        path = folder / ANSWERS_FILE
        done = _read(path, head) if path.exists() else {}
        with path.open("ab") as stream:
            if stream.tell() == 0:
                stream.write((json_text({"about": head}) + "\n").encode("ascii"))
            yield AnswersFile(stream, done)
    finally:
        lock.release()


def read_answers(folder: Path) -> tuple[dict[str, Any], dict[str, Answer]]:
    """What an earlier run was about, and its answers by key.

    Raises:
        InputError: the folder holds none.
    """
    path = folder / ANSWERS_FILE
    if not path.is_file():
        raise InputError(
            f"{folder} holds no answers of an evaluation ({ANSWERS_FILE}). Give the folder of one."
        )
    head, lines = _parts(path)
    return dict(head), {answer.key: answer for answer in map(_answer, lines)}


def _read(path: Path, head: Mapping[str, Any]) -> dict[str, Answer]:
    """The answers that are whole; a last line that was torn by a kill is cut off the file."""
    whole = path.read_bytes()
    end = whole.rfind(b"\n") + 1
    if end < len(whole):
        with path.open("r+b") as stream:
            stream.truncate(end)
    if not end:
        return {}
    found, lines = _parts(path)
    if found != head:
        other = sorted(name for name in {*found, *head} if found.get(name) != head.get(name))
        said = "; ".join(f"{name}: {found.get(name)!r}, now {head.get(name)!r}" for name in other)
        raise InputError(
            f"{path.parent} holds the answers of another run ({said}). Choose another folder, or remove this one."
        )
    return {answer.key: answer for answer in map(_answer, lines)}


def _parts(path: Path) -> tuple[Mapping[str, Any], list[dict[str, Any]]]:
    try:
        first, *rest = [json.loads(line) for line in path.read_text(encoding="ascii").splitlines()]
        return first["about"], rest
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(
            f"{path} is no file of answers, or is damaged. Choose another folder, or remove this one."
        ) from error


def _answer(line: dict[str, Any]) -> Answer:
    width, height = line["size_src"]
    return Answer(
        key=line["key"],
        boxes_src=tuple((a, b, c, d) for a, b, c, d in line["boxes_src"]),
        scores=tuple(line["scores"]),
        labels=tuple(line["labels"]),
        reasoning=line["reasoning"],
        unread=line["unread"],
        unheard=line["unheard"],
        gsd_m=line["gsd_m"],
        size_src=(width, height),
        right=tuple(line["right"]),
        wrong=tuple(line["wrong"]),
    )


def read_predictions(path: Path, dataset: Dataset, family: str | None) -> list[Answer]:
    """Predictions of another program as answers: one for every sample of the set.

    COCO's results (a JSON list of ``image_id``, ``category_id``, ``bbox``, ``score``) belong to a COCO set. A line of
    JSON has the sample's ``id`` (its key, or the set's own number of it), and ``boxes`` (with ``scores``), or
    ``text``, the raw answer, or ``mask``, a picture whose rectangle is taken. A sample without a line is one for
    which nothing was found; at least one has to have a line.

    Args:
        path: of the predictions.
        dataset: what they are predictions for.
        family: in whose space the boxes of a raw answer are.

    Raises:
        InputError: they can't be read, or fit no sample of the set.
    """
    by_name = {name: sample for sample in dataset.samples for name in (*sample.also, sample.key)}
    if path.suffix == ".json":
        found = _coco_results(path, by_name)
    else:
        found = {}
        for number, line in enumerate(read_lines(path), start=1):
            sample, answer = _predicted(path, number, line, by_name, family)
            if sample is not None:
                found[sample.key] = answer
    if not found:
        raise InputError(
            f"Not one prediction of {path} is for a question of {dataset.name} ({dataset.split}). Its questions are "
            f"called, for instance, {next(iter(by_name))!r}."
        )
    return [found.get(sample.key, Answer(sample.key, gsd_m=sample.gsd_m)) for sample in dataset.samples]


def _coco_results(path: Path, by_name: Mapping[str, Sample]) -> dict[str, Answer]:
    rows = read_json(path)
    if not isinstance(rows, list):
        raise InputError(f"{path} is no list of COCO results. Give such a list, or lines of JSON (.jsonl).")
    grouped: dict[str, list[tuple[float, Xyxy]]] = {}
    for row in rows:
        try:
            x, y, w, h = (float(value) for value in row["bbox"])
            sample = by_name.get(f"{row['image_id']}/{row['category_id']}")
            score = float(row["score"])
        except (KeyError, TypeError, ValueError) as error:
            raise InputError(
                f"{path} has a row that is no COCO result: {str(row)[:120]}. It needs image_id, category_id, bbox and "
                "score."
            ) from error
        _check(str(path), [(x, y, x + w, y + h)], [score])
        if sample is not None:
            grouped.setdefault(sample.key, []).append((score, (x, y, x + w, y + h)))
    return {key: _ranked(key, found) for key, found in grouped.items()}


def _ranked(key: str, found: Sequence[tuple[float, Xyxy]], gsd_m: float | None = None) -> Answer:
    order = sorted(range(len(found)), key=lambda place: -found[place][0])
    boxes, scores = tuple(found[i][1] for i in order), tuple(found[i][0] for i in order)
    return Answer(key, boxes, scores, ("",) * len(boxes), gsd_m=gsd_m)


def _predicted(
    path: Path, number: int, line: str, by_name: Mapping[str, Sample], family: str | None
) -> tuple[Sample | None, Answer]:
    where = f"Line {number} of {path}"
    try:
        record = json.loads(line)
        sample = by_name.get(str(record["id"]))
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(f"{where} is no JSON object with an id. Correct it.") from error
    if sample is None:
        return None, Answer("")
    if "mask" in record:
        parts = component_boxes(path.parent / str(record["mask"]), picture_size(Path(sample.picture)))
        found = [(float(record.get("score", 1.0)), hull(parts))] if parts else []
        return sample, _ranked(sample.key, found, sample.gsd_m)
    if "text" in record:
        return sample, _written(sample, str(record["text"]), family, where)
    try:
        boxes = [(float(a), float(b), float(c), float(d)) for a, b, c, d in record["boxes"]]
        scores = [float(score) for score in record.get("scores", [1.0] * len(boxes))]
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"{where} has neither boxes of four numbers, nor text, nor a mask.") from error
    if len(scores) != len(boxes):
        raise InputError(f"{where} has {len(boxes)} boxes and {len(scores)} scores. Give one each.")
    _check(where, boxes, scores)
    return sample, _ranked(sample.key, list(zip(scores, boxes, strict=True)), sample.gsd_m)


def _check(where: str, boxes: Sequence[Xyxy], scores: Sequence[float]) -> None:
    for box, score in zip(boxes, scores, strict=True):
        if not is_box(box):
            raise InputError(f"{where} has the box {list(box)}, which is no rectangle. Correct it.")
        if not math.isfinite(score):
            raise InputError(f"{where} has the score {score}, which is no number. Correct it.")


def _written(sample: Sample, text: str, family: str | None, where: str) -> Answer:
    if family is None or family not in FAMILIES:
        known = ", ".join(sorted(FAMILIES))
        raise InputError(
            f"{where} has a raw answer, and the family that wrote it is {family!r}. Say in whose space its boxes are "
            f"(--family): {known}."
        )
    width, height = picture_size(Path(sample.picture))
    try:
        answer = parse_boxes(text, family, width, height, asked=sample.question)
    except CompletionParseError as error:
        return Answer(sample.key, unread=str(error), gsd_m=sample.gsd_m, size_src=(width, height))
    boxes = tuple(box.xyxy_px for box in answer.proposals)
    labels = tuple(box.label for box in answer.proposals)
    return Answer(
        sample.key, boxes, (1.0,) * len(boxes), labels, answer.reasoning, gsd_m=sample.gsd_m,
        size_src=(width, height),
    )  # fmt: skip
