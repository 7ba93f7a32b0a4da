PRAGMA user_version=1;
BEGIN TRANSACTION;
CREATE TABLE detections (
    job_id TEXT NOT NULL REFERENCES jobs(id) ON DELETE CASCADE,
    id TEXT NOT NULL,
    position INTEGER NOT NULL,
    detection TEXT NOT NULL,
    feature TEXT NOT NULL,
    crop BLOB,
    PRIMARY KEY (job_id, id)
);
INSERT INTO "detections" VALUES('5d994cd672cd','w0-0',0,'{"xyxy_src": [30.000128, 40.0, 65.99987200000001, 76.0], "score": 0.614951, "label": "roof", "reasoning": "Bright roofs stand out.", "query": "roof", "window": {"index": 0, "col_src": 0, "row_src": 0, "width_src": 256, "height_src": 256, "width_px": 256, "height_px": 256, "level": "detail"}, "gsd_m": 2.0}','{"type": "Feature", "id": "w0-0", "geometry": {"type": "Polygon", "coordinates": [[[500060.000256, 4999920.0], [500060.000256, 4999848.0], [500131.999744, 4999848.0], [500131.999744, 4999920.0], [500060.000256, 4999920.0]]]}, "properties": {"id": "w0-0", "rank": null, "score": 0.614951, "label": "roof", "reasoning": "Bright roofs stand out.", "query": "roof", "model": "scripted", "adapter": null, "prompt_version": "1", "source": "/data/town.tif", "window": "detail 0 0 256 256", "gsd_m": 2.0, "time": "2026-11-26T07:12:18.462Z"}}',NULL);
INSERT INTO "detections" VALUES('5d994cd672cd','w0-1',1,'{"xyxy_src": [248.0, 248.0, 256.0, 256.0], "score": 0.659935, "label": "roof", "reasoning": "Bright roofs stand out.", "query": "roof", "window": {"index": 0, "col_src": 0, "row_src": 0, "width_src": 256, "height_src": 256, "width_px": 256, "height_px": 256, "level": "detail"}, "gsd_m": 2.0}','{"type": "Feature", "id": "w0-1", "geometry": {"type": "Polygon", "coordinates": [[[500496.0, 4999504.0], [500496.0, 4999488.0], [500512.0, 4999488.0], [500512.0, 4999504.0], [500496.0, 4999504.0]]]}, "properties": {"id": "w0-1", "rank": null, "score": 0.659935, "label": "roof", "reasoning": "Bright roofs stand out.", "query": "roof", "model": "scripted", "adapter": null, "prompt_version": "1", "source": "/data/town.tif", "window": "detail 0 0 256 256", "gsd_m": 2.0, "time": "2026-11-26T07:12:18.462Z"}}',NULL);
INSERT INTO "detections" VALUES('5d994cd672cd','w1-0',2,'{"xyxy_src": [248.0, 248.0, 284.0, 256.0], "score": 0.474543, "label": "roof", "reasoning": "Bright roofs stand out.", "query": "roof", "window": {"index": 1, "col_src": 204, "row_src": 0, "width_src": 256, "height_src": 256, "width_px": 256, "height_px": 256, "level": "detail"}, "gsd_m": 2.0}','{"type": "Feature", "id": "w1-0", "geometry": {"type": "Polygon", "coordinates": [[[500496.0, 4999504.0], [500496.0, 4999488.0], [500568.0, 4999488.0], [500568.0, 4999504.0], [500496.0, 4999504.0]]]}, "properties": {"id": "w1-0", "rank": null, "score": 0.474543, "label": "roof", "reasoning": "Bright roofs stand out.", "query": "roof", "model": "scripted", "adapter": null, "prompt_version": "1", "source": "/data/town.tif", "window": "detail 204 0 256 256", "gsd_m": 2.0, "time": "2026-11-26T07:12:18.487Z"}}',NULL);
INSERT INTO "detections" VALUES('5d994cd672cd','w2-0',3,'{"xyxy_src": [640.0, 89.99987200000001, 664.0, 126.000128], "score": 0.568736, "label": "roof", "reasoning": "Bright roofs stand out.", "query": "roof", "window": {"index": 2, "col_src": 408, "row_src": 0, "width_src": 256, "height_src": 256, "width_px": 256, "height_px": 256, "level": "detail"}, "gsd_m": 2.0}','{"type": "Feature", "id": "w2-0", "geometry": {"type": "Polygon", "coordinates": [[[501280.0, 4999820.000256], [501280.0, 4999747.999744], [501328.0, 4999747.999744], [501328.0, 4999820.000256], [501280.0, 4999820.000256]]]}, "properties": {"id": "w2-0", "rank": null, "score": 0.568736, "label": "roof", "reasoning": "Bright roofs stand out.", "query": "roof", "model": "scripted", "adapter": null, "prompt_version": "1", "source": "/data/town.tif", "window": "detail 408 0 256 256", "gsd_m": 2.0, "time": "2026-11-26T07:12:18.502Z"}}',NULL);
INSERT INTO "detections" VALUES('5d994cd672cd','w2-1',4,'{"xyxy_src": [500.0, 220.0, 536.0, 256.0], "score": 0.639726, "label": "roof", "reasoning": "Bright roofs stand out.", "query": "roof", "window": {"index": 2, "col_src": 408, "row_src": 0, "width_src": 256, "height_src": 256, "width_px": 256, "height_px": 256, "level": "detail"}, "gsd_m": 2.0}','{"type": "Feature", "id": "w2-1", "geometry": {"type": "Polygon", "coordinates": [[[501000.0, 4999560.0], [501000.0, 4999488.0], [501072.0, 4999488.0], [501072.0, 4999560.0], [501000.0, 4999560.0]]]}, "properties": {"id": "w2-1", "rank": null, "score": 0.639726, "label": "roof", "reasoning": "Bright roofs stand out.", "query": "roof", "model": "scripted", "adapter": null, "prompt_version": "1", "source": "/data/town.tif", "window": "detail 408 0 256 256", "gsd_m": 2.0, "time": "2026-11-26T07:12:18.502Z"}}',NULL);
INSERT INTO "detections" VALUES('5d994cd672cd','w3-0',5,'{"xyxy_src": [640.0, 89.99987200000001, 676.0, 126.000128], "score": 0.614951, "label": "roof", "reasoning": "Bright roofs stand out.", "query": "roof", "window": {"index": 3, "col_src": 544, "row_src": 0, "width_src": 256, "height_src": 256, "width_px": 256, "height_px": 256, "level": "detail"}, "gsd_m": 2.0}','{"type": "Feature", "id": "w3-0", "geometry": {"type": "Polygon", "coordinates": [[[501280.0, 4999820.000256], [501280.0, 4999747.999744], [501352.0, 4999747.999744], [501352.0, 4999820.000256], [501280.0, 4999820.000256]]]}, "properties": {"id": "w3-0", "rank": null, "score": 0.614951, "label": "roof", "reasoning": "Bright roofs stand out.", "query": "roof", "model": "scripted", "adapter": null, "prompt_version": "1", "source": "/data/town.tif", "window": "detail 544 0 256 256", "gsd_m": 2.0, "time": "2026-11-26T07:12:18.502Z"}}',NULL);
CREATE TABLE events (
    job_id TEXT NOT NULL REFERENCES jobs(id) ON DELETE CASCADE,
    seq INTEGER NOT NULL,
    type TEXT NOT NULL,
    data TEXT NOT NULL,
    PRIMARY KEY (job_id, seq)
) WITHOUT ROWID;
INSERT INTO "events" VALUES('5d994cd672cd',1,'state','{"state": "queued"}');
INSERT INTO "events" VALUES('5d994cd672cd',2,'state','{"state": "running"}');
INSERT INTO "events" VALUES('5d994cd672cd',3,'log','{"message": "Loading the model."}');
INSERT INTO "events" VALUES('5d994cd672cd',4,'detection','{"type": "Feature", "id": "w0-0", "geometry": {"type": "Polygon", "coordinates": [[[500060.000256, 4999920.0], [500060.000256, 4999848.0], [500131.999744, 4999848.0], [500131.999744, 4999920.0], [500060.000256, 4999920.0]]]}, "properties": {"id": "w0-0", "rank": null, "score": 0.614951, "label": "roof", "reasoning": "Bright roofs stand out.", "query": "roof", "model": "scripted", "adapter": null, "prompt_version": "1", "source": "/data/town.tif", "window": "detail 0 0 256 256", "gsd_m": 2.0, "time": "2026-11-26T07:12:18.462Z"}}');
INSERT INTO "events" VALUES('5d994cd672cd',5,'detection','{"type": "Feature", "id": "w0-1", "geometry": {"type": "Polygon", "coordinates": [[[500496.0, 4999504.0], [500496.0, 4999488.0], [500512.0, 4999488.0], [500512.0, 4999504.0], [500496.0, 4999504.0]]]}, "properties": {"id": "w0-1", "rank": null, "score": 0.659935, "label": "roof", "reasoning": "Bright roofs stand out.", "query": "roof", "model": "scripted", "adapter": null, "prompt_version": "1", "source": "/data/town.tif", "window": "detail 0 0 256 256", "gsd_m": 2.0, "time": "2026-11-26T07:12:18.462Z"}}');
INSERT INTO "events" VALUES('5d994cd672cd',6,'progress','{"done": 1, "total": 16, "seconds_left": 0.3}');
INSERT INTO "events" VALUES('5d994cd672cd',7,'detection','{"type": "Feature", "id": "w1-0", "geometry": {"type": "Polygon", "coordinates": [[[500496.0, 4999504.0], [500496.0, 4999488.0], [500568.0, 4999488.0], [500568.0, 4999504.0], [500496.0, 4999504.0]]]}, "properties": {"id": "w1-0", "rank": null, "score": 0.474543, "label": "roof", "reasoning": "Bright roofs stand out.", "query": "roof", "model": "scripted", "adapter": null, "prompt_version": "1", "source": "/data/town.tif", "window": "detail 204 0 256 256", "gsd_m": 2.0, "time": "2026-11-26T07:12:18.487Z"}}');
INSERT INTO "events" VALUES('5d994cd672cd',8,'progress','{"done": 2, "total": 16, "seconds_left": 0.3}');
INSERT INTO "events" VALUES('5d994cd672cd',9,'detection','{"type": "Feature", "id": "w2-0", "geometry": {"type": "Polygon", "coordinates": [[[501280.0, 4999820.000256], [501280.0, 4999747.999744], [501328.0, 4999747.999744], [501328.0, 4999820.000256], [501280.0, 4999820.000256]]]}, "properties": {"id": "w2-0", "rank": null, "score": 0.568736, "label": "roof", "reasoning": "Bright roofs stand out.", "query": "roof", "model": "scripted", "adapter": null, "prompt_version": "1", "source": "/data/town.tif", "window": "detail 408 0 256 256", "gsd_m": 2.0, "time": "2026-11-26T07:12:18.502Z"}}');
INSERT INTO "events" VALUES('5d994cd672cd',10,'detection','{"type": "Feature", "id": "w2-1", "geometry": {"type": "Polygon", "coordinates": [[[501000.0, 4999560.0], [501000.0, 4999488.0], [501072.0, 4999488.0], [501072.0, 4999560.0], [501000.0, 4999560.0]]]}, "properties": {"id": "w2-1", "rank": null, "score": 0.639726, "label": "roof", "reasoning": "Bright roofs stand out.", "query": "roof", "model": "scripted", "adapter": null, "prompt_version": "1", "source": "/data/town.tif", "window": "detail 408 0 256 256", "gsd_m": 2.0, "time": "2026-11-26T07:12:18.502Z"}}');
INSERT INTO "events" VALUES('5d994cd672cd',11,'detection','{"type": "Feature", "id": "w3-0", "geometry": {"type": "Polygon", "coordinates": [[[501280.0, 4999820.000256], [501280.0, 4999747.999744], [501352.0, 4999747.999744], [501352.0, 4999820.000256], [501280.0, 4999820.000256]]]}, "properties": {"id": "w3-0", "rank": null, "score": 0.614951, "label": "roof", "reasoning": "Bright roofs stand out.", "query": "roof", "model": "scripted", "adapter": null, "prompt_version": "1", "source": "/data/town.tif", "window": "detail 544 0 256 256", "gsd_m": 2.0, "time": "2026-11-26T07:12:18.502Z"}}');
INSERT INTO "events" VALUES('5d994cd672cd',12,'progress','{"done": 4, "total": 16, "seconds_left": 0.2}');
INSERT INTO "events" VALUES('5d994cd672cd',13,'state','{"state": "failed", "error": {"type": "JobInterruptedError", "message": "The engine stopped while this job ran, with 4 of 16 windows done. Resume it to go on from there."}}');
CREATE TABLE features (
    job_id TEXT NOT NULL REFERENCES jobs(id) ON DELETE CASCADE,
    id TEXT NOT NULL,
    rank INTEGER NOT NULL,
    feature TEXT NOT NULL,
    crop BLOB,
    PRIMARY KEY (job_id, id)
);
CREATE TABLE jobs (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    request TEXT NOT NULL,
    created TEXT NOT NULL,
    started TEXT,
    finished TEXT,
    done INTEGER NOT NULL DEFAULT 0,
    total INTEGER,
    seconds_left REAL,
    crs_wkt TEXT,
    result TEXT,
    error TEXT,
    queued_at INTEGER NOT NULL DEFAULT 0
);
INSERT INTO "jobs" VALUES(1,'5d994cd672cd','locate','failed','{"raster":"@RASTER@","queries":["roof"],"zoom":"detail","adapter":"none"}','2026-11-26T07:12:18.341Z','2026-11-26T07:12:18.348Z','2026-11-26T07:12:18.520Z',4,16,NULL,'PROJCS["WGS 84 / UTM zone 32N",GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4326"]],PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",0],PARAMETER["central_meridian",9],PARAMETER["scale_factor",0.9996],PARAMETER["false_easting",500000],PARAMETER["false_northing",0],UNIT["metre",1,AUTHORITY["EPSG","9001"]],AXIS["Easting",EAST],AXIS["Northing",NORTH],AUTHORITY["EPSG","32632"]]',NULL,'{"type": "JobInterruptedError", "message": "The engine stopped while this job ran, with 4 of 16 windows done. Resume it to go on from there."}',1);
CREATE TABLE windows (
    job_id TEXT NOT NULL REFERENCES jobs(id) ON DELETE CASCADE,
    window INTEGER NOT NULL,
    report TEXT NOT NULL,
    PRIMARY KEY (job_id, window)
) WITHOUT ROWID;
INSERT INTO "windows" VALUES('5d994cd672cd',0,'{"asked": 1, "vetoed": 0, "unparsed": 0, "unread": [], "truncated": 0, "dropped": 0, "detections": 2}');
INSERT INTO "windows" VALUES('5d994cd672cd',1,'{"asked": 1, "vetoed": 0, "unparsed": 0, "unread": [], "truncated": 0, "dropped": 0, "detections": 1}');
INSERT INTO "windows" VALUES('5d994cd672cd',2,'{"asked": 1, "vetoed": 0, "unparsed": 0, "unread": [], "truncated": 0, "dropped": 0, "detections": 2}');
INSERT INTO "windows" VALUES('5d994cd672cd',3,'{"asked": 1, "vetoed": 0, "unparsed": 0, "unread": [], "truncated": 0, "dropped": 0, "detections": 1}');
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('jobs',1);
COMMIT;
