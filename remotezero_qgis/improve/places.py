"""The same places before and after a round, as pictures side by side."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.PyQt.QtCore import QRectF, QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import QFontMetrics, QImage, QPainter, QPixmap, QResizeEvent
from qgis.PyQt.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ..compat import flag_value
from ..i18n import tr
from ..look import blend, theme_colours, unit
from .record import Picture

SIDES = ("before", "after")
CENTRE = flag_value(Qt.AlignmentFlag.AlignCenter)
LEFT = flag_value(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
RIGHT = flag_value(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class PlacePair(QWidget):
    """One place: what was asked there, and the two pictures with the best score of each."""

    def __init__(self, picture: Picture, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.picture = picture
        self._images: dict[str, QPixmap] = {}
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setToolTip(
            tr("“{query}”: before the round on the left, after it on the right").format(query=picture.query)
        )
        self.setAccessibleName(picture.query)

    def show_image(self, name: str, jpeg: bytes) -> None:
        """Show a picture that has come, on the side or sides that it belongs to."""
        for side in SIDES:
            if getattr(self.picture, side) == name:
                self._images[side] = QPixmap.fromImage(QImage.fromData(jpeg))
        self.update()

    @property
    def complete(self) -> bool:
        """Whether both pictures are there."""
        return len(self._images) == len(SIDES)

    def sizeHint(self) -> QSize:
        """Return room for two squares and two lines of text."""
        return QSize(unit(self) * 16, self._height(unit(self) * 16))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the pictures square."""
        super().resizeEvent(event)
        self.setFixedHeight(self._height(self.width()))

    def paintEvent(self, event) -> None:
        """Draw question, scores and pictures."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        line, side_px = unit(self), self._side(self.width())
        text, ground = theme_colours()
        painter.setPen(text)
        metrics = QFontMetrics(self.font())
        query = metrics.elidedText(self.picture.query, Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(QRectF(0, 0, self.width(), line * 1.3), LEFT, query)
        scores = (self.picture.score_before, self.picture.score_after)
        for column, (side, name, score) in enumerate(zip(SIDES, (tr("before"), tr("after")), scores)):
            left = column * (side_px + line / 2)
            painter.setPen(blend(text, ground, 0.35))
            caption = QRectF(left, line * 1.2, side_px, line * 1.2)
            painter.drawText(caption, LEFT, name)
            found = tr("no box") if score is None else tr("score {n} %").format(n=round(score * 100))
            if metrics.horizontalAdvance(f"{name}  {found}") > side_px and score is not None:
                found = tr("{n} %").format(n=round(score * 100))
            painter.drawText(caption, RIGHT, found)
            frame = QRectF(left, line * 2.5, side_px, side_px)
            if side in self._images:
                image = self._images[side]
                painter.drawPixmap(_fitted(frame, image), image, QRectF(image.rect()))
            else:
                painter.fillRect(frame, blend(ground, text, 0.08))
                painter.drawText(frame, CENTRE, "…")

    def _side(self, width: int) -> float:
        return min((width - unit(self) / 2) / 2, unit(self) * 16.0)

    def _height(self, width: int) -> int:
        return round(self._side(width) + unit(self) * 3.3)


class Places(QWidget):
    """The places of one round.

    Signals:
        wanted(str): a picture of this name is needed.
    """

    wanted = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures: tuple[Picture, ...] = ()
        self._pairs: list[PlacePair] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)

    @property
    def pairs(self) -> list[PlacePair]:
        """The places that are shown."""
        return self._pairs

    def show_pictures(self, pictures: Sequence[Picture]) -> None:
        """Show these places; each picture is asked for once."""
        if tuple(pictures) == self._pictures:
            return
        self._pictures = tuple(pictures)
        for pair in self._pairs:
            self._layout.removeWidget(pair)
            pair.deleteLater()
        self._pairs = [PlacePair(picture) for picture in pictures]
        for pair in self._pairs:
            self._layout.addWidget(pair)
        for name in dict.fromkeys(getattr(picture, side) for picture in pictures for side in SIDES):
            if name:
                self.wanted.emit(name)

    def show_image(self, name: str, jpeg: bytes) -> None:
        """Show a picture that has come."""
        for pair in self._pairs:
            pair.show_image(name, jpeg)


def _fitted(frame: QRectF, image: QPixmap) -> QRectF:
    """Return the part of ``frame`` that the picture fills when it keeps its proportions."""
    width, height = max(1, image.width()), max(1, image.height())
    scale = min(frame.width() / width, frame.height() / height)
    fitted = QRectF(0, 0, width * scale, height * scale)
    fitted.moveCenter(frame.center())
    return fitted
