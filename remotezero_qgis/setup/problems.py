"""What can go wrong while installing, and the one thing the user can do about each."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..i18n import tr

RETRY = "retry"
CHOOSE_FOLDER = "choose_folder"
CHOOSE_RUNTIME = "choose_runtime"
IMPORT_BUNDLE = "import_bundle"
NETWORK_SETTINGS = "network_settings"
TAKE_LARGE = "take_large"
COPY_REPORT = "copy_report"


class SetupError(RuntimeError):
    """An installation step failed.

    Attributes:
        kind: a stable name of the cause, for tests and reports.
        action: the one thing offered to the user, a constant of this module.
    """

    def __init__(self, kind: str, message: str, action: str = COPY_REPORT) -> None:
        super().__init__(message)
        self.kind = kind
        self.action = action


class SetupCancelledError(SetupError):
    """The user cancelled."""

    def __init__(self) -> None:
        super().__init__("cancelled", tr("The installation was cancelled. Nothing was changed."), RETRY)


@dataclass(frozen=True)
class Cause:
    """One known failure: the words that give it away, and what to tell the user."""

    kind: str
    pattern: str
    action: str

    def message(self) -> str:
        """The sentence for the user, in their language."""
        return _sentences()[self.kind]


# The first match wins: the specific causes stand before those that follow from them.
CAUSES = (
    Cause(
        "disk_full",
        r"no space left on device|errno 28\b|disk quota exceeded|not enough space on the disk",
        CHOOSE_FOLDER,
    ),
    Cause("hash_mismatch", r"do not match the hashes|hash mismatch", RETRY),
    Cause("proxy_login", r"407 proxy|proxy authentication required", NETWORK_SETTINGS),
    Cause(
        "certificate",
        r"certificate_verify_failed|certificate verify failed|unknownissuer|self.signed certificate",
        NETWORK_SETTINGS,
    ),
    Cause("proxy", r"proxyerror|cannot connect to proxy|tunnel connection failed", NETWORK_SETTINGS),
    Cause(
        "offline",
        r"name or service not known|temporary failure in name resolution|getaddrinfo failed|nodename nor "
        r"servname|failed to resolve|network is unreachable|dns error|no route to host|failed to "
        r"establish a new connection",
        IMPORT_BUNDLE,
    ),
    Cause("timeout", r"read timed out|connection timed out|operation timed out|connecttimeout", RETRY),
    Cause(
        "refused",
        r"connection refused|connection reset|connection aborted|remote end closed|error sending request",
        RETRY,
    ),
    Cause(
        "no_cpu_torch",
        r"(no matching distribution found for|no solution found[\s\S]*?|no version of) "
        r"?torch==[\w.]*\+cpu|there is no version of torch==[\w.]*\+cpu",
        TAKE_LARGE,
    ),
    Cause(
        "no_wheel",
        r"no matching distribution found|no solution found|not a supported wheel on this "
        r"platform|requires a different python",
        CHOOSE_RUNTIME,
    ),
    Cause("no_venv", r"ensurepip is not available|no module named '?(venv|ensurepip|pip)'?", CHOOSE_RUNTIME),
    Cause(
        "path_too_long", r"errno 2\b.*long path|filename or extension is too long|winerror 206", CHOOSE_FOLDER
    ),
    Cause("in_use", r"winerror 32\b|being used by another process|text file busy", RETRY),
    Cause(
        "permission",
        r"permission denied|errno 13\b|winerror 5\b|read-only file system|operation not permitted",
        CHOOSE_FOLDER,
    ),
    Cause("memory", r"memoryerror|cannot allocate memory|killed process|signal 9", RETRY),
    Cause(
        "missing_library",
        r"dll load failed|cannot open shared object file|library not loaded|glibc",
        CHOOSE_RUNTIME,
    ),
)


def _sentences() -> dict[str, str]:
    return {
        "disk_full": tr("The disk is full. Free some space, or choose a data folder on another disk."),
        "hash_mismatch": tr(
            "A downloaded file is not the one this version was tested with, so it was thrown away. "
            "Try again; if it happens again, a proxy or a package mirror changes files on the way."
        ),
        "proxy_login": tr("The proxy wants a user name and password. Enter them in QGIS's network options."),
        "certificate": tr(
            "The server's certificate is not trusted. If your organisation inspects traffic, add its "
            "certificate "
            "to the system's store. Certificate checks are never switched off."
        ),
        "proxy": tr("The proxy can't be reached. Check it in QGIS's network options."),
        "offline": tr(
            "This computer has no connection to the internet. Connect it and try again, or bring an offline "
            "bundle that was made on another computer, and import it here."
        ),
        "timeout": tr("The download took too long. Try again: what is already there is kept."),
        "refused": tr("The connection was broken off. Try again: what is already there is kept."),
        "no_cpu_torch": tr(
            "The small download is not offered where this computer gets its packages. The large one, made "
            "for NVIDIA graphics cards, works without such a card as well; or import an offline bundle."
        ),
        "no_wheel": tr(
            "A package has no build for this system and Python. Choose an existing runtime with Python 3.11."
        ),
        "no_venv": tr(
            "The Python that was found can't make environments. On Debian and Ubuntu install python3-venv; "
            "elsewhere choose an existing runtime."
        ),
        "path_too_long": tr("The path of the data folder is too long for Windows. Choose a shorter one."),
        "in_use": tr("A file is in use. Close other QGIS windows and stop the engine, then try again."),
        "permission": tr("The data folder can't be written to. Choose another one."),
        "memory": tr("The computer ran out of memory. Close other programs and try again."),
        "missing_library": tr(
            "The installed packages don't start on this system. Choose an existing runtime."
        ),
    }


def classify(output: str) -> SetupError | None:
    """Return the known cause that ``output`` (a tool's last lines) gives away, None for an unknown one."""
    for cause in CAUSES:
        if re.search(cause.pattern, output, re.IGNORECASE):
            return SetupError(cause.kind, cause.message(), cause.action)
    return None


def failure(step: str, output: str) -> SetupError:
    """Return the error for a tool that failed while doing ``step``; its last lines are the evidence."""
    known = classify(output)
    if known is not None:
        return known
    tail = " / ".join(line.strip() for line in output.strip().splitlines()[-3:])
    message = tr("{step} failed: {reason}. Copy the report and send it with your question.")
    return SetupError("unknown", message.format(step=step, reason=tail or tr("no output")))
