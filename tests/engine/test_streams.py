"""Standard output and error that are closed, full, left or narrow: the work is done, and what is missing is said."""

from __future__ import annotations

import errno
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from engine.cli.streams import Standing

ROOT = Path(__file__).resolve().parents[2]
VERSION = [sys.executable, "-m", "engine", "--version"]


class Refusing(io.TextIOWrapper):
    """A stream that takes nothing."""

    def __init__(self, number: int) -> None:
        super().__init__(io.BytesIO(), encoding="utf-8")
        self._number = number

    def write(self, text: str) -> int:
        raise OSError(self._number, os.strerror(self._number))


@pytest.mark.parametrize("number", [errno.EPIPE, errno.EIO])
def test_a_reader_that_left_is_no_failure(number: int) -> None:
    stream = Standing(Refusing(number))
    assert stream.write("one") == 3
    assert stream.write("two") == 3
    stream.flush()
    assert stream.failed() == ""


@pytest.mark.parametrize(("number", "words"), [(errno.ENOSPC, "no room"), (errno.EBADF, "descriptor")])
def test_what_could_not_be_printed_is_said(number: int, words: str) -> None:
    stream = Standing(Refusing(number))
    stream.write("one")
    assert words in stream.failed()
    assert "Send it elsewhere" in stream.failed()


def test_a_sign_that_an_encoding_lacks_is_written_as_its_number() -> None:
    inner = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    stream = Standing(inner)
    stream.write("0.9 █ é\n")
    stream.flush()
    assert inner.buffer.getvalue() == b"0.9 \\u2588 \\xe9\n"  # type: ignore[attr-defined]
    assert stream.encoding == "ascii"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_under_standard_output_is_a_sentence() -> None:
    with open("/dev/full", "w") as full:
        ended = subprocess.run(VERSION, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert ended.returncode == 2
    assert ended.stderr.startswith("Error: What was printed is not whole")
    assert ended.stderr.count("\n") == 1


@pytest.mark.skipif(os.name == "nt", reason="a shell's way to close a stream")
def test_a_pipe_that_nobody_reads_ends_well() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as left:
        ended = subprocess.run(VERSION, cwd=ROOT, stdout=left, stderr=subprocess.PIPE, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")


@pytest.mark.skipif(os.name == "nt", reason="a shell's way to close a stream")
def test_no_file_takes_the_place_of_a_closed_stream(tmp_path: Path) -> None:
    """What a library prints to descriptor 1 would otherwise go into the next file that is opened."""
    code = (
        "import os, sys\n"
        "from engine.cli.streams import stand\n"
        "stand()\n"
        f"held = open({str(tmp_path / 'a')!r}, 'w')\n"
        "print('told'); os.write(1, b'raw'); os.write(2, b'raw')\n"
        "sys.exit(held.fileno() > 2)\n"
    )
    line = 'exec "$0" -c "$1" <&- >&- 2>&-'
    ended = subprocess.run(["sh", "-c", line, sys.executable, code], cwd=ROOT, check=False)
    assert ended.returncode == 1
    assert (tmp_path / "a").read_text() == ""
