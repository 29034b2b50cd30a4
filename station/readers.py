"""The reader threads: they put the station's questions to the store and to the gate keeper, and every answer is fed back.

The flows wait for an answer and take it at any time, so that a question that the store did not answer is kept and asked again
until the answer comes.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import TypeVar

from db.errors import Kind, StoreError
from station.audit.history import FindGoods, FindTrays, HistoryQuestion, ReadPast, ReadTrace
from station.audit.history_reading import HistoryReading
from station.blocking import AskSupplied
from station.codes import ahead
from station.core.effects import (
    Allocate,
    AskGoods,
    PlaceLoad,
    ReadHeldLots,
    ReadLate,
    ReadLeases,
    ReadLoad,
    ReadLoads,
    ReadOrder,
    ReadOrders,
    ReadOutageWork,
    ReadPage,
    ReadPerson,
    ReadPicture,
    ReadPieceWeight,
    ReadPull,
    ReadReceipts,
    ReadWear,
)
from station.core.inputs import Input, LeasesRead, LoadsRead, OrderRead, StoreChanged, WearRead
from station.desk.reading import desk_answer
from station.desk.values import DeskQuestion, Disk, ReadCases, ReadCounts, ReadHealth, ReadSheet, ReadSteps
from station.flows.other_work import CheckJob, CheckPlace, FindPlaces, JobChecked, LookInto, OtherQuestion
from station.flows.receipt_state import FindWanted, PutAway
from station.flows.round_event import FindHomes, FindOffer, ReadBook
from station.flows.search import LookAt, LookFor, LookThrough, LookUp, SearchQuestion
from station.flows.sign_on import CheckPin, ChoosePin, EndLockOut, FindBadge
from station.flows.tray_call import FindItem, ReadTray
from station.flows.turn import CheckCode, FindLots, FindLotStock, NameScan
from station.gate_keeper import GateKeeper
from station.load_reading import load_read
from station.log_reading import late_choices
from station.order_reading import order_seen
from station.pull.reading import read_board
from station.reading import Reading
from station.scan import clean
from station.scan_name import check_code, name_scan
from station.search_reading import answer as search_answer
from station.staff.page import FindPerson, PeopleQuestion, PersonFound, ReadPeople
from station.staff.reading import read_people
from station.storage.page import FindFit, ReadBuilder, ReadLike, ReadUses, StorageQuestion
from station.storage.page_reading import storage_answer
from station.values import Item

logger = logging.getLogger(__name__)

Question = (
    ReadOrders
    | Allocate
    | ReadBook
    | ReadPicture
    | FindHomes
    | FindOffer
    | FindLots
    | FindLotStock
    | ReadHeldLots
    | ReadTray
    | FindItem
    | NameScan
    | CheckCode
    | ReadPage
    | ReadPerson
    | ReadWear
    | ReadLate
    | ReadOutageWork
    | ReadPieceWeight
    | ReadLeases
    | ReadLoads
    | ReadOrder
    | ReadLoad
    | PlaceLoad
    | ReadReceipts
    | ReadPull
    | AskGoods
    | FindWanted
    | PutAway
    | SearchQuestion
    | OtherQuestion
    | HistoryQuestion
    | PeopleQuestion
    | DeskQuestion
    | StorageQuestion
)
GateQuestion = FindBadge | CheckPin | EndLockOut | ChoosePin
Feed = Callable[[Input], None]
Asked = TypeVar("Asked")
Answer = TypeVar("Answer")

THREADS = 2


class Readers:
    """Used on the event loop; owns the threads and the unread questions. `tray_here` says which tray is at the bay; it and `utc`
    are called on a reader thread, when the question is answered."""

    def __init__(
        self,
        reading: Reading,
        gate_keeper: GateKeeper,
        *,
        tray_here: Callable[[], int | None],
        utc: Callable[[], datetime],
        disk: Callable[[], Disk] | None = None,
        supplied: AskSupplied | None = None,
    ) -> None:
        self._reading = reading
        self._gate_keeper = gate_keeper
        self._tray_here = tray_here
        self._utc = utc
        self._disk = disk
        self._supplied = supplied
        self._threads = ThreadPoolExecutor(max_workers=THREADS, thread_name_prefix="reader")
        self._items: Mapping[str, Item] = {}
        self._unread: list[Question] = []
        self._unread_code = ""

    @property
    def items(self) -> Mapping[str, Item]:
        """The items on the tray that was called last."""
        return self._items

    @property
    def unread_code(self) -> str:
        """Why the store does not answer, "" while it does."""
        return self._unread_code

    async def ask(self, question: Question, feed: Feed) -> None:
        """Put a question to the store and feed its answers; one without an answer is kept. Raises StoreError for a bug."""
        try:
            answers = await self._on_thread(self._answers, question)
        except StoreError as error:
            self._keep(question, error)
            feed(StoreChanged(error.code))
            return
        if not self._unread:
            self._unread_code = ""
        for answer in answers:
            feed(answer)

    async def ask_gate(self, question: GateQuestion, feed: Feed) -> None:
        """Put a question about a badge or a PIN to the gate keeper and feed the verdict."""
        if isinstance(question, FindBadge):
            feed(await self._on_thread(self._gate_keeper.find_badge, question.text))
        elif isinstance(question, EndLockOut):
            feed(await self._gate_keeper.end_lock_out(question, self._threads))
        elif isinstance(question, ChoosePin):
            feed(await self._gate_keeper.choose_pin(question, self._threads))
        else:
            feed(await self._gate_keeper.check_pin(question, self._threads, self._utc))

    def take_unread(self) -> tuple[Question, ...]:
        """The questions without an answer, to be asked again. They are no longer kept here."""
        unread, self._unread = self._unread, []
        return tuple(unread)

    async def call(self, work: Callable[[], Input], feed: Feed) -> None:
        """Do this on a reader thread and feed what comes of it."""
        feed(await asyncio.get_running_loop().run_in_executor(self._threads, work))

    def load_ahead(self) -> None:
        """Load what the first code would load, on a reader thread."""
        self._threads.submit(ahead.load)

    def close(self) -> None:
        """Drop what no thread has begun, wait for the rest and end the threads."""
        self._threads.shutdown(wait=True, cancel_futures=True)

    def _keep(self, question: Question, error: StoreError) -> None:
        if error.kind is Kind.BUG:
            raise error
        if not self._unread_code:
            logger.warning("the store was not read, it is asked again: %s", error)
        self._unread_code = error.code
        if question not in self._unread:
            self._unread.append(question)

    def _answers(self, question: Question) -> Sequence[Input]:
        """On a reader thread."""
        match question:
            case ReadOrders():
                return (self._reading.orders(question, self._utc()),)
            case Allocate():
                return (self._reading.allocate(question, self._tray_here()),)
            case ReadBook(task):
                return self._reading.book(task)
            case ReadPicture(tray, machine):
                return (self._reading.picture(tray, machine),)
            case FindHomes():
                return (self._reading.homes(question),)
            case FindOffer():
                return (self._reading.offer(question, self._utc()),)
            case FindLots():
                return (self._reading.lots(question),)
            case FindLotStock(task):
                return (self._reading.receipts.lot_stock(task),)
            case ReadHeldLots():
                return (self._reading.receipts.held_lots(),)
            case ReadTray(tray):
                answer, self._items = self._reading.tray(tray)
                return (answer,)
            case FindItem(text):
                return (self._reading.find_item(text),)
            case NameScan():
                return (name_scan(question, self._reading.library, is_badge=self._gate_keeper.is_badge),)
            case CheckCode():
                return (check_code(question, self._reading.library, is_badge=self._gate_keeper.is_badge),)
            case ReadPage():
                return (self._reading.page(question),)
            case ReadOutageWork():
                return (self._reading.outage_work(question),)
            case ReadPerson(person):
                return (self._reading.person(person),)
            case ReadLate(item):
                return (late_choices(self._reading.library, item),)
            case ReadWear():
                return (WearRead(self._reading.wear(self._utc())),)
            case ReadLeases():
                return (LeasesRead(self._reading.library.leases()),)
            case ReadOrder(order):
                return (OrderRead(order, order_seen(self._reading.library, order, is_island=self._reading.is_island())),)
            case ReadLoads():
                return (LoadsRead(self._reading.library.loads(self._reading.machine)),)
            case ReadLoad(text):
                return (load_read(text, self._reading, is_badge=self._gate_keeper.is_badge),)
            case PlaceLoad(plan):
                return (self._reading.load_place(plan, tray_at_bay=self._tray_here()),)
            case ReadPull():
                return (read_board(self._reading.library),)
            case ReadReceipts():
                return (self._reading.receipts.receipts(),)
            case AskGoods(text):
                return (self._reading.receipts.goods(text, is_badge=self._gate_keeper.is_badge),)
            case FindWanted():
                return (self._reading.receipts.wanted(question),)
            case PutAway():
                return (self._reading.receipts.put_away(question, tray_at_bay=self._tray_here()),)
            case LookFor() | LookUp() | LookAt() | LookThrough():
                return (search_answer(self._reading.library, question),)
            case CheckJob(text):
                return (JobChecked(text, self._gate_keeper.is_badge(clean(text))),)
            case LookInto() | FindPlaces() | CheckPlace():
                return (self._reading.other(question, self._tray_here()),)
            case ReadUses() | ReadBuilder() | ReadLike() | FindFit():
                library, machine = self._reading.library, self._reading.machine
                return (storage_answer(library, question, machine, is_badge=self._gate_keeper.is_badge),)
            case ReadCases() | ReadSteps() | ReadHealth() | ReadSheet() | ReadCounts():
                return (desk_answer(self._reading.library, question, self._utc(), self._disk),)
            case ReadPast() | ReadTrace() | FindTrays() | FindGoods():
                library, machine = self._reading.library, self._reading.machine
                reading = HistoryReading(library, machine, self._gate_keeper.is_badge, self._supplied)
                return (reading.answer(question),)
            case ReadPeople(at):
                return (read_people(self._reading.library, at),)
            case FindPerson(text):
                found = self._gate_keeper.find_badge(text).person
                return (PersonFound(found.person if found is not None else ""),)
            case ReadPieceWeight(item, lot, is_new):
                return (self._reading.piece_weight(item, lot, is_new=is_new),)

    async def _on_thread(self, call: Callable[[Asked], Answer], asked: Asked) -> Answer:
        return await asyncio.get_running_loop().run_in_executor(self._threads, call, asked)
