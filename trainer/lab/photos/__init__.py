"""Labelled real pictures: sets on disk, views of them as training chips, and questions about the views."""

from __future__ import annotations

from trainer.lab.photos.kinds import ALL_KINDS, PHOTO_KINDS, PLURALS, TOLD_KINDS
from trainer.lab.photos.sets import Photo, PhotoObject, load_photos
from trainer.lab.photos.views import PhotoView, ViewMaker

__all__ = [
    "ALL_KINDS",
    "PHOTO_KINDS",
    "PLURALS",
    "TOLD_KINDS",
    "Photo",
    "PhotoObject",
    "PhotoView",
    "ViewMaker",
    "load_photos",
]
