"""Taking a tray or a bay out of service and back."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TakeTrayOut:
    """The tray is not called for work any more; the reason is shown to whoever waits for it."""

    tray: int
    reason: str


@dataclass(frozen=True, slots=True)
class ReturnTray:
    """The tray is back in service."""

    tray: int


@dataclass(frozen=True, slots=True)
class TakeBayOut:
    """Nothing is called to this bay for work any more."""

    reason: str


@dataclass(frozen=True, slots=True)
class ReturnBay:
    """This bay is back in service."""


@dataclass(frozen=True, slots=True)
class OpenOutages:
    """Open the list of what is out of service."""


@dataclass(frozen=True, slots=True)
class AskTakeOut:
    """A tray is to go out of service: that of the tray page, or the one whose number is asked next. Why is asked then."""

    token: int


@dataclass(frozen=True, slots=True)
class AskTakeBayOut:
    """This bay is to go out of service; why is asked next."""

    token: int


@dataclass(frozen=True, slots=True)
class AskReturn:
    """A tray, or this bay (None), is to come back into service; it is asked once more."""

    token: int
    tray: int | None


@dataclass(frozen=True, slots=True)
class FetchUnreleased:
    """Call the next tray that waits for its release."""


@dataclass(frozen=True, slots=True)
class ReleaseTray:
    """The called tray is filled, or counted: orders may have what is on it. The next one is called."""

    token: int


ServiceCommand = TakeTrayOut | ReturnTray | TakeBayOut | ReturnBay

OutagesCommand = ServiceCommand | OpenOutages | AskTakeOut | AskTakeBayOut | AskReturn | FetchUnreleased | ReleaseTray
