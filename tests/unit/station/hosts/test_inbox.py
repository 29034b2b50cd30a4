"""Files in: whole or not at all, once, and with what became of them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from db.records.files import HostFile
from db.store import Store
from station.hosts.closed import PATIENCE_S
from station.hosts.inbox import Inbox
from station.imports import ImportReport, import_file
from tests.unit.station.hosts.conftest import Host, make_folder

STOCK = "machine,tray,compartment,item,quantity\nM1,1,A1,BOLT,7\n"
ORDER = "order,kind,line,item,quantity\nO1,pick,1,BOLT,4\n"
ORDER_XML = "<orders><row><order>O1</order><kind>pick</kind><line>1</line><item>BOLT</item><quantity>4</quantity></row></orders>"
ORDER_JSON = '[{"order": "O1", "kind": "pick", "line": "1", "item": "BOLT", "quantity": 4}]'


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir() if not each.name.startswith("."))


@pytest.mark.parametrize(("name", "content"), [("o.csv", ORDER), ("o.xml", ORDER_XML), ("o.json", ORDER_JSON)])
def test_an_order_goes_in_whatever_its_form(host: Host, store: Store, name: str, content: str) -> None:
    fate = host.send(name, content)
    assert (fate.fate, fate.what, fate.rows, fate.rejected, fate.file) == ("taken", "order", 1, 0, name)
    order = store.order("O1")
    assert order is not None
    assert [(each.item, each.quantity) for each in order.lines] == [("BOLT", 4)]
    assert names(host.folder.archive) == [fate.taken_as]
    assert (host.folder.archive / fate.taken_as).read_text(encoding="utf-8") == content


def test_an_order_of_xml_has_its_lines_in_it(host: Host, store: Store) -> None:
    lines = "".join(f"<line><line>{no}</line><item>BOLT</item><quantity>{no}</quantity></line>" for no in (1, 2))
    assert host.send("o.xml", f"<rows><row><order>O1</order><kind>pick</kind><lines>{lines}</lines></row></rows>").rows == 2
    assert [each.quantity for each in store.order("O1").lines] == [1, 2]  # type: ignore[union-attr]


def test_bad_rows_lie_in_the_folder_of_rejects_with_their_reason(host: Host, store: Store) -> None:
    fate = host.send(
        "o.xml", ORDER_XML.replace("</orders>", "<row><order>O2</order><kind>pick</kind><item>NUT</item></row></orders>")
    )
    assert (fate.fate, fate.rows, fate.rejected) == ("partly_refused", 1, 1)
    assert "unknown_item" in (host.folder.rejects / fate.reject_file).read_text(encoding="utf-8")
    (event,) = store.events(kinds=("host_file",))
    assert '"partly_refused"' in event.body
    mended = (host.folder.rejects / fate.reject_file).read_text(encoding="utf-8").replace("NUT", "BOLT")
    mended = mended.replace("<item>", "<quantity>1</quantity><line>1</line><item>")
    assert host.send(fate.reject_file, mended).fate == "taken"


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("o.xml", "<rows><row>", "not_xml"),
        ("o.xml", '<!DOCTYPE a [<!ENTITY b "c">]><rows>&b;</rows>', "not_xml"),
        ("o.json", '[{"order": ', "not_json"),
        ("o.csv", "a,b\n1,2\n", "unknown_columns"),
    ],
)
def test_what_is_not_understood_failed_with_its_reason_and_lies_with_the_rejects(
    host: Host, name: str, content: str, reason: str
) -> None:
    host.write(name, content)
    (fate,) = [*host.look(), *host.look(), *host.look(after_s=PATIENCE_S)]
    assert (fate.fate, fate.reason) == ("failed", reason)
    assert names(host.folder.rejects) == [fate.taken_as]


@pytest.mark.parametrize(("name", "whole", "cut"), [("o.csv", ORDER, -6), ("o.xml", ORDER_XML, -20), ("o.json", ORDER_JSON, -1)])
def test_half_a_file_is_waited_for(host: Host, store: Store, name: str, whole: str, cut: int) -> None:
    host.write(name, whole[:cut])
    assert [*host.look(), *host.look(), *host.look()] == []
    assert store.order("O1") is None
    host.write(name, whole)
    assert [each.fate for each in (*host.look(), *host.look())] == ["taken"]


def test_a_file_that_grows_is_waited_for(host: Host) -> None:
    path = host.write("o.csv", ORDER)
    for no in range(2, 5):
        assert host.look() == []
        with path.open("a", encoding="utf-8") as file:
            file.write(f"O{no},pick,1,BOLT,4\n")
    assert [each.rows for each in (*host.look(), *host.look())] == [4]


def test_with_markers_a_file_is_read_when_its_marker_is_there(tmp_path: Path, store: Store) -> None:
    host = Host(make_folder(tmp_path, closed="marker"), store)
    host.write("o.csv", ORDER)
    assert [*host.look(), *host.look()] == []
    host.write("o.csv.ready", "")
    assert [each.fate for each in host.look()] == ["taken"]
    assert names(tmp_path / "in") == ["archive", "rejects"]


@pytest.mark.parametrize("name", [".o.csv", "~o.csv", "o.csv.part", "o.tmp", "o.xlsx"])
def test_drafts_and_other_files_are_left(host: Host, name: str) -> None:
    host.write(name, ORDER)
    assert [*host.look(), *host.look()] == []
    assert (host.folder.inbox / name).exists()  # type: ignore[operator]


def test_files_go_in_by_their_names(host: Host) -> None:
    host.write("20-stock.csv", STOCK.replace("BOLT", "NUT"))
    host.write("10-items.csv", "item,name\nNUT,Nut\n")
    assert [(each.file, each.fate) for each in (*host.look(), *host.look())] == [
        ("10-items.csv", "taken"),
        ("20-stock.csv", "taken"),
    ]


def crash_at(monkeypatch: pytest.MonkeyPatch, name: str, before: bool) -> None:
    """The program ends in the middle of taking a file."""

    def import_then_end(*args: object, **more: object) -> ImportReport:
        if not before:
            import_file(*args, **more)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    def end(*args: object) -> None:
        raise KeyboardInterrupt

    if name == "import":
        monkeypatch.setattr("station.hosts.inbox.import_file", import_then_end)
    else:
        monkeypatch.setattr(Inbox, "_put_away", end)


@pytest.mark.parametrize(("name", "before"), [("import", True), ("import", False), ("put_away", False)])
def test_a_crash_on_the_way_takes_a_stock_file_once(
    host: Host, store: Store, monkeypatch: pytest.MonkeyPatch, name: str, before: bool
) -> None:
    with monkeypatch.context() as patch:
        crash_at(patch, name, before)
        with pytest.raises(KeyboardInterrupt):
            host.send("s.csv", STOCK)
    again = Host(host.folder, store)
    again.look()
    assert len(store.events(kinds=("imported",))) == 3  # items, trays, and this one once
    assert [each.rows for each in told(store)] == [1]
    assert names(host.folder.archive) == [told(store)[0].taken_as]
    assert again.look() == []


def told(store: Store) -> list[HostFile]:
    import json

    return [HostFile(**json.loads(each.body)["data"]) for each in store.events(kinds=("host_file",))]


def test_a_stock_file_that_was_cut_off_is_not_taken_again_over_the_bookings_since(
    host: Host, store: Store, tmp_path: Path
) -> None:
    from db.records.files import ImportBegun

    name = "s.20260504T120000000000Z.csv"
    host.folder.make()
    (host.folder.work / name).write_text(STOCK, encoding="utf-8")
    store.append([ImportBegun(what="stock", file=name, sha256="", rows=1, rejected=0)]).result(5)
    (fate,) = host.look()
    assert (fate.fate, fate.reason, fate.file) == ("failed", "interrupted", "s.csv")
    assert store.stock() == ()
    assert names(host.folder.rejects) == [name]


def test_the_same_file_again_is_a_file_of_its_own(host: Host) -> None:
    first, second = host.send("s.csv", STOCK), host.send("s.csv", STOCK)
    assert first.taken_as != second.taken_as
    assert (first.fate, second.fate) == ("taken", "taken")


def test_an_inbox_that_is_not_there_is_no_empty_one(host: Host, tmp_path: Path) -> None:
    os.rename(tmp_path / "in", tmp_path / "gone")
    with pytest.raises(OSError, match="is not there"):
        host.look()
    assert not (tmp_path / "in").exists()


def test_a_file_that_cannot_be_read_now_is_tried_again(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Path.read_bytes

    def fail(path: Path) -> bytes:
        if path.parent.name == ".baylight":
            raise OSError("the share is away")
        return real(path)

    host.write("o.csv", ORDER)
    host.look()
    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", fail)
        with pytest.raises(OSError, match="unreadable"):
            host.look()
    assert [each.fate for each in host.look()] == ["taken"]
