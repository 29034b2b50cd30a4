"""What the page of people asks of the store: one look for each page."""

from __future__ import annotations

from station.ports import Library
from station.staff.page import At, PeopleRead

MOST_REFUSALS = 200


def read_people(library: Library, at: At) -> PeopleRead:
    """Everybody, with what this page shows beside them."""
    read = PeopleRead(at=at, members=library.members())
    match at:
        case At.LIST | At.PERSON:
            return PeopleRead(at=at, members=read.members, guarded=library.guarded())
        case At.RIGHTS:
            guarded, review = library.guarded(), library.rights_review()
            return PeopleRead(at=at, members=read.members, guarded=guarded, review=review)
        case At.SIGN_ONS:
            return PeopleRead(at=at, members=read.members, refusals=library.refusals(MOST_REFUSALS))
        case At.APPROVALS:
            codes = {each.item for each in library.approvals()}
            items = {each.code: each for each in library.items_named(codes)}
            return PeopleRead(at=at, members=read.members, items=items)
