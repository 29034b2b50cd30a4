"""E-mail and webhook: one message out, or TellingError. Each has a limit of time; nothing here writes a secret anywhere."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import smtplib
import ssl
import stat
import urllib.request
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import make_msgid
from http.client import HTTPException
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from station.telling.plan import Due
from station.telling_settings import MailSettings, WebhookSettings

TIMEOUT_S: Final = 15.0
MAIL_FAILED, WEBHOOK_FAILED, NOT_SET = "O593", "O594", "O595"
SIGNATURE: Final = "X-Baylight-Signature"
LOCAL: Final = ("localhost", "127.0.0.1", "::1")  # where a webhook may go without TLS


class TellingError(Exception):
    """Nobody was reached. `code`: O593 e-mail, O594 webhook, O595 settings or a secret's file. Carries no secret."""

    def __init__(self, code: str, about: str) -> None:
        super().__init__(f"{code}: {about}")
        self.code = code


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What is said to a person."""

    subject: str
    text: str


Sender = Callable[[Due, Words, datetime], None]


def secret_of(file: str) -> str:
    """The secret that stands alone in this file. Raises TellingError where others may read it, or it cannot be read."""
    path = Path(file)
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
        if os.name == "posix" and mode & 0o077:
            raise TellingError(NOT_SET, f"{path} has mode {mode:04o}; only its owner may read it: chmod 600")
        found = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise TellingError(NOT_SET, f"{path} cannot be read") from error
    if not found:
        raise TellingError(NOT_SET, f"{path} is empty")
    return found


class Mailer:
    """Sends e-mails over the server of the settings."""

    def __init__(self, settings: MailSettings, *, timeout_s: float = TIMEOUT_S) -> None:
        self._settings = settings
        self._timeout_s = timeout_s

    def send(self, due: Due, words: Words, now: datetime) -> None:
        """One e-mail. Raises TellingError."""
        mail = self._settings
        if not mail.host or not mail.sender:
            raise TellingError(NOT_SET, "mail.host and mail.sender are needed")
        password = secret_of(mail.password_file) if mail.password_file else ""
        try:
            self._deliver(_message(mail.sender, due, words, now), password)
        except (OSError, smtplib.SMTPException, ValueError) as error:
            raise TellingError(MAIL_FAILED, type(error).__name__) from None  # a server may repeat what was sent to it

    def _deliver(self, message: EmailMessage, password: str) -> None:
        mail, context = self._settings, ssl.create_default_context()
        if mail.tls == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(mail.host, mail.port, timeout=self._timeout_s, context=context)
        else:
            server = smtplib.SMTP(mail.host, mail.port, timeout=self._timeout_s)
        try:
            if mail.tls == "starttls":
                server.starttls(context=context)
            if password:
                server.login(mail.user, password)
            server.send_message(message)
        finally:
            with suppress(OSError, smtplib.SMTPException):
                server.quit()


def _message(sender: str, due: Due, words: Words, now: datetime) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, due.rule.to, words.subject
    message["Date"], message["Message-ID"] = now, make_msgid(domain="baylight.invalid")
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(words.text)
    return message


class Webhook:
    """Posts JSON to an https address, signed with HMAC-SHA256 over the body where a secret is set."""

    def __init__(self, settings: WebhookSettings, *, station: str, timeout_s: float = TIMEOUT_S) -> None:
        self._settings = settings
        self._station = station
        self._timeout_s = timeout_s

    def send(self, due: Due, words: Words, now: datetime) -> None:
        """One POST. Raises TellingError."""
        parts = urlsplit(due.rule.to)
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOCAL):
            raise TellingError(NOT_SET, "a webhook goes to an https address")
        body = json.dumps(self._body(due, words, now), ensure_ascii=False).encode("utf-8")
        headers = {"Content-Type": "application/json"}
        if self._settings.secret_file:
            headers[SIGNATURE] = signature(secret_of(self._settings.secret_file), body)
        request = urllib.request.Request(due.rule.to, data=body, headers=headers, method="POST")
        try:
            with urllib.request.build_opener(_NoRedirect).open(request, timeout=self._timeout_s):
                return
        except (OSError, ValueError, HTTPException) as error:
            raise TellingError(WEBHOOK_FAILED, type(error).__name__) from None  # the address may hold a token

    def _body(self, due: Due, words: Words, now: datetime) -> Mapping[str, object]:
        return {
            "station": self._station,
            "topic": due.happening.topic,
            "about": due.happening.about,
            "what": due.happening.what,
            "since": due.happening.since.isoformat(),
            "at": now.isoformat(),
            "attempt": due.attempt,
            "text": words.text,
        }


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A signed message goes where the settings say, and nowhere else."""

    def redirect_request(self, *_: object) -> None:
        return None


def signature(secret: str, body: bytes) -> str:
    """What stands in the header: whoever has the secret can make it again from the body."""
    return "sha256=" + hmac.new(secret.encode("utf-8"), body, hashlib.sha256).hexdigest()
