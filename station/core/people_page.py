"""The page of people: who may work, who may what, who was not let in, and what waits for an approval. It moves nothing.

Supervisors and administrators look; only administrators change, each change with the PIN; nobody changes his own rights.
"""

from __future__ import annotations

from dataclasses import replace

from db.records.approvals import ApprovalGiven, ApprovalRefused
from db.records.people import RightsReviewed
from db.records.taken import CompartmentDue
from station import commands as do
from station.core.effects import Declare, Effect, Play, ReadOrders, Sound
from station.core.inputs import Declared
from station.core.leaving import left
from station.core.people_asked import answer
from station.core.state import PeoplePage, StationState
from station.core.writing import written
from station.staff.page import (
    Ask,
    At,
    Change,
    FindPerson,
    PeopleAnswer,
    PeopleRead,
    PersonChanged,
    PersonFound,
    Question,
    ReadPeople,
)
from station.staff.table import digest_of, table_of
from station.values import Approval
from station.view.message import Level, Message

PeopleTurn = tuple[StationState, tuple[Effect, ...]]
OF_PERSON = (Ask.ROLE, Ask.LANGUAGE, Ask.BADGE, Ask.PIN, Ask.OFFLINE, Ask.DISABLE)
WRONG = {"own_rights": "O581", "last_administrator": "O582"}


def may_open(state: StationState) -> bool:
    """Whether who works here may see the people."""
    return state.person is not None and state.person.role in state.rules.unlock | state.rules.administer_people


def may_change(state: StationState) -> bool:
    """Whether he may change them."""
    return state.person is not None and state.person.role in state.rules.administer_people


def may_approve(state: StationState) -> bool:
    """Whether he may answer for what another person did alone."""
    return state.person is not None and state.person.role in state.rules.approve_stock


def opened(state: StationState, at: At = At.LIST) -> PeopleTurn:
    """Open the page over the work list."""
    if not (may_approve(state) if at is At.APPROVALS else may_open(state)):
        return state.said(Message("no_right", Level.ACT, error="O583")), ()
    return replace(state, page=PeoplePage(at=at, first=at)), (ReadPeople(at),)


def command(state: StationState, page: PeoplePage, given: do.Command) -> PeopleTurn:
    """What a person does on the page."""
    if page.question is not None:
        return _answer(state, page, page.question, given)
    match given:
        case do.ClosePage() | do.Back():
            return _back(state, page)
        case do.ShowPeople(at=at) if at in tuple(At) and at != At.PERSON:
            return _shown(state, page, At(at))
        case do.ShowPerson(person=person) if page.member(person) is not None:
            return _with(state, replace(page, at=At.PERSON, person=person)), ()
        case do.ShowApproval(number=number) if page.at is At.APPROVALS and 0 <= number < len(state.approvals):
            return _approval(state, page, state.approvals[number])
        case do.AskPeople(what=what) if not page.is_changing:
            return _ask(state, page, what)
        case _:
            return state, ()


def _with(state: StationState, page: PeoplePage) -> StationState:
    return replace(state, page=page)


def _back(state: StationState, page: PeoplePage) -> PeopleTurn:
    """One step: from a person or a list beside to the people, from the people to the work."""
    if page.at is At.LIST and page.search:
        return _with(state, replace(page, search="")), ()
    if page.at is page.first:
        return left(state), ()
    return _shown(state, page, page.first)


def _shown(state: StationState, page: PeoplePage, at: At) -> PeopleTurn:
    if at is At.APPROVALS and not may_approve(state):
        return state.said(Message("no_right", Level.ACT, error="O583")), ()
    return _with(state, PeoplePage(at=at, first=page.first, members=page.members, search=page.search)), (ReadPeople(at),)


# --- questions


def _ask(state: StationState, page: PeoplePage, what: str) -> PeopleTurn:
    name, _, right = what.partition(":")
    if name not in tuple(Ask):
        return state, ()
    ask = Ask(name)
    if ask is Ask.FIND:
        return _with(state, replace(page, question=Question(what=ask))), ()
    if ask is Ask.REVIEW:
        return (_with(state, replace(page, question=Question(what=ask))), ()) if page.review is not None else (state, ())
    if not may_change(state):
        return state.said(Message("no_right", Level.ACT, error="O583")), ()
    if ask is Ask.NAME:
        return _with(state, replace(page, question=Question(what=ask))), ()
    member = page.member(page.person)
    if page.at is not At.PERSON or member is None or not (ask in OF_PERSON or (ask is Ask.RIGHT and right)):
        return state, ()
    if not member.person.is_active:
        return state.said(Message("people_already_disabled", Level.ACT, {"name": member.person.name}, error="O584")), ()
    if ask is not Ask.LANGUAGE and state.person is not None and state.person.person == page.person:
        return state.said(Message("people_own_rights", Level.ACT, error="O581")), (Play(Sound.WRONG),)
    return _with(state, replace(page, question=Question(what=ask, right=right))), ()


def _answer(state: StationState, page: PeoplePage, question: Question, given: do.Command) -> PeopleTurn:
    match given:
        case do.Back() | do.ClosePage():
            return _with(state, replace(page, question=None)), ()
        case do.Choose(key=key) if question.what is Ask.APPROVAL:
            return _decided(state, page, question.approval, key)
        case do.Choose(key="sign") if question.what is Ask.REVIEW_SURE:
            return _signed(state, page, question.note)
    after, change = answer(page, question, given, state.person)
    if change is None:
        return _with(state, after), ()
    if state.store_code or not may_change(state):
        return state, ()
    return _with(state, replace(after, is_changing=True)), (change,)


def scanned(state: StationState, page: PeoplePage, text: str) -> PeopleTurn:
    """The badge that is taught, where one is asked; on the list, whose badge it is."""
    question = page.question
    if question is not None and question.what in (Ask.BADGE, Ask.NEW_BADGE):
        sure = Ask.BADGE_SURE if question.what is Ask.BADGE else Ask.NEW_SURE
        return _with(state, replace(page, question=replace(question, what=sure, badge=text))), (Play(Sound.OK),)
    if question is None and page.at in (At.LIST, At.PERSON):
        return state, (FindPerson(text),)
    return state.said(Message("scan_not_used", Level.NOTE)), (Play(Sound.WRONG),)


# --- a review, and approvals: records of their own


def _signed(state: StationState, page: PeoplePage, note: str) -> PeopleTurn:
    """The act itself; it comes here a second time once the PIN was right."""
    if state.store_code or page.members is None or page.review is None or not may_open(state):
        return state, ()
    table = table_of(page.members, page.guarded)
    record = RightsReviewed(
        people=len(table.rows), changes=page.review.count, digest=digest_of(table, state.rules.by_role), note=note
    )
    said = written(state, record)
    declared = Declare(records=said.records, operator=said.operator, role=said.role)
    return _with(state, replace(page, question=None)), (declared,)


def _approval(state: StationState, page: PeoplePage, row: Approval) -> PeopleTurn:
    """Nobody answers for what he did himself."""
    if state.person is None or not may_approve(state) or row.person == state.person.person:
        return state.said(Message("approval_own", Level.ACT, error="O586")), (Play(Sound.WRONG),)
    return _with(state, replace(page, question=Question(what=Ask.APPROVAL, approval=row))), ()


def _decided(state: StationState, page: PeoplePage, row: Approval | None, key: str) -> PeopleTurn:
    if row is None or key not in ("approve", "refuse") or state.store_code or not may_approve(state):
        return state, ()
    if row not in state.approvals:
        said = Message("approval_gone", Level.ACT, error="O587")
        return _with(state, replace(page, question=None)).said(said), (ReadOrders(),)
    kind = ApprovalGiven if key == "approve" else ApprovalRefused
    record = kind(epoch=row.epoch, seq=row.seq, person=row.person, item=row.item, quantity=row.quantity)
    due = CompartmentDue(machine=row.machine, tray=row.tray, compartment=row.compartment, why="approval_refused")
    told = written(state, record, *((due,) if key == "refuse" else ()))
    declared = Declare(records=told.records, operator=told.operator, role=told.role)
    return _with(state, replace(page, question=None)), (declared,)


def declared(state: StationState, event: Declared) -> PeopleTurn:
    """A review or an approval is on the disk, or could not be written."""
    page = state.page
    kinds = (RightsReviewed, ApprovalGiven, ApprovalRefused)
    record = next((each for each in event.records if isinstance(each, kinds)), None)
    if not isinstance(page, PeoplePage) or record is None or event.code:
        return state, ()
    code = {RightsReviewed: "people_reviewed", ApprovalGiven: "approval_given"}.get(type(record), "approval_refused")
    return state.said(Message(code)), (ReadPeople(page.at), ReadOrders())


# --- answers


def answered(state: StationState, event: PeopleAnswer) -> PeopleTurn:
    """What the store said, or what became of a change."""
    page = state.page
    if not isinstance(page, PeoplePage):
        return state, ()
    match event:
        case PeopleRead(at=at) if at is page.at or {at, page.at} <= {At.LIST, At.PERSON}:
            told = replace(page, members=event.members, guarded=event.guarded, review=event.review)
            return _with(state, replace(told, refusals=event.refusals, items=event.items)), ()
        case PersonFound(person=person):
            if page.member(person) is None:
                return state.said(Message("people_no_badge", Level.ACT, error="O584")), (Play(Sound.WRONG),)
            return _with(state, replace(page, at=At.PERSON, person=person, question=None)), ()
        case PersonChanged():
            return _changed(state, replace(page, is_changing=False), event)
        case _:
            return state, ()


def _changed(state: StationState, page: PeoplePage, event: PersonChanged) -> PeopleTurn:
    if event.code:
        return _with(state, page).said(Message("people_not_written", Level.ACT, error="O588")), (Play(Sound.WRONG),)
    if event.why:
        said = Message(f"people_{event.why}", Level.ACT, error=WRONG.get(event.why, "O584"))
        return _with(state, page).said(said), (Play(Sound.WRONG),)
    if event.what is Change.ADD:
        page = replace(page, at=At.PERSON, person=event.person)
    said = Message(f"people_done_{event.what}")
    return _with(state, page).said(said), (Play(Sound.OK), ReadPeople(page.at))


def stale(state: StationState) -> tuple[Effect, ...]:
    """The store has changed: the page is read again."""
    return (ReadPeople(state.page.at),) if isinstance(state.page, PeoplePage) else ()
