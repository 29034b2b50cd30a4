"""Work that no order asks for, one question after the other until nothing is missing. Pure.

    transfer   item -> where it lies -> how many -> taken into the hand -> where to -> put down
    return     item -> for which order it was taken -> how many -> where to -> put in
    scrap      item -> where it lies -> how many -> why -> taken out (a second person above a limit)
    damaged    item -> where it lies -> how many -> on hold there, or scrapped (why)
    wrong      where -> which item lies there -> how many -> moved, left there, or only counted; the compartment is counted next
    found      item -> where -> how many -> why -> put in
    tool out   tool -> where it lies -> for whom -> until when -> taken out
    tool in    tool -> which of those that are out -> in which state -> where to -> put in
Each ends in a task at the bay, which is worked and booked like every other one. Back leads one question back and books nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from db.rows.taken import TOOL
from station import commands as do
from station import scan
from station.flows.other_draft import (
    CONDITIONS,
    COUNT_ONLY,
    DUES_H,
    FOUND_REASONS,
    HOLD,
    HOLDERS,
    MORE,
    MOVE,
    NO_ORDER,
    OTHER_PLACE,
    PLACED,
    QUARANTINE,
    SCRAP,
    SCRAP_REASONS,
    STAY,
    WAITS,
    OtherDraft,
    Step,
    What,
    choices_of_stock,
    in_book,
    most,
    shown,
    with_next,
)
from station.flows.other_questions import (
    CheckJob as CheckJob,
)
from station.flows.other_questions import (
    CheckPlace as CheckPlace,
)
from station.flows.other_questions import (
    FindPlaces as FindPlaces,
)
from station.flows.other_questions import (
    JobChecked as JobChecked,
)
from station.flows.other_questions import (
    LookedInto as LookedInto,
)
from station.flows.other_questions import (
    LookInto as LookInto,
)
from station.flows.other_questions import (
    OtherAnswer as OtherAnswer,
)
from station.flows.other_questions import (
    OtherQuestion as OtherQuestion,
)
from station.flows.other_questions import (
    PlaceChecked as PlaceChecked,
)
from station.flows.other_questions import (
    PlaceNamed as PlaceNamed,
)
from station.flows.other_questions import (
    PlacesFound as PlacesFound,
)
from station.flows.turn import Say
from station.outages import clean_reason
from station.tracking import is_whole
from station.values import Item, Place, PlannedMove, Stock, StockKey, Taken
from station.view.message import Level, Message


@dataclass(frozen=True, slots=True)
class Ready:
    """All is said: the task may begin."""

    draft: OtherDraft


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Where it is said, and by whom. `finds`: the person may book in what the book does not have."""

    machine: str
    person: str
    finds: bool = False
    zones: tuple[str, ...] = ()  # places without a lift
    quarantine: tuple[str, ...] = ()  # those for what is damaged


Wish = OtherQuestion | Say | Ready
OtherTurn = tuple[OtherDraft | None, tuple[Wish, ...]]


def begin(what: What, around: Circumstances, *, taken: Sequence[Taken] = ()) -> OtherTurn:
    """The first question. What is put down is chosen of what is in hand, where that is more than one thing."""
    draft = OtherDraft(what=what, taken=tuple(taken))
    if what is What.DOWN and len(taken) == 1:
        return put_down(draft, taken[0])
    return _go_on(with_next(draft), around)


def begin_with(what: What, item: Item, stock: Stock) -> OtherTurn:
    """The same for an item that was found already, and one of its places: where it is taken, or where it is put back."""
    draft = OtherDraft(what=what, step=Step.READING, asked=item.code, wish=(stock.place, stock.key))
    return draft, (LookInto(item.code),)


def begin_move(move: PlannedMove) -> OtherTurn:
    """A planned move: what is taken, where and how much is said already."""
    wish = (move.from_place, move.key)
    draft = OtherDraft(
        what=What.TRANSFER, step=Step.READING, asked=move.key.item, wish=wish, quantity=move.quantity, is_planned=True
    )
    return draft, (LookInto(move.key.item),)


def put_down(draft: OtherDraft, entry: Taken) -> OtherTurn:
    """The item of what is in hand is read before a place for it can be found."""
    return replace(draft, step=Step.READING, asked=entry.key.item, entry=entry, key=entry.key), (LookInto(entry.key.item),)


def advance(draft: OtherDraft, event: do.Command | OtherAnswer | PlaceNamed, around: Circumstances) -> OtherTurn:
    """The next question, None when the person leaves them. An event that means nothing here changes nothing."""
    match event:
        case LookedInto() | PlacesFound() | PlaceChecked() | JobChecked():
            return _answer(draft, event, around)
        case do.Back() | do.ClosePage():
            return draft.before, ()
        case _ if draft.step in WAITS:
            return draft, ()
        case PlaceNamed(place):
            return _named(draft, place, around)
        case do.Choose(key=key):
            return _chosen(draft, key, around)
        case do.EnterNumber(number=number):
            return _number(draft, number, around)
        case do.EnterText(text=text) if text.strip():
            return _text(draft, text.strip(), around)
        case _:
            return draft, ()


def zone_scan_answers(draft: OtherDraft, read: scan.Scan, zones: Sequence[str]) -> tuple[PlaceNamed, ...]:
    """The label of a place without a lift, where a place is asked."""
    is_asked = draft.step in (Step.PLACE, Step.TRAY, Step.COMPARTMENT)
    return (PlaceNamed(read.place),) if is_asked and isinstance(read, scan.PlaceScan) and read.place.machine in zones else ()


def _named(draft: OtherDraft, place: Place, around: Circumstances) -> OtherTurn:
    """A place of a zone, by its label: whether there is such a place the store says."""
    if draft.step not in (Step.PLACE, Step.TRAY, Step.COMPARTMENT) or place.machine not in around.zones:
        return draft, ()
    return replace(draft, step=Step.CHECKING, place=place, before=draft), (CheckPlace(place),)


def scan_answers(draft: OtherDraft, read: scan.Scan, machine: str) -> tuple[do.Command, ...]:
    """What a scan says to the open question, as if it were typed (of no view: its token means nothing); nothing where it is no
    answer to it. The label of a compartment says its tray, too."""
    match draft.step, read:
        case Step.ITEM, scan.ItemScan(text=text) if text:
            return (do.EnterText(0, text),)
        case Step.PLACE, scan.PlaceScan(place=place) if place.machine == machine:
            return do.Choose(0, OTHER_PLACE), do.EnterNumber(0, place.tray), do.EnterText(0, place.compartment)
        case Step.TRAY, scan.PlaceScan(place=place) if place.machine == machine:
            return do.EnterNumber(0, place.tray), do.EnterText(0, place.compartment)
        case Step.TRAY, scan.TrayScan(machine=its, tray=tray) if its == machine:
            return (do.EnterNumber(0, tray),)
        case Step.COMPARTMENT, scan.PlaceScan(place=place) if (place.machine, place.tray) == (machine, draft.tray):
            return (do.EnterText(0, place.compartment),)
        case Step.STOCK, scan.PlaceScan(place=place):
            numbers = [n for n, each in enumerate(choices_of_stock(draft)) if each.place == place]
            return (do.Choose(0, f"stock_{numbers[0]}"),) if len(numbers) == 1 else ()
        case Step.JOB, scan.ItemScan(text=text) if text:
            return (do.EnterText(0, text),)
        case _:
            return ()


# --- answers of the person


def _chosen(draft: OtherDraft, key: str, around: Circumstances) -> OtherTurn:
    if key == MORE:
        return _turned(draft), ()
    kind, _, rest = key.rpartition("_")
    number = int(rest) if rest.isdecimal() else -1
    match draft.step:
        case Step.STOCK if kind == "stock" and 0 <= number < len(choices_of_stock(draft)):
            chosen = choices_of_stock(draft)[number]
            return _said(draft, around, key=chosen.key, place=chosen.place)
        case Step.OF if key == NO_ORDER:
            return _said(draft, around, is_of_none=True)
        case Step.OF if kind == "of" and 0 <= number < len(draft.picks):
            return _said(draft, around, of=draft.picks[number], key=draft.picks[number].key)
        case Step.WHICH if kind == "which" and 0 <= number < len(draft.taken):
            return _which(draft, draft.taken[number], around)
        case Step.PLACE if kind == "place" and 0 <= number < len(draft.proposals or ()):
            return _said(draft, around, place=(draft.proposals or ())[number].place)
        case Step.PLACE if key == OTHER_PLACE:
            return replace(draft, step=Step.TRAY, before=draft), ()
        case _:
            return _word(draft, key, around)


def _word(draft: OtherDraft, key: str, around: Circumstances) -> OtherTurn:
    """One of a few fixed words."""
    kind, _, rest = key.rpartition("_")
    match draft.step:
        case Step.WHY if key in (FOUND_REASONS if draft.what is What.FOUND else SCRAP_REASONS):
            return _said(draft, around, why=key)
        case Step.TREATMENT if key in treatments(draft, around):
            return _said(draft, around, treatment=key)
        case Step.HOLDER if key in HOLDERS:
            return _said(draft, around, by=key, holder=around.person if key == "me" else "")
        case Step.PERSON if kind == "person" and rest.isdecimal() and int(rest) < len(draft.people):
            return _said(draft, around, holder=draft.people[int(rest)].person)
        case Step.DUE if key in DUES_H:
            return _said(draft, around, due=key)
        case Step.CONDITION if key in CONDITIONS:
            return _said(draft, around, condition=key)
        case _:
            return draft, ()


def treatments(draft: OtherDraft, around: Circumstances) -> tuple[str, ...]:
    """What may become of something damaged, or of something in a wrong place: that one is moved or left there by right."""
    if draft.what is What.DAMAGED:
        is_there = draft.place is not None and draft.place.machine in around.quarantine
        return (HOLD, QUARANTINE, SCRAP) if around.quarantine and not is_there else (HOLD, SCRAP)
    return (MOVE, STAY, COUNT_ONLY) if around.finds else (COUNT_ONLY,)


def _which(draft: OtherDraft, entry: Taken, around: Circumstances) -> OtherTurn:
    if draft.item is None:
        return put_down(replace(draft, before=draft), entry)
    return _said(draft, around, entry=entry, key=entry.key)


def _number(draft: OtherDraft, number: int, around: Circumstances) -> OtherTurn:
    match draft.step:
        case Step.TRAY:
            return replace(draft, step=Step.COMPARTMENT, tray=number, before=draft), ()
        case Step.QUANTITY if number > 0 and draft.item is not None:
            if not is_whole(draft.item, number):
                return draft, (_say("whole_pieces", "O312", item=draft.item.code),)
            book = in_book(draft)
            if book is not None and number > book and draft.place is not None:
                return draft, (_beyond_book(draft.item, draft.place, book),)
            limit = most(draft)
            if limit is not None and number > limit:
                return draft, (_say("other_too_many", "O432", item=draft.item.code),)
            return _said(draft, around, quantity=number)
        case _:
            return draft, ()


def _text(draft: OtherDraft, text: str, around: Circumstances) -> OtherTurn:
    match draft.step:
        case Step.ITEM:
            return replace(draft, step=Step.READING, asked=text, before=draft), (LookInto(text),)
        case Step.COMPARTMENT if draft.tray is not None:
            place = Place(around.machine, draft.tray, text.upper())
            goods = draft.item if draft.what in PLACED else None  # what was found lies where it lies
            return replace(draft, step=Step.CHECKING, place=place, before=draft), (CheckPlace(place, goods),)
        case Step.JOB if clean_reason(text):
            job = clean_reason(text)
            return replace(draft, step=Step.CHECKING, asked=job, before=draft), (CheckJob(job),)
        case _:
            return draft, ()


def _turned(draft: OtherDraft) -> OtherDraft:
    """The next choices; behind the last ones the first."""
    among = {Step.STOCK: choices_of_stock(draft), Step.OF: draft.picks, Step.WHICH: draft.taken, Step.PERSON: draft.people}
    following = replace(draft, page=draft.page + 1)
    if draft.step not in among:
        return draft
    return following if shown(following, among[draft.step]) else replace(draft, page=0)


def _said(draft: OtherDraft, around: Circumstances, **said: object) -> OtherTurn:
    return _go_on(with_next(replace(draft, before=draft, **said)), around)  # type: ignore[arg-type]


def _go_on(draft: OtherDraft, around: Circumstances) -> OtherTurn:
    """What the next step needs is asked; the last one is the task itself."""
    if draft.step is Step.READY:
        return draft, (Ready(draft),)
    if draft.step is Step.FINDING and draft.item is not None:
        key = draft.key or StockKey(item=draft.item.code)
        return draft, (FindPlaces(draft.item, key, draft.quantity or 0),)
    return draft, ()


# --- answers of the store


def _answer(draft: OtherDraft, event: OtherAnswer, around: Circumstances) -> OtherTurn:
    match event:
        case LookedInto() if draft.step is Step.READING and draft.asked == event.text:
            return _looked(draft, event, around)
        case PlacesFound(asked, proposals) if draft.step is Step.FINDING and draft.item == asked.item:
            return replace(draft, step=Step.PLACE, proposals=proposals), ()
        case PlaceChecked(place) if draft.step is Step.CHECKING and draft.place == place:
            return _checked(draft, event, around)
        case JobChecked(text, is_badge) if draft.step is Step.CHECKING and draft.asked == text and draft.before is not None:
            if is_badge:
                return draft.before, (_say("badge_no_job", "O438"),)
            return _said(draft.before, around, job=text)
        case _:
            return draft, ()


def _checked(draft: OtherDraft, checked: PlaceChecked, around: Circumstances) -> OtherTurn:
    """The compartment is there and free for the goods, or another one is asked for."""
    if checked.is_there and not checked.other:
        return _go_on(with_next(draft), around)
    back = draft.before or draft
    tray, label = checked.place.tray, checked.place.compartment
    if checked.other:
        back = replace(draft, step=Step.PLACE, place=None, tray=None, before=_before_place(draft))
        return back, (_say("other_item_there", "O501", other=checked.other, compartment=label),)
    return back, (_say("no_such_place", "O433", tray=tray, compartment=label),)


def _before_place(draft: OtherDraft) -> OtherDraft | None:
    """The draft before the question where it goes."""
    found = draft.before
    while found is not None and found.step in (Step.COMPARTMENT, Step.TRAY, Step.PLACE):
        found = found.before
    return found


def _looked(draft: OtherDraft, read: LookedInto, around: Circumstances) -> OtherTurn:
    """The item is known, or it is said why nothing can be done with it."""
    refused = _why_not(draft, read)
    if refused is not None:
        return draft.before, (refused,)
    item = read.items[0]
    taken = draft.taken if draft.what is What.DOWN else lent(read)
    known = replace(draft, asked="", item=item, stock=read.stock, expired=read.expired, picks=read.picks, people=read.people)
    known = replace(known, taken=taken)
    if draft.wish is not None:
        known = _wished(known, *draft.wish)
    if draft.what is What.RETURN and not read.picks:
        known = replace(known, is_of_none=True)
    if draft.what is What.DOWN and draft.entry is not None:
        known = replace(known, entry=_still_out(draft.entry, read))
    if draft.what is What.TOOL_IN and len(taken) == 1:
        known = replace(known, entry=taken[0], key=taken[0].key)
    return _go_on(with_next(known), around)


def lent(read: LookedInto) -> tuple[Taken, ...]:
    """What of the item is lent."""
    return tuple(each for each in read.taken if each.account == TOOL)


def _still_out(entry: Taken, read: LookedInto) -> Taken | None:
    """What is in hand as the record has it now: the list that it was chosen from may be older than the last booking."""
    mark = (entry.account, entry.holder, entry.job, entry.key)
    return next((each for each in read.taken if (each.account, each.holder, each.job, each.key) == mark), None)


def _wished(draft: OtherDraft, place: Place, key: StockKey) -> OtherDraft:
    """What was chosen in the search: goods that are taken there, or the place for what comes back."""
    if draft.what is What.RETURN:
        return replace(draft, place=place, wish=None)
    is_there = any((each.place, each.key) == (place, key) for each in choices_of_stock(draft))
    if draft.is_planned and not is_there:
        draft = replace(draft, quantity=None)  # it lies elsewhere by now: how much is moved is asked again
    return replace(draft, place=place, key=key, wish=None) if is_there else replace(draft, wish=None)


def _why_not(draft: OtherDraft, read: LookedInto) -> Say | None:
    if not read.items:
        return _say("no_such_item", "O306")
    if len(read.items) > 1:
        return _say("ambiguous_item", "O307", count=len(read.items))
    item = read.items[0]
    if not read.is_open:
        return _say("item_locked", "O434", item=item.code, right=item.access)
    if draft.what in (What.TOOL_OUT, What.TOOL_IN) and not item.is_tool:
        return _say("not_a_tool", "O435", item=item.code)
    if draft.what is What.DOWN and (draft.entry is None or _still_out(draft.entry, read) is None):
        return _say("hand_is_empty", "O439", item=item.code)
    if draft.what is What.TOOL_IN and not lent(read):
        return _say("tool_not_out", "O436", item=item.code)
    looked = replace(draft, stock=read.stock, expired=read.expired)
    if draft.what in (What.TRANSFER, What.SCRAP, What.DAMAGED, What.TOOL_OUT) and not choices_of_stock(looked):
        return _say("other_no_stock", "O437", item=item.code)
    return None


def _beyond_book(item: Item, place: Place, book: int) -> Say:
    measure: dict[str, str | int] = {"book": book, "decimals": item.decimals, "unit": item.unit}
    params = {"item": item.code, "compartment": place.compartment, **measure}
    return Say(Message("other_beyond_book", Level.ACT, params, error="O500"))


def _say(code: str, error: str, **params: str | int) -> Say:
    return Say(Message(code, Level.ACT, params, error=error))
