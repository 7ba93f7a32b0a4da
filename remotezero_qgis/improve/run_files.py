"""What a run leaves behind as files: its pictures, fetched once each, and its report."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from qgis.PyQt.QtCore import QObject, QUrl, pyqtSignal
from qgis.PyQt.QtGui import QDesktopServices

from ..connection.client import EngineClient
from ..connection.session import Session
from .view import RunView


class RunFiles(QObject):
    """Brings the files of one job at a time to the view that asks for them.

    Signals:
        failed(str): the report could not be fetched, and why.
    """

    failed = pyqtSignal(str)

    def __init__(self, view: RunView, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self.job_id = ""
        self._view, self._session = view, session
        self._pictures: dict[tuple[str, str], bytes] = {}
        view.picture_wanted.connect(self._fetch_picture)
        view.report_wanted.connect(self.open_report)

    def open_report(self) -> None:
        """Open the job's report in the system's browser."""
        path = self._session.launch().home / "reports" / f"{self.job_id}.html"
        work = partial(_save_report, job_id=self.job_id, path=path)
        self._session.ask(work, open_file, lambda error: self.failed.emit(str(error)))

    def _fetch_picture(self, name: str) -> None:
        key = (self.job_id, name)
        if key in self._pictures:
            self._view.places.show_image(name, self._pictures[key])
            return
        self._session.ask(lambda client: client.picture(*key), partial(self._picture_came, key))

    def _picture_came(self, key: tuple[str, str], jpeg: bytes) -> None:
        self._pictures[key] = jpeg
        if key[0] == self.job_id:
            self._view.places.show_image(key[1], jpeg)


def open_file(path: Path) -> None:
    """Open a file in the program the system has for it."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def _save_report(client: EngineClient, job_id: str, path: Path) -> Path:
    html = client.report(job_id)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.write_bytes(html)
    return path
