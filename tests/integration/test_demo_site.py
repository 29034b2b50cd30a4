"""The demo on a site of one's own, or on a store that is none of its: what is wrong is said, never a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.tours import baylight, site_words

FILES = {
    "items": "item,name\nBOLT,Bolt\n",
    "trays": "machine,tray,width_mm,depth_mm,columns,rows\nVLM1,1,400,200,4,2\n",
    "stock": "machine,tray,compartment,item,quantity\nVLM1,1,A1,BOLT,5\n",
    "orders": "order,kind,line,item,quantity\nO1,pick,1,BOLT,2\n",
}
ROW = "VLM1,1,A1,NUT,5\n"


@pytest.mark.parametrize(
    ("stock", "says"),
    [
        (FILES["stock"] + ROW, ("line 3", "item", "unknown_item", "stock.reject.csv")),
        ("place,amount\nA1,5\n", ("line 1", "unknown_columns")),
    ],
)
def test_a_file_of_the_site_that_does_not_fit_is_named(tmp_path: Path, stock: str, says: tuple[str, ...]) -> None:
    for name, content in (FILES | {"stock": stock}).items():
        (tmp_path / f"{name}.csv").write_text(content, encoding="utf-8")
    done = baylight(*site_words(tmp_path, tmp_path / "store"))
    assert (done.returncode, done.stdout) == (1, "")
    assert "Traceback" not in done.stderr
    for text in (str(tmp_path / "stock.csv"), *says):
        assert text in done.stderr


def test_a_store_that_the_demo_did_not_make_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "store.db").write_bytes(b"")
    done = baylight("demo", "--headless", "--data", tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith("baylight: C103")
