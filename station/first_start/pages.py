"""The pages of the first start: which step each belongs to, which comes before it, what can be chosen or typed on it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from re import Pattern, compile
from typing import Final

from station.first_start.draft import DATABASE, MACHINES, POINTERS, PORT, SCANNERS, STATION, Step

LEAST_TENTHS: Final = 70
MOST_TENTHS: Final = 600
SIZES: Final = ("101", "121", "133", "156", "185", "215")  # of usual panels, in tenths of an inch


class Trial(StrEnum):
    """What became of "Try it"."""

    NONE = "none"
    RUNNING = "running"
    GOOD = "good"
    BAD = "bad"


class Page(StrEnum):
    """One page with one primary action."""

    LANGUAGE = "language"
    SCREEN = "screen"
    STATION = "station"
    MACHINE = "machine"
    MACHINE_LINE = "machine_line"
    MACHINE_ADDRESS = "machine_address"
    MACHINE_TRY = "machine_try"
    SCANNER = "scanner"
    SCANNER_LINE = "scanner_line"
    SCANNER_TEACH = "scanner_teach"
    POINTER = "pointer"
    POINTER_LINE = "pointer_line"
    POINTER_ADDRESS = "pointer_address"
    SITE = "site"
    SITE_ADDRESS = "site_address"
    SITE_USER = "site_user"
    SITE_PASSWORD = "site_password"
    SITE_TRY = "site_try"
    ADMIN_NAME = "admin_name"
    ADMIN_BADGE = "admin_badge"
    ADMIN_TYPE_BADGE = "admin_type_badge"
    ADMIN_PIN = "admin_pin"
    ADMIN_AGAIN = "admin_again"
    DONE = "done"


_BY_STEP: Final = {
    Step.LANGUAGE: (Page.LANGUAGE,),
    Step.SCREEN: (Page.SCREEN,),
    Step.STATION: (Page.STATION,),
    Step.MACHINE: (Page.MACHINE, Page.MACHINE_LINE, Page.MACHINE_ADDRESS, Page.MACHINE_TRY),
    Step.SCANNER: (Page.SCANNER, Page.SCANNER_LINE, Page.SCANNER_TEACH),
    Step.POINTER: (Page.POINTER, Page.POINTER_LINE, Page.POINTER_ADDRESS),
    Step.SITE: (Page.SITE, Page.SITE_ADDRESS, Page.SITE_USER, Page.SITE_PASSWORD, Page.SITE_TRY),
    Step.ADMINISTRATOR: (Page.ADMIN_NAME, Page.ADMIN_BADGE, Page.ADMIN_TYPE_BADGE, Page.ADMIN_PIN, Page.ADMIN_AGAIN),
}
STEP_OF: Final = {page: step for step, pages in _BY_STEP.items() for page in pages}
FIRST: Final = {step: pages[0] for step, pages in _BY_STEP.items()}
# Where "Back" leads: within a step to the page that asked for it, from a step's first page to the step before.
BEFORE: Final = {
    Page.SCREEN: Page.LANGUAGE,
    Page.STATION: Page.SCREEN,
    Page.MACHINE: Page.STATION,
    Page.MACHINE_LINE: Page.MACHINE,
    Page.MACHINE_ADDRESS: Page.MACHINE_LINE,
    Page.MACHINE_TRY: Page.MACHINE,
    Page.SCANNER: Page.MACHINE,
    Page.SCANNER_LINE: Page.SCANNER,
    Page.SCANNER_TEACH: Page.SCANNER,
    Page.POINTER: Page.SCANNER,
    Page.POINTER_LINE: Page.POINTER,
    Page.POINTER_ADDRESS: Page.POINTER_LINE,
    Page.SITE: Page.POINTER,
    Page.SITE_ADDRESS: Page.SITE,
    Page.SITE_USER: Page.SITE_ADDRESS,
    Page.SITE_PASSWORD: Page.SITE_USER,
    Page.SITE_TRY: Page.SITE_ADDRESS,
    Page.ADMIN_NAME: Page.SITE,
    Page.ADMIN_BADGE: Page.ADMIN_NAME,
    Page.ADMIN_TYPE_BADGE: Page.ADMIN_BADGE,
    Page.ADMIN_PIN: Page.ADMIN_BADGE,
    Page.ADMIN_AGAIN: Page.ADMIN_PIN,
}
CHOICES: Final = {Page.MACHINE: MACHINES, Page.SCANNER: SCANNERS, Page.POINTER: POINTERS}


@dataclass(frozen=True, slots=True)
class Typing:
    """What may be typed on a page: `keys` are its pages of up to 30 keys, `fits` is what the whole text must be."""

    keys: tuple[str, ...]
    fits: Pattern[str]
    most: int = 60
    has_space: bool = False
    is_secret: bool = False
    small_after_first: bool = False  # a name begins with a capital letter


_SMALL, _LARGE = "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ACCENTS: Final = "ÄÖÜäöüßàâáèéêëçîïìíñòóôùûúœåøæ"
_SIGNS: Final = ("1234567890!?#$%&*+=/()[]{}<>~^", ",;:.'\"|\\`-_@ ")
_NAMES: Final = (_LARGE + "-'.,", _SMALL + "-'.,", _ACCENTS)
_ADDRESS: Final = ("1234567890.:/-_", _SMALL + ".:/-", _LARGE + ".:/-")
_ANY: Final = (_SMALL + "-_.@", _LARGE + "-_.@", *_SIGNS)
TEXTS: Final = {
    Page.STATION: Typing((_LARGE + "-_.", "1234567890-_.", _SMALL + "-_."), STATION, most=31),
    Page.MACHINE_ADDRESS: Typing(_ADDRESS, PORT),
    Page.POINTER_ADDRESS: Typing(_ADDRESS, PORT),
    Page.SITE_ADDRESS: Typing(_ADDRESS, DATABASE, most=120),
    Page.SITE_USER: Typing((_SMALL + "-_.", "1234567890-_.", _LARGE + "-_."), compile(r"[^\s]{1,60}")),
    Page.SITE_PASSWORD: Typing(_ANY, compile(r".{0,100}"), most=100, is_secret=True),
    Page.ADMIN_NAME: Typing(_NAMES, compile(r"\s*\S.{0,79}"), most=80, has_space=True, small_after_first=True),
    Page.ADMIN_TYPE_BADGE: Typing((_LARGE + "-_.", "1234567890-_.", _SMALL + "-_."), compile(r"\S{1,60}"), is_secret=True),
}


def is_fitting(page: Page, entry: str) -> bool:
    """Whether this text may stand there."""
    return TEXTS[page].fits.fullmatch(entry) is not None


def typed(page: Page, entry: str, keys: int, key: str) -> tuple[str, int]:
    """The text and the page of keys after one key. A sign that is on no page of this one's keys is not taken."""
    typing = TEXTS[page]
    if key == "erase":
        return entry[:-1], keys
    if key == "clear":
        return "", keys
    if key == "keys":
        return entry, (keys + 1) % len(typing.keys)
    is_known = any(key in each for each in typing.keys) or (key == " " and typing.has_space)
    if len(key) != 1 or not is_known or len(entry) >= typing.most:
        return entry, keys
    is_first = typing.small_after_first and keys == 0 and (not entry or entry.endswith(" "))
    return entry + key, 1 if is_first else 0 if key == " " and typing.small_after_first else keys
