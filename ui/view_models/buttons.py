"""The action row: which buttons a face has, what they say, why some cannot be used, and which F-key each has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from station.view.action import Action, Offer
from ui.texts import Texts

PRIMARY_KEY: Final = 12
UNDO_KEY: Final = 7  # beside whatever else the row has, so that no other key changes with it
CANCEL_KEY: Final = 11  # the same on every question, whatever else has a key there
MORE_PLACES: Final = 12  # behind "More", on one page
ROW_PLACES: Final = 4  # beside the primary button; what does not fit is behind "More"
# What an operator needs most stands in the row; the rest of the offers keep the station's order behind these.
FIRST: Final = (Action.BACK, Action.NOT_ENOUGH, Action.SKIP, Action.SEND_BACK, Action.CALL_TRAY, Action.TRAY_PAGE)
LAST: Final = (Action.LOCK, Action.SIGN_OFF)
# These end or skip a line: they stand 8 mm away from the primary button.
ENDING: Final = frozenset({Action.SKIP, Action.LEAVE_WORK, Action.SEND_BACK, Action.SIGN_OFF, Action.LEAVE_TEACHING})
_ALWAYS: Final = frozenset(f"action_{each.value}" for each in LAST)


@dataclass(frozen=True, slots=True)
class ButtonModel:
    """One touch button. `name` is its objectName; `reason` says why it is not enabled; `f_key` 0 means none; `is_chosen`: of
    several it is the one that counts."""

    name: str
    text: str
    reason: str = ""
    is_enabled: bool = True
    is_primary: bool = False
    f_key: int = 0
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class ActionRowModel:
    """The row under every face, and what is behind "More". A low one leaves its room to the face."""

    secondary: tuple[ButtonModel, ...] = ()
    primary: ButtonModel | None = None
    further: tuple[ButtonModel, ...] = ()
    is_low: bool = False
    undo: ButtonModel | None = None  # at the far left, away from what books


def button(offer: Offer, texts: Texts, text: str = "") -> ButtonModel:
    """The button of an offer; `text` replaces the action's own words."""
    return ButtonModel(
        name=f"action_{offer.action.value}",
        text=text or texts.action(offer.action),
        reason=texts.short_refusal(offer.refused),
        is_enabled=offer.is_allowed,
    )


def primary(name: str, text: str, *, reason: str = "") -> ButtonModel:
    """The button that goes on; a reason disables it."""
    return ButtonModel(name, text, reason, is_enabled=not reason, is_primary=True, f_key=PRIMARY_KEY)


def cancel(texts: Texts) -> ButtonModel:
    """The button that leaves a question."""
    return ButtonModel("key_cancel", texts.action("cancel"), f_key=CANCEL_KEY)


def arrange(
    offers: Sequence[Offer],
    texts: Texts,
    *,
    primary_button: ButtonModel | None = None,
    without: Sequence[Action] = (),
    extra: Sequence[ButtonModel] = (),
    first: Sequence[Action] = (),
    words: Mapping[Action, str] = MappingProxyType({}),
) -> ActionRowModel:
    """Put the offers into the row: the most needed first, the rest behind "More"; F1.. from left to right where a button has no
    key of its own. `words` replace those of an action."""
    shown = [offer for offer in offers if offer.action not in without]
    ordered = in_order(shown, first)
    buttons = [*(button(offer, texts, words.get(offer.action, "")) for offer in ordered)]
    position = 1 if ordered and ordered[0].action is Action.BACK else 0
    buttons[position:position] = extra
    row, further = buttons, list[ButtonModel]()
    if len(buttons) > ROW_PLACES:
        row, further = buttons[: ROW_PLACES - 1], buttons[ROW_PLACES - 1 :]
        row = [*row, ButtonModel("action_more", texts.action("more"))]
    keyed = tuple(replace(each, f_key=each.f_key or place) for place, each in enumerate(row, 1))
    rest = tuple(replace(each, f_key=each.f_key or place) for place, each in enumerate(further, len(row) + 1))
    return ActionRowModel(keyed, primary_button, rest)


def more_pages(further: Sequence[ButtonModel]) -> tuple[tuple[ButtonModel, ...], ...]:
    """What is behind "More", as it stands on pages: locking and leaving stand on each of them."""
    always = [each for each in further if each.name in _ALWAYS]
    if len(further) <= MORE_PLACES:
        return (tuple(further),)
    rest, places = [each for each in further if each not in always], MORE_PLACES - len(always)
    return tuple((*rest[first : first + places], *always) for first in range(0, len(rest), places))


def in_order(offers: Sequence[Offer], first: Sequence[Action] = ()) -> list[Offer]:
    """The offers as their buttons stand in the row and behind "More"."""
    return sorted(offers, key=lambda offer: _rank(offer.action, first))


def _rank(action: Action, first: Sequence[Action]) -> tuple[int, int]:
    order = (Action.BACK, *first, *FIRST)
    if action in order:
        return 0, order.index(action)
    if action in LAST:
        return 2, LAST.index(action)
    return 1, 0
