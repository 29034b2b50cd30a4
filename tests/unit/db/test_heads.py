"""Head files: once a day and at the end of a shift, never overwritten, and what they show later."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from db.heads import ChainHead, HeadKeeper, write_head
from db.known_heads import KnownHead, KnownHeads, parse_head, read_heads
from db.records.people import SignedOff
from db.station_key import open_key
from db.store import Store

from .made import put

NOW = datetime(2026, 11, 26, 6, 0, tzinfo=UTC)
CHAINS = (ChainHead("S1", "e1", 7, "ab" * 32), ChainHead("S2", "e9", 3, "cd" * 32))


class Keeper:
    """The keeper of a sealed store, at a moment that the test says."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.now = NOW
        self.folder = folder
        key = store.sealing.begin()
        self._keeper = HeadKeeper(store, folder, lambda: key, clock=lambda: self.now)

    def at(self, **later: int) -> list[str]:
        """The names of all files after a turn so much later."""
        self.now = NOW + timedelta(**later)
        self._keeper.keep()
        return sorted(path.name for path in self.folder.iterdir())


@pytest.fixture
def keeper(store: Store, tmp_path: Path) -> Keeper:
    return Keeper(store, tmp_path / "heads")


def test_each_day_has_one_file(keeper: Keeper) -> None:
    assert keeper.at() == ["2026-11-26.json"]
    assert keeper.at(hours=3) == ["2026-11-26.json"]
    assert keeper.at(days=1) == ["2026-11-26.json", "2026-11-27.json"]


def test_the_end_of_a_shift_has_a_file_of_its_own(store: Store, keeper: Keeper) -> None:
    keeper.at()
    store.append([SignedOff(person="p_1")]).result()
    names = keeper.at(hours=8)
    assert names == ["2026-11-26.json", "2026-11-26T140000.000000Z.json"]
    assert keeper.at(hours=9) == names
    body = json.loads((keeper.folder / names[1]).read_text(encoding="utf-8"))
    ended = store.events(kinds=("signed_off",))[0].seq
    assert body["why"] == "shift_end"
    assert body["chains"][0]["seq"] in (ended, ended + 1)  # the checkpoint of the shift's end is there already, or not yet


def test_a_file_that_is_there_is_never_written_again(keeper: Keeper) -> None:
    keeper.folder.mkdir()
    torn = keeper.folder / "2026-11-26.json"
    torn.write_text('{"what": "bay', encoding="utf-8")
    assert len(keeper.at()) == 2
    assert torn.read_text(encoding="utf-8") == '{"what": "bay'


def test_before_there_is_a_key_no_head_is_written(store: Store, tmp_path: Path) -> None:
    assert HeadKeeper(store, tmp_path / "heads", lambda: None).keep() is None
    assert not (tmp_path / "heads").exists()


def test_several_chains_go_into_one_signed_file(tmp_path: Path) -> None:
    key = open_key(tmp_path)
    path = write_head(tmp_path / "heads", CHAINS, key, at=NOW)
    assert path is not None
    text = path.read_text(encoding="utf-8")
    read = read_heads(text, path.name, keys=[key.public_key])
    assert [(each.station, each.seq) for each in read] == [("S1", 7), ("S2", 3)]
    assert [each.seq for each in KnownHeads.of(read, "S2").wanted] == [3]
    with pytest.raises(ValueError, match="signature is not right"):
        read_heads(text.replace('"seq": 7', '"seq": 6'), path.name)
    with pytest.raises(ValueError, match="no key of this record"):
        read_heads(text, path.name, keys=["00" * 32])


def test_receipts_and_unsigned_files_are_read_too(tmp_path: Path) -> None:
    path = write_head(tmp_path / "heads", CHAINS, None, at=NOW)
    assert path is not None
    assert len(read_heads(path.read_text(encoding="utf-8"))) == 2
    lines = '{"epoch": "e1", "seq": 4, "head": "AA"}\n\n{"epoch": "e1", "seq": 5, "head": "bb"}\n'
    assert [(each.seq, each.head) for each in read_heads(lines)] == [(4, "aa"), (5, "bb")]
    for wrong in ("[1]", '{"seq": 1}', "nothing"):
        with pytest.raises(ValueError, match=r"x: no file of heads|Expecting value"):
            read_heads(wrong, "x")


def test_a_head_is_typed_as_number_and_hash() -> None:
    assert parse_head("12:" + "AB" * 32) == KnownHead(12, "ab" * 32)
    assert parse_head("e1:12:" + "ab" * 32) == KnownHead(12, "ab" * 32, epoch="e1")
    for wrong in ("12", "12:ab", "x:" + "ab" * 32, ""):
        with pytest.raises(ValueError, match=r"hexadecimal|invalid literal"):
            parse_head(wrong)


def test_a_store_whose_end_was_cut_off_is_found_by_the_days_head(store: Store, keeper: Keeper, tmp_path: Path) -> None:
    store.backup(tmp_path / "copy.db").result()
    store.append([put(1)]).result()
    keeper.at()
    text = (keeper.folder / "2026-11-26.json").read_text(encoding="utf-8")
    known = read_heads(text, "2026-11-26.json")
    assert store.audit(known=known).is_ok
    (tmp_path / "cut").mkdir()
    (tmp_path / "copy.db").rename(tmp_path / "cut" / "store.db")
    cut = Store.open_reader(tmp_path / "cut")
    (flaw,) = cut.audit(known=known).flaws
    cut.close()
    assert (flaw.check, flaw.seq) == ("head", 3)
    assert flaw.problem == "event 3 is known (2026-11-26.json), and the record ends at 2: the events after it are missing"
