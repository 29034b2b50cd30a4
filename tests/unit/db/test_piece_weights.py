"""What a piece weighs stands in the log: the newest learning of an item's lot counts, also after the store was opened again."""

from __future__ import annotations

from pathlib import Path

from db.records.stock import PieceWeightLearnt
from db.store import Store
from tests.unit.db.made import put


def learnt(piece_ug: int, *, item: str = "A", lot: str = "") -> PieceWeightLearnt:
    return PieceWeightLearnt(item=item, lot=lot, piece_ug=piece_ug, uncertainty_ug=14, sample=10, sample_mg=piece_ug // 100)


def test_a_new_learning_supersedes_that_of_its_own_lot_alone(store: Store) -> None:
    for record in (learnt(4100), learnt(4300, lot="L1"), learnt(900, item="B"), learnt(4200)):
        store.append([record]).result()
    store.append([put(3)]).result()
    found = store.piece_weight("A", "")
    assert found is not None
    assert (found.piece_ug, found.uncertainty_ug, found.sample) == (4200, 14, 10)
    assert [each and each.piece_ug for each in (store.piece_weight("A", "L1"), store.piece_weight("B", ""))] == [4300, 900]
    assert store.piece_weight("A", "L2") is None
    assert store.piece_weight("C", "") is None


def test_it_is_known_to_the_next_run(tmp_path: Path) -> None:
    first = Store.open(tmp_path, station="S1", ballast_bytes=4096)
    (row,) = first.append([learnt(4100)]).result()
    first.close()
    second = Store.open(tmp_path, station="S1", ballast_bytes=4096)
    try:
        found = second.piece_weight("A", "")
        assert found is not None
        assert (found.piece_ug, found.at) == (4100, row.at)
    finally:
        second.close()
