"""The page of people, as the window shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from station.staff.page import At
from station.values import Approval, Guarded, Item, Member, Refusal, RightsReview
from station.view.action import Offer
from station.view.ask import Ask


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleFace:
    """`members` are those that the search finds, or whom the table names; `person` is the one that is looked at, with what his
    role may (`may`). `names` are everybody's, by id. `wait` is what is awaited, "" for nothing."""

    at: At
    members: tuple[Member, ...] = ()
    total: int = 0
    search: str = ""
    person: Member | None = None
    may: tuple[str, ...] = ()
    rights: tuple[Guarded, ...] = ()
    review: RightsReview | None = None
    refusals: tuple[Refusal, ...] = ()
    approvals: tuple[Approval, ...] = ()
    items: Mapping[str, Item] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    may_change: bool = False
    is_own: bool = False  # the person who is looked at is the one who works here
    approval: Approval | None = None  # that is asked about
    wait: str = ""
    offers: tuple[Offer, ...] = ()
    ask: Ask | None = None
