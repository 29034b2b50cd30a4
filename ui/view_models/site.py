"""The site database: the mark in the status bar, and the page that lies over every face. Ages count up by the window's clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from station.values import HeldLease, SyncException, SyncState
from station.view.sync import SyncView
from ui.local_state import Local
from ui.sentences import SITE, SITE_ADVICE
from ui.texts import Texts
from ui.view_models.buttons import ActionRowModel, ButtonModel
from ui.view_models.rows import ListModel, RowModel, Tone, paged

EPOCH_LENGTH: Final = 8  # enough to tell two apart
CARDS: Final = 4


@dataclass(frozen=True, slots=True)
class SiteMark:
    """The mark in the status bar. Of `texts` the first one that has room is shown."""

    state: SyncState
    texts: tuple[str, ...]
    description: str


@dataclass(frozen=True, slots=True)
class SiteCard:
    caption: str
    value: str
    below: str
    is_due: bool = False


@dataclass(frozen=True, slots=True)
class SiteModel:
    """`title` says the state, `help` what it means and what to do; `foot` is for IT."""

    state: SyncState
    title: str
    help: str
    cards: tuple[SiteCard, ...]
    foot: str
    rows: ListModel


def present_mark(view: SyncView | None, texts: Texts, now: datetime) -> SiteMark | None:
    """What the status bar says of the site database; None where none is set."""
    if view is None:
        return None
    whole = _said(view, "", texts, now)
    shown = (whole,) if view.state is SyncState.ONLINE else (whole, _said(view, "_short", texts, now))
    return SiteMark(view.state, shown, texts.site("title", state=whole))


def present(view: SyncView, local: Local, texts: Texts, *, now: datetime, rows: int) -> SiteModel:
    word = texts.site(f"title_{view.state}", time=_moment(view.since, texts, now))
    meaning = view.problem if view.state is SyncState.ATTENTION else view.state.value
    held = [
        *_failure(view, texts),
        *(_refused(each, texts, now) for each in view.exceptions),
        *(_held(each, texts, now) for each in view.leases),
    ]
    return SiteModel(
        state=view.state,
        title=texts.site("title", state=word),
        help=texts.site(f"help_{meaning}"),
        cards=_cards(view, texts, now),
        foot=_foot(view, texts),
        rows=paged("", held, texts, page=local.site_page, size=rows, empty=texts.site("nothing_held")),
    )


def present_row(view: SyncView, texts: Texts) -> ActionRowModel:
    """Back to the work, and a try: neither is what this page asks for."""
    reason = texts.short_refusal("trying") if view.is_trying else ""
    back = ButtonModel("site_close", texts.action("less"), f_key=1)
    return ActionRowModel((back, ButtonModel("site_try", texts.action("try_now"), reason, is_enabled=not reason, f_key=2)))


def row_count(view: SyncView | None) -> int:
    """How many rows the list has."""
    return (view.code in SITE_ADVICE) + len(view.exceptions) + len(view.leases) if view is not None else 0


def _said(view: SyncView, ending: str, texts: Texts, now: datetime) -> str:
    """The words of the bar: whole, or with "_short" what still tells apart."""
    if view.state is SyncState.CATCHING_UP:
        if view.oldest_at is None:
            return texts.site(f"bar_catching_up_new{ending}", count=view.waiting)
        return texts.site(f"bar_catching_up{ending}", count=view.waiting, age=_age(view.oldest_at, texts, now))
    return texts.site(f"bar_{view.state}{ending}", time=_moment(view.since, texts, now))


def _cards(view: SyncView, texts: Texts, now: datetime) -> tuple[SiteCard, ...]:
    oldest = texts.site("oldest", age=_age(view.oldest_at, texts, now)) if view.oldest_at is not None else ""
    waits = texts.site("to_send_count", count=view.waiting)
    until = texts.site("held_until", time=texts.moment(view.leases[0].until, now)) if view.leases else ""
    return (
        SiteCard(
            texts.site("to_send"),
            waits if view.waiting else texts.site("nothing_waits"),
            oldest if view.waiting else "",
            is_due=view.problem == "queue_long",
        ),
        SiteCard(
            texts.site("receipt"),
            _moment(view.last_receipt_at, texts, now),
            texts.site("up_to", acked=view.acked, head=view.head),
        ),
        SiteCard(
            texts.site("data_as_of"),
            _moment(view.data_as_of, texts, now),
            texts.site("pulled", time=_moment(view.last_pull_at, texts, now)),
        ),
        SiteCard(texts.site("held"), str(len(view.leases)) if view.leases else texts.site("held_none"), until),
    )


def _foot(view: SyncView, texts: Texts) -> str:
    """For IT: the site database's epoch, and the code of its last failure."""
    epoch = texts.site("server_epoch", epoch=view.server_epoch[:EPOCH_LENGTH]) if view.server_epoch else ""
    return "  ·  ".join(each for each in (epoch, view.code) if each)


def _failure(view: SyncView, texts: Texts) -> tuple[RowModel, ...]:
    """What the code means and what to do about it, first in the list."""
    if view.code not in SITE_ADVICE:
        return ()
    row = RowModel(
        name="last_failure",
        lead=view.code,
        main=texts.code_words(view.code),
        sub=texts.site_advice(view.code),
        tone=Tone.LATE,
        is_touchable=False,
    )
    return (row,)


def _refused(each: SyncException, texts: Texts, now: datetime) -> RowModel:
    known = f"why_{each.why}" in SITE
    return RowModel(
        name=f"refused_{each.kind}_{each.key}",
        lead=texts.site("refused_there" if each.kind == "event" else "not_taken_over"),
        main=texts.site(f"kind_{each.kind}", key=each.key),
        sub=texts.site(f"why_{each.why}") if known else texts.site("why_other", why=each.why),
        right=texts.moment(each.at, now),
        tone=Tone.LATE,
        is_touchable=False,
    )


def _held(each: HeldLease, texts: Texts, now: datetime) -> RowModel:
    return RowModel(
        name=f"held_{each.order}",
        lead=each.order,
        main=texts.site("order_held"),
        right=texts.site("until", time=texts.moment(each.until, now)),
        is_touchable=False,
    )


def _moment(at: datetime | None, texts: Texts, now: datetime) -> str:
    return texts.moment(at, now) if at is not None else texts.site("never")


def _age(at: datetime, texts: Texts, now: datetime) -> str:
    return texts.age((now - at).total_seconds())
