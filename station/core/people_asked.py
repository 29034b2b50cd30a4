"""What an answer on the page of people comes to: the next question, or the change that is to be made. Pure."""

from __future__ import annotations

from dataclasses import replace

from station import commands as do
from station.core.page_state import PeoplePage
from station.staff.page import LANGUAGES, OFFLINE_DAYS, Ask, Change, ChangePerson, Question
from station.values import Person, Role

Answered = tuple[PeoplePage, ChangePerson | None]
STATION = "station"  # the key of the station's own language


def answer(page: PeoplePage, question: Question, given: do.Command, by: Person | None) -> Answered:
    """The page after it, and the change; an answer that means nothing here changes nothing."""
    if by is None:
        return page, None
    match given:
        case do.EnterText(text=text) if text.strip():
            return _text(page, question, text.strip()), None
        case do.Choose(key=key):
            return _chosen(page, question, key, by.person)
        case _:
            return page, None


def _text(page: PeoplePage, question: Question, text: str) -> PeoplePage:
    match question.what:
        case Ask.FIND:
            return replace(page, search=text, question=None)
        case Ask.NAME:
            return _next(page, question, Ask.NEW_ROLE, name=text)
        case Ask.REVIEW:
            return _next(page, question, Ask.REVIEW_SURE, note=text)
        case _:
            return page


def _next(page: PeoplePage, question: Question, what: Ask, **said: object) -> PeoplePage:
    return replace(page, question=replace(question, what=what, **said))  # type: ignore[arg-type]  # by the names of its fields


def _chosen(page: PeoplePage, question: Question, key: str, operator: str) -> Answered:
    match question.what:
        case Ask.NEW_ROLE if key in tuple(Role):
            return _next(page, question, Ask.NEW_LANGUAGE, role=Role(key)), None
        case Ask.NEW_LANGUAGE if key in (STATION, *LANGUAGES):
            return _next(page, question, Ask.NEW_BADGE, language=_language(key)), None
        case Ask.REVIEW_SURE:
            return replace(page, question=None), None
        case _:
            change = _change(page, question, key, operator)
            return (replace(page, question=None), change) if change is not None or key == "no" else (page, None)


def _language(key: str) -> str:
    return "" if key == STATION else key


def _change(page: PeoplePage, question: Question, key: str, operator: str) -> ChangePerson | None:
    person = page.person
    is_yes = key == "yes"
    match question.what:
        case Ask.NEW_SURE if is_yes:
            return ChangePerson(
                what=Change.ADD,
                operator=operator,
                name=question.name,
                role=question.role,
                language=question.language,
                badge=question.badge,
            )
        case Ask.ROLE if key in tuple(Role):
            return ChangePerson(what=Change.ROLE, operator=operator, person=person, role=Role(key))
        case Ask.LANGUAGE if key in (STATION, *LANGUAGES):
            return ChangePerson(what=Change.LANGUAGE, operator=operator, person=person, language=_language(key))
        case Ask.BADGE_SURE if is_yes:
            return ChangePerson(what=Change.BADGE, operator=operator, person=person, badge=question.badge)
        case Ask.PIN if is_yes:
            return ChangePerson(what=Change.PIN, operator=operator, person=person)
        case Ask.OFFLINE if key.isdigit() and int(key) in OFFLINE_DAYS:
            return ChangePerson(what=Change.OFFLINE, operator=operator, person=person, days=int(key))
        case Ask.RIGHT if is_yes:
            rights = rights_after(page, question.right)
            return ChangePerson(what=Change.RIGHTS, operator=operator, person=person, rights=rights)
        case Ask.DISABLE if is_yes:
            return ChangePerson(what=Change.DISABLE, operator=operator, person=person)
        case _:
            return None


def rights_after(page: PeoplePage, right: str) -> tuple[str, ...]:
    """The person's rights with this one, or without it where he has it."""
    member = page.member(page.person)
    has = set(member.person.rights) if member is not None else set()
    return tuple(sorted(has ^ {right}))
