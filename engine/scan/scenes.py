"""Scenes of an archive: what each is called, where its raster lies, when it was taken and where it is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Scene:
    """One scene of an archive.

    Attributes:
        id: its name, distinct within the archive and safe as the name of a folder.
        raster: what :func:`engine.imagery.raster.open_raster` opens: a path, or the address of a file on the network.
        time: when it was taken, RFC 3339 in UTC; None where nobody said.
        bounds: west, south, east, north in degrees of WGS 84, west above east across the date line; None where
            only opening the raster would tell.
        cloud: cloud cover in percent; None where nobody said.
    """

    id: str
    raster: str
    time: str | None = None
    bounds: tuple[float, float, float, float] | None = None
    cloud: float | None = None
