"""A cluster on this machine is shown the user's token; one elsewhere only where the user says so."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import psutil
import pytest

from engine.scan.cluster import is_here, show_token

OWN = next(
    one.address for some in psutil.net_if_addrs().values() for one in some if one.family == socket.AF_INET
)
HERE = ("127.0.0.1:6379", "localhost:6379", "127.0.0.2:6379", "[::1]:6379", f"{OWN}:6379")
ELSEWHERE = (
    "203.0.113.7:6379",
    "203.0.113.7",
    "[2001:db8::7]:6379",
    "ray.example.org:10001",
    "localhost.example:1",
    "auto",
)


@pytest.fixture
def user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user without a token, and nothing said about one."""
    for name in ("RAY_AUTH_MODE", "RAY_AUTH_TOKEN", "RAY_AUTH_TOKEN_PATH"):
        monkeypatch.setenv(name, "")  # so that what is set is taken back
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    return tmp_path


def with_token(user: Path) -> None:
    (user / ".ray").mkdir()
    (user / ".ray" / "auth_token").write_text("secret")


@pytest.mark.parametrize("address", HERE)
def test_a_cluster_here_is_shown_the_token(address: str, user: Path) -> None:
    assert is_here(address)
    show_token(address)
    assert "RAY_AUTH_MODE" not in os.environ, "there is none"
    with_token(user)
    show_token(address)
    assert os.environ["RAY_AUTH_MODE"] == "token"


@pytest.mark.parametrize("address", ELSEWHERE)
def test_a_cluster_elsewhere_is_not(address: str, user: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not is_here(address)
    with_token(user)
    monkeypatch.setenv("RAY_AUTH_TOKEN", "secret")
    show_token(address)
    assert "RAY_AUTH_MODE" not in os.environ


@pytest.mark.parametrize("name", ["RAY_AUTH_TOKEN", "RAY_AUTH_TOKEN_PATH"])
def test_a_token_may_be_given_otherwise(name: str, user: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = user / "mine"
    file.write_text("secret")
    monkeypatch.setenv(name, str(file))
    show_token(HERE[0])
    assert os.environ["RAY_AUTH_MODE"] == "token"


def test_what_the_user_says_stays(user: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_token(user)
    monkeypatch.setenv("RAY_AUTH_MODE", "disabled")
    show_token(HERE[0])
    assert os.environ["RAY_AUTH_MODE"] == "disabled"
