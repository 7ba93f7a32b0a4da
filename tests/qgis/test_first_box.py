"""From the plugin's zip to the first box in the QGIS application, in a clean profile: clicks and seconds."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from conftest import HERE, kill_engine
from wheelhouse import make_wheel, make_wheelhouse, requirement

from tools.package_plugin import PACKAGE, WHEELS, build_plugin, engine_wheel
from tools.session import QGIS

MOST_CLICKS = 3
# The harbour of the sample, for the scripted engine, which opens no raster.
AREA = [[565000, 5932800], [566200, 5932800], [566200, 5934000], [565000, 5934000], [565000, 5932800]]
SETTINGS = "[qgis]\ncheckVersion=false\nshowTips=false\n"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(QGIS is None, reason="the QGIS application is not installed, only its Python"),
]


def small_zip(folder: Path) -> tuple[Path, Path]:
    """Return a zip with the scripted engine as its wheel and a lock of tiny packages, and their folder."""
    house = make_wheelhouse(folder / "house")
    start = (
        f"import runpy, sys\nsys.path.insert(0, {str(HERE)!r})\n"
        "sys.argv = ['fake', '--windows', '6', '--delay', '0.1']\n"
        f"runpy.run_path({str(HERE / 'fake_engine.py')!r}, run_name='__main__')\n"
    )
    wheel = make_wheel(
        house / "lock",
        "remotezero-engine",
        "0.1.0",
        extra={"engine/__init__.py": "", "engine/__main__.py": start},
    )
    (house / "lock" / "requirements-engine.txt").write_text(requirement(wheel))
    built = build_plugin(folder / "built.zip", wheel)
    small = folder / "remotezero_qgis.zip"
    with zipfile.ZipFile(built) as source, zipfile.ZipFile(small, "w") as target:
        for name in source.namelist():
            own = house / "lock" / Path(name).name
            locked = Path(name).parent.name == "lock" and own.is_file()
            target.writestr(name, own.read_bytes() if locked else source.read(name))
    return small, house / "wheels"


def go(folder: Path, home: Path, plugin: Path, **environment: str) -> dict:
    """Let QGIS take the steps of first_box.py in a clean profile and return its report."""
    out = folder / "out"
    out.mkdir()
    ini = folder / "profile ü" / "profiles" / "default" / "QGIS" / "QGIS3.ini"
    ini.parent.mkdir(parents=True)
    ini.write_text(SETTINGS)
    variables = {
        **os.environ, "FIRST_OUT": str(out), "FIRST_ZIP": str(plugin), "REMOTEZERO_HOME": str(home), **environment,
    }  # fmt: skip
    command = [
        str(QGIS), "--nologo", "--noversioncheck", "--profiles-path", str(folder / "profile ü"),
        "--code", str(HERE / "first_box.py"),
    ]  # fmt: skip
    patience_s = 3 * float(environment.get("FIRST_PATIENCE", "180"))
    try:
        done = subprocess.run(command, env=variables, timeout=patience_s, capture_output=True, text=True)
    finally:
        kill_engine(home)
    written = out / "report.json"
    assert written.is_file(), f"QGIS ended with {done.returncode}: {done.stderr[-3000:]}"
    report = json.loads(written.read_text())
    print(
        f"\nfrom zip to first box: {len(report['clicks'])} clicks {report['clicks']}, {report['seconds']} s"
    )
    return report


@pytest.mark.skipif(shutil.which("python3.11") is None, reason="the lock for Linux is made for Python 3.11")
def test_three_clicks_from_the_installed_plugin_to_the_first_box(qgis_app, tmp_path):
    plugin, wheels = small_zip(tmp_path)
    (tmp_path / "empty").mkdir()
    report = go(
        tmp_path, tmp_path / "data ü", plugin, PIP_FIND_LINKS=str(wheels), PIP_INDEX_URL=(tmp_path / "empty").as_uri(),
        PIP_EXTRA_INDEX_URL="", PIP_CONFIG_FILE=os.devnull,
        FAKE_AREA=json.dumps({"type": "Polygon", "coordinates": [AREA]}),
    )  # fmt: skip
    assert report["error"] == ""
    assert len(report["clicks"]) <= MOST_CLICKS
    assert report["found"] == 6
    assert 0 < report["shown"] < report["found"]
    assert report["layers"] == ["Sample harbour", report["question"]]


@pytest.mark.skipif(
    not os.environ.get("REMOTEZERO_TEST_INSTALL"), reason="set REMOTEZERO_TEST_INSTALL=1: 450 MB"
)
def test_the_same_with_the_real_engine_and_its_packages(qgis_app, tmp_path):
    plugin = build_plugin(tmp_path / f"{PACKAGE}.zip", engine_wheel(WHEELS))
    report = go(tmp_path, tmp_path / "data ü", plugin, FIRST_PATIENCE="900")
    assert report["error"] == ""
    assert len(report["clicks"]) <= MOST_CLICKS
    assert report["shown"] >= 1
