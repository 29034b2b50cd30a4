"""What can be done on a face: its buttons, and why one of them is refused."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Action(StrEnum):
    """What can be done on a face. Each is a button, an F-key and an accessible action."""

    CONFIRM = "confirm"
    NOT_ENOUGH = "not_enough"
    SKIP = "skip"
    UNREADABLE = "unreadable"
    TOOK_MORE = "took_more"
    COUNT = "count"
    ELSEWHERE = "elsewhere"
    OTHER_LOT = "other_lot"
    LEAVE_WORK = "leave_work"
    SEND_BACK = "send_back"
    SHOW_QUANTITIES = "show_quantities"
    DIRECT_PICK = "direct_pick"
    DIRECT_PUT = "direct_put"
    FETCH_AGAIN = "fetch_again"
    BACK = "back"
    LOCK = "lock"
    SIGN_OFF = "sign_off"
    CALL_TRAY = "call_tray"
    TRAY_PAGE = "tray_page"
    START = "start"
    LIGHT_AGAIN = "light_again"
    DEVICES = "devices"
    STATUS_BY_HAND = "status_by_hand"
    FETCH_BY_HAND = "fetch_by_hand"
    STORE_BY_HAND = "store_by_hand"
    EXPORT_FRAMES = "export_frames"
    TRY_LAMPS = "try_lamps"
    TEACH = "teach"
    KEEP_FORM = "keep_form"
    WEAR = "wear"
    BOOK_SERVICE = "book_service"
    OUTAGES = "outages"
    TAKE_OUT = "take_out"
    TAKE_BAY_OUT = "take_bay_out"
    TAKE_BACK = "take_back"
    PRINTERS = "printers"
    LATE = "late"
    LATE_BOOKING = "late_booking"
    MARK_TRAY = "mark_tray"
    MARK_ALL = "mark_all"
    HELD = "held"
    COUNT_TRAY = "count_tray"
    COUNT_ITEM = "count_item"
    LOADS = "loads"
    PUT_LOAD = "put_load"
    LEAVE_OUT = "leave_out"
    CALIBRATE = "calibrate"
    ON_MARK = "on_mark"
    PLACE_BEFORE = "place_before"
    LEAVE_TEACHING = "leave_teaching"
    ACCEPT_LEVEL = "accept_level"
    TEACH_ANEW = "teach_anew"
    TOTE_FULL = "tote_full"
    MARK_LAMP = "mark_lamp"
    SEARCH = "search"
    SHOW_FOUND = "show_found"
    SHOW_LETTERS = "show_letters"
    SHOW_PICTURES = "show_pictures"
    CALL_PLACE = "call_place"
    MOVE_FROM = "move_from"
    RETURN_TO = "return_to"
    OTHER = "other"
    PUT_DOWN = "put_down"
    TOOLS = "tools"


@dataclass(frozen=True, slots=True)
class Offer:
    """An action that the face shows. `refused` is empty when it is allowed now, else the code of the reason, which is shown."""

    action: Action
    refused: str = ""

    @property
    def is_allowed(self) -> bool:
        return not self.refused
