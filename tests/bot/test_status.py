"""`voci status` says what the running bot answers, or that nothing does."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from bot.settings import AwayError, Settings
from bot.status import ask

READY = {
    "ready": True,
    "complaints": [],
    "silent_for": 3.2,
    "tick_age": 12.7,
    "due_messages": 4,
    "oldest_message": 7,
    "schedule_lag": 0,
    "free": 12_340_000_000,
}


def settings(folder: Path, listen: str) -> Settings:
    return Settings(_env_file=None, bot_token="1:" + "a" * 30, data_dir=folder, listen=listen)


@contextmanager
def answering(body: bytes) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            assert self.path == "/ready"
            self.send_response(200)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None: ...

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_it_is_said_in_sentences(tmp_path: Path) -> None:
    with answering(json.dumps(READY).encode()) as address:
        told = ask(settings(tmp_path, address))
    assert told == [
        "The bot does its work.",
        "Telegram answered 3 s ago.",
        "The last tick was 13 s ago.",
        "Messages that are due: 4, the oldest for 7 s.",
        "What was due is done.",
        "Free on the disk: 12.3 GB.",
    ]


def test_what_may_not_have_arrived_is_counted(tmp_path: Path) -> None:
    """Where there is nothing of it, nothing is said; nor by a Voci that does not count it yet."""
    doubt = {**READY, "perhaps_lost": 3, "posts_in_doubt": 1}
    with answering(json.dumps(doubt).encode()) as address:
        told = ask(settings(tmp_path, address))
    assert told[5:7] == [
        "Private messages that may not have arrived, in the last 14 days: 3.",
        "Posts to groups that facilitators are asked to look for: 1.",
    ]
    with answering(json.dumps({**doubt, "perhaps_lost": 0, "posts_in_doubt": 0}).encode()) as where:
        assert len(ask(settings(tmp_path, where))) == len(told) - 2


def test_what_waits_for_groups_is_counted(tmp_path: Path) -> None:
    with answering(json.dumps({**READY, "held_messages": 2}).encode()) as address:
        told = ask(settings(tmp_path, address))
    assert told[4] == "Messages that wait for groups in which Voci may not write: 2."


def test_what_is_late_is_said(tmp_path: Path) -> None:
    late = {**READY, "due_messages": 0, "schedule_lag": 9}
    with answering(json.dumps(late).encode()) as address:
        told = ask(settings(tmp_path, address))
    assert told[3:5] == ["Messages that are due: 0.", "Something was due 9 s ago."]


def test_a_complaint_comes_first_and_is_heard(tmp_path: Path) -> None:
    content = {**READY, "complaints": ["The disk is nearly full."], "silent_for": None}
    with (
        answering(json.dumps(content).encode()) as address,
        pytest.raises(AwayError, match=r"\AThe disk is nearly full.\nThe last tick was 13 s ago"),
    ):
        ask(settings(tmp_path, address))


def test_a_database_that_is_away(tmp_path: Path) -> None:
    content = {"ready": False, "complaints": ["The database does not answer (Transient)."]}
    with (
        answering(json.dumps(content).encode()) as address,
        pytest.raises(AwayError, match=r"\AThe database does not answer \(Transient\).\Z"),
    ):
        ask(settings(tmp_path, address))


@pytest.mark.parametrize("body", [b"<html>", b"[]", b'{"ok": true}'])
def test_something_else_answers(tmp_path: Path, body: bytes) -> None:
    with answering(body) as address, pytest.raises(AwayError):
        ask(settings(tmp_path, address))


def test_nothing_answers(tmp_path: Path, unused_tcp_port: int) -> None:
    with pytest.raises(AwayError, match=r"Nothing answers at 127\.0\.0\.1"):
        ask(settings(tmp_path, f"127.0.0.1:{unused_tcp_port}"))
    with pytest.raises(AwayError, match="VOCI_LISTEN is empty"):
        ask(settings(tmp_path, ""))
