"""The first start on the screen: what each of its pages shows. One primary button each, and the bar says what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from station.first_start.draft import STEPS, Step
from station.first_start.pages import BEFORE, CHOICES, SIZES, TEXTS, Page, Trial
from station.first_start.values import FirstStart
from station.flows.first_start import NETWORK
from station.teach_scanner import LABEL
from station.view.message import Level
from station.view.teach import TeachFace
from ui.language import OWN_NAMES
from ui.sentences.first_start import FIRST_START, PROBLEM_CODES
from ui.texts import Texts
from ui.view_models import first_start_told, teach
from ui.view_models.bars import BarModel, StatusModel
from ui.view_models.buttons import ActionRowModel, ButtonModel, primary
from ui.view_models.first_start_told import ToldModel, say
from ui.view_models.question_page import QuestionPageModel
from ui.view_models.questions import ChoicesModel
from ui.view_models.sign_on import SignOnModel

LINES_SHOWN: Final = 8
HELP_LINES: Final = 3
PINS: Final = (Page.ADMIN_PIN, Page.ADMIN_AGAIN)
LINES: Final = (Page.MACHINE_LINE, Page.SCANNER_LINE, Page.POINTER_LINE)
HIDDEN: Final = "●"


@dataclass(frozen=True, slots=True)
class CardModel:
    """The size of the screen: a bank card as large as it is on a screen of these `inches`, and the sizes to choose from."""

    title: str
    lines: tuple[str, ...]
    choices: tuple[ButtonModel, ...]
    tenths: int
    size: str


@dataclass(frozen=True, slots=True)
class TypingModel:
    """A text is typed. `keys` are those of this page, `further` the word of the key that shows the next ones."""

    question: str
    shown: str
    keys: str
    further: str
    space: str


@dataclass(frozen=True, slots=True)
class FirstStartModel:
    status: StatusModel
    content: QuestionPageModel | CardModel | TypingModel | SignOnModel | teach.TeachModel | ToldModel
    row: ActionRowModel
    bar: BarModel


def present(state: FirstStart, texts: Texts, now: datetime) -> FirstStartModel:
    """Everything that is seen of this page."""
    return FirstStartModel(_status(state, texts, now), _content(state, texts), _row(state, texts), _bar(state, texts))


def _status(state: FirstStart, texts: Texts, now: datetime) -> StatusModel:
    step = state.step
    told = say(texts, "step", number=STEPS.index(step) + 1, count=len(STEPS)) if step is not None else say(texts, "last_step")
    return StatusModel(say(texts, "mode"), told, (), (), "", texts.clock(now))


def _content(
    state: FirstStart, texts: Texts
) -> QuestionPageModel | CardModel | TypingModel | SignOnModel | teach.TeachModel | ToldModel:
    page = state.page
    if page in TEXTS:
        return _typing(state, texts)
    if page in (*PINS, Page.ADMIN_BADGE):
        return _sign_on(state, texts)
    match page:
        case Page.SCREEN:
            return _card(state, texts)
        case Page.SCANNER_TEACH:
            return _teach(state, texts)
        case Page.MACHINE_TRY | Page.SITE_TRY | Page.SITE | Page.DONE:
            return first_start_told.present(state, texts)
        case _:
            return QuestionPageModel(_title(state, texts), _help(state, texts), ChoicesModel("", _choices(state, texts)))


def _title(state: FirstStart, texts: Texts) -> str:
    return say(texts, f"title_{state.page}", name=state.name)


def _help(state: FirstStart, texts: Texts) -> tuple[str, ...]:
    if state.page in LINES:
        return (say(texts, "help_line_1" if state.lines else "help_line_none"),)
    names = (f"help_{state.page}_{number}" for number in range(1, HELP_LINES + 1))
    return tuple(say(texts, name, length=state.pin_length) for name in names if name in FIRST_START)


def _choices(state: FirstStart, texts: Texts) -> tuple[ButtonModel, ...]:
    if state.page is Page.LANGUAGE:
        named = [(each, OWN_NAMES[each], each == state.draft.language) for each in state.languages]
    elif state.page in LINES:
        named = [
            (str(place), each.words or each.url, each.url == state.url) for place, each in enumerate(state.lines[:LINES_SHOWN])
        ]
        named.append((NETWORK, say(texts, "choice_network"), state.is_network))
    else:
        chosen = {state.draft.machine, state.draft.scanner, state.draft.pointer}
        named = [(each, say(texts, f"choice_{each}"), each in chosen) for each in CHOICES[state.page]]
    return tuple(
        ButtonModel(f"choice_{key}", words, f_key=place, is_chosen=is_chosen)
        for place, (key, words, is_chosen) in enumerate(named, 1)
    )


def _card(state: FirstStart, texts: Texts) -> CardModel:
    now = state.draft.diagonal_tenths
    sizes = [
        ButtonModel(
            f"choice_{each}",
            say(texts, "choice_size", inches=_inches(int(each), texts)),
            is_enabled=int(each) >= state.least_tenths,
            is_chosen=int(each) == now,
            f_key=place,
        )
        for place, each in enumerate(SIZES, 1)
    ]
    finer = (ButtonModel(f"choice_{way}", say(texts, f"choice_{way}", inches=_inches(1, texts))) for way in ("smaller", "larger"))
    return CardModel(
        _title(state, texts), _help(state, texts), (*sizes, *finer), now, say(texts, "choice_size", inches=_inches(now, texts))
    )


def _inches(tenths: int, texts: Texts) -> str:
    return texts.decimal(tenths / 10, 1)


def _typing(state: FirstStart, texts: Texts) -> TypingModel:
    typing = TEXTS[state.page]
    shown = HIDDEN * len(state.entry) if typing.is_secret else state.entry
    further = typing.keys[(state.keys + 1) % len(typing.keys)][:3]
    return TypingModel(
        question=_title(state, texts),
        shown=shown,
        keys=typing.keys[state.keys],
        further=f"{further} …" if len(typing.keys) > 1 else "",
        space=say(texts, "space") if typing.has_space else "",
    )


def _sign_on(state: FirstStart, texts: Texts) -> SignOnModel:
    asks_pin = state.page in PINS
    lines = (say(texts, "badge_read"),) if not asks_pin and state.badge else _help(state, texts)
    return SignOnModel(
        title=_title(state, texts),
        help=lines,
        badge_help=(),
        people_title="",
        people_help="",
        people=(),
        asks_pin=asks_pin,
        dots=len(state.entry),
        pin_length=state.pin_length,
        waiting="",
    )


def _teach(state: FirstStart, texts: Texts) -> teach.TeachModel:
    """As the page of the running station, with a title that knows no name of the scanner yet."""
    taught = state.taught
    step = "scan" if taught is None else "failed" if taught.form is None else "understood"
    face = TeachFace(
        label=LABEL,
        step=step,
        offers=(),
        source=state.taught_source or "wedge",
        form=taught.form if taught is not None else None,
        problems=taught.problems if taught is not None else (),
    )
    told = teach.present(face, texts)
    titles = {"scan": "title_scanner_teach", "failed": "title_scanner_failed", "understood": "title_scanner_learnt"}
    return teach.TeachModel(told.label, say(texts, titles[step]), told.facts, told.lines)


def _row(state: FirstStart, texts: Texts) -> ActionRowModel:
    """Back, and what can be done later, at the one side; what goes on at the other."""
    others = []
    if state.page in BEFORE and not state.is_waiting:
        others.append(ButtonModel("first_back", say(texts, "back"), f_key=9))
    if state.page is Page.ADMIN_BADGE:
        others.append(ButtonModel("first_type", say(texts, "type_it"), f_key=10))
    if state.may_skip and not state.is_waiting:
        others.append(ButtonModel("first_later", say(texts, "later"), f_key=11))
    need = state.refusal
    name = f"need_{need}" if f"need_{need}" in FIRST_START else "need_type"
    reason = say(texts, name, owner=state.owner) if need else ""
    return ActionRowModel(tuple(others), primary("first_go_on", _going_on(state, texts), reason=reason))


def _going_on(state: FirstStart, texts: Texts) -> str:
    if state.page is Page.DONE:
        return say(texts, "start")
    if state.page is Page.SITE:
        return say(texts, "connect")
    if state.page in (Page.MACHINE_TRY, Page.SITE_TRY) and state.trial is not Trial.GOOD:
        return say(texts, "try_again" if state.trial is Trial.BAD else "try_it")
    return say(texts, "go_on")


def _bar(state: FirstStart, texts: Texts) -> BarModel:
    if state.problem:
        name = f"problem_{state.problem}"
        known = name if name in FIRST_START else "problem_admin_not_written"
        return BarModel(say(texts, known, length=state.pin_length), Level.ACT, PROBLEM_CODES.get(state.problem, ""))
    if state.is_waiting:
        return BarModel(say(texts, "bar_saving" if state.is_saving else "bar_trying"), Level.NOTE)
    level = Level.ACT if state.trial is Trial.BAD else Level.NOTE
    return BarModel(say(texts, _bar_name(state), length=state.pin_length), level, state.trial_code if level is Level.ACT else "")


def _bar_name(state: FirstStart) -> str:
    step = "machine" if state.step is Step.MACHINE else "site"
    if state.trial in (Trial.GOOD, Trial.BAD):
        return f"bar_{step}_{state.trial}"
    if state.page is Page.SCANNER_TEACH and state.taught is not None and state.taught.form is not None:
        return "bar_scanner_learnt"
    if state.page is Page.ADMIN_BADGE and state.badge:
        return "bar_admin_badge_read"
    return f"bar_{state.page}"
