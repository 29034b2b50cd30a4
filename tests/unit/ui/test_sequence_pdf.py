"""The proof of a sequence on paper, read back by another library."""

from __future__ import annotations

import io
from datetime import UTC, datetime

from pypdf import PdfReader

from station.sequence_proof import RankRow
from station.values import Item, Person, Role
from ui.language import load_language
from ui.reports.sequence_pdf import SequencePaper
from ui.texts import Texts

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
BOLT = Item(code="BOLT", name="Bolt")
MARA = Person(person="p_1", name="Mara Keller", role=Role.SUPERVISOR)


def row(rank: int, state: str = "left", **more: object) -> RankRow:
    plain = {"rank": rank, "ranks": 60, "order": f"SO-{rank}", "line": "1", "item": "BOLT", "quantity": 2, "done_quantity": 2}
    return RankRow(**{**plain, "state": state, "left_at": NOON, "by": "p_1", **more})  # type: ignore[arg-type]


def read(*rows: RankRow, language: str = "en") -> list[str]:
    paper = SequencePaper(Texts(load_language(language)), {MARA.person: MARA}, {"BOLT": BOLT})
    pages = PdfReader(io.BytesIO(paper.render("LINE-7", rows, made_at=NOON))).pages
    return [" ".join(page.extract_text().split()) for page in pages]


def test_every_rank_stands_there_in_its_order_with_who_and_how_much() -> None:
    (page,) = read(row(1), row(2))
    assert page.index("SO-1") < page.index("SO-2")
    assert page.count("Mara Keller") == 2
    assert "2 pcs" in page


def test_an_empty_rank_is_said_above_with_who_let_it_go_on() -> None:
    gap = row(2, "gap", done_quantity=0, left_at=None, by="", gap_since=NOON, gap_reason="not_there")
    (page,) = read(row(1), gap, row(3))
    assert "Rank 2 is empty since 2026-03-02" in page
    assert "Empty 2" in page
    let_on = row(2, "gap", gap_since=NOON, gap_reason="not_there", released_by="p_1", released_at=NOON)
    (page,) = read(row(1), let_on)
    assert "Mara Keller, 2026-03-02" in page


def test_a_rank_that_left_after_later_ones_is_said_above() -> None:
    (page,) = read(row(1, "overtaken"), row(2))
    assert "Rank 1 left at 2026-03-02" in page
    assert "Left 2" in page


def test_a_long_sequence_has_its_name_on_every_sheet() -> None:
    pages = read(*(row(rank) for rank in range(1, 61)))
    assert len(pages) > 1
    assert all("Sequence LINE-7" in page for page in pages)
