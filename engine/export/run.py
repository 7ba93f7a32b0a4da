"""One export from request to files: checked before anything is read, made aside, put in place whole."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image
from shapely.geometry.base import BaseGeometry

from engine.counting import count
from engine.errors import InputError, JobCancelledError, OutputExistsError, RasterReadError
from engine.export.boxes import Boxes, FromJob, of_raster, of_this_date, read_layer, wanted
from engine.export.datasets import PICTURES, write_coco, write_yolo
from engine.export.pictures import (
    Part,
    Picture,
    beside,
    check_room,
    finest_gsd,
    moved,
    pictures_of,
    seen_in,
    shapes_src,
    stems_of,
)
from engine.export.provenance import distinct, provenance, sidecar_of
from engine.export.tables import FOLDERS, format_of, write_csv, write_parquet
from engine.files import check_free, hidden_beside, staging, sync, write_atomic
from engine.imagery.attributes import in_picture
from engine.imagery.outputs import check_output, files_behind, write_features
from engine.imagery.raster import Raster, open_raster
from engine.imagery.vectors import reprojected
from engine.imagery.windows import plan_windows
from engine.types import Feature, Rectangle, Stop
from engine.wire import ExportRequest

WRITERS = {"parquet": write_parquet, "csv": write_csv}

OVERLAP = 0.2
"""Share of a picture that the next one repeats."""

SAME_GSD = 0.02
"""A resolution that differs by less than this share from the raster's is the raster's: nothing is resampled."""

Watch = Callable[[int, int], None]


def export(asked: ExportRequest, job: FromJob | None, watch: Watch, stop: Stop) -> dict[str, Any]:
    """Write a result as other programs want it, with its provenance beside it.

    Args:
        asked: what to export, where and how.
        job: the job that found the boxes, where it is known.
        watch: told how many pictures are cut, and of how many.
        stop: asked often; once it is true, nothing is written.

    Returns:
        ``output``, ``provenance``, ``format``, counts, and sentences in ``warnings``.

    Raises:
        InputError: it can't be read, can't be written, or nothing is left to export.
        OutputExistsError: something is there and may not be replaced.
        JobCancelledError: ``stop`` said so.
    """
    output, kind = Path(asked.output), format_of(asked)
    read, layer = (
        (job.boxes, None) if job and asked.vector is None else read_layer(asked.vector or "", asked.layer)
    )
    boxes = wanted(
        read, undecided=asked.undecided, min_score=asked.min_score, min_scores=asked.min_scores or {}
    )
    rasters = [asked.raster] if asked.raster else [str(name) for name in distinct(boxes.features, "source")]
    _check_places(asked, output, kind, layer, rasters)
    notes = [] if job is None or job.finished or asked.vector else [_UNFINISHED]
    if boxes.counts["no_polygon"]:
        notes.append(f"{boxes.counts['no_polygon']} features are no polygons and were left out.")
    told = {"exported": len(boxes.features), **boxes.counts}
    about: dict[str, Any] = {"format": kind, "layer": layer, "boxes": told}
    if kind in FOLDERS:
        with staging(output.parent) as made:
            about["pictures"] = _write_set(asked, job, boxes, rasters, made, notes, watch, stop)
            text = provenance(asked, boxes.features, boxes.crs_wkt, made, rasters, about, stop)
            _raise_if(stop)
            _put_folder(made, output)
    else:
        _raise_if(stop)
        notes += _write_table(asked, kind, boxes, output)
        text = provenance(asked, boxes.features, boxes.crs_wkt, output, rasters, about, stop)
    sidecar = sidecar_of(output)
    try:
        write_atomic(sidecar, text)
    except OSError as error:
        notes.append(
            f"{sidecar} could not be written ({error.strerror or error}), so its origin is not beside it."
        )
    return {
        "output": str(output),
        "provenance": str(sidecar),
        "format": kind,
        "features": len(boxes.features),
        **boxes.counts,
        **about.get("pictures", {}),
        "warnings": notes,
    }


_UNFINISHED = "The job was not finished: its boxes are those found so far, and not merged."


def _check_places(
    asked: ExportRequest, output: Path, kind: str, layer: str | None, rasters: list[str]
) -> None:
    """Check that output and sidecar can be written, and that nothing that is read would be lost."""
    read = [file for name in rasters for file in files_behind(name)]
    source = [Path(asked.vector)] if asked.vector else []
    if kind in FOLDERS:
        if output.exists() or output.is_symlink():
            raise OutputExistsError(
                f"The folder {output} exists already, and an export is never mixed with other files: choose "
                "another name."
            )
        check_free(output, overwrite=False)
    elif kind in WRITERS:
        check_free(output, overwrite=asked.overwrite, inputs=[*read, *source])
    else:
        vector = (asked.vector, layer) if asked.vector else None
        check_output(output, overwrite=asked.overwrite, inputs=rasters, read_layer=vector)
    check_free(sidecar_of(output), overwrite=asked.overwrite, inputs=[*read, *source])


def _write_table(asked: ExportRequest, kind: str, boxes: Boxes, output: Path) -> list[str]:
    if kind not in WRITERS:
        return write_features(
            output, boxes.features, boxes.crs_wkt, overwrite=asked.overwrite, rfc7946=kind == "geojson"
        )
    hidden = hidden_beside(output.resolve())
    try:
        WRITERS[kind](hidden, boxes.features, boxes.crs_wkt)
        sync(hidden)
        if output.exists() and not asked.overwrite:
            raise OutputExistsError(f"The output {output} has appeared meanwhile: choose another name.")
        os.replace(hidden, output.resolve())
    except OSError as error:
        if isinstance(error, InputError):
            raise
        raise _not_written(output, error) from error
    finally:
        hidden.unlink(missing_ok=True)
    return []


def _write_set(
    asked: ExportRequest,
    job: FromJob | None,
    boxes: Boxes,
    rasters: list[str],
    folder: Path,
    notes: list[str],
    watch: Watch,
    stop: Stop,
) -> dict[str, Any]:
    """Write a training set into a folder; returns what is to be said of its pictures.

    Args:
        asked: what to export, and how.
        job: the job that found the boxes, where it is known.
        boxes: what is exported.
        rasters: names of the rasters that the boxes come from. Of many, one that can't be read is left out.
        folder: an empty one.
        notes: given sentences on what was left out.
        watch: told how many pictures are cut, and of how many.
        stop: asked often.

    Raises:
        InputError: no picture can be made.
        JobCancelledError: ``stop`` said so.
    """
    parts = _plan_all(asked, job, boxes, rasters, notes, stop)
    features = [feature for part in parts for feature in part.features]
    if asked.chips:
        pictures = _cut_all(asked, job, parts, folder, notes, watch, stop)
    else:
        pictures = [picture for part in parts for picture in part.pictures]
    one_crs = parts[0].crs_wkt if len({part.crs_wkt for part in parts}) == 1 else None
    try:
        if asked.format == "coco":
            write_coco(folder, pictures, features, one_crs, asked.classes)
        else:
            write_yolo(folder, pictures, features, asked.classes)
    except OSError as error:
        raise _not_written(Path(asked.output), error) from error
    shown = sum(len(picture.seen) for picture in pictures)
    empty = sum(not picture.seen for picture in pictures)
    return {"pictures": len(pictures) if asked.chips else 0, "annotations": shown, "empty": empty}


def _plan_all(
    asked: ExportRequest,
    job: FromJob | None,
    boxes: Boxes,
    rasters: list[str],
    notes: list[str],
    stop: Stop,
) -> list[Part]:
    """Look at every raster, and plan its pictures; raises InputError where not one gives any."""
    if not rasters:
        raise InputError(
            "The boxes do not say from which raster they come: name the one to cut the pictures from (--raster)."
        )
    parts: list[Part] = []
    unreadable: list[InputError] = []
    places = 0
    for name, stem in zip(rasters, stems_of(rasters), strict=True):
        _raise_if(stop)
        own = boxes.features if len(rasters) == 1 else of_raster(boxes.features, name)
        try:
            with _opened(asked, job, name) as raster:
                part = _plan(asked, raster, replace(boxes, features=own), stem, notes)
        except InputError as error:
            if len(rasters) == 1:
                raise
            unreadable.append(error)
            continue
        parts.append(
            replace(part, raster=name, pictures=[moved(picture, places) for picture in part.pictures])
        )
        places += len(part.features)
    if not parts:
        raise unreadable[0]
    lost = sum(part.lost for part in parts)
    if lost:
        notes.append(f"{lost} boxes lie beside the raster or have no area, and are in no picture.")
    if unreadable:
        notes.append(f"{len(unreadable)} of {len(rasters)} rasters gave no picture. {unreadable[0]}")
    return parts


def _plan(asked: ExportRequest, raster: Raster, boxes: Boxes, stem: str, notes: list[str]) -> Part:
    """The pictures of one raster, all of one resolution: what was asked for, else that of the boxes."""
    features = _on(raster, boxes, asked.vector or asked.output)
    features, others = of_this_date(features, raster.path)
    if others:
        left_out = count(others, "box of the other date was", "boxes of the other date were")
        notes.append(f"{left_out} left out: the pictures show one date.")
    shapes = shapes_src(features, raster.transform)
    lost = beside(shapes, raster.width_src, raster.height_src)
    if lost == len(shapes):
        raise InputError(
            f"None of the {lost} boxes lies on the raster {raster.path}: give the raster on which they were found "
            "(--raster)."
        )
    if asked.chips:
        pictures = _chips_of(asked, raster, shapes, finest_gsd(features), stem)
    else:
        width, height = raster.width_src, raster.height_src
        whole = Rectangle(0, 0, width, height, width, height)
        pictures = [Picture(Path(raster.path).name, whole, tuple(seen_in([whole], shapes).get(0, ())))]
    return Part(raster.path, features, pictures, lost, raster.crs_wkt)


def _chips_of(
    asked: ExportRequest, raster: Raster, shapes: Sequence[BaseGeometry], found_m: float | None, stem: str
) -> list[Picture]:
    gsd_m = asked.gsd_m or (found_m if raster.gsd_m is not None else None)
    if gsd_m is not None and raster.gsd_m is not None and abs(gsd_m / raster.gsd_m - 1) < SAME_GSD:
        gsd_m = None
    windows = plan_windows(
        raster.width_src,
        raster.height_src,
        chip_px=asked.chip_px,
        zoom="detail",
        gsd_src_m=raster.gsd_m,
        gsd_m=gsd_m,
        overlap=OVERLAP,
    )
    pictures = pictures_of(stem, windows, shapes, asked.picture)
    if not any(picture.seen for picture in pictures):
        raise InputError(
            "The boxes are smaller than half a pixel of the pictures: take smaller ones (--gsd)."
        )
    return [picture for picture in pictures if picture.seen or asked.empty]


def _cut_all(
    asked: ExportRequest,
    job: FromJob | None,
    parts: Sequence[Part],
    folder: Path,
    notes: list[str],
    watch: Watch,
    stop: Stop,
) -> list[Picture]:
    """Cut the planned pictures; those that can't be read are counted in ``notes``."""
    planned = [picture for part in parts for picture in part.pictures]
    check_room(planned, folder)
    target, unreadable = folder / PICTURES, list[str]()
    target.mkdir()
    done: list[Picture] = []
    number = 0
    try:
        for part in parts:
            with _opened(asked, job, part.raster) as raster:
                for picture in _chips(raster, part.pictures, target, unreadable):
                    done += [picture] if picture is not None else []
                    number += 1
                    watch(number, len(planned))
                    _raise_if(stop)
    except OSError as error:
        if isinstance(error, InputError):
            raise
        raise _not_written(folder.parent, error) from error
    if unreadable and not done:
        raise InputError(unreadable[0])
    if unreadable:
        notes.append(f"{len(unreadable)} of {len(planned)} pictures could not be read. {unreadable[0]}")
    return done


def _chips(
    raster: Raster, pictures: Sequence[Picture], folder: Path, unreadable: list[str]
) -> Iterator[Picture | None]:
    """Write picture after picture into ``folder``; yields each, or None for one that is not written.

    Left out are pictures without data and without boxes, and those that can't be read: ``unreadable`` is given the
    reason for each of the latter.
    """
    for picture in pictures:
        try:
            chip = raster.read_chip(picture.rectangle)
        except RasterReadError as error:
            unreadable.append(str(error))
            yield None
            continue
        if not picture.seen and not chip.valid.any():
            yield None
            continue
        image, path = Image.fromarray(np.ascontiguousarray(chip.pixels)), folder / picture.name
        if path.suffix == ".png":
            image.save(path, format="PNG")
        else:
            image.save(path, format="JPEG", quality=95, subsampling=0)
        yield picture


@contextmanager
def _opened(asked: ExportRequest, job: FromJob | None, name: str) -> Iterator[Raster]:
    """Open a raster that pictures are cut from, shown as the job was shown it."""
    told = {} if job is None or asked.raster not in (None, job.request.get("raster")) else job.request
    with open_raster(
        name,
        bands=asked.bands or told.get("bands"),
        stretch=asked.stretch or told.get("stretch"),
        gsd_m=asked.gsd_src_m or told.get("gsd_src_m"),
    ) as raster:
        yield raster


def _on(raster: Raster, boxes: Boxes, where: str) -> list[Feature]:
    """The boxes in the raster's CRS; raises InputError where they can't be brought there."""
    if any(feature.properties.get("placed") for feature in boxes.features):
        return [in_picture(feature) for feature in boxes.features]
    if boxes.crs_wkt is None or raster.crs_wkt is None or boxes.crs_wkt == raster.crs_wkt:
        return boxes.features
    polygons = [feature.geometry for feature in boxes.features]
    here = reprojected(polygons, boxes.crs_wkt, raster.crs_wkt, where)
    return [replace(feature, geometry=polygon) for feature, polygon in zip(boxes.features, here, strict=True)]


def _put_folder(made: Path, output: Path) -> None:
    try:
        sync(made)
        os.rename(made, output)
    except OSError as error:
        raise _not_written(output, error) from error


def _not_written(output: Path, error: OSError) -> InputError:
    """Say that an export could not be written, and why."""
    return InputError(
        f"{output} can't be written ({error.strerror or error}). The boxes are where they were: make room or choose "
        "another place, and export again."
    )


def _raise_if(stop: Stop) -> None:
    """Raise JobCancelledError once ``stop`` says so."""
    if stop():
        raise JobCancelledError("The export was cancelled; nothing was written.")
