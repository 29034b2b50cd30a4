"""The builder of trays, on the page of trays and items: a draft that is split, put together and laid out anew, and then applied.

Nothing is changed before it is applied, with the PIN; then it is one event. Goods that lie in the way are moved first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from db.records.layout import BUILT, UNDONE
from station import commands as do
from station.core.effects import Effect, MakeCountOrder, Play, Sound
from station.core.state import StationState, StoragePage
from station.core.writing import written
from station.count_orders import WhatToCount
from station.flows.divide import new_label
from station.storage.layout import changed_labels, grid, like, merged, split, templates, walls
from station.storage.page import (
    Builder,
    BuilderRead,
    Built,
    ChangeLayout,
    LayoutTold,
    LikeRead,
    PlanAway,
    ReadBuilder,
    ReadLike,
    Step,
)
from station.values import Tray
from station.view.message import Level, Message

BuilderTurn = tuple[StationState, tuple[Effect, ...]]
CHANGED, IN_THE_WAY, NOT_WRITTEN, NO_PITCH, UNKNOWN, NO_RECTANGLE = "O561", "O562", "O563", "O565", "O567", "O569"
YES, NO, LIKE = "yes", "no", "like"
TRAY_SIZE: Final = ("width_mm", "depth_mm", "pitch_mm")


def command(state: StationState, page: StoragePage, build: Builder, given: do.Command) -> BuilderTurn:
    """What a person does to the tray."""
    match given:
        case do.Back() | do.ClosePage():
            return _back(state, page, build)
        case _ if build.is_writing:
            return state, ()
        case do.Choose(key=key) if build.step is not None:
            return _chosen(state, page, build, key)
        case do.EnterNumber(number=number) if build.step is Step.LIKE:
            page = replace(page, asked=page.asked + 1)
            return _with(state, page, replace(build, step=None)), (ReadLike(page.asked, number),)
        case do.TouchCell(label=label) if build.step is None and build.draft.compartment(label) is not None:
            return _with(state, page, replace(build, selected=_toggled(build.selected, label))), ()
        case do.Build(what=what) if build.step is Step.WALL:
            return _wall(state, page, build, what)
        case do.Build(what=what) if build.step is None:
            return _tool(state, page, build, what)
        case _:
            return state, ()


def opened(state: StationState, page: StoragePage, event: BuilderRead) -> BuilderTurn:
    """The tray is read: an old label is answered with the place that lies there now."""
    if event.built is None:
        return state.said(Message("builder_no_tray", Level.ACT, error=UNKNOWN)), (Play(Sound.WRONG),)
    tray = event.built.tray
    labels = event.now or ((event.label,) if tray.compartment(event.label) is not None else ())
    after = _with(state, page, Builder(book=event.built, draft=tray, selected=labels[:1]))
    if not event.now:
        return (after.said(replace(state.bar)) if state.bar is not None and state.bar.code in _LASTING else after), ()
    params: dict[str, str | int] = {"old": event.label, "tray": tray.number, "place": ", ".join(event.now[:3])}
    return after.said(Message("builder_old_label", Level.NOTE, params)), ()


def liked(state: StationState, page: StoragePage, build: Builder, event: LikeRead) -> BuilderTurn:
    """The other tray is read: this one is divided as that, where both are of one size."""
    other, tray = event.tray, build.book.tray
    if other is None or [getattr(other, each) for each in TRAY_SIZE] != [getattr(tray, each) for each in TRAY_SIZE]:
        return state.said(Message("builder_other_size", Level.ACT, error=UNKNOWN)), (Play(Sound.WRONG),)
    return _drafted(state, page, build, like(build.draft, other)), ()


def told(state: StationState, event: LayoutTold) -> BuilderTurn:
    """The layout is on the disk, or not. What keeps its goods and has another size is counted."""
    page = state.page
    build = page.builder if isinstance(page, StoragePage) else None
    if event.code:
        state = replace(state, store_code=event.code)
    why = "not_written" if event.code else event.why
    if why:
        code, error = _TOLD[why]
        said = Message(code, Level.ACT, {"tray": event.tray}, error=error)
        state = state.said(said)
    else:
        state = state.said(Message(APPLIED, Level.NOTE, {"tray": event.tray}))
    sound = Play(Sound.WRONG if why else Sound.OK)
    if not isinstance(page, StoragePage) or build is None or not build.is_writing or build.book.tray.number != event.tray:
        return state, (sound,)
    counts = () if why else _counts(state, build)
    page = replace(page, asked=page.asked + 1, desk=None, builder=replace(build, is_writing=False))
    return replace(state, page=page), (sound, *counts, ReadBuilder(page.asked, event.tray))


APPLIED: Final = "builder_applied"
_TOLD: Final = {
    "changed": ("builder_changed_meanwhile", CHANGED),
    "occupied": ("builder_occupied", IN_THE_WAY),
    "not_written": ("builder_not_written", NOT_WRITTEN),
}
_LASTING: Final = (APPLIED, *(code for code, _ in _TOLD.values()))  # what is said of a layout stands while its tray is read anew


def _counts(state: StationState, build: Builder) -> tuple[Effect, ...]:
    tray, counted = build.book.tray, build.book.means(_target(build)).counted
    if not counted or state.person is None:
        return ()
    what = WhatToCount(machine=tray.machine, first_tray=tray.number, last_tray=tray.number, compartments=counted)
    return (MakeCountOrder(what, state.person.person),)


def _target(build: Builder) -> Tray:
    """What the tray becomes: the draft, or where that is the tray itself, what it was before its last change."""
    change = build.book.change
    if not build.is_changed and change is not None and change.before is not None:
        return change.before
    return build.draft


def _with(state: StationState, page: StoragePage, build: Builder | None) -> StationState:
    return replace(state, page=replace(page, builder=build))


def _drafted(state: StationState, page: StoragePage, build: Builder, draft: Tray, selected: Sequence[str] = ()) -> StationState:
    return _with(state, page, replace(build, draft=draft, selected=tuple(selected), step=None, places=()))


def _toggled(selected: tuple[str, ...], label: str) -> tuple[str, ...]:
    return tuple(each for each in selected if each != label) if label in selected else (*selected, label)


def _back(state: StationState, page: StoragePage, build: Builder) -> BuilderTurn:
    """One step: out of a question, out of the draft, to the list."""
    if build.is_writing:
        return state, ()
    if build.step is not None:
        return _with(state, page, replace(build, step=None, places=())), ()
    if build.is_changed:
        said = Message("builder_dropped", Level.NOTE, {"tray": build.book.tray.number})
        return _drafted(state, page, build, build.book.tray).said(said), ()
    return _with(state, page, None), ()


def _tool(state: StationState, page: StoragePage, build: Builder, what: str) -> BuilderTurn:
    match what:
        case "split" if len(build.selected) == 1:
            return _split(state, page, build)
        case "merge" if len(build.selected) > 1:
            whole = merged(build.draft, build.selected, build.book.stocked)
            if whole is None:
                return _refused(state, "builder_no_rectangle", NO_RECTANGLE)
            return _drafted(state, page, build, whole, [each for each in build.selected if whole.compartment(each)]), ()
        case "template" if templates(build.draft):
            return _with(state, page, replace(build, step=Step.TEMPLATES, selected=())), ()
        case "apply" if build.is_changed:
            step = Step.AWAY if build.book.means(build.draft).lost else Step.APPLY
            return _with(state, page, replace(build, step=step)), ()
        case "undo" if not build.is_changed and build.book.change is not None:
            return _with(state, page, replace(build, step=Step.UNDO)), ()
        case _:
            return state, ()


def _refused(state: StationState, code: str, error: str) -> BuilderTurn:
    return state.said(Message(code, Level.ACT, error=error)), (Play(Sound.WRONG),)


def _split(state: StationState, page: StoragePage, build: Builder) -> BuilderTurn:
    label = build.selected[0]
    if not build.draft.pitch_mm:
        return _refused(state, "builder_no_pitch", NO_PITCH)
    along = walls(build.draft, label, is_across=False)
    places = along or walls(build.draft, label, is_across=True)
    if not places or not new_label(build.draft, label):
        return _refused(state, "builder_too_small", NO_PITCH)
    step = replace(build, step=Step.WALL, places=places, at=len(places) // 2, is_across=not along)
    return _with(state, page, step), ()


def _wall(state: StationState, page: StoragePage, build: Builder, what: str) -> BuilderTurn:
    label = build.selected[0]
    match what:
        case "back" | "on":
            at = min(max(build.at + (1 if what == "on" else -1), 0), len(build.places) - 1)
            return _with(state, page, replace(build, at=at)), ()
        case "turn" if places := walls(build.draft, label, is_across=not build.is_across):
            turned = replace(build, places=places, at=len(places) // 2, is_across=not build.is_across)
            return _with(state, page, turned), ()
        case "put":
            draft = split(build.draft, label, build.places[build.at], is_across=build.is_across)
            return _drafted(state, page, build, draft, (label,)), ()
        case _:
            return state, ()


def _chosen(state: StationState, page: StoragePage, build: Builder, key: str) -> BuilderTurn:
    match build.step, key:
        case Step.TEMPLATES, str(name) if name == LIKE:
            return _with(state, page, replace(build, step=Step.LIKE)), ()
        case Step.TEMPLATES, str(name) if name in names_of(build.draft):
            columns, rows = names_of(build.draft)[name]
            return _drafted(state, page, build, grid(build.draft, columns, rows)), ()
        case Step.APPLY, str(name) if name == YES:
            return _applied(state, page, build, build.draft, why=BUILT)
        case Step.UNDO, str(name) if name == YES and build.book.change is not None and build.book.change.before is not None:
            change = build.book.change
            return _applied(state, page, build, build.book.change.before, why=UNDONE, undoes=change.event)
        case Step.AWAY, str(name) if name == YES and not state.store_code:
            tray, lost = build.book.tray, build.book.means(_target(build)).lost
            by = written(state)
            away = PlanAway(machine=tray.machine, tray=tray.number, labels=lost, operator=by.operator)
            return _with(state, page, replace(build, step=None)), (away,)
        case _, str(name) if name == NO:
            return _with(state, page, replace(build, step=None)), ()
        case _:
            return state, ()


def names_of(tray: Tray) -> dict[str, tuple[int, int]]:
    """The templates by the keys of their buttons."""
    return {f"{columns}x{rows}": (columns, rows) for columns, rows in templates(tray)}


def _applied(state: StationState, page: StoragePage, build: Builder, after: Tray, *, why: str, undoes: str = "") -> BuilderTurn:
    """The act itself; it comes here a second time once the PIN was right."""
    book: Built = build.book
    means = book.means(after)
    if means.lost:
        return _with(state, page, replace(build, step=Step.AWAY)), ()
    if state.store_code:
        said = Message("builder_not_written", Level.ACT, {"tray": book.tray.number}, error=NOT_WRITTEN)
        return _with(state, page, replace(build, step=None)).said(said), (Play(Sound.WRONG),)
    by = written(state)
    change = ChangeLayout(
        before=book.tray,
        after=after,
        why=why,
        undoes=undoes,
        changed=changed_labels(book.tray, after),
        emptied=means.gone,
        printed=means.new,
        operator=by.operator,
        role=by.role,
    )
    return _with(state, page, replace(build, step=None, is_writing=True)), (change,)
