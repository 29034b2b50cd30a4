"""E-mail and webhook against servers on this computer: what arrives, how it is signed, and what a dead server comes to."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from station.telling.plan import Due, Happening, Rule
from station.telling.senders import SIGNATURE, Mailer, TellingError, Webhook, Words, secret_of, signature
from station.telling_settings import MailSettings, WebhookSettings

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
WORDS = Words(subject="Baylight S1: Short line", text="S1: Short line\nSO-1 10\n")


def to(way: str, address: str) -> Due:
    rule = Rule(topics=("short",), way=way, to=address)
    return Due(happening=Happening(topic="short", about="e_1", since=NOON, what="SO-1 10"), rule=rule, attempt=1)


@contextmanager
def mail_server(answers_login: bytes = b"235 ok") -> Iterator[tuple[int, list[str]]]:
    """A server that takes one e-mail; the lines that it heard."""
    heard: list[str] = []
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:

        def serve() -> None:
            line, _ = listening.accept()
            with line, line.makefile("rwb") as stream:
                said = {
                    b"EHLO": b"250-here\r\n250 AUTH PLAIN",
                    b"AUTH": answers_login,
                    b"DATA": b"354 go on",
                    b"QUIT": b"221 bye",
                }
                stream.write(b"220 here\r\n")
                stream.flush()
                is_text = False
                while text := stream.readline():
                    heard.append(text.decode().rstrip("\r\n"))
                    is_end = is_text and text == b".\r\n"
                    if is_text and not is_end:
                        continue
                    is_text = text.startswith(b"DATA")
                    stream.write(said.get(text[:4].upper(), b"250 ok") + b"\r\n")
                    stream.flush()

        thread = threading.Thread(target=serve)
        thread.start()
        yield listening.getsockname()[1], heard
        thread.join(30)


def settings(port: int, **more: Any) -> MailSettings:
    return MailSettings(host="127.0.0.1", port=port, tls="off", sender="bay@x.example", **more)


def test_an_e_mail_says_what_happened(tmp_path: Path) -> None:
    secret = tmp_path / "password"
    secret.write_text("hidden-word\n")
    secret.chmod(0o600)
    with mail_server() as (port, heard):
        Mailer(settings(port, user="bay", password_file=str(secret))).send(to("mail", "weber@x.example"), WORDS, NOON)
    assert "Subject: Baylight S1: Short line" in heard
    assert "To: weber@x.example" in heard
    assert "SO-1 10" in heard
    assert any(each.startswith("AUTH PLAIN") for each in heard)


def test_a_server_that_refuses_the_password_says_no_secret(tmp_path: Path) -> None:
    secret = tmp_path / "password"
    secret.write_text("hidden-word")
    secret.chmod(0o600)
    with mail_server(b"535 hidden-word is wrong") as (port, _), pytest.raises(TellingError) as refused:
        Mailer(settings(port, user="bay", password_file=str(secret))).send(to("mail", "weber@x.example"), WORDS, NOON)
    assert refused.value.code == "O593"
    assert "hidden" not in str(refused.value)


def test_a_dead_server_is_a_failure_and_no_more() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        port = listening.getsockname()[1]
    with pytest.raises(TellingError, match="O593"):
        Mailer(settings(port)).send(to("mail", "weber@x.example"), WORDS, NOON)


def test_without_a_server_it_says_what_is_not_set() -> None:
    with pytest.raises(TellingError, match="O595"):
        Mailer(MailSettings()).send(to("mail", "weber@x.example"), WORDS, NOON)


def test_a_secret_that_others_may_read_is_refused(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("s")
    secret.chmod(0o640)
    with pytest.raises(TellingError, match="O595"):
        secret_of(str(secret))


@contextmanager
def web_server(status: int) -> Iterator[tuple[str, list[tuple[str, bytes]]]]:
    heard: list[tuple[str, bytes]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            heard.append((self.headers.get(SIGNATURE, ""), body))
            self.send_response(status)
            self.send_header("Location", "http://127.0.0.1:9/elsewhere")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/hook", heard
    server.shutdown()
    thread.join(30)
    server.server_close()


def test_a_webhook_gets_json_that_is_signed(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("key")
    secret.chmod(0o600)
    with web_server(204) as (url, heard):
        Webhook(WebhookSettings(secret_file=str(secret)), station="S1").send(to("webhook", url), WORDS, NOON)
    ((signed, body),) = heard
    assert signed == signature("key", body)
    assert json.loads(body) | {"station": "S1", "topic": "short", "about": "e_1", "what": "SO-1 10"} == json.loads(body)


@pytest.mark.parametrize("status", [302, 500])
def test_what_is_not_taken_is_a_failure_and_goes_nowhere_else(status: int) -> None:
    with web_server(status) as (url, heard), pytest.raises(TellingError, match="O594"):
        Webhook(WebhookSettings(), station="S1").send(to("webhook", url), WORDS, NOON)
    assert len(heard) == 1


def test_a_webhook_beyond_this_computer_goes_by_https_only() -> None:
    with pytest.raises(TellingError, match="O595"):
        Webhook(WebhookSettings(), station="S1").send(to("webhook", "http://x.example/hook"), WORDS, NOON)
