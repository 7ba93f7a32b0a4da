"""Tiny wheels with the names of the real ones, so that a whole installation takes seconds and no network."""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from collections.abc import Mapping
from pathlib import Path

ENGINE = "remotezero_engine"
MODULES = ("transformers", "bitsandbytes", "rasterio", "fastapi")
TORCH = "__version__ = '2.13.0'\nclass cuda:\n    is_available = staticmethod(lambda: False)\n"


def make_wheel(
    folder: Path, name: str, version: str, code: str = "", extra: Mapping[str, str] | None = None
) -> Path:
    """Write a pure-Python wheel with one module, and with ``extra`` files, and return it."""
    module, info = name.replace("-", "_"), f"{name.replace('-', '_')}-{version}.dist-info"
    files = {
        f"{module}/__init__.py": code,
        **(extra or {}),
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(f"{path},,\n" for path in [*files, f"{info}/RECORD"])
    path = folder / f"{module}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for member, text in {**files, f"{info}/RECORD": record}.items():
            archive.writestr(member, text)
    return path


def make_wheelhouse(folder: Path) -> Path:
    """Make ``wheels`` and ``lock`` in ``folder`` and return it; the engine lies in both, as in zip and bundle."""
    wheels, lock = folder / "wheels", folder / "lock"
    wheels.mkdir(parents=True)
    lock.mkdir()
    plain = [make_wheel(wheels, name, "1.0") for name in MODULES]
    torch = make_wheel(wheels, "torch", "2.13.0", TORCH)
    vision = make_wheel(wheels, "torchvision", "0.28.0")
    engine = make_wheel(wheels, "remotezero-engine", "0.1.0")
    (lock / "requirements.txt").write_text("".join(map(requirement, plain)))
    for name in ("cpu", "cuda"):
        (lock / f"requirements-{name}.txt").write_text(requirement(torch))
    (lock / "requirements-nodeps.txt").write_text(requirement(vision))
    (lock / "requirements-engine.txt").write_text(requirement(engine))
    shutil.copy(engine, lock)
    return folder


def make_bundle(folder: Path, target: Path, **changes: object) -> Path:
    """Zip a wheelhouse (and ``models`` beside it) as a bundle; ``changes`` go into its manifest."""
    from remotezero_qgis.setup.plan import machine_tag

    paths = {
        path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()
    }
    files = {name: {"sha256": sha256(path), "size": path.stat().st_size} for name, path in paths.items()}
    manifest = {
        "format": 1, "version": "0.1.0", "platform": machine_tag(), "python": "3.11", "accelerator": "cpu",
        "files": files, **changes,
    }  # fmt: skip
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("bundle.json", json.dumps(manifest))
        for name, path in paths.items():
            archive.write(path, name)
    return target


def requirement(wheel: Path) -> str:
    """Return the hashed line that installs a wheel."""
    module, version = wheel.name.split("-")[:2]
    return f"{module.replace('_', '-')}=={version} --hash=sha256:{sha256(wheel)}\n"


def sha256(path: Path) -> str:
    """Return a file's sha256."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
