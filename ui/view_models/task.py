"""The screen of the working day: one line at one compartment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from station.rules.handling import Load
from station.rules.put_away import Proposal
from station.view.action import Action
from station.view.task import LoadAfter, TaskFace
from station.view.tray_map import TrayMap
from station.view.wait import Wait
from ui.local_state import Local
from ui.texts import Texts
from ui.view_models import questions, scale
from ui.view_models.buttons import ActionRowModel, ButtonModel, arrange, cancel, primary

ROW: Final = (Action.NOT_ENOUGH, Action.UNREADABLE, Action.SKIP)
MOVING: Final = frozenset({"tray_coming", "tray_leaving", "line_back"})
SAID_BY_BAR: Final = frozenset({"machine", "link"})  # a stop or a lost line is the bar's business: no card beside it
RUNNERS_UP: Final = 2
FIRST_RUNNER_KEY: Final = 8
QUIET: Final = frozenset({"booking", "reading", "searching", "planning", "checking"})
_VERBS = {"pick": "take", "put": "put_in", "hold": "mark", "load_pick": "take", "load_put": "put_in"}
_LEFT = {"put": "there_after_put", "hold": "free_after_hold"}
LOADS: Final = ("load_pick", "load_put")


@dataclass(frozen=True, slots=True)
class WaitModel:
    """What we wait for; the card counts down from `since_s` (monotonic) by itself."""

    text: str
    since_s: float
    expected_s: float
    is_quiet: bool = False  # usually over before anybody could read it: said only when it lasts
    is_call: bool = False  # the machine waits for a person: what he is to do


@dataclass(frozen=True, slots=True)
class Fact:
    caption: str
    value: str


@dataclass(frozen=True, slots=True)
class TaskModel:
    heading: str
    title: str
    code: str
    verb: str
    number: str
    unit: str
    packs: str
    note: str
    picture: str
    facts: tuple[Fact, ...]
    tray: str
    compartment: str
    map: TrayMap | None
    hint: str
    is_dim: bool  # the machine stopped or the tray is not here: the map is grey; not on foot, where it shows the way
    is_number_dim: bool  # and the quantity too, unless the tray is on its way to be worked at
    wait: WaitModel | None
    question: questions.QuestionModel | None
    scale: scale.ScaleModel | None = None
    hints: str = ""  # what the hands should know before
    place_why: str = ""  # why the goods go here
    runners_up: tuple[ButtonModel, ...] = ()
    tote: str = ""  # the one put place and tote that it goes into
    is_tote_dark: bool = False  # its lamp shows nothing
    tray_caption: str = ""  # "": a tray


def present(face: TaskFace, local: Local, texts: Texts, *, is_stopped: bool) -> TaskModel:
    """Everything the face shows, as strings and flags."""
    item = face.item
    has_number = (
        face.mode not in ("count", *LOADS) and face.confirm_quantity > 0
    )  # none once the pick is booked and the question follows
    return TaskModel(
        heading=_heading(face, texts),
        title=item.name if item else "",
        code=_code(face, texts),
        verb=texts.label(_verb(face)) if has_number else "",
        number=texts.number(face.confirm_quantity, item.decimals) if item and has_number else "",
        unit=item.unit if item and has_number else "",
        packs=_packs(face, texts),
        note=_note(face, texts),
        picture=item.picture if item else "",
        facts=_facts(face, texts),
        tray=f"{face.zone.name} {face.tray}" if face.zone is not None else str(face.tray),
        tray_caption=texts.label("place") if face.zone is not None else "",
        compartment=face.compartment,
        map=face.map,
        hint=_hint(face, texts),
        is_dim=is_stopped or not (face.is_here or face.zone is not None),
        is_number_dim=is_stopped or not (face.is_here or _is_passing(face.wait) or face.zone is not None),
        wait=present_wait(face.wait, texts),
        question=questions.present(face.ask, local, texts) if face.ask else None,
        scale=scale.present(face.weighing, face.ask, texts),
        hints=_hints(face, texts),
        place_why=texts.label("place_why", why=texts.put_reasons(face.reasons, most=2)) if face.reasons else "",
        runners_up=tuple(_runner_up(number, each, face, texts) for number, each in enumerate(face.runners_up[:RUNNERS_UP])),
        tote=_tote(face, texts),
        is_tote_dark=face.tote is not None and face.tote.is_dead,
    )


def _hints(face: TaskFace, texts: Texts) -> str:
    found = [texts.label("fragile")] if face.handling.is_fragile else []
    if face.handling.heavy_g:
        found.append(texts.label("heavy", weight=texts.kilograms(face.handling.heavy_g)))
    return "  ·  ".join(found)


def _runner_up(number: int, proposal: Proposal, face: TaskFace, texts: Texts) -> ButtonModel:
    """Another place: where, and why there."""
    place = proposal.place
    name = "runner_here" if place.tray == face.tray else "runner_up"
    text = texts.label(name, compartment=place.compartment, tray=place.tray)
    why = texts.put_reasons(proposal.reasons, most=1)
    return ButtonModel(f"runner_{number}", text, why, f_key=FIRST_RUNNER_KEY + number)


def present_row(face: TaskFace, local: Local, texts: Texts) -> ActionRowModel:
    """Confirm says what it books; refused, it says why. A wrong scan brings "label unreadable" into the row."""
    words = {} if face.order else {Action.SKIP: texts.label("leave_undone")}
    if face.mode in LOADS:
        words[Action.NOT_ENOUGH] = texts.label("load_not_there")
    if face.ask is not None:
        return questions.present_row(face.ask, face.offers, local, texts, words=words, weighing=face.weighing)
    if _question_waits(face):
        others = tuple(offer for offer in face.offers if offer.action is not Action.BACK)
        return arrange(others, texts, extra=[cancel(texts)], words=words)
    confirm = next((offer for offer in face.offers if offer.action is Action.CONFIRM), None)
    button = None
    if confirm is not None:
        button = primary("action_confirm", _confirm_text(face, texts), reason=texts.refusal(confirm.refused))
    fetch = next((offer for offer in face.offers if offer.action is Action.FETCH_AGAIN), None)
    if confirm is None and fetch is not None:
        button = primary("action_fetch_again", texts.action(Action.FETCH_AGAIN), reason=texts.refusal(fetch.refused))
    # The places never change with the state: a hand that goes to "label unreadable" must not find "skip" there.
    without = (Action.CONFIRM, Action.FETCH_AGAIN)
    is_refused_here = confirm is not None and confirm.refused == "not_here"
    first = (Action.ELSEWHERE, *ROW) if is_refused_here else ROW  # what the bar names stands in the row
    return arrange(face.offers, texts, primary_button=button, without=without, first=first, words=words)


def present_wait(wait: Wait | None, texts: Texts) -> WaitModel | None:
    if wait is None or wait.code in SAID_BY_BAR:
        return None
    return WaitModel(texts.wait(wait), wait.since_s, wait.expected_s, wait.code in QUIET, wait.is_call)


def _verb(face: TaskFace) -> str:
    is_out = face.ask is not None and face.ask.code in ("into_totes", "put_hand_back")
    return "in_hand" if is_out else _VERBS.get(face.mode, "take")


def _is_passing(wait: Wait | None) -> bool:
    """Whether what is waited for ends by itself, so that reading on is of use."""
    return wait is not None and wait.code in MOVING | QUIET


def _confirm_text(face: TaskFace, texts: Texts) -> str:
    if face.mode in LOADS:
        return texts.label(f"confirm_{face.mode}", compartment=face.compartment)
    quantity = texts.quantity(face.confirm_quantity, face.item)
    if face.mode == "put":
        return texts.label("confirm_put", quantity=quantity, compartment=face.compartment)
    if face.mode == "hold":
        return texts.label("confirm_hold", quantity=quantity)
    if face.tote is not None:
        return texts.label("confirm_tote", quantity=quantity, position=face.tote.position)
    return texts.label("confirm_pick", quantity=quantity)


def _heading(face: TaskFace, texts: Texts) -> str:
    if face.mode in LOADS:
        return texts.label("load_title")
    if not face.order:
        return " · ".join(each for each in (texts.label("without_order"), texts.reason(face.reason)) if each)
    if face.orders:
        return texts.label("orders_together", orders=", ".join(face.orders))
    line = texts.label("line", number=face.line_no, count=face.line_count)
    return f"{texts.label('order', order=face.order)}  ·  {line}"


def _code(face: TaskFace, texts: Texts) -> str:
    code = face.item.code if face.item else ""
    return "  ·  ".join(each for each in (code, texts.stock_key(face.key)) if each)


def _note(face: TaskFace, texts: Texts) -> str:
    """Which kit it is for, what the item's own note and the line's say, and why it is another lot than the rule says."""
    departs = texts.label("departs", why=texts.reason(face.departure)) if face.departure else ""
    kit = texts.kit_part(face.kit) if face.kit is not None else ""
    return "  ·  ".join(each for each in (kit, departs, face.item.note if face.item else "", face.note) if each)


def _packs(face: TaskFace, texts: Texts) -> str:
    if face.item is None or face.mode == "count":
        return ""
    packs = texts.packs(face.item, face.confirm_quantity)
    parts = [texts.label("packs", packs=packs)] if packs else []
    if face.confirm_quantity != face.asked:
        parts.append(texts.label("asked", quantity=texts.quantity(face.asked, face.item)))
    return "  ·  ".join(parts)


def _facts(face: TaskFace, texts: Texts) -> tuple[Fact, ...]:
    facts = []
    if face.scanned and face.item is not None:
        done, asked = texts.number(face.scanned, face.item.decimals), texts.quantity(face.confirm_quantity, face.item)
        facts.append(Fact(texts.label("scanned"), texts.label("scanned_of", number=done, asked=asked)))
    if face.book is not None:
        facts.append(Fact(texts.label("in_compartment"), texts.quantity(face.book, face.item)))
    if face.left_after is not None:
        facts.append(Fact(texts.label(_LEFT.get(face.mode, "left_after_pick")), texts.quantity(face.left_after, face.item)))
    if face.load is not None:
        facts.append(Fact(texts.label("tray_after"), load_text(face.load, texts)))
    if face.destination:
        facts.append(Fact(texts.label("destination"), face.destination))
    return tuple(facts)


def load_text(load: LoadAfter | Load, texts: Texts) -> str:
    """How much a tray weighs, of how much it bears, and how high it is loaded, as far as anybody knows."""
    weight = texts.kilograms(load.weight_g)
    if load.max_g:
        weight = texts.label("weight_of", weight=weight, most=texts.kilograms(load.max_g))
    height = texts.label("millimetres", value=load.height_mm) if load.height_mm else ""
    return " · ".join(each for each in (weight, height) if each)


def _question_waits(face: TaskFace) -> bool:
    """Whether a question is open that cannot be answered now: its tray is not here, or the machine stands. It can be left."""
    return face.ask is None and any(offer.action is Action.BACK and offer.is_allowed for offer in face.offers)


def _tote(face: TaskFace, texts: Texts) -> str:
    """The put place as it is read from afar; where its lamp is dark this is all that shows it."""
    if face.ask is not None:
        return ""
    rank = (texts.label("rank_of", rank=face.rank, ranks=face.ranks),) if face.rank else ()
    if face.tote is None:
        return "".join(rank)
    label = "into_dark_tote" if face.tote.is_dead else "into_tote"
    return "  ".join((*rank, texts.label(label, position=face.tote.position, tote=face.tote.tote)))


def _hint(face: TaskFace, texts: Texts) -> str:
    if _question_waits(face):
        return texts.label("question_waits")
    zone = face.zone.title if face.zone is not None else ""
    follows = texts.label("next_in_section" if face.zone is not None else "next_here", label=face.next_label)
    return " · ".join(each for each in (zone, follows if face.next_label else "") if each)
