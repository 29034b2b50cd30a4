"""The page of people: the list, a person with everything that can be changed of him, who may what, failed sign-ons, approvals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from station.rules.rights import DEPART
from station.staff.page import At
from station.values import Approval, Guarded, Member, PeopleChange, Refusal
from station.view.message import Level
from station.view.people import PeopleFace
from ui.language import OWN_NAMES
from ui.local_state import Local
from ui.texts import Texts
from ui.view_models.buttons import ActionRowModel, arrange
from ui.view_models.rows import ListModel, RowModel, Tone, paged

HELPED: Final = (
    "people_pin",
    "people_badge",
    "people_new_badge",
    "people_new_sure",
    "people_badge_sure",
    "people_disable",
    "people_offline",
    "people_review_sure",
    "people_right_give",
    "people_right_take",
    "people_role",
)


@dataclass(frozen=True, slots=True)
class PeopleModel:
    """`summary` stands above the rows."""

    rows: ListModel
    summary: str


def present(face: PeopleFace, local: Local, texts: Texts, *, now: datetime, rows: int) -> PeopleModel:
    """The list's page and the line above it."""
    empty = texts.message_of(face.wait) if face.wait else texts.label(f"people_empty_{face.at}")
    return PeopleModel(paged("", _rows(face, texts, now), texts, page=local.page, size=rows, empty=empty), _summary(face, texts))


def present_row(face: PeopleFace, texts: Texts) -> ActionRowModel:
    return arrange(face.offers, texts)


def row_count(face: PeopleFace) -> int:
    """How many rows the list has, whatever they say."""
    match face.at:
        case At.LIST:
            return len(face.members)
        case At.PERSON:
            return len(_of_person(face)) if face.person is not None else 0
        case At.RIGHTS:
            return len(face.members) + (len(face.review.changes) if face.review is not None else 0)
        case At.SIGN_ONS:
            return len(face.refusals)
        case At.APPROVALS:
            return len(face.approvals)


def said_of(face: PeopleFace, texts: Texts) -> tuple[str, ...]:
    """What a person must know before the answer."""
    code = getattr(face.ask, "code", "")
    if face.approval is not None:
        return _of_approval(face.approval, face, texts)
    return (texts.label(f"{code}_help"),) if code in HELPED else ()


def _of_approval(row: Approval, face: PeopleFace, texts: Texts) -> tuple[str, ...]:
    """What one answers for: the goods, where they were, and who moved them alone."""
    item = face.items.get(row.item)
    name = item.name if item else ""
    what = texts.label("approval_goods", quantity=texts.quantity(row.quantity, item), item=row.item, name=name)
    where = texts.label("approval_where", tray=row.tray, compartment=row.compartment, order=row.order or "–")
    who = texts.label(f"approval_{row.why}", name=_name(row.person, face, texts), reason=row.reason)
    return (what, where, who)


def _rows(face: PeopleFace, texts: Texts, now: datetime) -> list[RowModel]:
    match face.at:
        case At.LIST:
            return [_member(each, texts) for each in face.members]
        case At.PERSON:
            return [_detail(each, face, texts, now) for each in _of_person(face)] if face.person is not None else []
        case At.RIGHTS:
            changes = face.review.changes if face.review is not None else ()
            told = [_change(number, each, face, texts, now) for number, each in enumerate(changes)]
            return [*told, *(_member(each, texts) for each in face.members)]
        case At.SIGN_ONS:
            return [_refusal(each, face, texts, now) for each in face.refusals]
        case At.APPROVALS:
            return [_approval(number, each, face, texts, now) for number, each in enumerate(face.approvals)]


def _summary(face: PeopleFace, texts: Texts) -> str:
    match face.at:
        case At.LIST if face.search:
            return texts.label("people_found", count=len(face.members), text=face.search)
        case At.LIST:
            return texts.label("people_count", count=face.total)
        case At.PERSON if face.person is not None:
            return _called(face.person, texts)
        case At.RIGHTS if face.review is not None and face.review.at is not None:
            local = texts.local(face.review.at)
            by = _name(face.review.by, face, texts)
            return texts.label("people_reviewed_at", date=f"{local:%Y-%m-%d}", name=by, count=face.review.count)
        case At.RIGHTS:
            return texts.label("people_never_reviewed")
        case At.SIGN_ONS:
            return texts.label("people_refusals", count=len(face.refusals))
        case At.APPROVALS:
            return texts.label("approvals_count", count=len(face.approvals)) if face.approvals else ""
        case _:
            return ""


def _called(member: Member, texts: Texts) -> str:
    return member.person.name or texts.label("erased")


def _name(person: str, face: PeopleFace, texts: Texts) -> str:
    return face.names.get(person, "") or texts.label("erased") if person else texts.label("people_unsigned")


def _state(member: Member, texts: Texts) -> tuple[str, Tone]:
    """What keeps the person from signing on."""
    if not member.person.is_active:
        return texts.label("people_disabled"), Tone.BLOCKED
    if member.is_locked:
        return texts.label("people_locked"), Tone.BLOCKED
    if member.pin != "set":
        return texts.label("people_no_pin"), Tone.LATE
    return "", Tone.PLAIN


def _member(member: Member, texts: Texts) -> RowModel:
    state, tone = _state(member, texts)
    person = member.person
    return RowModel(
        name=f"member_{person.person}",
        lead=_called(member, texts),
        main=texts.role(person.role),
        sub=_rights(person.rights, texts),
        right=state,
        right_sub=OWN_NAMES.get(person.language, ""),
        tone=tone,
    )


# --- a person


def _of_person(face: PeopleFace) -> tuple[tuple[str, str | Guarded], ...]:
    """The rows of a person: (kind, what)."""
    own = tuple((each, each) for each in ("role", "language", "badge", "pin", "offline", "disable"))
    return (*own, *(("right", each) for each in face.rights), *(("may", each) for each in face.may))


def _detail(row: tuple[str, str | Guarded], face: PeopleFace, texts: Texts, now: datetime) -> RowModel:
    kind, what = row
    member = face.person
    if member is None:
        raise ValueError("no person is looked at")
    may = face.may_change and member.person.is_active and not face.wait
    if isinstance(what, Guarded):
        return _right(what, member, texts, is_touchable=may and not face.is_own)
    if kind == "may":
        return RowModel(name=f"may_{what}", lead=texts.label("people_may"), main=texts.label(f"may_{what}"), is_touchable=False)
    value, sub, tone = _value(kind, member, texts, now)
    is_touchable = may and (kind == "language" or not face.is_own)
    right = texts.label("people_change") if is_touchable else ""
    lead = texts.label(f"people_of_{kind}")
    return RowModel(name=f"staff_{kind}", lead=lead, main=value, sub=sub, right=right, tone=tone, is_touchable=is_touchable)


def _value(kind: str, member: Member, texts: Texts, now: datetime) -> tuple[str, str, Tone]:
    person = member.person
    match kind:
        case "role":
            return texts.role(person.role), "", Tone.PLAIN
        case "language":
            return OWN_NAMES.get(person.language, "") or texts.label("people_station_language"), "", Tone.PLAIN
        case "badge":
            tone = Tone.PLAIN if member.has_badge else Tone.LATE
            return texts.label("people_has_badge" if member.has_badge else "people_no_badge"), "", tone
        case "pin" if member.pin_until is not None:
            until = texts.moment(member.pin_until, now)
            return texts.label("people_chooses_pin"), texts.label("people_until", time=until), Tone.LATE
        case "pin":
            locked = texts.label("people_locked") if member.is_locked else ""
            return texts.label(f"people_pin_{member.pin}"), locked, Tone.BLOCKED if member.is_locked else Tone.PLAIN
        case "offline":
            heard = texts.label("people_heard", time=texts.moment(member.heard_at, now)) if member.heard_at else ""
            days = member.offline_days
            return texts.label("people_days", count=days) if days else texts.label("people_site_days"), heard, Tone.PLAIN
        case _:
            return texts.label("people_active" if person.is_active else "people_disabled"), "", Tone.PLAIN


def _right(guarded: Guarded, member: Member, texts: Texts, *, is_touchable: bool) -> RowModel:
    has = guarded.right in member.person.rights
    counts = (("items", guarded.items), ("trays", guarded.trays), ("compartments", guarded.compartments))
    asked = [texts.label(f"people_asked_{what}", count=count) for what, count in counts if count]
    return RowModel(
        name=f"staff_right:{guarded.right}",
        lead=texts.label("people_right"),
        main=_rights((guarded.right,), texts),
        sub=" · ".join(asked) or texts.label("people_asked_nothing"),
        right=texts.label("people_has" if has else "people_has_not"),
        is_chosen=has,
        is_touchable=is_touchable,
    )


# --- what happened


def _change(number: int, change: PeopleChange, face: PeopleFace, texts: Texts, now: datetime) -> RowModel:
    return RowModel(
        name=f"changed_{number}",
        lead=texts.moment(change.at, now),
        main=f"{texts.event(change.kind)} · {_name(change.person, face, texts)}",
        sub=texts.label("people_by", name=_name(change.by, face, texts)),
        right=_detail_of(change, texts),
        tone=Tone.LATE,
        is_touchable=False,
    )


def _detail_of(change: PeopleChange, texts: Texts) -> str:
    """What it is now, in words where the record has a code."""
    match change.kind:
        case "role_changed" | "person_added":
            return texts.role(change.detail)
        case "language_changed":
            return OWN_NAMES.get(change.detail, change.detail)
        case "offline_changed":
            days = int(change.detail or 0)
            return texts.label("people_days", count=days) if days else texts.label("people_site_days")
        case "rights_changed":
            return _rights(change.detail.split(), texts)
        case _:
            return change.detail


def _rights(rights: Iterable[str], texts: Texts) -> str:
    """By name: the one that the program itself asks for has words, all others are the site's own."""
    return " · ".join(texts.label("right_depart") if each == DEPART else each for each in rights)


def _refusal(refusal: Refusal, face: PeopleFace, texts: Texts, now: datetime) -> RowModel:
    """No secret: not which badge, and no PIN, for the record has none."""
    is_lifted = refusal.kind == "person_unlocked"
    why = (
        texts.label("people_unlocked_by", name=_name(refusal.by, face, texts))
        if is_lifted
        else texts.label(f"refused_{refusal.reason}")
    )
    return RowModel(
        name=f"refusal_{refusal.seq}",
        lead=texts.moment(refusal.at, now),
        main=_name(refusal.person, face, texts) if refusal.person else texts.label("people_unknown_badge"),
        sub=why,
        right=texts.label("people_at_act") if refusal.act else "",
        tone=Tone.PLAIN if is_lifted else Tone.LATE,
        is_touchable=False,
    )


def _approval(number: int, row: Approval, face: PeopleFace, texts: Texts, now: datetime) -> RowModel:
    item = face.items.get(row.item)
    is_emergency = row.why == "emergency"
    why = texts.reason(row.reason) if is_emergency else texts.label("approval_by_rule")
    return RowModel(
        name=f"approval_{number}",
        lead=row.compartment,
        main=item.name if item else row.item,
        sub=" · ".join(each for each in (_name(row.person, face, texts), why, row.order) if each),
        right=texts.quantity(row.quantity, item),
        right_sub=texts.moment(row.since, now),
        tone=Tone.LATE,
        level=Level.ACT if is_emergency else None,
    )
