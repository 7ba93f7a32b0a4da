"""The engine's wire as plain values: what goes out, what comes back.

Nothing here talks to the network or to Qt, so every class can be made and read in a test.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, ClassVar

ENDED = ("done", "cancelled", "failed")
RESERVED_NAMES = ("current", "none")
"""Texts of :class:`AdapterChoice` that are no adapter's name."""
MIN_SCORE = 0.5
"""Lowest score shown at first where the model says none of its own."""


@dataclass(frozen=True)
class Endpoint:
    """Where an engine listens, and the token that opens it.

    Attributes:
        scheme: ``http`` (loopback) or ``https`` (an engine shared in the building).
        host, port: the address.
        token: sent as ``Authorization: Bearer``; never shown or logged.
        pid: the engine's process on this machine, or None for a remote engine.
    """

    host: str
    port: int
    token: str = field(repr=False)
    scheme: str = "http"
    pid: int | None = None


@dataclass(frozen=True)
class AdapterChoice:
    """Which adapter a model runs with: the one in use, none at all, or one by name.

    In requests, settings and Processing parameters it is one text: ``current``, ``none`` (the model as it
    came) or a name.

    Attributes:
        text: the choice as it is written.
    """

    text: str = "current"

    @classmethod
    def read(cls, text: str | None) -> AdapterChoice:
        """Return the choice that a text stands for; None and "", as where it was left out, is the one in use."""
        return cls(text) if text else CURRENT_ADAPTER

    @property
    def name(self) -> str | None:
        """The name that was chosen; None for the one in use and for none at all."""
        return None if self.text in RESERVED_NAMES else self.text

    def to_json(self) -> dict[str, str]:
        """Return the ``adapter`` member of a request; the one in use is left out."""
        return {} if self == CURRENT_ADAPTER else {"adapter": self.text}


CURRENT_ADAPTER = AdapterChoice("current")
NO_ADAPTER = AdapterChoice("none")


def network_json(allowed: bool) -> dict[str, bool]:
    """Return the ``allow_network`` member of a request; left out where it is not allowed."""
    return {"allow_network": True} if allowed else {}


@dataclass(frozen=True)
class LocateRequest:
    """One question over one raster, as ``POST /v1/jobs`` of kind ``locate`` wants it.

    Attributes:
        raster: path or GDAL connection string that the engine can open.
        queries: the questions, at least one.
        model: a name from ``GET /v1/models``; None is the engine's default one.
        adapter: of that model.
        verifier: another model that scores the boxes, by name or a server's address; None for the one that finds them.
        zoom: ``auto``, ``overview`` or ``detail``.
        gsd_m: ground sample distance of the windows in metres per pixel; None lets the engine choose.
        overlap: share of a window that its neighbour repeats, 0..1; None is the engine's own choice.
        bands: one or three 1-based band numbers, [] for the engine's own choice.
        stretch: [min, max] per band, in the raster's own values; [] for 2-98 % of the whole raster.
        area_crs: GeoJSON geometry in the raster's CRS, or None for all of it.
        veto: let the verifier skip windows that hold nothing before the slow part runs.
        allow_network: let the raster lead to the network.
        outline: draw the outlines of what is found.
        by_camera: place the boxes of a photograph by what it says of its camera.
        camera_height_m: of that camera above the ground; None for what the photograph says.
    """

    KIND: ClassVar[str] = "locate"

    raster: str
    queries: tuple[str, ...]
    model: str | None = None
    adapter: AdapterChoice = CURRENT_ADAPTER
    verifier: str | None = None
    zoom: str = "auto"
    gsd_m: float | None = None
    overlap: float | None = None
    bands: tuple[int, ...] = ()
    stretch: tuple[tuple[float, float], ...] = ()
    area_crs: dict[str, Any] | None = None
    veto: bool = True
    allow_network: bool = False
    outline: bool = False
    by_camera: bool = False
    camera_height_m: float | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the request body; fields left to the engine are not sent at all."""
        body = {key: value for key, value in asdict(self).items() if value not in (None, ())}
        del body["adapter"], body["allow_network"]
        for name in ("outline", "by_camera"):
            if not body[name]:
                del body[name]
        return {**body, **self.adapter.to_json(), **network_json(self.allow_network)}


@dataclass(frozen=True)
class CompareRequest(LocateRequest):
    """One question over two rasters of two dates; ``raster`` is the later one, and results are in its CRS.

    Attributes:
        before: path or GDAL connection string of the earlier raster.
        before_bands, before_stretch: of that raster, as ``bands`` and ``stretch``.
        tolerance_m: how far apart one object may lie on both dates, in metres; None lets the engine choose.
    """

    KIND: ClassVar[str] = "compare"

    before: str = ""
    before_bands: tuple[int, ...] = ()
    before_stretch: tuple[tuple[float, float], ...] = ()
    tolerance_m: float | None = None


@dataclass(frozen=True)
class JobProgress:
    """Windows done, windows in all, and seconds left (None while unknown)."""

    done: int = 0
    total: int = 0
    seconds_left: float | None = None

    @classmethod
    def from_json(cls, data: dict[str, Any] | None) -> JobProgress:
        """Read the ``progress`` member of a job or the data of a ``progress`` event."""
        data = data or {}
        return cls(int(data.get("done") or 0), int(data.get("total") or 0), data.get("seconds_left"))

    @property
    def percent(self) -> float:
        """Share of the work that is done, 0..100; 0 while its size is unknown."""
        return 100.0 * self.done / self.total if self.total else 0.0


@dataclass(frozen=True)
class RastersProgress(JobProgress):
    """How far a run over many rasters is; ``done`` and ``total`` are thousandths of rasters.

    Attributes:
        raster: the number of the one that is searched, from 1.
        rasters: how many there are.
        boxes: found so far.
    """

    raster: int = 0
    rasters: int = 0
    boxes: int = 0


@dataclass(frozen=True)
class Job:
    """A job as the engine knows it; ``request`` and ``result`` stay as they came."""

    id: str
    kind: str
    state: str
    request: dict[str, Any]
    created: str = ""
    finished: str = ""
    progress: JobProgress = JobProgress()
    result: dict[str, Any] = field(default_factory=dict)
    error: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Job:
        """Read one job object of the wire."""
        error = data.get("error") or {}
        return cls(
            id=str(data["id"]),
            kind=str(data.get("kind", "")),
            state=str(data.get("state", "")),
            request=data.get("request") or {},
            created=str(data.get("created") or ""),
            finished=str(data.get("finished") or ""),
            progress=JobProgress.from_json(data.get("progress")),
            result=data.get("result") or {},
            error=error if isinstance(error, dict) else {"message": str(error)},
        )

    @property
    def ended(self) -> bool:
        """True once nothing more will happen to the job by itself."""
        return self.state in ENDED

    @property
    def warnings(self) -> list[str]:
        """What the engine found worth knowing of a result, in sentences."""
        return [str(sentence) for sentence in self.result.get("warnings") or ()]


@dataclass(frozen=True)
class Event:
    """One line of a job's event stream."""

    seq: int
    type: str
    data: dict[str, Any]


@dataclass(frozen=True)
class Adapter:
    """A trained adapter of a model.

    Attributes:
        name: what it is called.
        round: of the run that trained it.
        current: it is the one served by default.
        parent: what it was trained from: another adapter, or ``NO_ADAPTER`` for the model as it came.
        created: when, ISO 8601 in UTC, "" when unknown.
        gain: rise of the held-out reward that let it pass the gate, None when unknown.
    """

    name: str
    round: int | None
    current: bool
    parent: AdapterChoice = NO_ADAPTER
    created: str = ""
    gain: float | None = None

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Adapter:
        """Read one adapter object of the wire."""
        return cls(
            name=str(data["name"]),
            round=data.get("round"),
            current=bool(data.get("current")),
            parent=AdapterChoice(str(data.get("parent") or NO_ADAPTER.text)),
            created=str(data.get("created") or ""),
            gain=data.get("gain"),
        )


@dataclass(frozen=True)
class Model:
    """An installed model, as ``GET /v1/models`` lists it.

    Attributes:
        closed: it knows no words but those of its own list.
        things: what such a model can find, in the plural.
        min_score: boxes below this score are not shown at first.
        role: ``find``, or ``outline`` for one that draws outlines and can't be asked.
        missing: names an adapter that is to be used and whose files are gone, "" where all is well.
        commercial: whether its licence allows commercial use, None where that is not known.
    """

    name: str
    family: str
    licence: str
    size_bytes: int
    memory_bytes: int
    default: bool
    adapters: tuple[Adapter, ...]
    missing: str = ""
    memory_learning_bytes: int = 0
    shipped: bool = False
    in_place: bool = False
    repository: str = ""
    commit: str = ""
    closed: bool = False
    things: tuple[str, ...] = ()
    min_score: float = MIN_SCORE
    role: str = "find"
    commercial: bool | None = None

    @property
    def current(self) -> Adapter | None:
        """The adapter in use, None for the model as it came."""
        return next((adapter for adapter in self.adapters if adapter.current), None)

    @property
    def in_use(self) -> AdapterChoice:
        """What the model runs with when nothing else is asked for: an adapter by name, or ``NO_ADAPTER``."""
        if self.current is not None:
            return AdapterChoice(self.current.name)
        return AdapterChoice(self.missing) if self.missing else NO_ADAPTER

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Model:
        """Read one model object of the wire."""
        return cls(
            name=str(data["name"]),
            family=str(data.get("family", "")),
            licence=str(data.get("licence", "")),
            size_bytes=int(data.get("size_bytes") or 0),
            memory_bytes=int(data.get("memory_bytes") or 0),
            default=bool(data.get("default")),
            adapters=tuple(Adapter.from_json(item) for item in data.get("adapters") or []),
            missing=str(data.get("missing_adapter") or ""),
            memory_learning_bytes=int(data.get("memory_learning_bytes") or 0),
            shipped=bool(data.get("shipped")),
            in_place=bool(data.get("in_place")),
            repository=str(data.get("repository") or ""),
            commit=str(data.get("commit") or ""),
            closed=bool(data.get("closed")),
            things=tuple(map(str, data.get("things") or ())),
            min_score=float(data.get("min_score", MIN_SCORE)),
            commercial=data.get("commercial"),
            role=str(data.get("role") or "find"),
        )


@dataclass(frozen=True)
class CatalogueRow:
    """A model that can be got, has come in part, or lies on a disk that is not there now.

    Attributes:
        state: ``offered``, ``unfinished``, ``missing``, or ``here`` for one that is installed.
        commercial: whether its licence allows commercial use, None where that is not known.
        have_bytes: what has come so far.
        folder: where it lies, for one that is missing.
        role: ``find``, ``outline`` for one that draws outlines, "" where that is not known.
    """

    name: str
    state: str
    licence: str = ""
    commercial: bool | None = None
    size_bytes: int = 0
    have_bytes: int = 0
    memory_bytes: int = 0
    memory_learning_bytes: int = 0
    repository: str = ""
    commit: str = ""
    folder: str = ""
    role: str = ""

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> CatalogueRow:
        """Read one row of ``GET /v1/catalogue``."""
        known = {field: data[field] for field in cls.__dataclass_fields__ if data.get(field) is not None}
        return cls(**known)
