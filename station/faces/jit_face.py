"""The page of just-in-time, as the window shows it."""

from __future__ import annotations

from typing import Final

from station.core.jit_page import APPLY, CLOSED, DAYS_LATE, IN_TIME, LEAVE, NO_FIGURES, buffer_named
from station.core.state import JitPage
from station.jit.lanes import lane_of
from station.jit.loop_buffers import LoopBuffer
from station.jit.ways import is_way
from station.quantity import to_text
from station.view.action import Action, Offer
from station.view.ask import Ask, AskChoice, Choice
from station.view.jit import JitFace
from station.view.message import Level, Message

LISTS: Final = {"buffers": Action.JIT_BUFFERS, "exposure": Action.JIT_EXPOSURE, "verdicts": Action.JIT_VERDICTS}


def jit_face(page: JitPage) -> JitFace:
    """The list, or the question about one of its rows."""
    about = buffer_named(page, page.about)
    ask = _ask_buffer(page, about) if about is not None else _ask_late(page) if page.supplier else None
    leave = (Offer(Action.BACK), Offer(Action.LOCK))
    if ask is not None:
        return JitFace(offers=leave, at=page.at, desk=page.desk, ask=ask, about=about)
    others = tuple(Offer(action) for at, action in LISTS.items() if at != page.at)
    wait = "jit_failed" if page.is_failed else "jit_reading" if page.desk is None else ""
    return JitFace(offers=(*others, *leave), at=page.at, desk=page.desk, wait=wait)


def _ask_buffer(page: JitPage, about: LoopBuffer) -> Ask | None:
    change, desk = about.change, page.desk
    if change is None or desk is None:
        return None
    item = desk.items.get(about.loop.item)
    decimals = item.decimals if item else 0
    params: dict[str, str | int] = {
        "loop": about.loop.loop,
        "item": about.loop.item,
        "quantity": to_text(change.after, decimals),
        "before": to_text(about.size, decimals),
        "decimals": decimals,
        "unit": item.unit if item else "",
        "count": about.cycles,
    }
    choices = (Choice(APPLY, "buffer_apply", params, is_primary=True), Choice(LEAVE, "buffer_leave", params))
    return AskChoice(code=f"buffer_{change.reason}", choices=choices, params=params)


def _ask_late(page: JitPage) -> Ask:
    if is_way(page.supplier):
        closed = tuple(Choice(str(each), "jit_days_closed", {"count": each}) for each in DAYS_LATE)
        ends = (Choice(CLOSED, "jit_for_good"), Choice(IN_TIME, "jit_open"))
        return AskChoice(code="jit_how_closed", choices=(*closed, *ends), params={"consumer": lane_of(page.supplier).consumer})
    in_time = (Choice(CLOSED, "jit_closed"), Choice(IN_TIME, "jit_in_time"))
    days = tuple(Choice(str(each), "jit_days_late", {"count": each}) for each in DAYS_LATE)
    return AskChoice(code="jit_how_late", choices=(*days, *in_time), params={"supplier": page.supplier})


def jit_bar(page: JitPage) -> Message:
    """What is to be seen, and what to do next."""
    if page.is_failed:
        return Message("jit_failed", Level.ACT, error=NO_FIGURES)
    if page.desk is None:
        return Message("jit_reading")
    if page.about or page.supplier:
        return Message("answer_question")
    if page.at == "buffers" and not page.desk.buffers:
        return Message("jit_no_loops")
    return Message(f"jit_{page.at}")
