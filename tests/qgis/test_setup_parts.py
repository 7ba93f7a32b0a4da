"""The pieces of the installer, each without a network: causes, environment, interpreters, tools, report."""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path

import pytest

from remotezero_qgis.connection.environment import Proxy, child_environment, offline_environment
from remotezero_qgis.connection.runtime import EngineRuntime, find_runtime, forget_runtime, write_runtime
from remotezero_qgis.setup import problems
from remotezero_qgis.setup.driver import Gpu
from remotezero_qgis.setup.interpreters import Interpreter, best_interpreter, find_interpreters, probe
from remotezero_qgis.setup.plan import (
    EngineWheel,
    Sources,
    check_engine_wheel,
    check_folder,
    cuda_available,
    human_size,
    make_plan,
)
from remotezero_qgis.setup.problems import SetupError, classify, failure
from remotezero_qgis.setup.report import redact
from remotezero_qgis.setup.tools import pip_tool, uv_tool, uv_variables

# What the tools really print, cut to the telling part.
NO_TORCH = "No solution found when resolving dependencies:\n Because there is no version of torch==2.13.0+cpu"
PROXY_407 = "('Cannot connect to proxy.', OSError('Tunnel failed: 407 Proxy Authentication Required'))"
OUTPUTS = [
    ("OSError: [Errno 28] No space left on device", "disk_full", problems.CHOOSE_FOLDER),
    ("THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "hash_mismatch", problems.RETRY),
    ("  Caused by: Hash mismatch for `torch==2.13.0`", "hash_mismatch", problems.RETRY),
    (PROXY_407, "proxy_login", problems.NETWORK_SETTINGS),
    ("[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed", "certificate", problems.NETWORK_SETTINGS),
    ("  Caused by: invalid peer certificate: UnknownIssuer", "certificate", problems.NETWORK_SETTINGS),
    ("[Errno -3] Temporary failure in name resolution", "offline", problems.IMPORT_BUNDLE),
    ("  Caused by: dns error\n  Caused by: failed to lookup", "offline", problems.IMPORT_BUNDLE),
    ("HTTPSConnectionPool(host='x', port=443): Read timed out.", "timeout", problems.RETRY),
    ("ConnectionRefusedError: [Errno 111] Connection refused", "refused", problems.RETRY),
    ("ERROR: No matching distribution found for torch==2.13.0+cpu", "no_cpu_torch", problems.TAKE_LARGE),
    (NO_TORCH, "no_cpu_torch", problems.TAKE_LARGE),
    ("ERROR: No matching distribution found for numpy==2.4.6", "no_wheel", problems.CHOOSE_RUNTIME),
    ("was not created successfully because ensurepip is not available.", "no_venv", problems.CHOOSE_RUNTIME),
    ("PermissionError: [Errno 13] Permission denied: '/opt/x'", "permission", problems.CHOOSE_FOLDER),
    ("[WinError 206] The filename or extension is too long", "path_too_long", problems.CHOOSE_FOLDER),
    ("[WinError 32] The process cannot access the file", "in_use", problems.RETRY),
    ("ImportError: DLL load failed while importing _C", "missing_library", problems.CHOOSE_RUNTIME),
]


@pytest.mark.parametrize(("output", "kind", "action"), OUTPUTS)
def test_each_known_failure_has_one_action(output: str, kind: str, action: str) -> None:
    found = classify("Collecting torch\n" + output + "\n")
    assert found is not None
    assert (found.kind, found.action) == (kind, action)
    assert str(found)


def test_unknown_failure_shows_the_tools_last_words() -> None:
    error = failure("Installing packages", "a\nb\nthe kettle is on fire")
    assert error.kind == "unknown"
    assert "the kettle is on fire" in str(error)
    assert error.action == problems.COPY_REPORT


def test_every_cause_has_its_sentence() -> None:
    for cause in problems.CAUSES:
        assert cause.message()


def test_nothing_of_qgis_reaches_a_child(tmp_path: Path) -> None:
    environ = {
        "PATH": "/opt/qgis/bin:/usr/bin", "PYTHONHOME": "/opt/qgis", "PYTHONPATH": "/opt/qgis/python",
        "LD_LIBRARY_PATH": "/opt/qgis/lib", "GDAL_DATA": "/opt/qgis/gdal", "PROJ_LIB": "/opt/qgis/proj",
        "PIP_TARGET": "/opt/qgis", "PIP_INDEX_URL": "https://mirror.example/simple",
        "QT_PLUGIN_PATH": "/opt/qgis",
        "SSL_CERT_FILE": "/opt/qgis/cert.pem", "REQUESTS_CA_BUNDLE": "/etc/ssl/office.pem",
        "LANG": "de_DE.UTF-8",
    }  # fmt: skip
    child = child_environment(environ, tmp_path, qgis_prefix="/opt/qgis")
    assert child["PATH"] == "/usr/bin"
    gone = "PYTHONHOME PYTHONPATH LD_LIBRARY_PATH GDAL_DATA PROJ_LIB PIP_TARGET QT_PLUGIN_PATH SSL_CERT_FILE"
    assert not set(gone.split()) & set(child)
    assert child["PIP_INDEX_URL"] == "https://mirror.example/simple"
    assert child["REQUESTS_CA_BUNDLE"] == "/etc/ssl/office.pem"
    assert child["LANG"] == "de_DE.UTF-8"
    assert child["TMPDIR"].startswith(str(tmp_path))


def test_the_systems_own_python_keeps_its_path(tmp_path: Path) -> None:
    child = child_environment({"PATH": "/usr/local/bin:/usr/bin"}, tmp_path, qgis_prefix="/usr")
    assert child["PATH"] == "/usr/local/bin:/usr/bin"


def test_proxy_of_qgis_is_used_unless_the_environment_names_one(tmp_path: Path) -> None:
    proxy = Proxy("http", "proxy.office", 3128, "jörg", "p@ss:word", ("intranet",))
    child = child_environment({}, tmp_path, proxy)
    assert child["HTTPS_PROXY"] == "http://j%C3%B6rg:p%40ss%3Aword@proxy.office:3128"
    assert child["NO_PROXY"] == "127.0.0.1,localhost,intranet"
    own = child_environment({"https_proxy": "http://mine:1"}, tmp_path, proxy)
    assert "HTTPS_PROXY" not in own


def test_offline_no_other_place_is_looked_at() -> None:
    child = offline_environment(
        {"PIP_FIND_LINKS": "/opt/wheels", "PIP_INDEX_URL": "https://x", "PATH": "/bin"}
    )
    assert child == {"PATH": "/bin", "PIP_CONFIG_FILE": os.devnull}


def python(version: tuple[int, int], **changes: object) -> Interpreter:
    return Interpreter(f"/usr/bin/python{version[0]}.{version[1]}", version, "x86_64", **changes)


def test_the_python_the_wheels_fit_is_taken() -> None:
    found = [python((3, 9)), python((3, 13)), python((3, 12)), python((3, 11))]
    assert best_interpreter(found, "cuda", "linux").version == (3, 11)
    assert best_interpreter(found[:3], "cuda", "linux").version == (3, 12)
    assert best_interpreter(found[:3], "cpu", "linux") is None
    assert best_interpreter(found[:3], "cpu", "win32").version == (3, 12)
    assert best_interpreter([python((3, 11), bits=32)], "cpu", "linux") is None


def test_a_python_that_can_install_is_preferred() -> None:
    bare = python((3, 11), has_ensurepip=False, has_pip=False)
    assert best_interpreter([bare, python((3, 12))], "cpu", "win32").version == (3, 12)
    assert best_interpreter([bare], "cpu", "win32") is bare


def test_probe_asks_a_real_python_and_shrugs_at_anything_else(tmp_path: Path) -> None:
    import subprocess

    def ask(command: list[str]) -> str:
        try:
            return subprocess.run(command, capture_output=True, text=True, check=True).stdout
        except (OSError, subprocess.CalledProcessError) as error:
            raise RuntimeError(str(error)) from error

    here = probe(sys.executable, ask)
    assert here.version == sys.version_info[:2]
    assert here.bits == 64
    script = tmp_path / "python3.11"
    script.write_text("#!/bin/sh\necho hello\n")
    script.chmod(0o755)
    assert probe(str(script), ask) is None
    assert probe(str(tmp_path / "absent"), ask) is None
    assert sys.version_info[:2] in [each.version for each in find_interpreters(tmp_path, ask)]


def test_uv_reaches_the_same_packages_as_pip() -> None:
    config = (
        "global.extra-index-url='https://b/simple\\nhttps://c/simple'\nglobal.index-url='https://a/simple'\n"
    )
    config += ":env:.find-links='/srv/w1 /srv/w2'\nglobal.cert='/etc/ca.pem'\nglobal.timeout='60'"
    variables = uv_variables(config, {"UV_DEFAULT_INDEX": "https://mine/simple"})
    assert variables == {
        "UV_INDEX": "https://b/simple https://c/simple", "UV_FIND_LINKS": "/srv/w1,/srv/w2",
        "SSL_CERT_FILE": "/etc/ca.pem",
    }  # fmt: skip


def test_install_commands_are_hashed_and_from_wheels_only(tmp_path: Path) -> None:
    lock = tmp_path / "requirements.txt"
    for tool in (
        uv_tool("/opt/uv", tmp_path / "env", None, "3.11"),
        pip_tool(tmp_path / "env", python((3, 11))),
    ):
        command = tool.command([lock], Sources(tmp_path))
        assert "--require-hashes" in command
        assert command[command.index("--only-binary") + 1] == ":all:"
        assert "--no-index" not in command
        offline = tool.command([lock], Sources(tmp_path, "https://ignored", wheels=tmp_path), deps=False)
        assert {"--no-index", "--no-deps"} < set(offline)
        assert "https://ignored" not in offline


def test_a_python_without_ensurepip_is_helped(tmp_path: Path) -> None:
    bare = python((3, 11), has_ensurepip=False)
    assert "--without-pip" in pip_tool(tmp_path, bare).create[0]
    assert pip_tool(tmp_path, bare).install[0] == bare.path
    assert "pip.whl/pip" in pip_tool(tmp_path, bare, Path("/w/pip.whl")).install[2]


def test_gpu_build_needs_a_driver_that_runs_it() -> None:
    assert not cuda_available(None, "linux-x86_64")
    assert not cuda_available(Gpu("Old", 8 << 30, (12, 4)), "linux-x86_64")
    assert cuda_available(Gpu("New", 8 << 30, (13, 0)), "linux-x86_64")
    assert not cuda_available(Gpu("New", 8 << 30, (13, 0)), "windows-amd64")


def test_plan_says_what_is_downloaded_and_what_it_takes(tmp_path: Path) -> None:
    online = make_plan(tmp_path, "cpu")
    offline = make_plan(tmp_path, "cpu", Sources(tmp_path, wheels=tmp_path))
    assert offline.download_bytes == 0
    assert online.disk_bytes >= offline.disk_bytes > 0


def test_full_disk_is_told_with_figures(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match=r"needed in .* free") as caught:
        check_folder(tmp_path / "new", 1 << 60)
    assert caught.value.action == problems.CHOOSE_FOLDER


def test_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SetupError) as caught:
        check_folder(tmp_path / "file" / "home", 1)
    assert caught.value.kind == "permission"


def test_another_engine_wheel_is_refused(tmp_path: Path) -> None:
    record = EngineWheel("0.1.0", hashlib.sha256(b"engine").hexdigest())
    with pytest.raises(SetupError, match="missing or damaged"):
        check_engine_wheel(tmp_path, record)
    (tmp_path / record.name).write_bytes(b"other")
    with pytest.raises(SetupError, match="missing or damaged"):
        check_engine_wheel(tmp_path, record)
    (tmp_path / record.name).write_bytes(b"engine")
    check_engine_wheel(tmp_path, record)


def test_a_runtime_counts_once_its_record_is_written(tmp_path: Path) -> None:
    assert find_runtime(tmp_path) is None
    written = EngineRuntime(sys.executable, "0.1.0", "cpu", "abc")
    write_runtime(tmp_path, written)
    assert find_runtime(tmp_path) == written
    assert find_runtime(tmp_path, "/not/there") is None
    assert find_runtime(tmp_path, sys.executable) == EngineRuntime(sys.executable)
    forget_runtime(tmp_path)
    assert find_runtime(tmp_path) is None
    (tmp_path / "runtime.json").write_text("{broken")
    assert find_runtime(tmp_path) is None


SECRETS = [
    ("Authorization: Bearer abcDEF123_-xyz", "abcDEF123"),
    ("token=s3cr3t-value", "s3cr3t"),
    ('{"token": "AbC"}', "AbC"),
    ('"password": "hunter2"', "hunter2"),
    ("https://user:pw@proxy.office:3128/x", "user:pw"),
    ("connected to 192.168.4.17", "192.168.4.17"),
    ("mail to maria.gomez@example.org", "maria"),
    ("key kZ8_aQ2-mN4pR7sT1vW5xY9bC3dE6fGh0 end", "kZ8_aQ2"),
    ("computer fieldoffice7 says", "fieldoffice7"),
    (f"file {Path.home()}/maps/x.tif", f"{Path.home()}/"),
]


@pytest.mark.parametrize(("text", "secret"), SECRETS)
def test_report_hides_who_and_where(text: str, secret: str) -> None:
    assert secret not in redact(text, names=["fieldoffice7"])


def test_report_keeps_what_helps() -> None:
    text = "torch-2.13.0+cpu-cp311-cp311-manylinux_2_28_x86_64.whl from 127.0.0.1 exit code 1"
    assert redact(text, names=[]) == text


@pytest.mark.parametrize(
    ("size", "text"), [(448_790_528, "450 MB"), (2.98e9, "3.0 GB"), (12e6, "12 MB"), (1, "1 MB")]
)
def test_sizes_read_as_people_say_them(size: float, text: str) -> None:
    assert human_size(size) == text
