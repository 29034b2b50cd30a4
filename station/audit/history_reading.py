"""What the tray history page asks of the store. Blocking calls of a few milliseconds, made on a reader thread."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from station.audit.filters import by_name
from station.audit.history import (
    Blockable,
    FindGoods,
    FindTrays,
    GoodsFound,
    HistoryQuestion,
    PastRead,
    ReadPast,
    ReadTrace,
    TraceRead,
    TraysFound,
)
from station.blocking import ITEM, SUPPLIER, AskSupplied, BlockError, not_blocked, scopes_of, supplied
from station.ports import Library
from station.scan import clean
from station.values import PastEvent, PastFilter


@dataclass(frozen=True, slots=True)
class HistoryReading:
    """For one machine. `is_badge` says whether a code is somebody's: it is looked for nowhere."""

    library: Library
    machine: str
    is_badge: Callable[[str], bool]
    ask_supplied: AskSupplied | None = None

    def answer(self, question: HistoryQuestion) -> PastRead | TraceRead | TraysFound | GoodsFound:
        """The answer to one question. Raises StoreError."""
        match question:
            case ReadPast():
                return self._past(question)
            case ReadTrace():
                return self._trace(question)
            case FindTrays():
                return self._find(question)
            case FindGoods():
                return GoodsFound(question.number, self._goods(question))

    def _past(self, question: ReadPast) -> PastRead:
        wanted = question.ask.wanted
        if question.person:
            person = self._person(question.person)
            if not person:
                return PastRead(question.number, None)
            wanted = replace(wanted, person=person)
        page = self.library.tray_past(replace(question.ask, wanted=wanted))
        return PastRead(question.number, page, wanted.person)

    def _person(self, text: str) -> str:
        """The id of the one person who is meant by an id, a name, or the beginning of a name."""
        said, people = text.casefold(), self.library.people()
        exact = [each.person for each in people if said in (each.person.casefold(), each.name.casefold())]
        begun = [each.person for each in people if each.name and each.name.casefold().startswith(said)]
        found = exact or begun
        return found[0] if len(found) == 1 else ""

    def _trace(self, question: ReadTrace) -> TraceRead:
        trace = self.library.traced(question.what, question.key)
        codes = {each.item for each in trace.followed} | set(trace.unfollowed)
        items = {each.code: each for each in self.library.items_named(codes)}
        names = {each.person: each.name for each in self.library.people()}
        return TraceRead(question.number, trace, items, names)

    def _find(self, question: FindTrays) -> TraysFound:
        text, numbers = clean(question.text), self.library.tray_numbers(self.machine)
        if text.isdecimal() and int(text) in numbers:
            return TraysFound(question.number, (int(text),), PastFilter())
        if self.is_badge(text):
            return TraysFound(question.number, (), PastFilter())
        items = self.library.items_by_scan(text)
        if items:
            wanted = PastFilter(item=items[0].code) if len(items) == 1 else PastFilter()
            stock = self.library.stock_of_items([each.code for each in items])
            held = {each.place.tray for each in stock if each.place.machine == self.machine}
            return TraysFound(question.number, tuple(sorted(held or self._moved(items[0].code))), wanted)
        for what in ("lot", "serial", "order"):
            trace = self.library.traced(what, text)
            if trace.is_known:
                lies = {each.place.tray for each in trace.lies if each.place.machine == self.machine}
                moved = self._trays((*trace.came, *trace.went, *trace.other))
                return TraysFound(question.number, tuple(sorted(lies | moved)), by_name(PastFilter(), what, text))
        return TraysFound(question.number, (), PastFilter())

    def _goods(self, question: FindGoods) -> Blockable:
        """What is meant, and what of it may still leave."""
        text, what = clean(question.text), question.what
        if self.is_badge(text):
            return Blockable(what=what, key="", code="nothing_known")
        known = supplied(self.library, text, self.ask_supplied) if what == SUPPLIER else None
        key, is_whole = text, known is None or known.is_whole
        if what == ITEM and not self.library.items_named([text]):
            items = self.library.items_by_scan(text)
            if len(items) != 1:
                return Blockable(what=what, key=text, code="several_items" if items else "nothing_known")
            key = items[0].code
        try:
            wanted = scopes_of(self.library, what, key, known=known)
        except BlockError as error:
            return Blockable(what=what, key=key, code=error.code, is_whole=is_whole)
        new = not_blocked(self.library, wanted)
        return Blockable(what=what, key=key, scopes=new, is_whole=is_whole, code="" if new else "blocked")

    def _moved(self, item: str) -> set[int]:
        """Where an item lay that is in no compartment now."""
        rows = self.library.events(item=item, limit=200, newest_first=True)
        return self._trays(PastEvent(0, each) for each in rows)

    def _trays(self, events: Iterable[PastEvent]) -> set[int]:
        named = (json.loads(each.row.body)["data"] for each in events)
        return {data["tray"] for data in named if data.get("machine") == self.machine and data.get("tray") is not None}
