"""Running a child process: closed stdin, each line of output at once, cancelled in a fraction of a second."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from qgis.PyQt.QtCore import QProcess, QProcessEnvironment

from ..i18n import tr
from .problems import SetupCancelledError, SetupError

POLL_MS = 100
TAIL_LINES = 60
Lines = Callable[[str], None]
Cancelled = Callable[[], bool]


class CommandError(RuntimeError):
    """A command ended with an error.

    Attributes:
        code: its exit code.
        output: its last lines.
    """

    def __init__(self, command: Sequence[str], code: int, output: str) -> None:
        super().__init__("{} ended with exit code {}".format(command[0], code))
        self.code = code
        self.output = output


def run_command(
    command: Sequence[str], environment: Mapping[str, str], on_line: Lines, cancelled: Cancelled
) -> str:
    """Run ``command`` to its end and return its last lines.

    May be called from any thread but the main one, which it would hold up.

    Args:
        command: full path of the program, then its arguments; never a shell line.
        environment: the whole environment of the child.
        on_line: is told each line of stdout and stderr, as it comes.
        cancelled: asked ten times a second.

    Raises:
        SetupCancelledError: ``cancelled`` said so; the child is dead by then.
        SetupError: the program can't be started.
        CommandError: it ended with an error.
    """
    process = _started(command, environment)
    tail: list[str] = []
    rest = ""
    while True:
        running = process.state() != QProcess.ProcessState.NotRunning
        if running:
            process.waitForReadyRead(POLL_MS)
        text = rest + bytes(process.readAllStandardOutput()).decode("utf-8", "replace").replace("\r", "\n")
        lines = text.split("\n")
        rest = lines.pop()
        for line in filter(str.strip, lines):
            on_line(line.rstrip())
            tail = [*tail[-TAIL_LINES:], line]
        if cancelled():
            _end(process)
            raise SetupCancelledError()
        if not running and process.bytesAvailable() == 0:
            break
    if rest.strip():
        on_line(rest.rstrip())
        tail.append(rest)
    crashed = process.exitStatus() != QProcess.ExitStatus.NormalExit
    if crashed or process.exitCode() != 0:
        code = -1 if crashed else process.exitCode()
        raise CommandError(command, code, "\n".join(tail + (["killed process"] if crashed else [])))
    return "\n".join(tail)


def _started(command: Sequence[str], environment: Mapping[str, str]) -> QProcess:
    variables = QProcessEnvironment()
    for name, value in environment.items():
        variables.insert(name, value)
    process = QProcess()
    process.setProcessEnvironment(variables)
    process.setProcessChannelMode(QProcess.ProcessChannelMode.MergedChannels)
    process.setStandardInputFile(QProcess.nullDevice())
    process.setProgram(command[0])
    process.setArguments(list(command[1:]))
    process.start()
    if not process.waitForStarted(30_000):
        message = tr(
            "The program {program} can't be started: {reason}. Choose an existing runtime or another folder."
        )
        text = message.format(program=command[0], reason=process.errorString())
        raise SetupError("not_started", text, "choose_runtime")
    return process


def _end(process: QProcess) -> None:
    process.terminate()
    if not process.waitForFinished(1_000):
        process.kill()
        process.waitForFinished(5_000)
