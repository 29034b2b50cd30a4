"""The page of people: what stands on it, what can be done there, and what is asked."""

from __future__ import annotations

from station.core import people_page
from station.core.people_asked import STATION, rights_after
from station.core.state import PeoplePage, StationState
from station.staff.page import LANGUAGES, OFFLINE_DAYS, At, Question
from station.staff.page import Ask as Asked
from station.staff.table import abilities_of, table_of
from station.values import Guarded, Member, Role
from station.view.action import Action, Offer
from station.view.ask import Ask, AskChoice, AskText, Choice
from station.view.message import Level, Message
from station.view.people import PeopleFace

SIDES = {At.RIGHTS: Action.PEOPLE_RIGHTS, At.SIGN_ONS: Action.PEOPLE_SIGN_ONS}


def people_face(state: StationState, page: PeoplePage) -> PeopleFace:
    """One of the page's lists, or a person."""
    members, member = page.members or (), page.member(page.person) if page.at is At.PERSON else None
    names = {each.person.person: each.person.name for each in members}
    shown = table_of(members, page.guarded).rows if page.at is At.RIGHTS else _found(members, page.search)
    question = page.question
    return PeopleFace(
        at=page.at,
        members=shown if page.at in (At.LIST, At.RIGHTS) else (),
        total=len(members),
        search=page.search,
        person=member,
        may=abilities_of(member.person.role, state.rules.by_role) if member is not None else (),
        rights=_rights(page, member),
        review=page.review,
        refusals=page.refusals,
        approvals=state.approvals if page.at is At.APPROVALS else (),
        items=page.items,
        names=names,
        may_change=people_page.may_change(state),
        is_own=member is not None and state.person is not None and member.person.person == state.person.person,
        approval=question.approval if question is not None else None,
        wait="reading" if page.members is None else "people_changing" if page.is_changing else "",
        offers=_offers(state, page),
        ask=_ask(page, question) if question is not None else None,
    )


def _found(members: tuple[Member, ...], search: str) -> tuple[Member, ...]:
    """Whose name has the text, in it or at a word's beginning; those who may sign on first."""
    text = search.casefold()
    found = [each for each in members if text in each.person.name.casefold() or text in each.person.person]
    return tuple(sorted(found, key=lambda each: (not each.person.is_active, each.person.name.casefold(), each.person.person)))


def _rights(page: PeoplePage, member: Member | None) -> tuple[Guarded, ...]:
    """What something asks for, and what the person has beside that."""
    known = {each.right for each in page.guarded}
    more = (right for right in (member.person.rights if member is not None else ()) if right not in known)
    return (*page.guarded, *(Guarded(right=each) for each in more))


def _offers(state: StationState, page: PeoplePage) -> tuple[Offer, ...]:
    back, lock = Offer(Action.BACK), Offer(Action.LOCK)
    if page.question is not None:
        return (back, lock)
    approvals = (Offer(Action.PEOPLE_APPROVALS),) if people_page.may_approve(state) and people_page.may_open(state) else ()
    sides = tuple(Offer(action) for at, action in SIDES.items() if at is not page.at)
    match page.at:
        case At.LIST:
            add = (Offer(Action.PEOPLE_ADD, _refusal(state, page)),) if people_page.may_change(state) else ()
            return (back, Offer(Action.PEOPLE_FIND), *add, *sides, *approvals, lock)
        case At.RIGHTS:
            reading = "reading" if page.review is None else "store_read_only" if state.store_code else ""
            return (back, Offer(Action.PEOPLE_REVIEW, reading), *sides, lock)
        case _:
            return (back, lock)


def _refusal(state: StationState, page: PeoplePage) -> str:
    return "store_read_only" if state.store_code else "reading" if page.members is None or page.is_changing else ""


def _ask(page: PeoplePage, question: Question) -> Ask:
    member = page.member(page.person)
    name = question.name or (member.person.name if member is not None else "")
    params: dict[str, str | int] = {"name": name, "right": question.right}
    code = f"people_{question.what}"
    match question.what:
        case Asked.FIND | Asked.NAME | Asked.REVIEW:
            return AskText(code=code, params=params)
        case Asked.NEW_ROLE | Asked.ROLE:
            return AskChoice(code=code, choices=tuple(Choice(each, f"role_{each}") for each in Role), params=params)
        case Asked.NEW_LANGUAGE | Asked.LANGUAGE:
            choices = tuple(Choice(each, f"speaks_{each}") for each in (STATION, *LANGUAGES))
            return AskChoice(code=code, choices=choices, params=params)
        case Asked.OFFLINE:
            choices = tuple(Choice(str(each), f"offline_{each}") for each in OFFLINE_DAYS)
            return AskChoice(code=code, choices=choices, params=params)
        case Asked.NEW_BADGE | Asked.BADGE:
            return AskChoice(code=code, choices=(), params=params)
        case Asked.RIGHT:
            verb = "right_give" if question.right in rights_after(page, question.right) else "right_take"
            return _sure(f"people_{verb}", verb, params)
        case Asked.REVIEW_SURE:
            sign = Choice("sign", "people_sign", params, is_primary=True)
            return AskChoice(code=code, choices=(sign, Choice("no", "people_no", params)), params=params)
        case Asked.APPROVAL:
            choices = (Choice("approve", "approval_approve", is_primary=True), Choice("refuse", "approval_refuse"))
            return AskChoice(code=code, choices=choices, params=params)
        case _:
            return _sure(code, str(question.what), params)


def _sure(code: str, verb: str, params: dict[str, str | int]) -> AskChoice:
    yes = Choice("yes", f"people_yes_{verb}", params, is_primary=True)
    return AskChoice(code=code, choices=(yes, Choice("no", "people_no", params)), params=params)


def people_bar(state: StationState, page: PeoplePage) -> Message:
    """What to do here."""
    if page.question is not None:
        is_badge = page.question.what in (Asked.BADGE, Asked.NEW_BADGE)
        return Message("people_scan_badge" if is_badge else "answer_question")
    if page.members is None:
        return Message("reading")
    if page.is_changing:
        return Message("people_changing")
    if page.at is At.APPROVALS:
        return Message("approvals_page" if state.approvals else "approvals_none")
    if page.at is At.PERSON and not people_page.may_change(state):
        return Message("people_person_look")
    return Message(f"people_{page.at}")


def emergency_message(state: StationState) -> Message | None:
    """That somebody released goods alone: whoever may answer for it reads it until one has."""
    waiting = [each for each in state.approvals if each.why == "emergency"]
    if not waiting or not people_page.may_approve(state):
        return None
    first = waiting[0]
    about: dict[str, str | int] = {"item": first.item, "compartment": first.compartment, "count": len(waiting)}
    return Message("emergency_waits", Level.ACT, about, error="O585")
