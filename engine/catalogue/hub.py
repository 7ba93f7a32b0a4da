"""The hub: which files a repository has at one commit, and how they get here, whole and as published.

huggingface_hub does the talking, so its variables count: HF_ENDPOINT for a mirror, HF_HUB_OFFLINE, HF_TOKEN, and
the proxies of the environment. Runs in a process of its own (:mod:`engine.catalogue.getting`).
"""

from __future__ import annotations

import errno
import math
import os
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx2
from huggingface_hub import HfApi, constants, hf_hub_url
from huggingface_hub.errors import (
    GatedRepoError,
    HfHubHTTPError,
    HFValidationError,
    OfflineModeIsEnabled,
    RemoteEntryNotFoundError,
    RepositoryNotFoundError,
    RevisionNotFoundError,
)
from huggingface_hub.file_download import http_get
from huggingface_hub.utils import build_hf_headers  # type: ignore[attr-defined]

from engine.catalogue.checkpoints import is_taken, why_no_model
from engine.catalogue.licences import read_licence
from engine.catalogue.offers import COMMIT, Source
from engine.catalogue.origins import Advance, Origin, PublishedFile
from engine.errors import HubError, ModelError

constants.DOWNLOAD_CHUNK_SIZE = 256 * 2**10
"""What a broken line can cost; huggingface_hub's own 10 MiB take a minute on a slow one."""
NOTHING_MORE = 416
"""The status where a file ends before what is asked of it: there it is shorter than was published."""
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
OTHER_WAY = "or add the model from a folder (`remotezero models add FOLDER`, in QGIS Add a folder…)"


def endpoint() -> str:
    """The hub's address as it may be shown: without anybody's name and password in it."""
    place = urlsplit(constants.ENDPOINT)
    return place._replace(netloc=place.netloc.rpartition("@")[2]).geturl()


def look(source: Source, token: str | None) -> Origin:
    """Ask the hub what a repository holds, and resolve its branch to a commit.

    Args:
        source: repository and revision.
        token: access token; None for the one of huggingface_hub's own settings, where there is one.

    Raises:
        HubError: the hub can't be asked, or does not let this user in.
        ModelError: the repository has no weights that may be loaded.
    """
    with errors_told(source.repository, source.revision, token):
        found = HfApi().model_info(
            source.repository,
            revision=source.revision,
            files_metadata=True,
            token=token,
            timeout=constants.HF_HUB_ETAG_TIMEOUT,
        )
        names = {sibling.rfilename for sibling in found.siblings or ()}
        files = tuple(
            _published(sibling) for sibling in found.siblings or () if is_taken(sibling.rfilename, names)
        )
        card = dict(vars(found.card_data)) if found.card_data else {}
        commit = str(found.sha)
    if not COMMIT.fullmatch(commit):
        raise HubError(
            f"{endpoint()} names no commit for {source.repository}. Is it a hub? Check HF_ENDPOINT."
        )
    if "config.json" not in names or not any(file.name.endswith(".safetensors") for file in files):
        raise ModelError(why_no_model(source.repository, names))
    return Origin(source.repository, source.revision, commit, read_licence(card), files)


def _published(sibling: Any) -> PublishedFile:
    lfs = sibling.lfs
    if sibling.size is None or not (lfs or sibling.blob_id):
        raise HubError(
            f"{endpoint()} does not say size and hash of {sibling.rfilename}, so it can't be checked. "
            f"Use another mirror, {OTHER_WAY}."
        )
    return PublishedFile(
        sibling.rfilename, sibling.size, lfs.sha256 if lfs else None, None if lfs else sibling.blob_id
    )


def fetch(origin: Origin, file: PublishedFile, folder: Path, token: str | None, advance: Advance) -> None:
    """Bring one file into ``folder``, going on where an earlier try broke off; it appears once it is right.

    Args:
        origin: what it is a file of.
        file: which one.
        folder: where to.
        token: as for :func:`look`.
        advance: told the bytes that came; those of an earlier try at once.

    Raises:
        HubError: the hub can't be reached, or the disk is full; what has come is kept.
        ModelError: what came is not what was published; it is thrown away.
    """
    part = folder / f".{file.name}.part"
    have = part.stat().st_size if part.is_file() else 0
    if have > file.size_bytes:
        part.unlink()
        have = 0
    advance(have)
    with errors_told(origin.repository, origin.commit, token):
        part.touch()
        while have < file.size_bytes:
            try:
                _get(origin, file, part, have, token, advance)
            except httpx2.TransportError:
                if part.stat().st_size <= have:  # nothing came since the last break
                    raise
            except OSError as error:  # huggingface_hub's own: another number of bytes came than was published
                if error.errno is not None or part.stat().st_size <= have:
                    raise
            except HfHubHTTPError as error:
                if error.response.status_code != NOTHING_MORE or have == 0:
                    raise
                break
            have = part.stat().st_size
    try:
        file.check(part)
    except ModelError as error:
        part.unlink()
        raise ModelError(
            f"{file.name} arrived damaged and was thrown away: its content is not what {endpoint()} publishes "
            f"for {origin.repository} at {origin.commit[:12]}. Try again; the other files are kept."
        ) from error
    part.replace(folder / file.name)


def _get(
    origin: Origin, file: PublishedFile, part: Path, have: int, token: str | None, advance: Advance
) -> None:
    headers = build_hf_headers(token=token, library_name="remotezero")
    headers["Accept-Encoding"] = "identity"  # a packed answer can't be gone on with
    url = hf_hub_url(origin.repository, file.name, revision=origin.commit)
    with part.open("r+b") as sink:
        sink.seek(0, 2)
        http_get(
            url,
            sink,
            resume_size=have,
            headers=headers,
            expected_size=file.size_bytes,
            displayed_filename=file.name,
            tqdm_class=_counter(advance),
        )


def _counter(advance: Advance) -> Any:
    """A class that huggingface_hub takes for a progress bar."""

    class Counter:
        def __init__(self, *_: object, **__: object) -> None:
            self.update = advance

        def __enter__(self) -> Counter:
            return self

        def __exit__(self, *_: object) -> None:
            return None

        def close(self) -> None:
            return None

    return Counter


@contextmanager
def errors_told(repository: str, revision: str | None, token: str | None) -> Iterator[None]:
    """Turn what huggingface_hub raises into a sentence that says what to do; none of it holds the token."""
    try:
        yield
    except (HubError, ModelError):
        raise
    except OfflineModeIsEnabled as error:
        raise HubError(
            "HF_HUB_OFFLINE is set, so nothing is downloaded. Unset it to allow downloads, " + OTHER_WAY + "."
        ) from error
    except HFValidationError as error:
        raise HubError(f"{repository!r} is no name of a repository. Give owner/repository.") from error
    except HfHubHTTPError as error:
        raise HubError(_refusal(error, repository, revision, bool(token))) from error
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        raise HubError(_broken(error)) from error
    except ImportError as error:
        if "socks" not in str(error).lower():
            raise
        raise HubError(_SOCKS) from error
    except OSError as error:
        raise HubError(_disk(error)) from error
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise HubError(
            f"{endpoint()} answered with something that no hub says. Check HF_ENDPOINT and the proxy, {OTHER_WAY}."
        ) from error


_TOKEN_GOES = "in HF_TOKEN, with --token FILE, or in its field on QGIS's Models page"


def _refusal(error: HfHubHTTPError, repository: str, revision: str | None, has_token: bool) -> str:
    """What an answer that is no success means."""
    status, page = error.response.status_code, f"{endpoint()}/{repository}"
    if isinstance(error, GatedRepoError):
        return (
            f"{repository} is given only to those who accept its conditions (status {status}). Sign in at {page}, "
            "accept them there, make an access token with read access in your settings, and get the model with "
            f"that token: {_TOKEN_GOES}."
        )
    if isinstance(error, RevisionNotFoundError):
        return f"{repository} has no revision {revision!r}. See {page} for its branches and tags."
    if isinstance(error, RemoteEntryNotFoundError):
        return f"{repository} lacks a file that it lists. Try again later, {OTHER_WAY}."
    if "Invalid credentials" in (error.response.headers.get("X-Error-Message") or ""):
        return f"{endpoint()} does not accept the access token. Make a new one in your settings there."
    if isinstance(error, RepositoryNotFoundError) or status == 404:
        hint = (
            "the token may not read it"
            if has_token
            else f"it is private, which takes an access token ({_TOKEN_GOES})"
        )
        return f"{endpoint()} has no repository {repository}, or {hint}. Check the name: owner/repository."
    if status in (401, 403):
        return (
            f"{endpoint()} refuses {repository} (status {status}). Sign in at {page}, accept its conditions "
            "where it has any, and get the model with an access token: " + _TOKEN_GOES + "."
        )
    if status == 407:
        return _PROXY_LOGIN
    when = _when(error.response.headers.get("Retry-After"))
    if status == 429:
        more = "" if has_token else f" With an access token more are allowed: {_TOKEN_GOES}."
        return (
            f"{endpoint()} asks for fewer requests (status 429). Try again {when}: what has come so far is "
            f"kept.{more}"
        )
    return (
        f"{endpoint()} can't serve it now (status {status}). Try again {when}: what has come so far is kept."
    )


def _when(seconds: str | None) -> str:
    """When to try again, as the hub says it: in seconds, or by the clock, which is not read."""
    if seconds is None or not re.fullmatch(r"[0-9]{1,6}", seconds):
        return "later"
    return (
        f"in {max(1, int(seconds))} s" if int(seconds) < 120 else f"in {math.ceil(int(seconds) / 60)} minutes"
    )


_PROXY_LOGIN = (
    "The proxy asks for a name and password. Put them into HTTPS_PROXY (http://NAME:PASSWORD@host:port), "
    "or into QGIS's network options."
)

_SOCKS = (
    "The environment names a SOCKS proxy (ALL_PROXY or HTTPS_PROXY), which takes a package that is not here. Name an "
    f"http:// proxy there, put the hub's host into NO_PROXY, install socksio into the engine's Python, {OTHER_WAY}."
)
_CERTIFICATES = (
    "The file of certificates that the environment names (SSL_CERT_FILE or SSL_CERT_DIR) can't be read. Correct it, "
    f"or unset it, {OTHER_WAY}."
)


def _broken(error: Exception) -> str:
    """What a connection that did not come about, or did not last, means."""
    said = str(error)
    if isinstance(error, httpx2.ProxyError):
        if "407" in said:
            return _PROXY_LOGIN
        return "The proxy does not let this through. Check HTTPS_PROXY, or QGIS's network options."
    if isinstance(error, httpx2.TimeoutException):
        return (
            f"{endpoint()} is silent. Check the connection and the proxy, and try again: what has come so far "
            f"is kept. A mirror can be named in HF_ENDPOINT, {OTHER_WAY}."
        )
    if "CERTIFICATE_VERIFY_FAILED" in said:
        return (
            f"The certificate of {endpoint()} is not trusted here. Where a proxy opens encrypted connections, "
            "name the file with its certificate in SSL_CERT_FILE."
        )
    if isinstance(error, (httpx2.ConnectError, httpx2.UnsupportedProtocol, httpx2.InvalidURL)):
        return f"There is no connection to {endpoint()}. Check the network, the proxy and HF_ENDPOINT, {OTHER_WAY}."
    return f"The connection to {endpoint()} broke off. Try again: what has come so far is kept."


def _disk(error: OSError) -> str:
    if isinstance(error, ssl.SSLError) or (error.errno == errno.ENOENT and _certificates_lost()):
        return _CERTIFICATES
    if error.errno in FULL:
        return "The disk is full. Make room and try again: what has come so far is kept."
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"{error.filename or 'The data folder'} can't be written ({error.strerror}). Choose another folder."
    if error.errno is None:  # huggingface_hub's own: fewer bytes came than were announced
        return f"The connection to {endpoint()} broke off. Try again: what has come so far is kept."
    return f"The model can't be stored ({error.strerror}). Try again: what has come so far is kept."


def _certificates_lost() -> bool:
    named = [os.environ.get(name) for name in ("SSL_CERT_FILE", "SSL_CERT_DIR")]
    return any(path and not Path(path).exists() for path in named)
