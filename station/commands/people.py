"""The page of people, and what happens where a second person is asked for and nobody is there."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OpenPeople:
    """Open the list."""


@dataclass(frozen=True, slots=True)
class OpenApprovals:
    """Open the list of what waits for an approval."""


@dataclass(frozen=True, slots=True)
class ShowPeople:
    """Show the list, who may what, failed sign-ons or approvals: list | rights | sign_ons | approvals."""

    token: int
    at: str


@dataclass(frozen=True, slots=True)
class ShowPerson:
    """Look at a person."""

    token: int
    person: str


@dataclass(frozen=True, slots=True)
class AskPeople:
    """Begin to say something: find | name | role | language | badge | pin | offline | disable | review, or a named right behind
    `right:`."""

    token: int
    what: str


@dataclass(frozen=True, slots=True)
class ShowApproval:
    """Look at what waits, by its place in the list."""

    token: int
    number: int


@dataclass(frozen=True, slots=True)
class NobodyHere:
    """There is no second person who could confirm."""

    token: int


PeopleCommand = OpenPeople | OpenApprovals | ShowPeople | ShowPerson | AskPeople | ShowApproval | NobodyHere
