"""A plant whose host speaks to a Modula WMS: its import tables in, its export tables out, and the way round."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from db.records.files import Imported
from db.records.orders import LineClosed, OrderStarted
from db.records.stock import Picked
from db.store import Store
from station.hosts.dialects import dialect_of
from station.hosts.modula_out import stock_as_modula
from station.hosts.outbox import Outbox
from station.hosts.snapshot import Snapshot, StockRow
from station.imports.item_row import item_row
from station.imports.modula import read_modula
from station.imports.report import ErrorList
from station.results import Results
from station.values import IssueRule, Item, OrderKind, OrderState, Pack, ProofRule
from tests.unit.station.hosts.conftest import NOON, Host, make_folder

HEAD = '<?xml version="1.0" encoding="windows-1252"?>\n'


def record(table: str, **fields: str) -> str:
    return f"<{table}>{''.join(f'<{name}>{text}</{name}>' for name, text in fields.items())}</{table}>"


def articles(*records: str) -> bytes:
    return f"{HEAD}<SYSTORE_ARTICOLI>{''.join(records)}</SYSTORE_ARTICOLI>".encode("windows-1252")


def orders(*records: str) -> bytes:
    return f"{HEAD}<SYSTORE_ORDINI>{''.join(records)}</SYSTORE_ORDINI>".encode("windows-1252")


def head(order: str = "LST1", **more: str) -> str:
    return record("IMP_ORDINI", **({"ORD_OPERAZIONE": "I", "ORD_ORDINE": order, "ORD_TIPOOP": "P"} | more))


def line(key: str = "10", item: str = "BOLT", quantity: str = "4,000", order: str = "LST1", **more: str) -> str:
    fields = {"RIG_ORDINE": order, "RIG_ARTICOLO": item, "RIG_HOSTINF": key, "RIG_QTAR": quantity}
    return record("IMP_ORDINI_RIGHE", **(fields | more))


def rows(content: bytes, table: str) -> list[dict[str, str]]:
    return [{field.tag: field.text or "" for field in each} for each in ET.fromstring(content).iter(table)]


@pytest.fixture
def host(tmp_path: Path, store: Store) -> Host:
    folder = make_folder(tmp_path, dialect="modula", decimals=2)
    return Host(folder, store, dialect_of(folder, store).read)


def test_an_article_comes_in_with_what_the_table_says(host: Host, store: Store) -> None:
    content = articles(
        record(
            "IMP_ARTICOLI",
            ART_OPERAZIONE="I",
            ART_ARTICOLO="DADO-Ø8",
            ART_DES="Dado Ø8",
            ART_UMI="PZ",
            ART_PMU="12,4",
            ART_NOTE="n",
        )
    )
    assert b"\xd8" in content
    assert host.send("articoli.xml", content).fate == "taken"
    item = store.item("DADO-Ø8")
    assert item == Item(code="DADO-Ø8", name="Dado Ø8", unit="PZ", weight_g=13, note="n", decimals=2)


def test_what_the_host_does_not_say_of_an_article_stays_as_it_is(host: Host, store: Store) -> None:
    kept = Item(
        code="BOX",
        name="Box",
        packs=(Pack("carton", 5),),
        barcodes=("40063813", "A1"),
        proof=ProofRule.SCAN,
        lot_tracked=True,
        issue_rule=IssueRule.FEFO,
        storage_class=("esd",),
        shelf_life_days=30,
    )
    imported = Imported(what="item", file="x", sha256="", rows=1, rejected=0)
    store.import_items([kept], imported).result(5)
    assert host.send("a.xml", articles(record("IMP_ARTICOLI", ART_ARTICOLO="BOX", ART_DES="Scatola"))).fate == "taken"
    assert store.item("BOX") == replace(kept, name="Scatola")


def test_each_field_of_an_item_comes_back_from_its_row(store: Store) -> None:
    whole = Item(code="A", name="A", decimals=2, packs=(Pack("box", 150),), is_tool=True, fragile=True, unit_value=7, height_mm=3)
    from station.imports.item import read_items
    from station.imports.table import Row, Table

    values = item_row(whole)
    table = Table(tuple(values), (Row(1, values),))
    assert read_items(table, ErrorList("x")) == {1: whole}


def test_an_order_comes_in_with_key_lot_note_priority_and_decimal_comma(host: Host, store: Store) -> None:
    sent = orders(
        head(ORD_PRIOHOST="20260504080002", ORD_CLIENTE="Linea 3", ORD_DES="x", ORD_SPEDIZIONE="S1"),
        line(RIG_REQ_NOTE="piano"),
        line("20", "PAINT", "1,25", RIG_SUB1="L7"),
    )
    assert host.send("ordini.xml", sent).fate == "taken"
    order = store.order("LST1")
    assert order is not None
    assert (order.kind, order.destination, order.priority) == (OrderKind.PICK, "Linea 3", 2)
    assert order.need_by == datetime(2026, 5, 4, 8).astimezone()
    assert [(each.line, each.host_key, each.item, each.quantity, each.lot, each.note) for each in order.lines] == [
        ("10", "10", "BOLT", 4, "", "piano"),
        ("20", "20", "PAINT", 125, "L7", ""),
    ]


@pytest.mark.parametrize(("kind", "expected"), [("V", OrderKind.PUT), ("I", OrderKind.COUNT)])
def test_puts_and_inventories(host: Host, store: Store, kind: str, expected: OrderKind) -> None:
    assert host.send("o.xml", orders(head(ORD_TIPOOP=kind), line())).fate == "taken"
    assert store.order("LST1").kind is expected  # type: ignore[union-attr]


def test_the_same_file_again_is_the_same_order_and_another_quantity_is_a_change(host: Host, store: Store) -> None:
    host.send("o.xml", orders(head(), line(), line("20")))
    here = {"machine": "M1", "tray": 1, "compartment": "A1", "visit": 1}
    store.append([Picked(**here, item="BOLT", order="LST1", line="10", quantity=1)]).result(5)
    assert host.send("o.xml", orders(head(), line(), line("20"))).fate == "taken"
    assert host.send("o.xml", orders(head(), line(quantity="2"))).fate == "taken"
    assert [each.quantity for each in store.order("LST1").lines] == [2, 4]  # type: ignore[union-attr]


@pytest.mark.parametrize("lines", [(), (line(),)])
def test_an_order_is_deleted_by_its_header(host: Host, store: Store, lines: tuple[str, ...]) -> None:
    host.send("o.xml", orders(head(), line()))
    assert host.send("o.xml", orders(head(ORD_OPERAZIONE="D"), *lines)).fate == "taken"
    assert store.order("LST1").state is OrderState.CANCELLED  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("records", "reason"),
    [
        ((head(), line(quantity="1.000")), "RIG_QTAR: garbage"),
        ((head(), line(RIG_SUB2="X")), "RIG_SUB2: not_supported"),
        ((head(ORD_P="P"), line()), "ORD_P: being_written"),
        ((head(), line("")), "RIG_HOSTINF: missing"),
        ((head(ORD_TIPOOP="Z"), line()), "ORD_TIPOOP: not_allowed"),
        ((head(ORD_PRIOHOST="domani"), line()), "ORD_PRIOHOST: not_a_time"),
    ],
)
def test_a_bad_line_comes_back_as_its_records_with_the_reason_in_rig_errore(
    host: Host, store: Store, records: tuple[str, ...], reason: str
) -> None:
    fate = host.send("o.xml", orders(*records))
    assert (fate.fate, fate.rejected) == ("partly_refused", 1)
    content = (host.folder.rejects / fate.reject_file).read_bytes()
    assert ET.fromstring(content).tag == "SYSTORE_ORDINI"
    assert [each["RIG_ERRORE"] for each in rows(content, "IMP_ORDINI_RIGHE")] == [reason]
    assert len(rows(content, "IMP_ORDINI")) == 1
    assert store.order("LST1") is None


def test_a_line_without_header_and_a_header_without_lines_are_refused(host: Host) -> None:
    fate = host.send("o.xml", orders(line(order="LST9"), head("LST8")))
    content = (host.folder.rejects / fate.reject_file).read_bytes()
    assert [each["RIG_ERRORE"] for each in rows(content, "IMP_ORDINI_RIGHE")] == ["ORD_ORDINE: no_header"]
    assert [each["ORD_ERRORE"] for each in rows(content, "IMP_ORDINI")] == ["ORD_ORDINE: no_lines"]


def test_a_mended_reject_file_goes_in(host: Host, store: Store) -> None:
    fate = host.send("o.xml", orders(head(), line(), line("20", "NOBODY")))
    content = (host.folder.rejects / fate.reject_file).read_bytes()
    assert host.send("o.xml", content.replace(b"NOBODY", b"PAINT")).fate == "taken"
    assert len(store.order("LST1").lines) == 2  # type: ignore[union-attr]


def test_an_article_is_not_deleted(host: Host, store: Store) -> None:
    fate = host.send("a.xml", articles(record("IMP_ARTICOLI", ART_OPERAZIONE="D", ART_ARTICOLO="BOLT")))
    content = (host.folder.rejects / fate.reject_file).read_bytes()
    assert [each["ART_ERRORE"] for each in rows(content, "IMP_ARTICOLI")] == ["ART_OPERAZIONE: not_supported"]
    assert store.item("BOLT") is not None


@pytest.mark.parametrize("content", [b"<SYSTORE/>", articles(record("IMP_ARTICOLI", ART_ARTICOLO="X")) + b"<a", b"\xff", b""])
def test_what_is_none_of_the_tables_is_not_understood(content: bytes) -> None:
    errors = ErrorList("x")
    assert read_modula(content, errors, item=lambda code: None, decimals=0) is None
    assert errors.errors


def outbox_of(host: Host, store: Store, results: Results) -> Outbox:
    dialect = dialect_of(host.folder, store)
    more = {"write": dialect.write, "suffix": dialect.suffix, "all_of": ("host",)}
    return Outbox(folder=host.folder, results=results, store=store, **more)  # type: ignore[arg-type]


def test_finished_lines_go_back_under_their_keys(host: Host, store: Store, tmp_path: Path) -> None:
    host.send("o.xml", orders(head(), line(), line("20", "PAINT", "1,25")))
    here = {"machine": "M1", "tray": 1, "compartment": "A1", "visit": 1}
    store.append(
        [
            OrderStarted(order="LST1"),
            Picked(**here, item="BOLT", order="LST1", line="10", quantity=4, lot="L1"),
            LineClosed(order="LST1", line="10", outcome="confirmed", asked=4, done_quantity=4),
            LineClosed(order="LST1", line="20", outcome="short", asked=125, done_quantity=50, reason="not_found"),
        ]
    ).result(5)
    results = Results(store=store, directory=tmp_path / "results", station="S1")
    results.export()
    dialect = dialect_of(host.folder, store)
    outbox = Outbox(
        folder=host.folder, results=results, store=store, write=dialect.write, suffix=dialect.suffix, all_of=("host",)
    )
    (file,) = outbox.deliver()
    content = file.read_bytes()
    assert content.startswith(b"<?xml version='1.0' encoding='windows-1252'?>")
    assert ET.fromstring(content).tag == "SYSTORE"
    assert rows(content, "EXP_ORDINI") == [{"ORD_ORDINE": "LST1", "ORD_DES": "", "ORD_TIPOOP": "P", "ORD_STATO": ""}]
    found = [
        (each["RIG_HOSTINF"], each["RIG_ARTICOLO"], each["RIG_SUB1"], each["RIG_QTAR"], each["RIG_QTAE"], each["RIG_HOSTCAUS"])
        for each in rows(content, "EXP_ORDINI_RIGHE")
    ]
    assert found == [("10", "BOLT", "L1", "4", "4", ""), ("20", "PAINT", "", "1,25", "0,50", "not_found")]


def test_results_that_these_tables_cannot_tell_are_not_waited_for(host: Host, store: Store, tmp_path: Path) -> None:
    store.append([Picked(machine="M1", tray=1, compartment="A1", visit=1, item="BOLT", quantity=1, reason="sample")]).result(5)
    results = Results(store=store, directory=tmp_path / "results", station="S1")
    results.export()
    dialect = dialect_of(host.folder, store)
    outbox = Outbox(
        folder=host.folder, results=results, store=store, write=dialect.write, suffix=dialect.suffix, all_of=("host",)
    )
    assert (outbox.deliver(), outbox.deliver(), results.exported()) == ((), (), ())


def test_the_stock_is_told_by_article() -> None:
    bolt, paint = Item(code="BOLT", name="Bullone", note="n"), Item(code="PAINT", name="Vernice", decimals=2)
    bolts = [StockRow(item=bolt, lot="", owner=owner, quantity=5, going=going) for owner, going in (("own", 3), ("ACME", 0))]
    rows_ = (*bolts, StockRow(item=paint, lot="", owner="own", coming=125))
    content = stock_as_modula(Snapshot(at=NOON, station="S1", epoch="e", seq=1, rows=rows_))
    assert rows(content, "EXP_GIACENZE") == [
        {
            "GIA_ARTICOLO": "BOLT",
            "GIA_GIAC": "10",
            "GIA_VER": "0",
            "GIA_PRE": "3",
            "GIA_ARTICOLO_DES": "Bullone",
            "GIA_ARTICOLO_NOTE": "n",
        },
        {
            "GIA_ARTICOLO": "PAINT",
            "GIA_GIAC": "0,00",
            "GIA_VER": "1,25",
            "GIA_PRE": "0,00",
            "GIA_ARTICOLO_DES": "Vernice",
            "GIA_ARTICOLO_NOTE": "",
        },
    ]
