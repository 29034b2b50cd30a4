"""Trays and items at the supervisor's desk, as the window shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from station.core.builder import LIKE, NO, YES, names_of
from station.core.state import StoragePage
from station.core.storage_page import NO_FIGURES, OF_DESK
from station.storage.balance import balance_of
from station.storage.layout import changed_labels, split, walls
from station.storage.page import Builder, Show, Step
from station.values import Tray
from station.view.action import Action, Offer
from station.view.ask import Ask, AskChoice, AskNumber, AskText, Choice
from station.view.message import Level, Message
from station.view.storage import BuiltFace, StorageFace

if TYPE_CHECKING:
    from station.storage.desk import Proposed


def storage_face(page: StoragePage, store_code: str = "") -> StorageFace:
    """The list, the question about one of its rows, or the tray that is built."""
    leave = (Offer(Action.BACK), Offer(Action.LOCK))
    if page.builder is not None:
        return _building(page, page.builder, store_code)
    about = _about(page)
    ask: Ask | None = None
    if page.is_finding:
        ask = AskText(code="storage_item")
    elif about is not None:
        ask = AskChoice(code="storage_plan", choices=_yes_no("moves_plan", "leave_it"))
    offers: tuple[Offer, ...] = leave
    if ask is None and page.show is Show.FITS:
        offers = (Offer(Action.STORAGE_FIND), *leave)
    return StorageFace(
        show=page.show,
        offers=offers,
        uses=page.uses,
        desk=page.desk,
        item=page.item,
        ask=ask,
        about=about if ask is not None else None,
        wait=_wait(page),
    )


def storage_bar(page: StoragePage) -> Message:
    """What is to be seen, and what to do next."""
    if page.builder is not None:
        return _building_bar(page.builder)
    if page.is_finding or page.about is not None:
        return Message("storage_scan_item" if page.is_finding else "answer_question")
    if page.is_failed and page.show in OF_DESK:
        return Message("storage_failed", Level.ACT, error=NO_FIGURES)
    return Message("reading" if _wait(page) else f"storage_{page.show}")


def _wait(page: StoragePage) -> str:
    if page.show is Show.TRAYS:
        return "reading" if page.uses is None else ""
    if page.is_failed:
        return "storage_failed"
    if page.show is Show.FITS and not page.item:
        return ""
    return "storage_reading" if page.desk is None else ""


def _about(page: StoragePage) -> Proposed | None:
    if page.about is None or page.desk is None:
        return None
    rows = page.desk.nearer if page.show is Show.NEARER else page.desk.together
    return rows[page.about] if page.about < len(rows) else None


# --- the builder


def _building(page: StoragePage, build: Builder, store_code: str) -> StorageFace:
    shown, book = shown_tray(build), build.book
    return StorageFace(
        show=page.show,
        offers=_offers(build, store_code),
        ask=_asked(build),
        built=BuiltFace(
            builder=build,
            shown=shown,
            tools=_tools(build),
            new=changed_labels(shown, book.tray),
            stocked=book.stocked,
            balance=balance_of(shown, book.stock, book.items),
        ),
        wait="writing" if build.is_writing else "",
    )


def shown_tray(build: Builder) -> Tray:
    """The draft, with the wall that is being placed."""
    if build.step is not Step.WALL or not build.places:
        return build.draft
    return split(build.draft, build.selected[0], build.places[build.at], is_across=build.is_across)


def _offers(build: Builder, store_code: str) -> tuple[Offer, ...]:
    leave = (Offer(Action.BACK), Offer(Action.LOCK))
    if build.step is Step.WALL:
        return (Offer(Action.BUILD_PUT), *leave)
    if build.step is not None or build.is_writing:
        return leave
    refused = "store_read_only" if store_code else ""
    if build.is_changed:
        return (Offer(Action.BUILD_APPLY, refused), *leave)
    return (Offer(Action.BUILD_UNDO, refused), *leave) if build.book.change is not None else leave


def _tools(build: Builder) -> tuple[str, ...]:
    if build.step is Step.WALL:
        can_turn = bool(walls(build.draft, build.selected[0], is_across=not build.is_across))
        return ("back", "on", *(("turn",) if can_turn else ()))
    if build.step is not None or build.is_writing:
        return ()
    one, more = len(build.selected) == 1, len(build.selected) > 1
    return (*(("split",) if one else ()), *(("merge",) if more else ()), *(("template",) if names_of(build.draft) else ()))


def _asked(build: Builder) -> Ask | None:
    tray = build.book.tray.number
    params: dict[str, str | int] = {"tray": tray}
    match build.step:
        case Step.TEMPLATES:
            sizes = names_of(build.draft).items()
            of_grid = (Choice(key, "template_grid", {"columns": wide, "rows": deep}) for key, (wide, deep) in sizes)
            return AskChoice(code="builder_template", choices=(*of_grid, Choice(LIKE, "template_like")), params=params)
        case Step.LIKE:
            return AskNumber(code="builder_like_which", result="builder_like")
        case Step.APPLY:
            return AskChoice(code="builder_apply", choices=_yes_no("apply_layout", "not_yet"), params=params)
        case Step.UNDO:
            return AskChoice(code="builder_undo", choices=_yes_no("undo_layout", "leave_it"), params=params)
        case Step.AWAY:
            return AskChoice(code="builder_away", choices=_yes_no("moves_plan", "not_yet"), params=params)
        case _:
            return None


def _yes_no(yes: str, no: str) -> tuple[Choice, ...]:
    return Choice(YES, yes, is_primary=True), Choice(NO, no)


def _building_bar(build: Builder) -> Message:
    params: dict[str, str | int] = {"tray": build.book.tray.number}
    if build.is_writing:
        return Message("builder_writing")
    if build.step is Step.WALL:
        across = "_across" if build.is_across else ""
        return Message(f"builder_wall{across}", params={"compartment": build.selected[0], "wall_mm": build.places[build.at]})
    if build.step is not None:
        return Message("answer_question")
    if build.is_changed:
        return Message("builder_changed", params=params)
    return Message("builder_selected" if build.selected else "builder_touch", params=params)
