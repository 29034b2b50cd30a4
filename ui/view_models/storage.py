"""Trays and items at the supervisor's desk: how full trays are, what is empty, what should lie elsewhere, where an item fits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from station.storage.page import Show, Step
from station.values import Place, TrayUse
from station.view.action import Action
from station.view.storage import StorageFace
from ui.local_state import Local
from ui.texts import Texts
from ui.view_models.buttons import ActionRowModel, ButtonModel, arrange
from ui.view_models.rows import ListModel, RowModel, Tone, paged

if TYPE_CHECKING:
    from station.storage.desk import Proposed, Spare, StorageDesk

FULL_PERCENT: Final = 100
HEAVY_PERCENT: Final = 90  # of what a tray bears


@dataclass(frozen=True, slots=True)
class StorageModel:
    """`summary` stands above the rows."""

    rows: ListModel
    summary: str


def present(face: StorageFace, local: Local, texts: Texts, *, rows: int) -> StorageModel:
    """The list's page and the line above it."""
    models = [] if face.wait else _rows(face, texts)
    empty = texts.message_of(face.wait) if face.wait else texts.label(f"storage_none_{face.show}")
    return StorageModel(
        paged("", models, texts, page=local.page, size=rows, empty=empty), "" if face.wait else _summary(face, texts)
    )


def present_row(face: StorageFace, texts: Texts) -> ActionRowModel:
    """Beside "Back" stands what else can be shown."""
    others = [ButtonModel(f"storage_{each}", texts.label(f"storage_show_{each}")) for each in Show if each is not face.show]
    return arrange(face.offers, texts, extra=others, first=(Action.STORAGE_FIND,))


def row_count(face: StorageFace) -> int:
    """How many rows the list has."""
    desk = face.desk
    if face.show is Show.TRAYS:
        return len(face.uses or ())
    if desk is None:
        return 0
    if face.show is Show.FITS:
        return len(desk.fits.places) if desk.fits is not None else 0
    return len({Show.SPARE: desk.spare, Show.NEARER: desk.nearer, Show.TOGETHER: desk.together}[face.show])


def said_of(face: StorageFace, texts: Texts) -> tuple[str, ...]:
    """What a person must know before the answer: each move, and what it saves and costs; or what a new layout means."""
    if face.built is not None:
        return _means(face, texts)
    if face.about is None or face.desk is None:
        return ()
    moves = [
        _move(each.item, each.from_place, each.to_place, each.quantity, face.desk, texts) for each in face.about.proposal.moves
    ]
    return (*moves[:4], _worth(face.about, texts))


def _means(face: StorageFace, texts: Texts) -> tuple[str, ...]:
    """What lies in the way, what is counted then, and which labels are printed."""
    built = face.built
    if built is None:
        return ()
    build = built.builder
    if build.step in (Step.TEMPLATES, Step.LIKE):
        return (texts.label(f"builder_{build.step}_help"),)
    change = build.book.change
    after = build.draft if build.is_changed or change is None or change.before is None else change.before
    means = build.book.means(after)
    then = (("means_counted", means.counted), ("means_labels", means.new))
    told = (("means_lost", means.lost),) if means.lost else then
    return tuple(texts.label(name, places=_some(labels)) for name, labels in told if labels)


def _some(labels: tuple[str, ...]) -> str:
    return ", ".join(labels[:8]) + (" …" if len(labels) > 8 else "")


def _summary(face: StorageFace, texts: Texts) -> str:
    desk = face.desk
    if face.show is Show.TRAYS:
        uses = face.uses or ()
        used, cells = sum(each.used for each in uses), sum(each.cells for each in uses)
        return texts.label("storage_sum_trays", count=len(uses), used=used, cells=cells)
    if desk is None:
        return ""
    match face.show:
        case Show.SPARE:
            return texts.label("storage_sum_spare", empty=desk.empty, cells=desk.compartments, little=desk.under_used)
        case Show.NEARER:
            now, after = (_minutes(each, texts) for each in (desk.lift_s_a_day, desk.after_s_a_day))
            return texts.label("storage_sum_nearer", now=now, after=after)
        case Show.TOGETHER:
            return texts.label("storage_sum_together", count=len(desk.together))
        case _:
            return _fits_line(face, desk, texts)


def _fits_line(face: StorageFace, desk: StorageDesk, texts: Texts) -> str:
    if desk.fits is None:
        return texts.label("storage_sum_fits_none")
    why = " · ".join(f"{texts.label(f'not_{code}')}: {count}" for code, count in sorted(desk.fits.not_fit.items()))
    name = desk.items[face.item].name if face.item in desk.items else face.item
    return " · ".join(each for each in (texts.label("storage_sum_fits", item=name), why) if each)


def _rows(face: StorageFace, texts: Texts) -> list[RowModel]:
    desk = face.desk
    if face.show is Show.TRAYS:
        return [_tray(number, each, texts) for number, each in enumerate(face.uses or ())]
    if desk is None:
        return []
    match face.show:
        case Show.SPARE:
            return [_spare(number, each, desk, texts) for number, each in enumerate(desk.spare)]
        case Show.FITS:
            return [_spare(number, each, desk, texts) for number, each in enumerate(desk.fits.places if desk.fits else ())]
        case _:
            rows = desk.nearer if face.show is Show.NEARER else desk.together
            return [_proposal(number, each, desk, texts) for number, each in enumerate(rows)]


def _tray(number: int, use: TrayUse, texts: Texts) -> RowModel:
    percent = round(100 * use.used / use.cells) if use.cells else 0
    load = round(100 * use.weight_g / use.max_weight_g) if use.max_weight_g else None
    weight = texts.kilograms(use.weight_g) if use.weight_g else ""
    of_most = texts.label("storage_load", share=_share(load)) if load is not None and use.weight_g else ""
    return RowModel(
        name=f"stored_{number}",
        lead=str(use.number),
        main=texts.label("storage_used", used=use.used, cells=use.cells),
        sub=" · ".join(each for each in (use.name, texts.label("storage_size", width=use.width_mm, depth=use.depth_mm)) if each),
        right=_share(percent),
        right_sub=" · ".join(each for each in (weight, of_most) if each),
        tone=Tone.LATE if load is not None and load > HEAVY_PERCENT else Tone.PLAIN,
    )


def _spare(number: int, spare: Spare, desk: StorageDesk, texts: Texts) -> RowModel:
    named = desk.items.get(spare.item)
    high = texts.label("storage_high", height=spare.height_mm) if spare.height_mm else ""
    size = texts.label("storage_size", width=spare.width_mm, depth=spare.depth_mm)
    return RowModel(
        name=f"stored_{number}",
        lead=_place(spare.place),
        main=(named.name if named else spare.item) if spare.item else texts.label("empty_compartment"),
        sub=" · ".join(each for each in (size, high) if each),
        right=texts.label("storage_filled", share=_share(spare.fill_percent)) if spare.item else "",
        right_sub=texts.label("storage_visit", seconds=round(spare.visit_s)),
    )


def _proposal(number: int, proposed: Proposed, desk: StorageDesk, texts: Texts) -> RowModel:
    proposal = proposed.proposal
    move = proposal.moves[0]
    more = len(proposal.moves) - 1
    kind = texts.label(f"storage_kind_{proposal.kind}")
    saves = texts.label("storage_saves", seconds=round(proposal.saved_s_a_day)) if proposal.saved_s_a_day else ""
    named = desk.items.get(move.item)
    return RowModel(
        name=f"stored_{number}",
        lead=_place(move.from_place),
        main=f"{named.name if named else move.item} → {_place(move.to_place)}",
        sub=" · ".join(each for each in (kind, texts.label("storage_more_moves", count=more) if more else "") if each),
        right=saves or texts.label("storage_frees"),
        right_sub=texts.label("storage_costs", minutes=_minutes(proposal.cost_s, texts)),
    )


def _move(code: str, here: Place, there: Place, quantity: int, desk: StorageDesk, texts: Texts) -> str:
    named = desk.items.get(code)
    amount = texts.number(quantity, named.decimals if named else 0)
    name = named.name if named else code
    return texts.label("storage_move", quantity=amount, item=name, here=_place(here), there=_place(there))


def _worth(proposed: Proposed, texts: Texts) -> str:
    proposal = proposed.proposal
    cost = texts.label("storage_costs", minutes=_minutes(proposal.cost_s, texts))
    if not proposal.saved_s_a_day:
        return f"{texts.label('storage_frees')} · {cost}"
    return f"{texts.label('storage_saves', seconds=round(proposal.saved_s_a_day))} · {cost}"


def _share(percent: int) -> str:
    return f"{percent} %"


def _place(place: Place) -> str:
    return f"{place.tray} {place.compartment}"


def _minutes(seconds: float, texts: Texts) -> str:
    return texts.decimal(seconds / 60, 1)
