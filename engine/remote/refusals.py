"""What a server's refusal, or the lack of any answer, means, and what to do about it: in this program's own words."""

from __future__ import annotations

import re

BUSY = {429, 502, 503, 504}
"""Statuses of servers that may well answer a little later."""
_NO_ROOM = re.compile(
    r"context (size|length|window)|n_ctx|max_model_len|prompt is too long|exceeds? the .*context", re.I
)
_NO_PICTURES = re.compile(
    r"mmproj|multi-?modal|image[ _]input|(not|n't) (support|accept|understand)\w* (image|vision|picture)|no vision"
    r"|unknown variant .image_url|content part type|data required for image",
    re.I,
)
_NO_MODEL = re.compile(r"model\b.*\b(not found|does not exist|not loaded|no such)|no models? loaded", re.I)


def unreachable(error: Exception, host: str) -> str:
    """Why a connection did not come about."""
    said = str(error)
    if "certificate has expired" in said:
        return f"The certificate of {host} has expired, so that nobody knows who answers there. Renew it on the server."
    if "CERTIFICATE_VERIFY_FAILED" in said and "mismatch" in said.lower():
        return (
            f"The certificate of {host} is made out to another name. Give the address by the name that stands in the "
            "certificate, or give the server one for this name."
        )
    if "CERTIFICATE_VERIFY_FAILED" in said:
        return (
            f"The certificate of {host} is not trusted here. Name the file with the certificate of who signed it "
            "(of one that signed itself: its own) in SSL_CERT_FILE."
        )
    if "WRONG_VERSION_NUMBER" in said or "RECORD_LAYER_FAILURE" in said:
        return f"{host} does not speak https. Begin the address with http://, or put https before the server."
    return f"{host} can't be reached. Check that the server runs, and its address and port."


def refusal_of(status: int, host: str, said: str, *, has_key: bool, variable: str) -> str:
    """What an answer that is no success means.

    Args:
        status: of the reply.
        host: the server.
        said: its own words, without secrets; "" where it has none that can be shown.
        has_key: a key was sent.
        variable: of the environment, into which a key can be put.
    """
    own = f' It says: "{said}".' if said else ""
    if status in (401, 403):
        what = "does not accept the key" if has_key else "asks for a key"
        return (
            f"{host} {what} (status {status}). Put the key into {variable}, the system's keyring, or in QGIS into "
            "the settings of that server."
        )
    if 300 <= status < 400:
        return (
            f"{host} sends callers elsewhere (status {status}), and redirects are not followed. Give the address "
            "at which the model is served."
        )
    if status == 413:
        return (
            f"The pictures are too large for {host} (status 413). Give a smaller chip_px in the address: "
            "?chip_px=512."
        )
    if status in BUSY:
        return f"{host} is too busy or not ready (status {status}).{own} Resume the job later."
    if _NO_ROOM.search(said):
        return (
            f"Picture and answer do not fit into the context that the model has at {host} (status {status}).{own} "
            "Start the server with a larger one (llama.cpp: -c 16384; vLLM: --max-model-len 16384; Ollama: "
            "OLLAMA_CONTEXT_LENGTH=16384), or give smaller sizes in the address: ?chip_px=512&max_new_tokens=512."
        )
    if _NO_PICTURES.search(said):
        return (
            f"The model at {host} takes no pictures (status {status}).{own} Name one there that does; llama.cpp needs "
            "the model's picture part as well (--mmproj)."
        )
    if status == 404 or _NO_MODEL.search(said):
        return (
            f"{host} has no such model or no such address (status {status}).{own} The address ends in /v1 for most "
            "servers; the model's name behind # is the one that the server lists at /v1/models."
        )
    if "HTTP request to an HTTPS server" in said or "HTTPS port" in said:
        return f"{host} speaks https alone (status {status}). Begin the address with https://."
    return f"{host} refuses the request (status {status}).{own} Look at the server's own log."
