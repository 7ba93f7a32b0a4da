"""Progress, lengths of time and jobs in words, for all that show them."""

from __future__ import annotations

from qgis.PyQt.QtCore import QDateTime, QLocale, Qt

from ..connection.wire import Job, JobProgress, RastersProgress
from ..i18n import tr

SHORT_S = 300
SHOWN = 20
"""How many earlier jobs a menu lists."""


def job_text(job: Job) -> str:
    """Return one line about a job: question, when, and how it ended."""
    return job_line(", ".join(job.request.get("queries") or [str(job.request.get("query", ""))]), job)


def job_line(about: str, job: Job) -> str:
    """Return ``about`` with the time and the state of a job."""
    created = QDateTime.fromString(job.created[:19] + "Z", Qt.DateFormat.ISODate).toLocalTime()
    when = QLocale().toString(created, QLocale.FormatType.ShortFormat)
    state = {
        "queued": tr("waiting"),
        "running": tr("running"),
        "done": tr("done"),
        "cancelled": tr("cancelled"),
        "failed": tr("failed"),
    }.get(job.state, job.state)
    return tr("{query}  ({when}, {state})").format(query=about, when=when, state=state).replace("&", "&&")


def progress_words(progress: JobProgress) -> str:
    """Return progress in words: ``12 of 40 windows, about 2 min left``, or ``raster 3 of 24, 57 boxes, …``."""
    if isinstance(progress, RastersProgress):
        raster = tr("raster {number} of {total}").format(number=progress.raster, total=progress.rasters)
        done = ", ".join((raster, tr("%n box(es)", n=progress.boxes)))
    else:
        done = tr("{done} of %n window(s)", n=progress.total).format(done=progress.done)
    left = progress.seconds_left
    if left is None or progress.done >= progress.total:
        return done
    return tr("{done}, about {time} left").format(done=done, time=time_words(left))


def time_words(seconds: float) -> str:
    """Return a length of time in the units that suit it: ``40 s``, ``2 min 40 s``, ``12 min``, ``1.5 h``."""
    if seconds < 59.5:
        return tr("{n} s").format(n=max(1, round(seconds)))
    if seconds < SHORT_S:
        minutes, rest = divmod(round(seconds / 10) * 10, 60)
        if rest:
            return tr("{minutes} min {seconds} s").format(minutes=minutes, seconds=rest)
    if seconds < 5400:
        return tr("{n} min").format(n=max(1, round(seconds / 60)))
    return tr("{n} h").format(n=f"{seconds / 3600:.1f}")
