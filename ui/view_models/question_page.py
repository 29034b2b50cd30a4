"""A question that has the whole face: hand-over, which tray is at the bay, and questions of the work list and the tray pages."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from station.view.action import Action
from station.view.ask import AskChoice, AskNumber, AskText, Choice
from station.view.calibration import CalibrationFace
from station.view.desk import DeskFace
from station.view.devices import DevicesFace
from station.view.held import HeldFace
from station.view.history import HistoryFace
from station.view.jit import JitFace
from station.view.late import LateFace
from station.view.loads import LoadsFace
from station.view.lots import LotsFace
from station.view.orders import OrdersFace
from station.view.other import OtherFace
from station.view.outages import OutagesFace
from station.view.people import PeopleFace
from station.view.places import PlacesFace
from station.view.printers import PrintersFace
from station.view.pull import PullFace
from station.view.receipts import ReceiptsFace
from station.view.replay import ReplayFace
from station.view.sign_on import HandOverFace, PinAgainFace, UnlockFace
from station.view.storage import StorageFace
from station.view.tray import BayFace, TrayPageFace, UnknownTrayFace
from station.view.wear import WearFace
from station.view.work import WorkFace
from ui.local_state import Local
from ui.texts import Texts
from ui.view_models import (
    desk,
    held,
    jit_desk,
    late,
    loads,
    lots,
    orders,
    other,
    outages,
    printers,
    questions,
    receipts,
    scale,
    sign_on,
    staff,
    storage,
)
from ui.view_models.buttons import ActionRowModel, ButtonModel, arrange, cancel

# The station leaves asking for the tray to the screen: these are the screen's own question and button.
TRAY_AT_BAY: Final = AskNumber(code="tray_at_bay", result="tell_tray")
# What is said below a question that has nothing else beside it, by its code and the result of its answer.
HELP: Final = {
    ("which_tray", "call_tray"): "call_tray_help",
    ("which_tray", "show_tray"): "show_tray_help",
    ("fetch_which_tray", "go_on"): "fetch_by_hand_help",
    ("which_tray", "take_out"): "take_out_help",
    ("which_tray", "mark_tray"): "mark_tray_help",
    ("calibrate_which_tray", "call_tray"): "calibrate_tray_help",
    ("calibrate_which_height", "height"): "calibrate_height_help",
    ("why_direct", ""): "why_direct_help",
    ("report_lacking", ""): "report_short_help",
    ("gap", ""): "gap_help",
    ("gap_order", ""): "gap_order_help",
    ("gap_places", ""): "gap_places_help",
    ("gap_lift", ""): "gap_places_help",
    ("what_service", ""): "what_service_help",
    ("next_inspection", ""): "next_inspection_help",
    ("book_service_now", ""): "book_service_help",
    ("book_inspection_now", ""): "book_inspection_help",
    ("is_it_clear_fetch", ""): "by_hand_help",
    ("is_it_clear_store", ""): "by_hand_help",
}


@dataclass(frozen=True, slots=True)
class QuestionPageModel:
    """`title` and explaining `lines` at the left, the panel to answer at the right."""

    title: str
    lines: tuple[str, ...]
    question: questions.QuestionModel
    scale: scale.ScaleModel | None = None


PageFace = (
    TrayPageFace
    | DevicesFace
    | CalibrationFace
    | OutagesFace
    | WearFace
    | LateFace
    | HeldFace
    | LoadsFace
    | PlacesFace
    | PrintersFace
    | OrdersFace
    | ReceiptsFace
    | LotsFace
    | PullFace
    | OtherFace
    | ReplayFace
    | JitFace
    | StorageFace
    | HistoryFace
    | PeopleFace
    | PinAgainFace
    | DeskFace
)
AskingFace = HandOverFace | UnlockFace | UnknownTrayFace | WorkFace | BayFace | PageFace


def ask_for(face: AskingFace) -> AskNumber | AskChoice | AskText:
    """The question of this face: the station's, or the screen's own where the face itself is one."""
    if isinstance(face, HandOverFace):
        take = Choice("take_over", "take_over", is_primary=True)
        return AskChoice(code="hand_over", choices=(take, Choice("leave", "leave")), params={"owner": face.owner})
    if isinstance(face, UnlockFace):
        choices = [
            Choice("unlock", "unlock", is_primary=True),
            Choice("new_pin", "give_new_pin"),
            Choice("sign_on", "sign_on_self"),
        ]
        shown = tuple(each for each in choices if each.key != "new_pin" or face.may_give_pin)
        return AskChoice(code="unlock_person", choices=shown, params={"name": face.locked})
    if isinstance(face, UnknownTrayFace) and face.ask is None:
        return TRAY_AT_BAY
    if face.ask is None:
        raise ValueError(f"{type(face).__name__} asks nothing")
    return face.ask


def present(face: AskingFace, local: Local, texts: Texts, now: datetime | None = None) -> QuestionPageModel:
    ask = ask_for(face)
    weighed = scale.present(face.weighing, ask, texts) if isinstance(face, BayFace) else None
    return QuestionPageModel(texts.ask(ask), _lines(face, texts, now), questions.present(ask, local, texts), weighed)


def present_row(face: AskingFace, local: Local, texts: Texts) -> ActionRowModel:
    """The answer's row. Which tray is at the bay can also be answered by "none"."""
    if isinstance(face, HandOverFace):
        return ActionRowModel()
    if isinstance(face, UnlockFace):
        return ActionRowModel((cancel(texts),))
    weighing = face.weighing if isinstance(face, BayFace) else None
    row = questions.present_row(ask_for(face), face.offers, local, texts, weighing=weighing, words=_words(face, texts))
    if isinstance(face, UnknownTrayFace):
        none = ButtonModel("action_no_tray", texts.action("no_tray"))
        others = arrange(face.offers, texts, extra=[none])
        return replace(others, primary=row.primary)
    return row


def _words(face: AskingFace, texts: Texts) -> dict[Action, str]:
    return receipts.words_of(face, texts) if isinstance(face, ReceiptsFace) else {}


def _lines(face: AskingFace, texts: Texts, now: datetime | None) -> tuple[str, ...]:
    if isinstance(face, HandOverFace):
        label = "hand_over_line" if face.line else "hand_over_order"
        line = texts.label(label, order=face.order, line=face.line)
        return (line, texts.label("hand_over_help")) if face.order else (texts.label("hand_over_help"),)
    if isinstance(face, UnlockFace):
        return (texts.label("unlock_help", name=face.locked, helper=face.helper),)
    if isinstance(face, UnknownTrayFace):
        expected = (texts.label("unknown_expected", tray=face.expected),) if face.why == "answer_lost" and face.expected else ()
        return (texts.label(f"unknown_{face.why}", tray=face.expected or 0), *expected, texts.label("unknown_2"))
    if isinstance(face, OutagesFace) and (said := outages.said_of(face, texts)):
        return said
    if isinstance(face, LateFace) and (said := late.said_of(face, texts)):
        return said
    if isinstance(face, HeldFace):
        return held.said_of(face, texts)
    if isinstance(face, LoadsFace) and (said := loads.said_of(face, texts)):
        return said
    if isinstance(face, OrdersFace):
        return orders.said_of(face, texts)
    if isinstance(face, DeskFace):
        return desk.said_of(face, texts)
    if isinstance(face, LotsFace):
        return lots.said_of(face, texts)
    if isinstance(face, ReceiptsFace) and (said := receipts.said_of(face, texts, now)):
        return said
    if isinstance(face, OtherFace):
        return other.said_of(face, texts)
    if isinstance(face, PeopleFace):
        return staff.said_of(face, texts)
    if isinstance(face, PinAgainFace):
        return sign_on.second_lines(face, texts)
    if isinstance(face, StorageFace) and (said := storage.said_of(face, texts)):
        return said
    if isinstance(face, JitFace) and (said := jit_desk.said_of(face, texts)):
        return said
    if isinstance(face, PrintersFace):
        return printers.said_of(face, texts)
    help_of = HELP.get((face.ask.code, getattr(face.ask, "result", ""))) if face.ask else None
    warnings = tuple(texts.message(each) for each in face.warnings) if isinstance(face, DevicesFace) else ()
    return (*warnings, texts.label(help_of)) if help_of else warnings
