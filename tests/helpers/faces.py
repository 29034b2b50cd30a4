"""Hand-made Views: every face in every state that looks different. For screenshots, layout rules and whoever needs a View."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from station.rules.put_away import Proposal
from station.values import Item, Pack, Place, Role, StockKey, StockStatus
from station.view.action import Action, Offer
from station.view.ask import AskChoice, AskNumber, AskText, Choice
from station.view.message import Level, Message
from station.view.sign_on import HandOverFace, LockedFace, PinAgainFace, SignOnFace, UnlockFace
from station.view.status import DeviceLight, Light, OperatorTag
from station.view.task import Handling, LoadAfter, TaskFace
from station.view.tray import BayFace, ContentRow, TrayEventRow, TrayPageFace, UnknownTrayFace
from station.view.tray_map import CellState, MapCell, TrayMap
from station.view.view import Face, View
from station.view.wait import Wait
from station.view.work import OrderTag, WorkFace

NOW = datetime(2026, 3, 3, 13, 32, tzinfo=UTC)
PICTURES = Path(__file__).parent / "pictures"

BOLT = Item(
    code="4017-0840",
    name="Hex bolt M8 × 40 zinc-plated",
    packs=(Pack("box", 50),),
    picture="bolt.svg",
)
CABLE = Item(code="LIYCY-4X025", name="Data cable LiYCY 4 × 0.25 mm², shielded, grey", unit="m", decimals=2, picture="bolt.svg")
SENSOR = Item(code="IFM-IG5401", name="Inductive sensor M18", picture="bolt.svg", serial_tracked=True)
GLUE = Item(code="LOC-243-50", name="Threadlocker 243, 50 ml", lot_tracked=True)
VALVE = Item(
    code="FESTO-VUVG-L10-M52-AT-M5-1P3",
    name="Solenoid valve 5/2-way, monostable, with pneumatic spring and manual override, G1/8 connection, 24 V DC, left-hand",
    note="Keep the ports closed until it is mounted. Electrostatic discharge destroys the coil: wear the wrist strap",
    serial_tracked=True,
)

PEOPLE = (
    ("Mara Keller", "BLB-1001", "2580", Role.OPERATOR),
    ("Jonas Weber", "BLB-2001", "7413", Role.SUPERVISOR),
    ("Elif Demir", "BLB-3001", "9046", Role.MAINTENANCE),
    ("Paul Lorenz", "BLB-4001", "3817", Role.ADMINISTRATOR),
    ("Ines Navarro-Fernández", "BLB-4002", "938275", Role.OPERATOR),
)
OPERATOR = OperatorTag("p_0123456789abcdef", "M. Keller", Role.OPERATOR)
LIGHTS = tuple(DeviceLight(device, Light.GOOD) for device in ("machine", "scanner", "display", "store"))


def picture(name: str) -> Path | None:
    """The picture file of that name, as the window asks for it."""
    path = PICTURES / name
    return path if path.is_file() else None


def tray_map(target: str = "", *, also: tuple[str, ...] = (), columns: int = 10, rows: int = 3) -> TrayMap:
    """A tray of 2450 x 864 mm in a grid; row A is the far one."""
    width, depth = 2450 // columns, 864 // rows
    cells = []
    for row in range(rows):
        for column in range(columns):
            label = f"{chr(ord('A') + row)}{column + 1}"
            state = CellState.EMPTY if (row * 7 + column * 3) % 5 == 0 else CellState.OCCUPIED
            state = CellState.TARGET if label == target else CellState.ALSO if label in also else state
            cells.append(MapCell(label, column * width, (rows - 1 - row) * depth, width, depth, state))
    return TrayMap(47, "", columns * width, rows * depth, tuple(cells))


def mixed_map(target: str = "") -> TrayMap:
    """A tray whose dividers make cells of different sizes: its labels are no grid."""
    cells, number = [], 0
    for row, count in enumerate((4, 8, 6)):
        for column in range(count):
            number += 1
            label = f"K{number}"
            state = CellState.TARGET if label == target else CellState.OCCUPIED if number % 4 else CellState.EMPTY
            cells.append(MapCell(label, column * 2448 // count, row * 288, 2448 // count, 288, state))
    return TrayMap(12, "", 2450, 864, tuple(cells))


def view(face: Face, bar: Message, **changes: object) -> View:
    """A View of a simulated station with everything in order."""
    plain = View(
        token=7,
        station="S1",
        machine="VLM1",
        bay="SH1-1",
        simulated="SIMULATED VLM",
        operator=OPERATOR,
        lights=LIGHTS,
        face=face,
        bar=bar,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def offers(*actions: Action, refused: str = "") -> tuple[Offer, ...]:
    return tuple(Offer(action, refused) for action in actions)


PICK_OFFERS = (
    Offer(Action.CONFIRM),
    *offers(Action.NOT_ENOUGH, Action.UNREADABLE, Action.TOOK_MORE, Action.COUNT, Action.SKIP, Action.LEAVE_WORK, Action.LOCK),
)
PICK = TaskFace(
    mode="pick",
    order="SO-48213",
    line_no=3,
    line_count=12,
    destination="Tote 2",
    item=BOLT,
    key=StockKey(item=BOLT.code, lot="2409-17"),
    asked=24,
    scanned=0,
    book=130,
    left_after=106,
    confirm_quantity=24,
    tray=47,
    compartment="C7",
    map=tray_map("C7", also=("B2",)),
    is_here=True,
    is_locked=False,
    offers=PICK_OFFERS,
    next_label="B2",
)
COMING = Wait("tray_coming", 47, 3.0, 9.0)  # since the moment at which the clock of these pictures stands
TAKE = Message("pick_instruct", params={"quantity": "24", "unit": "pcs", "compartment": "C7", "item": BOLT.code, "tray": 47})


def _refused(face: TaskFace, code: str, actions: tuple[Action, ...]) -> tuple[Offer, ...]:
    return tuple(Offer(each.action, code if each.action in actions else each.refused) for each in face.offers)


def _asking(face: TaskFace, ask: AskNumber | AskChoice | AskText) -> TaskFace:
    return replace(face, ask=ask, offers=(Offer(Action.BACK), Offer(Action.LOCK)))


ALL_WORK = (Action.CONFIRM, Action.NOT_ENOUGH, Action.UNREADABLE, Action.TOOK_MORE, Action.COUNT)
QUESTION = Message("answer_question")
TAKEN = AskNumber(
    code="how_many_taken",
    item=BOLT,
    maximum=23,
    asked=24,
    result="book_and_report_missing",
    params={"compartment": "C7", "item": ""},
)
SHORT_REASONS = tuple(Choice(each, f"reason_{each}") for each in ("not_there", "damaged", "book_wrong", "not_reachable"))


def sign_on_views() -> Iterator[tuple[str, View]]:
    signed_out = {"operator": None}
    yield "sign_on", view(SignOnFace(step="badge", sample_people=PEOPLE), Message("scan_badge"), **signed_out)
    yield "sign_on_plain", view(SignOnFace(step="badge"), Message("scan_badge"), simulated="", **signed_out)
    pin = SignOnFace(step="pin", name="Mara Keller", sample_people=PEOPLE)
    yield "sign_on_pin", view(pin, Message("enter_pin"), **signed_out)
    wrong = Message("wrong_pin_wait", Level.ACT, {"seconds": 30}, error="S502")
    yield "sign_on_wait", view(replace(pin, retry_in_s=30, sample_people=()), wrong, **signed_out)
    locked = LockedFace(step="badge", owner="Mara Keller", tray=47, sample_people=PEOPLE)
    yield "locked", view(locked, Message("scan_badge"))
    yield "locked_pin", view(replace(locked, step="pin", name="Jonas Weber", by_badge_alone=False), Message("enter_pin"))
    closed = replace(locked, by_badge_alone=False, is_closed=True, sample_people=())
    yield "locked_closed", view(closed, Message("person_closed", Level.ACT, error="S503"))
    leaving = replace(locked, tray=None, wait=Wait("tray_leaving", 47, 0.0))
    yield "locked_leaving", view(leaving, Message("scan_badge"))
    out = SignOnFace(step="badge", locked="Mara Keller")
    yield "locked_out", view(out, Message("locked", Level.ACT, error="S502"), **signed_out)
    unlock = UnlockFace(locked="Mara Keller", helper="Jonas Weber", may_give_pin=True)
    yield "unlock", view(unlock, Message("choose_unlock"), **signed_out)
    typed = SignOnFace(step="new_pin", name="Mara Keller", locked="Mara Keller")
    yield "new_pin", view(typed, Message("enter_new_pin"), **signed_out)
    again = PinAgainFace(name="Mara Keller", act="label_unreadable", sample_people=PEOPLE)
    yield "pin_again", view(again, Message("enter_pin_again"))
    varies = PinAgainFace(name="", act="count_variance", step="badge", item=BOLT, counted=31, book=24)
    yield "approve_count", view(varies, Message("scan_approver"))
    second = PinAgainFace(name="", act="two_person", step="badge")
    yield "second_person", view(second, Message("scan_second"))
    over = HandOverFace(owner="Mara Keller", name="Jonas Weber", order="SO-48213", line="3")
    yield "hand_over", view(over, Message("hand_over_ask", Level.ACT))


def orders() -> tuple[OrderTag, ...]:
    """A morning's work: one late, one started, two blocked."""
    tags = []
    for number in range(11):
        missing = Message("missing_no_stock", Level.ACT, params={"item": "LOC-243-50", "quantity": "4", "unit": "pcs"})
        tags.append(
            OrderTag(
                order=f"SO-{48213 + number}",
                kind=("pick", "pick", "put", "pick", "count")[number % 5],
                destination=("Assembly 2", "Tote 4", "", "Service desk", "")[number % 5],
                lines=number % 6 + 1,
                open_lines=number % 6 + 1 if number != 1 else 1,
                trays=number % 3 + 1,
                need_by=NOW + timedelta(minutes=-18 + 45 * number) if number != 9 else None,
                is_late=number == 0,
                priority=1 if number < 2 else 5,
                is_started=number == 1,
                blocked=(missing,) if number in (3, 8) else (),
            )
        )
    return tuple(tags)


WORK_OFFERS = offers(Action.START, Action.CALL_TRAY, Action.TRAY_PAGE, Action.LOCK, Action.SIGN_OFF)


def work_views() -> Iterator[tuple[str, View]]:
    choose = Message("choose_orders")
    yield "work", view(WorkFace(orders=orders(), offers=WORK_OFFERS), choose)
    few = WorkFace(orders=orders()[:3], offers=(*WORK_OFFERS, Offer(Action.SEND_BACK)), tray=47)
    yield "work_few", view(few, choose)
    why = Message("missing_out_of_service", Level.ACT, {"item": BOLT.code, "tray": 12, "why": "motor noise at the front rail"})
    waiting = tuple(replace(each, blocked=(why,)) for each in orders()[2:4])
    out = Message("bay_out_of_service", Level.ACT, {"why": "door does not close"}, error="O318")
    yield "work_out_of_service", view(WorkFace(orders=waiting, offers=WORK_OFFERS, bay_out="door does not close"), out)
    yield "work_empty", view(WorkFace(orders=(), offers=WORK_OFFERS), Message("no_orders"))
    closing = WorkFace(orders=orders(), offers=(Offer(Action.LEAVE_WORK), Offer(Action.LOCK)), wait=Wait("booking"))
    yield "work_closing", view(closing, Message("booking"))
    short = AskChoice(
        code="report_lacking",
        choices=(Choice("report_short", "report_short", {"orders": "SO-48216"}, True), Choice("leave", "leave_open", {})),
        params={"orders": "SO-48216"},
    )
    asking = WorkFace(orders=orders(), offers=(Offer(Action.BACK), Offer(Action.LOCK)), ask=short)
    yield "work_short", view(asking, QUESTION)


def pick_views() -> Iterator[tuple[str, View]]:
    yield "pick", view(PICK, TAKE)
    yield (
        "pick_packs",
        view(
            replace(PICK, asked=160, confirm_quantity=160, book=400, left_after=240, note="Keep the boxes closed"),
            replace(TAKE, params={**TAKE.params, "quantity": "160"}),
        ),
    )
    full = replace(PICK, asked=120, confirm_quantity=150, book=450, left_after=300)
    yield "pick_full_pack", view(full, replace(TAKE, params={**TAKE.params, "quantity": "150"}))
    metres = replace(
        PICK, item=CABLE, asked=1250, confirm_quantity=1250, book=8150, left_after=6900, key=StockKey(item=CABLE.code)
    )
    yield "pick_metres", view(replace(metres, map=mixed_map("K9"), compartment="K9", tray=12, next_label=""), TAKE)
    scanned = replace(
        PICK, item=SENSOR, asked=8, scanned=3, confirm_quantity=8, key=StockKey(item=SENSOR.code, owner="consignment")
    )
    long = replace(scanned, item=VALVE, key=StockKey(item=VALVE.code, lot="2409-17-B", owner="consignment"), asked=9999)
    long = replace(long, scanned=9998, confirm_quantity=9999, book=1234567, left_after=1224568, destination="Final assembly 2")
    yield "pick_long", view(replace(long, note="For the trial run on Friday: take only valves with the new seal"), TAKE)
    each = Message("pick_instruct_scan_each", params={"quantity": "8", "unit": "pcs", "compartment": "C7", "item": SENSOR.code})
    yield "pick_scan_each", view(replace(scanned, offers=_refused(scanned, "scan_each", (Action.CONFIRM,))), each)
    wrong = Message("wrong_item", Level.ACT, {"scanned": "4017-0830", "item": BOLT.code, "compartment": "C7"}, error="O301")
    locked = replace(
        PICK, is_locked=True, offers=_refused(PICK, "wrong_scan", (Action.CONFIRM, Action.NOT_ENOUGH, Action.TOOK_MORE))
    )
    yield "pick_wrong_scan", view(locked, wrong)
    stop = Message("machine_stopped", Level.STOP, {"code": "A-213"}, error="A-213")
    stopped = replace(PICK, is_here=False, offers=_refused(PICK, "machine_stopped", ALL_WORK))
    yield "pick_stopped", view(stopped, stop, lights=(DeviceLight("machine", Light.BAD, "A-213"), *LIGHTS[1:]))
    waits = replace(PICK, is_here=False, offers=offers(Action.BACK, Action.LOCK))
    yield "ask_stopped", view(waits, stop, lights=(DeviceLight("machine", Light.BAD, "A-213"), *LIGHTS[1:]))
    coming = replace(
        PICK, is_here=False, offers=_refused(PICK, "tray_not_here", ALL_WORK), wait=Wait("tray_coming", 47, 0.0, 9.0)
    )
    yield (
        "pick_waiting",
        view(coming, Message("tray_coming", params={"tray": 47}), lights=LIGHTS, bar_wait=COMING),
    )
    why = Message("tray_why_votes", params={"tray": 47, "order": ""})
    yield (
        "pick_coming_why",
        view(replace(coming, tray_why=why), Message("tray_coming", params={"tray": 47}), lights=LIGHTS, bar_wait=COMING),
    )
    asked = replace(coming, wait=Wait("do_press_return", 47, 0.0, is_call=True))
    yield "pick_press_return", view(asked, Message("do_press_return", Level.ACT, {"tray": 47}))
    checking = replace(coming, offers=_refused(PICK, "checking", ALL_WORK), wait=Wait("machine_not_ready"))
    yield "pick_checking", view(checking, Message("machine_not_ready", params={"tray": 47}))
    booking = replace(PICK, offers=(Offer(Action.CONFIRM, "booking"),), wait=Wait("booking"))
    yield "pick_booking", view(booking, Message("booking"))
    link = Message("link_down", Level.ACT, {"tray": 47}, error="L101")
    lost = replace(PICK, is_here=False, offers=_refused(PICK, "link_down", ALL_WORK), wait=Wait("link"))
    yield "pick_link_down", view(lost, link, lights=(DeviceLight("machine", Light.BAD, "L101"), *LIGHTS[1:]))
    again = Message("touch_to_fetch", Level.ACT, {"tray": 47})
    touch = offers(Action.FETCH_AGAIN, Action.SKIP, Action.LEAVE_WORK, Action.LOCK)
    yield "pick_fetch_again", view(replace(PICK, is_here=False, offers=touch), again)
    careful = replace(
        PICK, handling=Handling(is_fragile=True, heavy_g=18_400), load=LoadAfter(weight_g=9_400, height_mm=0, max_g=0)
    )
    alike = {"item": BOLT.code, "other": "4017-0845", "beside": "C8"}
    scan = replace(careful, offers=_refused(careful, "scan_first", (Action.CONFIRM, Action.TOOK_MORE)), departure="lot_damaged")
    yield "pick_look_alike", view(scan, Message("look_alike_code", Level.ACT, alike, error="O364"))
    dark = Message("find_by_map", Level.ACT, {"compartment": "C7"}, error="L206")
    yield "pick_unlit", view(replace(PICK, offers=(*PICK.offers, Offer(Action.LIGHT_AGAIN))), dark)
    full = Message("store_read_only", Level.STOP, {"code": "D402"}, error="D402")
    refused = replace(PICK, offers=_refused(PICK, "store_read_only", ALL_WORK))
    yield "pick_read_only", view(refused, full, is_read_only=True, lights=(*LIGHTS[:3], DeviceLight("store", Light.BAD, "D402")))


def ask_views() -> Iterator[tuple[str, View]]:
    yield "ask_taken", view(_asking(PICK, TAKEN), QUESTION)
    metres = replace(PICK, item=CABLE, asked=1250, confirm_quantity=1250, key=None)
    left = AskNumber(
        code="how_many_remain", item=CABLE, result="report_remaining", params={"compartment": "C7", "item": CABLE.code}
    )
    yield "ask_metres", view(_asking(metres, left), QUESTION)
    yield "ask_reason", view(_asking(PICK, AskChoice(code="why_not_enough", choices=SHORT_REASONS)), QUESTION)
    yield "ask_which", view(_asking(metres, which_is_wrong()), QUESTION)
    values = {"compartment": "C7", "item": BOLT.code}
    yes = Choice("yes", "is_empty_yes", values, is_primary=True)
    empty = AskChoice(code="is_it_empty", choices=(yes, Choice("no", "is_empty_no", values)), params=values)
    looked = replace(PICK, asked=0, confirm_quantity=0, book=-2, left_after=None, offers=(Offer(Action.LOCK),))
    yield "ask_empty", view(replace(looked, ask=empty), Message("look_into", params=values))
    where = {"tray": 12, "quantity": 24, "decimals": 0, "unit": "pcs"}
    lots = tuple(Choice(str(no), "other_lot", {**where, "lot": f"2410-0{no}", "compartment": f"B{no}"}) for no in range(6))
    yield "ask_other_lot", view(_asking(PICK, AskChoice(code="which_other_lot", choices=lots, params=values)), QUESTION)
    yield "ask_label", view(_asking(PICK, AskText(code="last_four", length=4, params=values)), QUESTION)
    serial = AskText(code="which_serial", params={"item": BOLT.code, "number": 12, "of": 40})
    yield "ask_serial", view(_asking(replace(PICK, mode="put"), serial), QUESTION)
    known = {"serial": "SN-2026-000417", "compartment": "C7", "tray": 47, "machine": "VLM1"}
    twice = Message("serial_known", Level.ACT, known, error="O315")
    yield "ask_serial_known", view(_asking(replace(PICK, mode="put"), serial), twice)
    means = {"text": "4006381333931", "other": "10-4711-B"}
    lots = (Choice("item", "not_the_lot", means), Choice("code", "is_the_lot", means))
    which = AskChoice(code="two_meanings", choices=lots, params=means)
    yield "ask_meaning", view(_asking(replace(PICK, mode="put"), which), QUESTION)
    direct = Choice("scrap", "reason_scrap")
    reasons = tuple(Choice(each, f"reason_{each}") for each in ("urgent_need", "sample", "return", "correction"))
    why = AskChoice(code="why_direct", choices=(direct, *reasons))
    yield "ask_why_direct", view(replace(BAY, ask=why, offers=(Offer(Action.BACK), Offer(Action.LOCK))), QUESTION)
    call = AskNumber(code="which_tray", result="call_tray")
    nothing = replace(BAY, tray=0, map=None, ask=call, offers=(Offer(Action.BACK), Offer(Action.LOCK)))
    yield "ask_tray", view(nothing, Message("which_tray"))


def which_is_wrong() -> AskChoice:
    """The reason says that nothing is there, the number that something is."""
    params = {"remaining": 6900, "decimals": 3, "unit": "m", "compartment": "C7", "reason": "not_there"}
    keys = ("take_rest", "remain_again", "other_reason")
    choices = tuple(Choice(each, each, params) for each in keys)
    return AskChoice(code="which_is_wrong", choices=choices, params=params)


def put_and_count_views() -> Iterator[tuple[str, View]]:
    params = {"quantity": "40", "unit": "pcs", "compartment": "A3", "item": GLUE.code, "tray": 47}
    put_offers = offers(
        Action.CONFIRM,
        Action.NOT_ENOUGH,
        Action.UNREADABLE,
        Action.ELSEWHERE,
        Action.COUNT,
        Action.SKIP,
        Action.LEAVE_WORK,
        Action.LOCK,
    )
    key = StockKey(item=GLUE.code, lot="L-5521", status=StockStatus.QUALITY_HOLD)
    put = replace(PICK, mode="put", item=GLUE, key=key, asked=40, confirm_quantity=40, book=0, left_after=40, compartment="A3")
    put = replace(put, destination="", map=tray_map("A3"), offers=put_offers, next_label="")
    yield "put", view(put, Message("put_instruct", params=params))
    others = (
        Proposal(Place("VLM1", 47, "B9"), ("empty", "consolidation", "weight")),
        Proposal(Place("VLM1", 12, "C10"), ("empty", "used_often", "weight", "fits")),
    )
    proposed = replace(put, reasons=("same_item", "consolidation", "at_bay", "weight"), runners_up=others)
    proposed = replace(proposed, load=LoadAfter(weight_g=213_400, height_mm=120, max_g=400_000))
    proposed = replace(proposed, handling=Handling(is_fragile=True, heavy_g=18_400))
    yield "put_proposed", view(proposed, Message("put_instruct", params=params))
    unfit = replace(proposed, offers=_refused(proposed, "not_here", (Action.CONFIRM,)))
    yield (
        "put_refused",
        view(unfit, Message("put_unfit_class", Level.ACT, {"item": GLUE.code, "compartment": "A3"}, error="O362")),
    )
    expiry = AskNumber(code="which_expiry", result="expiry", params={"lot": "L-5521", "compartment": "A3", "item": GLUE.code})
    yield "ask_expiry", view(_asking(put, expiry), QUESTION)
    blind = AskNumber(code="count_blind", item=BOLT, result="counted", params={"compartment": "C7", "item": BOLT.code})
    count = replace(PICK, mode="count", asked=0, confirm_quantity=0, book=None, left_after=None, destination="", ask=blind)
    count = replace(count, offers=offers(Action.SKIP, Action.LEAVE_WORK, Action.LOCK), order="CNT-0007")
    yield "count", view(count, Message("count_instruct", params={"compartment": "C7"}))


def contents(*, is_hidden: bool = False) -> tuple[ContentRow, ...]:
    items = (BOLT, CABLE, VALVE, SENSOR, None, BOLT, GLUE, SENSOR)
    rows = []
    for place, item in enumerate(items):
        key = StockKey(item=item.code, lot="2409-17" if place == 0 else "") if item else None
        counted = NOW - timedelta(days=place * 9) if place % 3 else None
        quantity = 130 + place * 45 if item else 0
        rows.append(
            ContentRow(
                compartment=f"A{place + 1}", item=item, key=key, quantity=None if is_hidden else quantity, counted_at=counted
            )
        )
    return tuple(rows)


BAY_OFFERS = offers(Action.SEND_BACK, Action.DIRECT_PICK, Action.DIRECT_PUT, Action.COUNT, Action.LOCK)
BAY = BayFace(tray=47, map=tray_map("A4"), contents=contents(), selected="A4", is_here=True, offers=BAY_OFFERS)


def tray_views() -> Iterator[tuple[str, View]]:
    show = Offer(Action.SHOW_QUANTITIES)
    hidden = replace(BAY, contents=contents(is_hidden=True), offers=(*BAY_OFFERS[:-1], show, BAY_OFFERS[-1]))
    yield "bay", view(hidden, Message("tray_is_here", params={"tray": 47}))
    yield "bay_quantities", view(BAY, Message("tray_is_here", params={"tray": 47}))
    coming = replace(BAY, is_here=False, selected="", map=tray_map(), wait=Wait("tray_coming", 47, 0.0, 9.0))
    waiting = tuple(Offer(each.action, "tray_not_here") for each in BAY_OFFERS)
    yield (
        "bay_waiting",
        view(
            replace(coming, offers=waiting),
            Message("tray_coming", params={"tray": 47}),
            bar_wait=COMING,
        ),
    )
    touch = (
        Offer(Action.FETCH_AGAIN),
        Offer(Action.SEND_BACK),
        *offers(Action.DIRECT_PUT, Action.COUNT, refused="tray_not_here"),
        Offer(Action.LOCK),
    )
    again = Message("touch_to_fetch", Level.ACT, {"tray": 47})
    yield "bay_fetch_again", view(replace(BAY, is_here=False, selected="", map=tray_map(), offers=touch), again)
    no_right = (Offer(Action.SEND_BACK), *offers(Action.DIRECT_PICK, Action.DIRECT_PUT, Action.COUNT, refused="no_right"))
    door = replace(coming, wait=Wait("do_close_door", 47, 0.0, is_call=True))
    yield "bay_close_door", view(door, Message("do_close_door", Level.ACT, {"tray": 47}))
    yield "bay_no_right", view(replace(BAY, offers=no_right), Message("tray_is_here", params={"tray": 47}))
    asks = AskNumber(code="which_tray_is_here", result="tell_tray")
    for why, code in (("answer_lost", "L202"), ("given_up", "L204"), ("contradicted", "L205"), ("never_known", "L202")):
        unknown = UnknownTrayFace(expected=47, verb="fetch", why=why, offers=(Offer(Action.LOCK),), ask=asks)
        bar = Message(f"tray_{why}", Level.ACT, {"tray": 47}, error=code)
        yield f"unknown_{why}", view(unknown, bar, lights=(DeviceLight("machine", Light.WAIT), *LIGHTS[1:]))
    page = TrayPageFace(
        tray=47,
        map=tray_map("A4"),
        contents=contents(),
        events=events(),
        has_older=True,
        where="at_bay",
        offers=(Offer(Action.BACK), Offer(Action.LOCK)),
        selected="A4",
    )
    yield "tray_page", view(page, Message("tray_page"), operator=OperatorTag("p_1", "J. Weber", Role.SUPERVISOR))
    supervised = offers(Action.BACK, Action.TAKE_BACK, Action.LOCK)
    bent = replace(page, out_of_service="out_damaged", offers=supervised)
    said = Message("tray_page_out", Level.ACT, {"tray": 47, "why": "out_damaged"}, error="O317")
    yield "tray_page_out", view(bent, said, operator=OperatorTag("p_1", "J. Weber", Role.SUPERVISOR))
    waits = tuple(replace(each, is_held=each.compartment in ("A2", "A5")) for each in contents(is_hidden=True))
    ordering = offers(Action.BACK, Action.TAKE_OUT, Action.MARK_TRAY, Action.COUNT_TRAY, Action.COUNT_ITEM, Action.LOCK)
    yield "tray_page_count", view(replace(page, contents=waits, offers=ordering), Message("tray_page"))
    yield "bay_held", view(replace(hidden, contents=waits), Message("tray_is_here", params={"tray": 47}))
    empty = replace(page, events=(), contents=(), has_older=False, selected="", map=tray_map(), where="in_machine")
    yield "tray_page_empty", view(empty, Message("tray_page"))


def events() -> tuple[TrayEventRow, ...]:
    kinds = ("picked", "corrected", "counted", "put", "motion_ended", "scan_refused", "picked", "stock_loaded")
    rows = []
    for number, kind in enumerate(kinds):
        is_stock = kind in ("picked", "corrected", "counted", "put", "stock_loaded")
        rows.append(
            TrayEventRow(
                at=NOW - timedelta(minutes=7 + number * 300),
                name="" if number == 6 else "M. Keller",
                person="p_0123456789abcdef" if kind != "stock_loaded" else "",
                kind=kind,
                compartment="A4" if is_stock else "",
                item=BOLT if is_stock else None,
                quantity=(-24 if kind == "picked" else 24) if is_stock else None,
                order="SO-48213" if kind == "picked" else "",
                reason="damaged" if kind == "corrected" else "",
                seq=900 - number,
            )
        )
    return tuple(rows)


@cache
def all_views() -> dict[str, View]:
    """Every hand-made View by name, made once: nobody changes it."""
    from tests.helpers.calibration_faces import calibration_views  # they build on this module
    from tests.helpers.desk_faces import desk_views
    from tests.helpers.device_faces import device_views
    from tests.helpers.held_faces import held_views
    from tests.helpers.history_faces import history_views
    from tests.helpers.jit_faces import jit_views
    from tests.helpers.late_faces import late_views
    from tests.helpers.load_faces import load_views
    from tests.helpers.order_faces import order_views
    from tests.helpers.other_faces import other_views
    from tests.helpers.outage_faces import outage_views
    from tests.helpers.place_faces import place_views
    from tests.helpers.printer_faces import printer_views
    from tests.helpers.pull_faces import pull_views
    from tests.helpers.receipt_faces import divider_views, lot_views, receipt_views
    from tests.helpers.replay_faces import replay_views
    from tests.helpers.scale_faces import scale_views
    from tests.helpers.search_faces import search_views
    from tests.helpers.staff_faces import staff_views
    from tests.helpers.storage_faces import storage_views
    from tests.helpers.teach_faces import teach_views
    from tests.helpers.tote_faces import tote_views
    from tests.helpers.undo_faces import undo_views
    from tests.helpers.wear_faces import wear_views

    at_work = (sign_on_views, work_views, pick_views, ask_views, put_and_count_views, tray_views)
    beside = (
        device_views,
        teach_views,
        wear_views,
        outage_views,
        late_views,
        held_views,
        load_views,
        order_views,
        receipt_views,
        lot_views,
        divider_views,
    )
    beside += (calibration_views, scale_views, printer_views)
    beside += (
        tote_views,
        search_views,
        other_views,
        undo_views,
        place_views,
        pull_views,
        replay_views,
        jit_views,
        desk_views,
        history_views,
        staff_views,
        storage_views,
    )
    return {name: each for make in (*at_work, *beside) for name, each in make()}
