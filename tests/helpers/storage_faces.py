"""Hand-made Views of trays and items: how full they are, what is empty, what should lie elsewhere, and the builder of trays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from db.records.moves import MovePlanned
from station.core.state import StoragePage
from station.faces.storage_face import storage_bar, storage_face
from station.storage.desk import Fits, Named, Proposed, Spare, StorageDesk
from station.storage.layout import grid, merged, walls
from station.storage.page import Builder, Built, Show, Step
from station.storage.proposal import Kind, Move, Proposal
from station.values import Item, LayoutChange, Place, Stock, StockKey, Tray, TrayUse
from station.view.message import Level, Message
from station.view.view import View
from tests.helpers.faces import BOLT, CABLE, GLUE, NOW, SENSOR, VALVE, view

ITEMS = {each.code: replace(each, weight_g=grams) for each, grams in ((BOLT, 21), (GLUE, 78), (SENSOR, 310), (VALVE, 640))}
BARE = Tray(machine="VLM1", number=47, name="Fasteners", width_mm=2450, depth_mm=864, max_weight_g=120_000, pitch_mm=25)
TRAY = grid(BARE, 6, 2)
USES = (
    TrayUse(12, "Drives", 2450, 864, 25, 500_000, 18, 17, 312_400),
    TrayUse(31, "", 2450, 864, 25, 500_000, 30, 9, 64_000),
    TrayUse(47, "Fasteners", 2450, 864, 25, 120_000, 12, 5, 113_800),
    TrayUse(48, "Seals", 2450, 864, 25, 500_000, 36, 0, 0),
    TrayUse(52, "", 2450, 864, 0, 0, 24, 22, 41_000),
)


def stock(label: str, item: Item, quantity: int) -> Stock:
    return Stock(place=Place("VLM1", 47, label), key=StockKey(item=item.code), quantity=quantity)


BOOK = Built(
    tray=TRAY,
    stock=(
        stock("A1", ITEMS[BOLT.code], 2400),
        stock("A2", ITEMS[VALVE.code], 60),
        stock("B1", ITEMS[SENSOR.code], 40),
        stock("A5", ITEMS[GLUE.code], 120),
    ),
    items=ITEMS,
)
CHANGE = LayoutChange(event="e-812", n=812, at="", since="", why="built", person="p_2", before=grid(BARE, 4, 1), after=TRAY)


def move(item: Item, here: tuple[int, str], there: tuple[int, str], quantity: int) -> Move:
    return Move(item.code, Place("VLM1", *here), Place("VLM1", *there), quantity)


def proposed(kind: Kind, *moves: Move, saves: float = 0.0, cost: float = 80.0) -> Proposed:
    records = tuple(
        MovePlanned(
            machine="VLM1", tray=each.from_place.tray, compartment=each.from_place.compartment, item=each.item, lot="", serial="",
            owner="own", quantity=each.quantity, to_tray=each.to_place.tray, to_compartment=each.to_place.compartment,
        )
        for each in moves
    )  # fmt: skip
    return Proposed(Proposal(kind=kind, moves=moves, saved_s_a_day=saves, cost_s=cost, frees=not saves), records)


def spare(tray: int, label: str, size: tuple[int, int, int], seconds: float, item: str = "", percent: int = 0) -> Spare:
    wide, deep, high = size
    return Spare(
        place=Place("VLM1", tray, label),
        width_mm=wide,
        depth_mm=deep,
        height_mm=high,
        visit_s=seconds,
        item=item,
        quantity=3 if item else 0,
        fill_percent=percent,
    )


DESK = StorageDesk(
    made_at=NOW,
    days=62.0,
    lift_s_a_day=5040.0,
    after_s_a_day=4218.0,
    compartments=1860,
    empty=412,
    under_used=37,
    spare=(
        spare(12, "C4", (400, 288, 120), 24.0, VALVE.code, 4),
        spare(31, "A2", (245, 288, 90), 31.5, SENSOR.code, 11),
        spare(31, "B7", (245, 288, 90), 31.5),
        spare(48, "A1", (200, 216, 60), 40.2),
    ),
    nearer=(
        proposed(Kind.NEARER, move(BOLT, (52, "C2"), (31, "B7"), 640), saves=214.0, cost=112.0),
        proposed(Kind.EXCHANGE, move(SENSOR, (60, "A1"), (12, "B2"), 12), move(VALVE, (12, "B2"), (60, "A1"), 3), saves=171.0),
        proposed(Kind.SECOND_HOME, move(GLUE, (47, "A5"), (31, "A4"), 60), saves=38.0),
    ),
    together=(
        proposed(Kind.TOGETHER, move(CABLE, (52, "A1"), (31, "A1"), 1250)),
        proposed(Kind.CLEAR, move(SENSOR, (55, "A1"), (31, "B7"), 2), move(GLUE, (55, "A2"), (48, "A1"), 9)),
    ),
    items={each.code: Named(each.code, each.name, each.unit, each.decimals) for each in (BOLT, CABLE, GLUE, SENSOR, VALVE)},
    fits=Fits(
        item=SENSOR.code,
        places=(spare(48, "A1", (200, 216, 60), 40.2), spare(31, "B7", (245, 288, 90), 31.5)),
        not_fit={"unfit_size": 96, "unfit_height": 14},
    ),
)


def storage_views() -> Iterator[tuple[str, View]]:
    """The lists, the questions about a row, and the builder in each of its steps."""

    def shown(page: StoragePage, bar: Message | None = None) -> View:
        return view(storage_face(page), bar or storage_bar(page))

    def built(builder: Builder, bar: Message | None = None) -> View:
        return shown(StoragePage(builder=builder), bar)

    yield "storage_trays", shown(StoragePage(uses=USES))
    yield "storage_spare", shown(StoragePage(show=Show.SPARE, desk=DESK))
    yield "storage_nearer", shown(StoragePage(show=Show.NEARER, desk=DESK))
    yield "storage_together", shown(StoragePage(show=Show.TOGETHER, desk=DESK))
    yield "storage_fits", shown(StoragePage(show=Show.FITS, desk=DESK, item=SENSOR.code))
    yield "storage_plan", shown(StoragePage(show=Show.NEARER, desk=DESK, about=1))
    yield "storage_find", shown(StoragePage(show=Show.FITS, is_finding=True))
    yield "storage_reading", shown(StoragePage(show=Show.SPARE))
    yield "storage_failed", shown(StoragePage(show=Show.SPARE, is_failed=True))
    whole = Builder(book=replace(BOOK, change=CHANGE), draft=TRAY)
    yield "builder", built(replace(whole, selected=("A2",)))
    places = walls(TRAY, "B4", is_across=False)
    wall = Builder(book=BOOK, draft=TRAY, selected=("B4",), step=Step.WALL, places=places, at=len(places) // 3)
    yield "builder_wall", built(wall)
    deep = walls(TRAY, "B4", is_across=True)
    yield "builder_wall_across", built(replace(wall, places=deep, at=len(deep) // 2, is_across=True))
    drafted = merged(TRAY, ("B5", "B6", "A6", "A5"), BOOK.stocked) or TRAY
    draft = Builder(book=BOOK, draft=drafted, selected=("A5",))
    yield "builder_draft", built(draft)
    yield "builder_template", built(Builder(book=BOOK, draft=TRAY, step=Step.TEMPLATES))
    yield "builder_like", built(Builder(book=BOOK, draft=TRAY, step=Step.LIKE))
    yield "builder_apply", built(replace(draft, step=Step.APPLY, selected=()))
    yield "builder_undo", built(replace(whole, step=Step.UNDO))
    yield "builder_away", built(Builder(book=BOOK, draft=grid(TRAY, 3, 1), step=Step.AWAY))
    yield "builder_writing", built(replace(draft, is_writing=True))
    refused = Message("builder_no_rectangle", Level.ACT, error="O569")
    yield "builder_refused", built(replace(whole, selected=("A1", "B2")), refused)
