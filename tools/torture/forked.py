"""Programs that are forked from a process which has imported all they need: killed just the same, started in no time.

Importing takes an engine seconds and a trainer half a minute of computing, in which a kill meets nothing of ours.
What is run in the fork is the whole program, with files, locks and sockets of its own. Trials that are about the
start itself, with little memory or few files, start Python anew instead.
"""

from __future__ import annotations

import ctypes
import os
import select
import signal
import sys
import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

PR_SET_PDEATHSIG = 1
LOOK_EVERY_S = 0.01
STANDARD = 3
"""So many descriptors are inherited. The others let go of what they hold, but their numbers stay taken: an object of
the parent that still knows one closes it whenever it is collected, and must not hit a file of the program's own."""


class Forked:
    """One running program.

    Args:
        run: the program; it may use what this process has imported, and must not count on its threads.
        words: environment variables that are set for it.
        log: file for its standard error; None for that of this process.
        out: file for its standard output; None for ``stdout``, which has to be read.

    Attributes:
        pid: of the process.
        stdout: what it prints, as a file of bytes.
        worked_s: seconds of computing that it took, once it has ended.
    """

    def __init__(
        self,
        run: Callable[[], object],
        words: Mapping[str, str],
        log: Path | None = None,
        out: Path | None = None,
    ) -> None:
        told, tells = os.pipe()
        sys.stdout.flush()
        sys.stderr.flush()
        self.code: int | None = None
        self.worked_s = 0.0
        self.pid = os.fork()
        if self.pid == 0:
            _become(run, words, tells if out is None else _written(out), log)
        os.close(tells)
        self.stdout = os.fdopen(told, "rb")

    def kill(self) -> None:
        """End it as the system does when memory is short: it gets no word in."""
        if self.code is None:
            os.kill(self.pid, signal.SIGKILL)

    def wait(self, seconds: float | None = None) -> int | None:
        """Its exit code, negative for a signal, once it has ended; None where it still runs after ``seconds``."""
        if self.code is None:
            with os.fdopen(os.pidfd_open(self.pid), "rb", buffering=0) as process:
                if not select.select([process], [], [], seconds)[0]:
                    return None
            _, status, used = os.wait4(self.pid, 0)
            self.code = os.waitstatus_to_exitcode(status)
            self.worked_s = used.ru_utime + used.ru_stime
        return self.code

    def wait_for_work(self, seconds: float) -> int | None:
        """As :meth:`wait`, but by what it computed: the same moment of its work on a busy machine as on an idle one."""
        while self.wait(LOOK_EVERY_S) is None:
            if _computed_s(self.pid) >= seconds:
                return None
        return self.code

    def end(self) -> None:
        """Kill it, and wait until it is gone."""
        self.kill()
        self.wait()
        self.stdout.close()


def _become(run: Callable[[], object], words: Mapping[str, str], tells: int, log: Path | None) -> None:
    """Be the program, in the child, from its first line to its exit code; never returns."""
    code = 1
    try:
        if sys.platform == "linux":  # who is forgotten by a trial that failed does not outlive it
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        os.environ.update(words)
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        os.dup2(tells, 1)
        if log is not None:
            os.dup2(_written(log), 2)
        for number in [int(name) for name in os.listdir("/proc/self/fd")]:
            if number >= STANDARD:
                with suppress(OSError):  # the one that listed them
                    os.fstat(number)
                    os.dup2(nothing, number)
        given = run()
        code = given if isinstance(given, int) else 0
    except SystemExit as left:
        code = left.code if isinstance(left.code, int) else 1
    except BaseException:  # noqa: BLE001 - the trial's own frames must not run on in the child
        traceback.print_exc()
    finally:
        with suppress(OSError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


def _computed_s(pid: int) -> float:
    """Seconds that a process has computed so far: fields 14 and 15 of its ``stat``, after a name in brackets."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _written(path: Path) -> int:
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
