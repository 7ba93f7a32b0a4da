"""Which parts the torture has: what a trial of each is, and how many a full run takes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """Trials of one kind.

    Attributes:
        trial: module and function, called with what draws and an empty folder.
        count: how many there are in a full run.
        tried, lost: keys of the report.
        seconds: a trial that takes longer hangs.
    """

    trial: str
    count: int
    tried: str
    lost: str
    seconds: float = 60.0


PARTS = {
    "raster": Part("files:raster", 2000, "raster_mutations", "raster_crashes"),
    "parser": Part("files:completion", 20_000, "completions", "stray_boxes"),
    "archives": Part("files:archive", 600, "adapter_archives", "archives_lost"),
    "folders": Part("files:folder", 200, "model_folders", "folders_lost"),
    "layers": Part("layers:layer", 600, "damaged_layers", "layers_lost"),
    "sets": Part("layers:labelled", 600, "labelled_sets", "sets_lost"),
    "homes": Part("files:home", 300, "damaged_homes", "homes_lost"),
    "disk": Part("processes:full", 100, "full_disks", "full_disks_lost", 180.0),
    "limits": Part("processes:pinched", 100, "short_of_machine", "short_of_machine_lost", 300.0),
    "kills": Part("processes:killed", 100, "engine_kills", "lost_detections", 600.0),
    "trainer": Part("training:killed", 30, "trainer_kills", "adapter_mismatches", 1800.0),
    "races": Part("processes:raced", 50, "engine_races", "races_lost", 300.0),
    "strangers": Part("strangers:visited", 100, "strangers", "strangers_lost", 300.0),
    "openapi": Part("described:called", 200, "described_calls", "described_calls_lost", 300.0),
    "verifiers": Part("verifiers:sabotaged", 400, "sabotaged_runs", "harmful_promotions", 300.0),
}
