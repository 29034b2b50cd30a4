"""The scripted operator at a site where nothing can be worked: he leaves what the screen does not let him start, and is done."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.tours import baylight, json_of, rows_of, site_words

ITEMS = "item,name\nBOLT,Bolt\nNUT,Nut\n"
TRAYS = "machine,tray,width_mm,depth_mm,columns,rows\nVLM1,1,400,200,4,2\n"
STOCK = "machine,tray,compartment,item,quantity\nVLM1,1,A1,BOLT,5\n"
ORDERS = "order,kind,line,item,quantity\n{rows}"


def site(folder: Path, rows: str) -> Path:
    folder.mkdir()
    for name, content in (("items", ITEMS), ("trays", TRAYS), ("stock", STOCK), ("orders", ORDERS.format(rows=rows))):
        (folder / f"{name}.csv").write_text(content, encoding="utf-8")
    return folder


@pytest.mark.timeout(120)
@pytest.mark.parametrize("rows", ["B1,pick,1,NUT,2\nB1,pick,2,NUT,1\n", "B1,pick,1,NUT,2\nB1,pick,2,NUT,1\nA1,pick,1,BOLT,3\n"])
def test_a_tour_ends_when_only_blocked_orders_are_left(tmp_path: Path, rows: str) -> None:
    given = site(tmp_path / "site", rows)
    summary = json_of(baylight(*site_words(given, tmp_path / "store"), timeout_s=100))
    assert summary["confirmed"] + summary["short"] + summary["skipped"] == summary["lines"]
    assert summary["skipped"] >= 2
    states = {each["order"]: each["state"] for each in rows_of(baylight("orders", "--data", tmp_path / "store", "--json"))}
    assert states["B1"] == "released"
