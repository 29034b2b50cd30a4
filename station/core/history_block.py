"""A block by touch, on the tray history page: of the lots of a trace, of an item, or of what came from a supplier.

What is meant is looked up before anybody is asked why: the reason is chosen with the goods in sight, and the PIN comes last.
"""

from __future__ import annotations

from dataclasses import replace

from db.records.blocks import StockBlocked
from station import commands as do
from station.audit.history import BLOCK_REASONS, GOODS, MOST_NAMED, Blockable, FindGoods, GoodsFound, HistoryPage, Question
from station.core.effects import Declare, Effect, Play, Sound
from station.core.inputs import Declared
from station.core.state import StationState
from station.core.writing import written
from station.view.message import Level, Message

HistoryTurn = tuple[StationState, tuple[Effect, ...]]
REFUSED = {"nothing_known": "O544", "blocked": "O545", "several_items": "O546"}
OWN_ONLY = "O543"


def asked(state: StationState, page: HistoryPage) -> HistoryTurn:
    """ "Block" was touched: why, of what was traced; or first what."""
    if state.store_code:
        return state, ()
    question = Question("block") if page.to_block else Question("goods")
    return replace(state, page=replace(page, question=question, goods=None)), ()


def answered(state: StationState, page: HistoryPage, question: Question, given: do.Command) -> HistoryTurn:
    """What a person answers."""
    match given:
        case do.Choose(key=key) if question.what == "block" and key in BLOCK_REASONS:
            return blocked(state, page, key)
        case do.Choose(key="lot") if question == Question("goods"):
            return replace(state, page=replace(page, question=Question("trace", "lot"))), ()
        case do.Choose(key=key) if question == Question("goods") and key in GOODS:
            return replace(state, page=replace(page, question=Question("goods", key))), ()
        case do.EnterText(text=text) if question.what == "goods" and question.field and text.strip():
            return looked_for(state, page, question.field, text.strip())
        case _:
            return state, ()


def looked_for(state: StationState, page: HistoryPage, what: str, text: str) -> HistoryTurn:
    """Typed or scanned: what is it?"""
    asking = FindGoods(page.asked + 1, what, text)
    return replace(state, page=replace(page, question=None, asked=asking.number, open="goods")), (asking,)


def found(state: StationState, page: HistoryPage, event: GoodsFound) -> HistoryTurn:
    """It is known what is meant, and how much of it: now why; or it cannot be blocked."""
    goods = event.goods
    if goods.code:
        about: dict[str, str | int] = {"name": goods.key}
        said = Message(f"history_goods_{goods.code}", Level.ACT, about, error=REFUSED[goods.code])
        return replace(state, page=replace(page, question=None)).said(said), (Play(Sound.WRONG),)
    return replace(state, page=replace(page, question=Question("block"), goods=goods)), ()


def blocked(state: StationState, page: HistoryPage, reason: str) -> HistoryTurn:
    """The act itself; it comes here a second time once the PIN was right."""
    person = state.person
    if person is None or person.role not in state.rules.history or state.store_code:
        return state, ()
    goods = page.goods or Blockable(what="", key="", scopes=tuple(sorted({(each.item, each.lot) for each in page.to_block})))
    supplier = goods.key if goods.what == "supplier" else ""
    records = (StockBlocked(item=item, lot=lot, supplier=supplier, reason=reason) for item, lot in goods.scopes)
    said = written(state, *records)
    declared = Declare(records=said.records, operator=said.operator, role=said.role)
    return replace(state, page=replace(page, question=None)), (declared,)


def declared(state: StationState, page: HistoryPage, event: Declared) -> StationState | None:
    """The block is on the disk; None where it was none."""
    made = tuple(each for each in event.records if isinstance(each, StockBlocked))
    if not made or event.code:
        return None
    lots = ", ".join(each.lot or each.item for each in made[:MOST_NAMED])
    if page.goods is not None and not page.goods.is_whole:
        about: dict[str, str | int] = {"lots": lots, "supplier": page.goods.key}
        return state.said(Message("history_blocked_own", Level.ACT, about, error=OWN_ONLY))
    return state.said(Message("history_blocked", Level.ACT, {"lots": lots}))
