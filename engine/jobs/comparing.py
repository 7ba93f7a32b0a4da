"""What became of the boxes of two dates: matched, looked at again on the other date, and told with both scores."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely

from engine.counting import count
from engine.errors import JobCancelledError, RasterReadError
from engine.imagery.crossing import Crossing, covers
from engine.imagery.display import NEUTRAL
from engine.imagery.frames import src_to_crs
from engine.imagery.ground_plane import Ground
from engine.imagery.shapes import shape_of
from engine.jobs.results import SCORE_DIGITS, Finding, Progress, Results, WindowRecord
from engine.search.changes import CHANGES, Change, Sight, change_of, match
from engine.search.singling import sought
from engine.search.verifying import Looking, read_crop
from engine.types import Pixels, Query, Window, Xyxy
from engine.wire import CompareRequest

LEAST_TOLERANCE_M, TOLERANCE_PX = 5.0, 2.0
SEEN_SHARE = 0.75
"""A place counts as seen where the raster has data for this share of it."""
LEAST_PX = 4.0
"""What is smaller than this on the other raster, on its longer side in pixels, can't be told from its ground."""
EDGE_SHARE = 4
"""This part of a chip is searched beyond what was asked for, so that objects on its edge are seen whole."""
COARSER = 2.0
"""Where one raster's pixels are so many times the other's, a word is due."""
LOOKS_AT_ONCE = 64
GAP_PX, WHITE = 4, 255
"""Between the pictures of both dates."""

OUTSIDE, NO_DATA, TOO_COARSE, UNREADABLE = "outside", "no data", "too coarse", "unreadable"
SAID = {
    OUTSIDE: "the {date} raster does not cover the place",
    NO_DATA: "the {date} raster has no data there",
    TOO_COARSE: "the {date} raster is too coarse to show it",
    UNREADABLE: "the {date} raster can't be read there",
}
DATES = ("earlier", "later")
Look = dict[str, Any]
Key = tuple[int, str, Xyxy]


@dataclass(frozen=True)
class Side:
    """One of the two dates: the search over its raster, and the raster's name."""

    search: Looking
    source: str


@dataclass(frozen=True)
class Box:
    """A found box: its date (a place in ``DATES``), the finding, and its outline in the later raster's map units."""

    date: int
    finding: Finding
    shape: shapely.Polygon

    @property
    def key(self) -> Key:
        """What a look at the same place on the other date is known by."""
        return self.date, self.finding.detection.query, self.finding.detection.xyxy_src

    @property
    def score(self) -> float:
        """What the verifier said of the box on its own date."""
        return self.finding.detection.score


@dataclass
class Looks:
    """What was seen at places of boxes on the other date, in this run or an earlier, broken-off one.

    Attributes:
        job_id: whose looks they are.
        results: where they are kept.
        windows: how many windows the search had.
        known: by what they look at.
        number: under which the next one is kept, beside the windows.
    """

    job_id: str
    results: Results
    windows: int
    known: dict[Key, Look]
    number: int

    @classmethod
    def of(
        cls,
        job_id: str,
        results: Results,
        reports: Mapping[int, Mapping[str, Any]],
        plans: Sequence[Sequence[Window]],
    ) -> Looks:
        """Those among the reports that were kept, but for looks that told nothing and may tell something by now."""
        looks = [report["look"] for _, report in sorted(reports.items()) if "look" in report]
        told = (
            look for look in looks if look["score"] is not None or look.get("why", UNREADABLE) != UNREADABLE
        )
        known = {_key(look): look for look in told}
        number = max([window.index for windows in plans for window in windows] + list(reports)) + 1
        return cls(job_id, results, sum(map(len, plans)), known, number)

    def keep(self, looks: Sequence[Look], progress: Progress) -> None:
        """Write a batch of looks; raises JobCancelledError where the job no longer runs."""
        records = [WindowRecord(self.number + n, {"look": look}, ()) for n, look in enumerate(looks)]
        self.results.commit(self.job_id, records, progress)
        self.number += len(looks)
        self.known.update({_key(look): look for look in looks})


def plan_dates(
    early: Sequence[Window], late: Sequence[Window]
) -> tuple[tuple[Window, ...], tuple[Window, ...]]:
    """The windows of both dates, numbered so that no two have one number."""
    first = max((window.index for window in early), default=-1) + 1
    return tuple(early), tuple(replace(window, index=window.index + first) for window in late)


@dataclass
class Comparison:
    """All that a comparison works with once both dates are searched.

    Attributes:
        sides: the earlier and the later date.
        request: what was asked.
        threshold: the score from which on the verifier's answer is yes.
        looks: at places of boxes on the other date.
    """

    sides: tuple[Side, Side]
    request: CompareRequest
    threshold: float
    looks: Looks

    @property
    def tolerance_m(self) -> float:
        """How far apart the centres of boxes of one object may lie."""
        if self.request.tolerance_m is not None:
            return self.request.tolerance_m
        coarser_m = max(side.search.raster.gsd_m or 0.0 for side in self.sides)
        return max(LEAST_TOLERANCE_M, TOLERANCE_PX * coarser_m)

    def compare(
        self, earlier: Sequence[Finding], later: Sequence[Finding]
    ) -> tuple[list[Finding], dict[str, Any], list[str]]:
        """Match what was found, look at what is left on the other date, and say what changed.

        Args:
            earlier: the merged findings of the earlier date, their features in the later raster's CRS.
            later: those of the later date.

        Returns:
            The features, best first; counts for the result; and sentences.

        Raises:
            ModelError: the verifier failed.
            JobCancelledError: the job was stopped.
        """
        before, after = self._understood(self._boxes(0, earlier)), self._understood(self._boxes(1, later))
        pairs = self._matched(before, after)
        partners = {after[a].key: before[b] for a, b in pairs.items()}
        partners |= {before[b].key: after[a] for a, b in pairs.items()}
        due = [box for box in (*after, *before) if self._is_open(partners.get(box.key))]
        self._look([box for box in due if box.key not in self.looks.known], len(due))
        after = self._understood(after)
        alone = [box for box in self._understood(before) if box.key not in partners]
        made = [self._finding(box, partners.get(box.key)) for box in (*after, *alone)]
        made.sort(key=lambda one: (-one.detection.score, one.detection.query, one.id))
        features = [_ranked(one, rank) for rank, one in enumerate(made, start=1)]
        counted = Counter(one.feature.properties["change"] for one in features)
        counts = {
            "features": len(features),
            "changes": {change: counted[change] for change in CHANGES},
            "tolerance_m": round(self.tolerance_m, 3),
            "threshold": self.threshold,
            "looks": len(due),
        }
        unseen = [box for box in (*after, *alone) if box.key not in partners]
        return features, counts, self._notes(unseen)

    def _crossing(self, date: int) -> Crossing:
        """The way from one date's raster to the other's."""
        return Crossing(self.sides[date].search.raster, self.sides[1 - date].search.raster)

    def _boxes(self, date: int, findings: Sequence[Finding]) -> list[Box]:
        """The boxes of one date, but for those beside the area or without a place on the later raster's map."""
        asked = self.request.area_crs
        area = None if asked is None else shapely.make_valid(shape_of(asked.model_dump()))
        way, boxes = self._crossing(0), []
        for one in findings:
            ring = src_to_crs(one.detection.xyxy_src, self.sides[date].search.raster.transform)
            if date == 0 and way.ring(ring) is None:
                continue
            # Boxes joined across windows are numbered on each date from 1.
            unique = replace(one, id=f"{'ba'[date]}{one.id}") if one.id.startswith("j") else one
            shape = shapely.Polygon(one.feature.geometry["coordinates"][0])
            if area is None or shape.intersects(area):
                boxes.append(Box(date, unique, shape))
        return boxes

    def _matched(self, before: Sequence[Box], after: Sequence[Box]) -> dict[int, int]:
        raster = self.sides[1].search.raster
        ground = Ground.of(
            raster.transform, raster.crs_wkt, raster.gsd_m, raster.width_src, raster.height_src
        )
        scale = [ground.plane(box.finding.detection.xyxy_src).scale for box in after]
        return match(
            [box.shape for box in before],
            [box.shape for box in after],
            [box.finding.detection.query for box in before],
            [box.finding.detection.query for box in after],
            self.tolerance_m,
            np.array(scale, dtype=np.float64),
        )

    def _understood(self, boxes: Sequence[Box]) -> list[Box]:
        """Those under a question that the verifier understands, as far as is known by now."""
        silent = self.sides[1].search.not_understood
        return [box for box in boxes if sought(Query(box.finding.detection.query)).text not in silent]

    def _is_open(self, partner: Box | None) -> bool:
        """Whether the verifier has yet to say what it sees in a box's place on the other date."""
        return partner is None or partner.score < self.threshold

    def _look(self, boxes: Sequence[Box], wanted: int) -> None:
        """Look at the same place on the other date, batch by batch, each kept before the next one is begun."""
        begun, total = time.perf_counter(), self.looks.windows + wanted
        for start in range(0, len(boxes), LOOKS_AT_ONCE):
            part = boxes[start : start + LOOKS_AT_ONCE]
            looks = self._scored(part)
            left = len(boxes) - start - len(part)
            pace = (time.perf_counter() - begun) / (start + len(part))
            self.looks.keep(looks, Progress(total - left, total, round(pace * left, 1)))

    def _scored(self, boxes: Sequence[Box]) -> list[Look]:
        """What the verifier says of the places of boxes on the other date, or why there is nothing to see."""
        seen: list[tuple[Look, Pixels]] = []
        looks: list[Look] = []
        for box in boxes:
            self._raise_if_stopped()
            found, other = box.finding.detection, self.sides[1 - box.date].search
            look: Look = {
                "date": box.date,
                "query": found.query,
                "box": list(found.xyxy_src),
                "score": None,
            }
            with other.clock.stage("read"):
                shown = self._shown(box)
            looks.append(look)
            if isinstance(shown, str):
                look["why"] = shown
            else:
                seen.append((look, shown))
        crops, queries = [crop for _, crop in seen], [sought(Query(look["query"])) for look, _ in seen]
        for (look, _), score in zip(seen, self.sides[1].search.score(crops, queries), strict=True):
            look["score"] = None if score is None else round(score, SCORE_DIGITS)
        return looks

    def _shown(self, box: Box) -> Pixels | str:
        """What the other date's raster shows in the place of a box; or why it shows nothing of it."""
        there = self._crossing(box.date).box(box.finding.detection.xyxy_src)
        other = self.sides[1 - box.date].search
        size = (other.raster.width_src, other.raster.height_src)
        if there is None or not (there[0] < size[0] and there[1] < size[1] and there[2] > 0 and there[3] > 0):
            return OUTSIDE
        if max(there[2] - there[0], there[3] - there[1]) < LEAST_PX:
            return TOO_COARSE
        covered = covers(other.raster, there, SEEN_SHARE)
        if not covered:
            return UNREADABLE if covered is None else NO_DATA
        try:
            return read_crop(other, there)
        except RasterReadError:
            return UNREADABLE

    def _finding(self, box: Box, partner: Box | None) -> Finding:
        """A box with what became of it, its scores on both dates, and both pictures side by side."""
        self._raise_if_stopped()
        sights = [self._sight(box, partner, date) for date in (0, 1)]
        change = change_of(sights[0], sights[1], self.threshold)
        scores = [None if one.score is None else round(one.score, SCORE_DIGITS) for one in sights]
        best = max(score for score in scores if score is not None)
        properties = {
            **box.finding.feature.properties,
            "id": box.finding.id,
            "score": best,
            "change": change,
            "score_before": scores[0],
            "score_after": scores[1],
            "change_note": self._note(box, sights, change),
            "source_other": self.sides[1 - box.date].source,
        }
        with self.sides[1].search.clock.stage("crop"):
            crop = self._both_crops(box, partner)
        detection = replace(box.finding.detection, score=best, crop=crop)
        return Finding(box.finding.id, detection, replace(box.finding.feature, properties=properties))

    def _sight(self, box: Box, partner: Box | None, date: int) -> Sight:
        """What is known of a box's place on one date: its own or its partner's score, and the look there."""
        here = box if box.date == date else partner
        there = partner if box.date == date else box
        scores = [] if here is None else [here.score]
        look = self.looks.known.get(there.key) if there is not None else None
        if look is not None and look["score"] is not None:
            scores.append(float(look["score"]))
        return Sight(here is not None, max(scores) if scores else None)

    def _note(self, box: Box, sights: Sequence[Sight], change: Change) -> str:
        """Why nothing certain can be said of a box; "" where it can."""
        if change == "not_seen":
            why = self.looks.known[box.key]["why"]
            return _sentence(SAID[why].format(date=DATES[1 - box.date]))
        if change != "unsure":
            return ""
        doubts = [
            f"the search found it on the {date} date, and the verifier doubts it ({sight.score:.0%})"
            if sight.found
            else f"the search missed it on the {date} date, and the verifier sees it ({sight.score:.0%})"
            for date, sight in zip(DATES, sights, strict=True)
            if not sight.agreed(self.threshold)
        ]
        return _sentence("; ".join(doubts))

    def _both_crops(self, box: Box, partner: Box | None) -> Pixels:
        """What the verifier saw on both dates, the earlier one on the left; grey where there is nothing to see."""
        side_px = self.sides[1].search.crop_px
        crops: list[Pixels] = []
        for date, side in enumerate(self.sides):
            one = box if box.date == date else partner
            own = box.finding.detection.xyxy_src
            place = one.finding.detection.xyxy_src if one is not None else self._crossing(box.date).box(own)
            grey: Pixels = np.full((side_px, side_px, 3), NEUTRAL, np.uint8)
            try:
                crops.append(grey if place is None else read_crop(side.search, place))
            except RasterReadError:
                crops.append(grey)
        gap: Pixels = np.full((side_px, GAP_PX, 3), WHITE, np.uint8)
        return np.hstack([crops[0], gap, crops[1]])

    def _notes(self, alone: Sequence[Box]) -> list[str]:
        """What a user must know to read the result.

        Args:
            alone: boxes without a partner.
        """
        whys = Counter(
            (look["why"], box.date) for box in alone if "why" in (look := self.looks.known[box.key])
        )
        said = [
            f"{count(number, 'box is', 'boxes are')} not seen on both dates: "
            f"{SAID[why].format(date=DATES[1 - date])}."
            for (why, date), number in sorted(whys.items())
        ]
        sizes = [side.search.raster.gsd_m or 0.0 for side in self.sides]
        if max(sizes) >= COARSER * min(sizes):
            said.append(
                f"The rasters' pixels differ: {sizes[0]:.3g} m before, {sizes[1]:.3g} m after. What only the finer "
                "one shows may look new or gone; a common resolution (--gsd) makes the searches alike."
            )
        return said + [f"The earlier raster: {warning}" for warning in self.sides[0].search.raster.warnings]

    def _raise_if_stopped(self) -> None:
        if self.sides[1].search.stop():
            raise JobCancelledError("The job was cancelled while the other date was looked at.")


def _key(look: Look) -> Key:
    x1, y1, x2, y2 = (float(value) for value in look["box"])
    return int(look["date"]), str(look["query"]), (x1, y1, x2, y2)


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."


def _ranked(finding: Finding, rank: int) -> Finding:
    feature = finding.feature
    return replace(finding, feature=replace(feature, properties={**feature.properties, "rank": rank}))
