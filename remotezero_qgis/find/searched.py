"""What a run searched: kept with its result layer, told in the panel, and outlined on the map."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

from qgis.core import QgsGeometry, QgsProject, QgsRasterLayer

from ..i18n import tr
from ..layers.detections import polygon
from ..layers.place import CANVAS, LAYER, RECTANGLE, SELECTION, WHOLE_SHARE
from ..layers.snapshot import needs_snapshot
from ..panel.server_scores import scoring_words

PART = "part"
PLACES = (CANVAS, RECTANGLE, SELECTION)
SEARCHED = "remotezero/searched"
"""A result layer's custom property."""


@dataclass(frozen=True)
class Searched:
    """What was searched.

    Attributes:
        kind: ``canvas``, ``layer``, ``rectangle``, ``selection``, ``part`` where only the area is known, or ""
            where nothing is.
        query: the question, or several with a line each.
        raster_id, raster_name: of the raster's map layer; the id is "" when it is not in the project.
        share: of the raster that was searched, 0..1.
        wkt: the area in the raster's CRS, "" for the whole raster.
        rasters: of a run over many, how many there are; 0 for a run over one.
        unread, left, beside: how many of them could not be searched, were not come to, and lie beside the place.
        table_id: of the map layer that lists them.
        model: what scored the boxes: its name, or a server's address; "" where that is not known.
        scoring: where the scores came from, in the engine's word.
    """

    kind: str = ""
    query: str = ""
    raster_id: str = ""
    raster_name: str = ""
    share: float = 1.0
    wkt: str = ""
    rasters: int = 0
    unread: int = 0
    left: int = 0
    beside: int = 0
    table_id: str = ""
    model: str = ""
    scoring: str = ""

    @classmethod
    def of(cls, kind: str, query: str, raster: QgsRasterLayer, area: dict[str, Any] | None) -> Searched:
        """Say what a run over ``area`` (GeoJSON in the raster's CRS, None for everything) searches."""
        whole = raster.extent().area()
        geometry = polygon(area) if area is not None else QgsGeometry()
        share = min(1.0, geometry.area() / whole) if area is not None and whole > 0 else 1.0
        if area is None or share > WHOLE_SHARE:
            return cls(LAYER, query, raster.id(), raster.name())
        return cls(kind, query, raster.id(), raster.name(), share, geometry.asWkt())

    @classmethod
    def read(cls, text: object) -> Searched:
        """Read what :attr:`text` wrote; anything else is nothing known."""
        try:
            return cls(**json.loads(str(text)))
        except (ValueError, TypeError):
            return cls()

    @property
    def text(self) -> str:
        """For a layer's custom property."""
        return json.dumps(asdict(self))

    @property
    def area(self) -> QgsGeometry:
        """The outline in the raster's CRS; empty when it is the whole raster, or nothing is known."""
        return QgsGeometry.fromWkt(self.wkt) if self.wkt else QgsGeometry()

    @property
    def raster(self) -> QgsRasterLayer | None:
        """The raster, where it is in the project and can be searched as a whole."""
        layer = QgsProject.instance().mapLayer(self.raster_id) if self.raster_id else None
        return layer if isinstance(layer, QgsRasterLayer) and not needs_snapshot(layer) else None

    @property
    def partial(self) -> bool:
        """True when there is more of the raster to search."""
        return bool(self.wkt) and self.raster is not None

    @property
    def place(self) -> str:
        """The place as the middle of a sentence."""
        return {
            CANVAS: tr("what the map showed"),
            RECTANGLE: tr("the drawn rectangle"),
            SELECTION: tr("the selected polygons"),
            PART: tr("a part of the raster"),
            LAYER: tr("the whole raster"),
        }.get(self.kind, "")

    @property
    def sentence(self) -> str:
        """One sentence for the panel, "" where nothing is known."""
        if self.rasters:
            return self._of_many
        if not self.kind:
            return ""
        if not self.wkt:
            return tr("Searched: {place}, {raster}.").format(place=self.place, raster=self.raster_name)
        share = "< 1" if self.share < 0.01 else f"{self.share * 100:.0f}"
        return tr("Searched: {place}, {share} % of {raster}.").format(
            place=self.place, share=share, raster=self.raster_name
        )

    @property
    def scores(self) -> str:
        """Say what scored the boxes, and where its scores come from; "" where nothing is known."""
        words = scoring_words(self.scoring)
        return tr("Scored by {model}. {words}").format(model=self.model, words=words) if words else ""

    @property
    def _of_many(self) -> str:
        if not self.table_id:
            return tr("%n raster(s) of {title}", n=self.rasters).format(title=self.raster_name)
        searched = self.rasters - self.unread - self.left - self.beside
        parts = [tr("Searched: {count} of %n raster(s).", n=self.rasters).format(count=searched)]
        if self.kind in PLACES:
            parts.append(
                tr("Only {place}; beside it: {n}.").format(place=self.place, n=self.beside)
                if self.beside
                else tr("Only {place}.").format(place=self.place)
            )
        if self.unread:
            parts.append(tr("%n could not be searched.", n=self.unread))
        if self.left:
            parts.append(tr("%n left.", n=self.left))
        return " ".join(parts)
