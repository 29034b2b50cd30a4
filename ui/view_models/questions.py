"""Questions inside a face: a number on the keypad, one of some choices, a short text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from station.values import Item
from station.view.action import Action, Offer
from station.view.ask import Ask, AskChoice, AskNumber, AskText
from station.view.weighing import Weighing
from ui.entry import number_of, refusal_of, text_refusal_of
from ui.local_state import Local
from ui.texts import Texts
from ui.view_models import scale
from ui.view_models.buttons import CANCEL_KEY, ActionRowModel, ButtonModel, arrange, cancel, primary


@dataclass(frozen=True, slots=True)
class KeypadModel:
    """The number keypad and its display."""

    question: str
    shown: str
    unit: str = ""
    has_point: bool = False


@dataclass(frozen=True, slots=True)
class ChoicesModel:
    question: str
    choices: tuple[ButtonModel, ...]


@dataclass(frozen=True, slots=True)
class LettersModel:
    """The A-Z panel. `length` is how many characters are wanted, 0 for any."""

    question: str
    shown: str
    length: int = 0


QuestionModel = KeypadModel | ChoicesModel | LettersModel


def present(ask: Ask, local: Local, texts: Texts) -> QuestionModel:
    """The question as the panel shows it."""
    question = texts.ask(ask)
    if isinstance(ask, AskNumber):
        shown = local.entry.replace(".", texts.language.decimal_sign)
        return KeypadModel(question, shown, _unit(ask.item), bool(ask.item and ask.item.decimals))
    if isinstance(ask, AskText):
        return LettersModel(question, local.entry, ask.length or 0)
    buttons = tuple(
        ButtonModel(f"choice_{choice.key}", texts.choice(choice), is_primary=choice.is_primary, f_key=_key_before_cancel(place))
        for place, choice in enumerate(ask.choices, 1)
    )
    return ChoicesModel(question, buttons)


def present_row(
    ask: Ask,
    offers: tuple[Offer, ...],
    local: Local,
    texts: Texts,
    *,
    words: Mapping[Action, str] = MappingProxyType({}),
    weighing: Weighing | None = None,
) -> ActionRowModel:
    """The action row while a question is open: leave it (where the station offers Back), or accept the answer. A scale adds what
    it has to offer."""
    leave = [*([cancel(texts)] if _has_back(offers) else []), *scale.present_buttons(weighing, texts)]
    others = tuple(offer for offer in offers if offer.action not in (Action.BACK, Action.CONFIRM, Action.START))
    row = arrange(others, texts, primary_button=_enter(ask, local, texts), extra=leave, words=words)
    return _with_choice_keys(row, len(ask.choices)) if isinstance(ask, AskChoice) else row


def _has_back(offers: tuple[Offer, ...]) -> bool:
    return any(offer.action is Action.BACK and offer.is_allowed for offer in offers)


def _enter(ask: Ask, local: Local, texts: Texts) -> ButtonModel | None:
    if isinstance(ask, AskNumber):
        number = number_of(ask, local.entry)
        reason = refusal_of(ask, local.entry)
        return primary("key_enter", texts.result(ask, number), reason=texts.refusal(reason))
    if isinstance(ask, AskText):
        return primary("key_enter", texts.action("confirm"), reason=texts.refusal(text_refusal_of(ask, local.entry)))
    return None


def _with_choice_keys(row: ActionRowModel, choices: int) -> ActionRowModel:
    """The choices have F1 and up, so the row goes on behind them; Cancel keeps its own key."""
    shifted, key = [], choices
    for each in row.secondary:
        if each.f_key != CANCEL_KEY:
            key += 1
            each = replace(each, f_key=_key_before_cancel(key))
        shifted.append(each)
    return replace(row, secondary=tuple(shifted))


def _key_before_cancel(number: int) -> int:
    """An F-key that nothing else has, 0 for none."""
    return number if number < CANCEL_KEY else 0


def _unit(item: Item | None) -> str:
    return item.unit if item else ""
