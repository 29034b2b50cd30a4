"""Carries a change of a person out, on a reader thread, for it waits for the disk."""

from __future__ import annotations

import logging
from dataclasses import replace

from db.errors import Kind, StoreError
from station.people import People, PeopleError
from station.staff.page import Change, ChangePerson, PersonChanged
from station.values import Role

logger = logging.getLogger(__name__)


def change_person(people: People | None, asked: ChangePerson) -> PersonChanged:
    """What came of it. Raises StoreError only when it is a bug's."""
    if people is None:
        return PersonChanged(asked.what, asked.person, why="not_here")
    people = replace(people, operator=asked.operator, is_confirmed=asked.is_confirmed)
    try:
        return PersonChanged(asked.what, _change(people, asked))
    except PeopleError as error:
        return PersonChanged(asked.what, asked.person, why=error.code)
    except StoreError as error:
        if error.kind is Kind.BUG:
            raise
        logger.warning("a change of people was not written: %s", error)
        return PersonChanged(asked.what, asked.person, code=error.code)


def _change(people: People, asked: ChangePerson) -> str:
    """The person it was about."""
    match asked.what:
        case Change.ADD:
            role = asked.role or Role.OPERATOR
            return people.add(asked.name, role, badge=asked.badge, language=asked.language).person
        case Change.ROLE:
            people.set_role(asked.person, asked.role or Role.OPERATOR)
        case Change.LANGUAGE:
            people.set_language(asked.person, asked.language)
        case Change.BADGE:
            people.set_badge(asked.person, asked.badge)
        case Change.PIN:
            people.open_pin(asked.person)
        case Change.OFFLINE:
            people.set_offline_days(asked.person, asked.days)
        case Change.RIGHTS:
            people.set_rights(asked.person, asked.rights)
        case Change.DISABLE:
            people.disable(asked.person)
    return asked.person
