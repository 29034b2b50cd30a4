"""What is chosen on the first start, as a value; how it stands in the settings, and how it is read from them again."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final
from urllib.parse import quote, unquote, urlsplit

from station.first_start.settings_edit import Change
from station.settings import Settings

TRIAL: Final = "trial"  # a machine of the program's own, to try the station with
TRIAL_WORDS: Final = "SIMULATED"
TRIAL_PROTOCOL: Final = "jmif"
MACHINES: Final = ("jmif", "hostcom", "modula-link", "modbus", "carousel2", TRIAL)
PROTOCOLS: Final = MACHINES[:-1]
MODBUS_MAP: Final = "plc-lift"  # comes with the program: the one to begin with
TYPING, LINE, NO_SCANNER = "typing", "line", "none"
SCANNERS: Final = (TYPING, LINE, NO_SCANNER)
POINTERS: Final = ("lift", "dmx", "wled")
NOBODY: Final = "socket://127.0.0.1:9"  # what the Debian package's settings begin with
SCANNER_NAME: Final = "scanner"
PORT: Final = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]{0,60}[A-Za-z0-9])?:[1-9][0-9]{0,4}")
DATABASE: Final = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]{0,60}[A-Za-z0-9])?(:[1-9][0-9]{0,4})?/[A-Za-z0-9_.-]{1,60}")
STATION: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,30}")


class Step(StrEnum):
    """What is finished, one after the other; a start that was cut off begins behind the last finished one."""

    LANGUAGE = "language"
    SCREEN = "screen"
    STATION = "station"
    MACHINE = "machine"
    SCANNER = "scanner"
    POINTER = "pointer"
    SITE = "site"
    ADMINISTRATOR = "administrator"


STEPS: Final = tuple(Step)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What is chosen so far. Addresses are URLs of ports; `site` is host, port and database, without any password."""

    language: str = "en"
    diagonal_tenths: int = 121
    station: str = "S1"
    machine: str = "jmif"
    machine_url: str = ""
    machine_map: str = MODBUS_MAP
    simulated: str = ""  # what the settings call a machine that is none
    scanner: str = TYPING
    scanner_url: str = ""
    pointer: str = "lift"
    pointer_url: str = ""
    has_site: bool = False
    site: str = ""
    site_user: str = ""

    @property
    def protocol(self) -> str:
        return TRIAL_PROTOCOL if self.machine == TRIAL else self.machine

    def site_url(self, password_file: str = "") -> str:
        """The address of the site database; `password_file` is one that libpq reads the password from."""
        behind = f"?passfile={quote(password_file)}" if password_file else ""
        return f"postgresql://{quote(self.site_user, safe='')}@{self.site}{behind}"


def with_key(draft: Draft, step: Step | None, key: str) -> Draft:
    """With this kind of machine, scanner or pointer."""
    match step:
        case Step.MACHINE:
            return replace(draft, machine=key)
        case Step.SCANNER:
            return replace(draft, scanner=key)
        case Step.POINTER:
            return replace(draft, pointer=key)
        case _:
            return draft


def with_url(draft: Draft, step: Step | None, url: str) -> Draft:
    """With this line of the step's device."""
    match step:
        case Step.MACHINE:
            return replace(draft, machine_url=url)
        case Step.SCANNER:
            return replace(draft, scanner_url=url)
        case Step.POINTER:
            return replace(draft, pointer_url=url)
        case _:
            return draft


def draft_of(settings: Settings) -> Draft:
    """What the settings say already."""
    machine, scanner = settings.machine, settings.scanner[0] if settings.scanner else None
    words = machine.simulated
    own = TRIAL if words and not machine.url else machine.protocol
    parts = urlsplit(settings.upstream.url)
    is_read = parts.scheme.startswith("postgres") and parts.password is None
    draft = Draft(
        language=settings.station.language,
        diagonal_tenths=round(settings.screen.diagonal_in * 10),
        station=settings.station.name,
        machine=own,
        machine_url="" if machine.url == NOBODY else machine.url,
        machine_map=machine.map or MODBUS_MAP,
        simulated="" if words == TRIAL_WORDS else words,
        scanner=TYPING if scanner is None else LINE,
        scanner_url=scanner.url if scanner is not None else "",
        pointer=settings.pointer.protocol,
        pointer_url=settings.pointer.url,
        has_site=bool(settings.upstream.url),
    )
    if not is_read:
        return draft
    where = f"{parts.netloc.rpartition('@')[2]}{parts.path}"
    return replace(draft, site=where, site_user=unquote(parts.username or ""))


def changes_of(step: Step, draft: Draft, *, password_file: str = "") -> tuple[Change, ...]:
    """What a finished step puts into the settings. `password_file`: where the site database's password was put, if one was."""
    match step:
        case Step.LANGUAGE:
            return (Change("station", "language", draft.language),)
        case Step.SCREEN:
            return (Change("screen", "diagonal_in", draft.diagonal_tenths / 10),)
        case Step.STATION:
            return (Change("station", "name", draft.station),)
        case Step.MACHINE:
            return _machine(draft)
        case Step.SCANNER if draft.scanner == LINE:
            return tuple(
                Change("scanner", key, value, is_one_of_several=True)
                for key, value in (("name", SCANNER_NAME), ("protocol", "line"), ("url", draft.scanner_url))
            )
        case Step.POINTER:
            url = "" if draft.pointer == "lift" else draft.pointer_url
            return (Change("pointer", "protocol", draft.pointer), Change("pointer", "url", url))
        case Step.SITE if draft.has_site:
            return (Change("upstream", "url", draft.site_url(password_file)),)
        case _:
            return ()


def _machine(draft: Draft) -> tuple[Change, ...]:
    is_own = draft.machine == TRIAL
    changes = [
        Change("machine", "protocol", draft.protocol),
        Change("machine", "kind", "carousel" if draft.machine == "carousel2" else "lift"),
        Change("machine", "url", "" if is_own else draft.machine_url),
        Change("machine", "simulated", TRIAL_WORDS if is_own else draft.simulated),
        Change("machine", "map", draft.machine_map if draft.machine == "modbus" else ""),
    ]
    return tuple(changes)
