"""What the scripted engine writes for a scan: the package and the page of an archive of three scenes."""

from __future__ import annotations

from pathlib import Path

SCENES = (
    ("harbour_a", "2024/05/01 10:00:00+00"),
    ("harbour_b", "2024/06/01 10:30:00+00"),
    ("harbour_c", None),
)


def scanned(job: dict) -> dict:
    """Write what was found; the second scene shows again what the first one did."""
    # Only where it is asked for: the engine of a fresh installation has no GDAL of QGIS's.
    from osgeo import ogr, osr

    asked = job["request"]
    out = Path(asked["output"])
    out.mkdir(parents=True, exist_ok=True)
    (out / "map.html").write_text("<p>What was found</p>")
    package = out / "found.gpkg"
    package.unlink(missing_ok=True)
    degrees = osr.SpatialReference()
    degrees.ImportFromEPSG(4326)
    source = ogr.GetDriverByName("GPKG").CreateDataSource(str(package))
    count = 0
    for table in ("found", "sightings"):
        layer = source.CreateLayer(table, degrees, ogr.wkbMultiPolygon)
        for name, kind in (
            ("thing", ogr.OFTInteger64),
            ("scene", ogr.OFTString),
            ("taken", ogr.OFTDateTime),
            ("query", ogr.OFTString),
            ("label", ogr.OFTString),
            ("score", ogr.OFTReal),
        ):
            layer.CreateField(ogr.FieldDefn(name, kind))
        for query in asked["queries"]:
            for place, (scene, taken) in enumerate(SCENES if table == "sightings" else SCENES[1:]):
                row = ogr.Feature(layer.GetLayerDefn())
                west = 13.0 + (0 if place < 2 else 0.01)
                ring = f"{west} 52, {west + 0.001} 52, {west + 0.001} 52.001, {west} 52.001, {west} 52"
                row.SetGeometry(ogr.CreateGeometryFromWkt(f"MULTIPOLYGON ((({ring})))"))
                row["thing"], row["scene"], row["query"], row["score"] = place, scene, query, 0.9 - place / 10
                if taken:
                    row["taken"] = taken
                layer.CreateFeature(row)
                count += table == "sightings"
    del layer, source
    return {"sightings": count, "found": count * 2 // 3, "scenes": 3, "failed": 1, "package": str(package)}
