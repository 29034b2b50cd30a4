"""The state of the page of people, what it asks, and the answers. Values only; nothing here ever holds a PIN."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from station.values import Approval, Guarded, Item, Member, Refusal, RightsReview, Role

LANGUAGES = ("en", "de", "it", "fr", "es")
OFFLINE_DAYS = (0, 1, 7, 14)  # to choose from; 0: as the settings say


class At(StrEnum):
    """What the page shows."""

    LIST = "list"
    PERSON = "person"
    RIGHTS = "rights"  # who may what
    SIGN_ONS = "sign_ons"  # that failed
    APPROVALS = "approvals"  # what waits for one


class Ask(StrEnum):
    """What is asked of the person."""

    FIND = "find"
    NAME = "name"  # of somebody new; then his role, language and badge
    NEW_ROLE = "new_role"
    NEW_LANGUAGE = "new_language"
    NEW_BADGE = "new_badge"
    NEW_SURE = "new_sure"
    ROLE = "role"
    LANGUAGE = "language"
    BADGE = "badge"
    BADGE_SURE = "badge_sure"
    PIN = "pin"
    OFFLINE = "offline"
    RIGHT = "right"
    DISABLE = "disable"
    REVIEW = "review"
    REVIEW_SURE = "review_sure"
    APPROVAL = "approval"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked, and what was said so far: of somebody new, which `right`, the `note` of a review, or what waits for an
    approval."""

    what: Ask
    name: str = ""
    role: Role | None = None
    language: str = ""
    badge: str = field(default="", repr=False)
    right: str = ""
    note: str = ""
    approval: Approval | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PeoplePage:
    """`members` None: not read yet. `person` is whom the page At.PERSON shows; `is_changing`: a change is on its way to the
    disk."""

    at: At = At.LIST
    first: At = At.LIST  # what the page was opened on, which Back leaves
    members: tuple[Member, ...] | None = None
    guarded: tuple[Guarded, ...] = ()
    review: RightsReview | None = None
    refusals: tuple[Refusal, ...] = ()
    items: Mapping[str, Item] = field(default_factory=dict)
    search: str = ""
    person: str = ""
    question: Question | None = None
    is_changing: bool = False
    behind: None = None  # it lies over the work only

    def member(self, person: str) -> Member | None:
        return next((each for each in self.members or () if each.person.person == person), None)


class Change(StrEnum):
    """What becomes of a person."""

    ADD = "add"
    ROLE = "role"
    LANGUAGE = "language"
    BADGE = "badge"
    PIN = "pin"
    OFFLINE = "offline"
    RIGHTS = "rights"
    DISABLE = "disable"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePerson:
    """Change a person by the word of `operator`, whose PIN was asked for it when `is_confirmed`. The answer is PersonChanged."""

    what: Change
    operator: str
    person: str = ""
    name: str = ""
    role: Role | None = None
    language: str = ""
    badge: str = field(default="", repr=False)
    rights: tuple[str, ...] = ()
    days: int = 0
    is_confirmed: bool = False


@dataclass(frozen=True, slots=True)
class PersonChanged:
    """It is on the disk; else `why` says what stands against it (`station.people`), `code` that it cannot be written."""

    what: Change
    person: str = ""
    why: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class ReadPeople:
    """Read everybody, and what else this page shows. The answer is PeopleRead."""

    at: At


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleRead:
    at: At
    members: tuple[Member, ...]
    guarded: tuple[Guarded, ...] = ()
    review: RightsReview | None = None
    refusals: tuple[Refusal, ...] = ()
    items: Mapping[str, Item] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FindPerson:
    """Whose badge is this? The answer is PersonFound."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class PersonFound:
    """Whose badge it is; "" for nobody's."""

    person: str


PeopleQuestion = ReadPeople | FindPerson
PeopleAnswer = PeopleRead | PersonFound | PersonChanged
