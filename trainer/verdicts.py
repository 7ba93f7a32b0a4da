"""The user's verdicts: boxes that were accepted or rejected in result layers, where the user lets them enter.

On a run's own rasters they are the user's word in the place of the verifier's: held-out places get boxes that
somebody judged, training pairs get targets, and the verifier's score is calibrated on them. On other rasters they
say what the model could do before (``trainer.home``). Everything that is made of them stays in the run's folder.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from engine.counting import count
from engine.errors import InputError, RasterReadError
from engine.export.boxes import ACCEPTED, REJECTED, read_layer
from engine.imagery.frames import crs_to_src, src_to_px
from engine.imagery.raster import Raster, open_raster
from engine.imagery.sources import permitted
from engine.imagery.vectors import reprojected
from engine.language.vocabulary import hear
from engine.types import ModelSpec, Pixels, Stop, Window, Xyxy
from trainer.calibrate import ScoreMap, fit_scores
from trainer.chips import ChipSet
from trainer.config import TrainingRequest
from trainer.home import FILE, FOLDER, HomePair, write_home
from trainer.queries import Pair, Presence
from trainer.rewarder import Rewarder
from trainer.state import RunState

LAYER = "|layername="
MIN_INSIDE = 0.5
"""A box counts for a chip where at least this share of it lies inside."""
MOST_PICTURES = 64
"""Of earlier rasters at most so many places are asked about again."""


@dataclass(frozen=True)
class JudgedBox:
    """One box with its verdict.

    Attributes:
        query: the question it was found for.
        accepted: True for right, False for wrong.
        corners_crs: of its outline, in the CRS of its file.
        source: the raster that it names, "" for none.
        gsd_m: metres per pixel at which it was found, None where that is not known.
    """

    query: str
    accepted: bool
    corners_crs: tuple[tuple[float, float], ...]
    source: str
    gsd_m: float | None


@dataclass(frozen=True)
class JudgedFile:
    """The judged boxes of one layer, and their CRS."""

    path: str
    crs_wkt: str | None
    boxes: list[JudgedBox]

    def corners(self, crs_wkt: str | None) -> list[Sequence[Sequence[float]]]:
        """Outlines in another CRS; as they are where either is not known."""
        rings = [{"type": "Polygon", "coordinates": [box.corners_crs]} for box in self.boxes]
        if self.crs_wkt is None or crs_wkt is None or not rings:
            return [ring["coordinates"][0] for ring in rings]  # type: ignore[misc]
        return [moved["coordinates"][0] for moved in reprojected(rings, self.crs_wkt, crs_wkt, self.path)]


Told = dict[tuple[int, str], tuple[tuple[Xyxy, ...], tuple[Xyxy, ...]]]
"""(chip, question) -> boxes in chip pixels that were accepted, and that were rejected."""


def allowed_verdicts(request: TrainingRequest, spec: ModelSpec) -> list[JudgedFile]:
    """The judged boxes that a request lets in.

    Raises:
        InputError: a file can't be read, or none of them holds a verdict.
    """
    return read_verdicts(request.verdicts, spec, allow_network=request.allow_network)


def read_verdicts(names: Sequence[str], spec: ModelSpec, *, allow_network: bool = False) -> list[JudgedFile]:
    """Read the judged boxes of result layers; questions of which the model knows no word are left out.

    Args:
        names: files, ``FILE|layername=LAYER`` where a file has several layers.
        spec: the model that would be asked.
        allow_network: names may lead to the network.

    Raises:
        InputError: a file can't be read, or none of them holds a verdict.
    """
    files = []
    for name in names:
        path, _, layer = name.partition(LAYER)
        permitted(path, allow_network=allow_network, vector=True)
        found, _ = read_layer(path, layer or None)
        boxes = [box for box in map(_judged, found.features) if box is not None]
        files.append(JudgedFile(path, found.crs_wkt, [b for b in boxes if hear(spec, b.query).known]))
    if not any(file.boxes for file in files):
        raise InputError(
            f"None of the boxes in {', '.join(names)} was accepted or rejected for a question that {spec.name} "
            "understands. Judge some in the results, or leave the verdicts out."
        )
    return files


def _judged(feature: Any) -> JudgedBox | None:
    about = feature.properties
    verdict = str(about.get("verdict") or "").strip().lower()
    query = " ".join(str(about.get("query") or "").split())
    if verdict not in (ACCEPTED, REJECTED) or not query:
        return None
    shape = feature.geometry
    polygons = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
    corners = tuple((float(x), float(y)) for polygon in polygons for x, y, *_ in polygon[0])
    return JudgedBox(query, verdict == ACCEPTED, corners, str(about.get("source") or ""), about.get("gsd_m"))


def told_on(files: Sequence[JudgedFile], chips: ChipSet) -> Told:
    """Which of the judged boxes lie on which chip, cut at its edge."""
    told: dict[tuple[int, str], tuple[list[Xyxy], list[Xyxy]]] = defaultdict(lambda: ([], []))
    moved: dict[tuple[int, str | None], list[Sequence[Sequence[float]]]] = {}
    for index, record in enumerate(chips.records):
        chip = chips.chip(index)
        height_px, width_px = chip.pixels.shape[:2]
        for number, file in enumerate(files):
            key = (number, record.crs_wkt)
            if key not in moved:
                moved[key] = file.corners(record.crs_wkt)
            for box, corners in zip(file.boxes, moved[key], strict=True):
                inside = _inside(crs_to_src(corners, chip.transform), width_px, height_px)
                if inside is not None:
                    told[index, box.query][0 if box.accepted else 1].append(inside)
    return {key: (tuple(right), tuple(wrong)) for key, (right, wrong) in told.items()}


def _inside(box: Xyxy, width_px: int, height_px: int) -> Xyxy | None:
    """The part of a box on a chip, where that is enough of it."""
    x0, y0, x1, y1 = box
    cut = (max(x0, 0.0), max(y0, 0.0), min(x1, float(width_px)), min(y1, float(height_px)))
    if cut[2] <= cut[0] or cut[3] <= cut[1]:
        return None
    share = (cut[2] - cut[0]) * (cut[3] - cut[1]) / max((x1 - x0) * (y1 - y0), 1e-9)
    return cut if share >= MIN_INSIDE else None


def with_verdicts(pairs: Sequence[Pair], told: Told, chips: Sequence[int], presence: Presence) -> list[Pair]:
    """The pairs with what was judged on their chips; judged questions that nobody asked there are added.

    Args:
        pairs: as they were joined.
        told: what was judged.
        chips: those that pairs may be about.
        presence: of the first verifier, asked where all that was judged was rejected.
    """
    asked = {(pair.chip, pair.query) for pair in pairs}
    mine = {key: boxes for key, boxes in told.items() if key[0] in set(chips)}
    new = [key for key in mine if key not in asked]
    beliefs = presence([chip for chip, _ in new], [text for _, text in new]).tolist() if new else []
    every = [*pairs, *(Pair(*key, belief) for key, belief in zip(new, beliefs, strict=True))]
    return [_told(pair, mine.get((pair.chip, pair.query))) for pair in every]


def use_verdicts(state: RunState, files: Sequence[JudgedFile], chips: ChipSet, presence: Presence) -> str:
    """Put what was judged on a run's chips into its pairs: targets to learn from, and evidence for the gate.

    Returns:
        A sentence on how many there are.
    """
    told = told_on(files, chips)
    train, held = chips.indices(held_out=False), chips.indices(held_out=True)
    state.train = with_verdicts(state.train or [], told, train, presence)
    state.held_asked = with_verdicts(state.held_asked or [], told, held, presence)
    state.queries = list(dict.fromkeys([*state.queries, *(query for _, query in told)]))
    learned, checked = (sum(pair.judged for pair in pairs) for pairs in (state.train, state.held_asked))
    pairs = f"{count(learned, 'pair')} to learn from and {checked} to check on"
    return f"Your verdicts: {pairs} have boxes that you judged."


def about_verdicts(state: RunState) -> dict[str, Any]:
    """How the user's verdicts entered, in numbers, for the report."""
    return {
        "train": sum(pair.judged for pair in state.train or []),
        "held": sum(pair.judged for pair in state.held or []),
        "score": asdict(state.score_map),
    }


def fit_to_verdicts(rewarder: Rewarder, pairs: Sequence[Pair]) -> ScoreMap:
    """What the verifier's score is worth, by the verdicts on places that may be learned from.

    Raises:
        JobCancelledError: the rewarder's ``stop()`` became true.
    """
    looks = [
        (pair, box, accepted)
        for pair in pairs
        for boxes, accepted in ((pair.accepted_px, True), (pair.rejected_px, False))
        for box in boxes
    ]
    scores = rewarder.score_crops(
        [pair.chip for pair, _, _ in looks],
        [box for _, box, _ in looks],
        [pair.query for pair, _, _ in looks],
    )
    return fit_scores(scores, [accepted for _, _, accepted in looks])


def _told(pair: Pair, boxes: tuple[tuple[Xyxy, ...], tuple[Xyxy, ...]] | None) -> Pair:
    if boxes is None:
        return pair
    return replace(pair, accepted_px=boxes[0], rejected_px=boxes[1]).believed(pair.presence)


def prepare_home(request: TrainingRequest, spec: ModelSpec, folder: Path, stop: Stop) -> list[str]:
    """Store what was judged on earlier rasters as questions about home, in the run's folder, once.

    Args:
        request: names the verdicts, and the rasters of the run: what was judged on these is no earlier knowledge.
        spec: the model; its size of chips is that of the pictures.
        folder: of the run.
        stop: asked often.

    Returns:
        A sentence for each raster that could not be read.

    Raises:
        InputError: a file of verdicts can't be read, or none of them holds a verdict.
    """
    if (folder / FOLDER / FILE).is_file():
        return []
    files, allowed = allowed_verdicts(request, spec), request.allow_network
    own = {str(name.resolve()) if isinstance(name, Path) else name for name in request.rasters}
    pictures: list[Pixels] = []
    pairs: list[HomePair] = []
    notes = []
    sources = Counter(box.source for file in files for box in file.boxes if box.source)
    for source, _ in sources.most_common():
        if source in own or str(Path(source).resolve()) in own or len(pictures) >= MOST_PICTURES:
            continue
        try:
            with open_raster(source, allow_network=allowed, stop=stop) as raster:
                _look_again(raster, _of(files, source, raster.crs_wkt), spec.chip_px, pictures, pairs)
        except (InputError, RasterReadError) as error:
            notes.append(f"What you judged on {source} is left out: it can't be read now ({error})")
    if pairs:
        write_home(folder / FOLDER, pictures, pairs)
    return notes


def _of(
    files: Sequence[JudgedFile], source: str, crs_wkt: str | None
) -> list[tuple[JudgedBox, Sequence[Sequence[float]]]]:
    """The judged boxes of one raster with their outlines in its CRS."""
    return [
        (box, corners)
        for file in files
        for box, corners in zip(file.boxes, file.corners(crs_wkt), strict=True)
        if box.source == source
    ]


def _look_again(
    raster: Raster,
    judged: Sequence[tuple[JudgedBox, Sequence[Sequence[float]]]],
    chip_px: int,
    pictures: list[Pixels],
    pairs: list[HomePair],
) -> None:
    """Cut pictures round judged boxes until each lies on one; what else was judged there is asked about as well."""
    boxes = [(box, crs_to_src(corners, raster.transform)) for box, corners in judged]
    left = list(range(len(boxes)))
    while left and len(pictures) < MOST_PICTURES:
        window = _round(boxes[left[0]], raster, chip_px)
        inside: dict[str, tuple[list[Xyxy], list[Xyxy]]] = defaultdict(lambda: ([], []))
        seen = {left[0]}
        for number, (box, box_src) in enumerate(boxes):
            cut = _inside(src_to_px(box_src, window), window.width_px, window.height_px)
            if cut is not None:
                inside[box.query][0 if box.accepted else 1].append(cut)
                seen.add(number)
        for query, (right, wrong) in inside.items():
            pairs.append(HomePair(len(pictures), query, tuple(right), tuple(wrong), complete=False))
        pictures.append(raster.read_chip(window).pixels)
        left = [number for number in left if number not in seen]


def _round(found: tuple[JudgedBox, Xyxy], raster: Raster, chip_px: int) -> Window:
    """The window round a box, at the resolution at which it was found, moved inside the raster."""
    box, (x0, y0, x1, y1) = found
    scale = box.gsd_m / raster.gsd_m if box.gsd_m and raster.gsd_m else 1.0
    side = max(1, round(chip_px * scale))
    width, height = min(side, raster.width_src), min(side, raster.height_src)
    left = int(np.clip(round((x0 + x1 - width) / 2), 0, raster.width_src - width))
    top = int(np.clip(round((y0 + y1 - height) / 2), 0, raster.height_src - height))
    return Window(
        left, top, width, height, max(1, round(width / scale)), max(1, round(height / scale)), 0, "detail"
    )
