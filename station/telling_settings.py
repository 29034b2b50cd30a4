"""The settings of who is told of what. Part of `station.settings`. Secrets stand in files of their own, never here."""

from __future__ import annotations

from dataclasses import dataclass

from station.setting_fields import choice, number, text

_TOPIC = "(short|tray|buffer|bay|outbox)"


@dataclass(frozen=True, slots=True, kw_only=True)
class TellSettings:
    """[[tell]]: one line of the table. `to` is an e-mail address or an https address; after so many minutes unanswered."""

    topics: str = text(
        "short,tray,buffer,bay,outbox",
        pattern=rf"{_TOPIC}(,{_TOPIC}){{0,4}}",
        allowed="of short, tray, buffer, bay, outbox, parted by commas",
    )
    way: str = choice("screen", "screen", "mail", "webhook")
    to: str = text("")
    after_min: int = number(0, 0, 1440)


@dataclass(frozen=True, slots=True, kw_only=True)
class MailSettings:
    """[mail]: the server that takes e-mails. The password stands alone in `password_file`, which only its owner may read."""

    host: str = text("")
    port: int = number(587, 1, 65535)
    tls: str = choice("starttls", "starttls", "tls", "off")
    sender: str = text("")
    user: str = text("")
    password_file: str = text("")


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookSettings:
    """[webhook]: `secret_file` holds the key of the signature; only its owner may read it."""

    secret_file: str = text("")
