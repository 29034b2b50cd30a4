"""A signed export: anybody proves it with Python alone, and sees what was changed afterwards."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from db.audit_export import Selection
from db.export_proof import main
from db.records.orders import LineClosed
from db.records.stock import Corrected, Picked, StockLoaded
from db.seals import manifest_text
from db.station_key import StationKey, open_key
from db.store import Store
from station.values import Item, Person, Role
from ui.bootstrap.audit import Contents, export, person_of
from ui.language import PSEUDO, load_language
from ui.reports.audit_pdf import AuditPaper
from ui.texts import Texts

PLACE: dict[str, Any] = {"machine": "VLM1", "compartment": "C1", "visit": 1, "item": "A"}
MARA = "p_mara"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A record of two trays, with a name in the store and only its id in the record."""
    opened = Store.open(tmp_path / "data", station="S1", ballast_bytes=0)
    opened.sealing.begin()
    opened.append([StockLoaded(counted=50, tray=tray, **PLACE | {"visit": 0}) for tray in (7, 8)]).result()
    mara = Person(person=MARA, name="Mara <Ruiz>", role=Role.OPERATOR)
    opened.add_person(mara, badge_digest="d", verifier="v", pepper_id="pp").result()
    took = [Picked(quantity=each, tray=tray, order="O1", line="1", **PLACE) for each, tray in ((3, 7), (4, 8))]
    opened.append(took, operator=MARA, role="operator").result()
    wrong = Corrected(remaining=40, reason="damaged", tray=7, **PLACE)
    short = LineClosed(order="O1", line="1", outcome="short", asked=9, done_quantity=7, reason="not_there")
    opened.append([wrong, short], operator=MARA, role="operator").result()
    opened.sealing.seal().result()
    yield opened
    opened.close()


def no_paper(contents: Contents) -> bytes:
    return b"%PDF"


def exported(store: Store, render: Callable[[Contents], bytes] = no_paper, **asked: Any) -> Path:
    target = store.directory.parent / "export"
    export(store.directory, target, Selection(**asked), render=render)
    return target


def run_alone(folder: Path, *words: str) -> tuple[int, dict[str, Any], str]:
    """The exported verifier, in its own folder, without anything but Python."""
    command = [sys.executable, "-I", "-S", "verifier.py", *words]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=50, check=False)
    return done.returncode, json.loads(done.stdout), done.stderr


def problems(folder: Path, capsys: pytest.CaptureFixture[str], *words: str) -> list[tuple[Any, str]]:
    """(seq, problem) as the verifier finds them, in this process."""
    status = main([str(folder), *words])
    report = json.loads(capsys.readouterr().out)
    assert status == (1 if report["problems"] else 0)
    return [(each["seq"], each["problem"]) for each in report["problems"]]


def rewrite(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def sign_again(folder: Path, key: StationKey) -> None:
    """What the station itself could do: name the files as they are now, and sign that."""
    import hashlib

    manifest = json.loads((folder / "manifest.json").read_bytes())
    for name, said in manifest["files"].items():
        said["sha256"] = hashlib.sha256((folder / name).read_bytes()).hexdigest()
    manifest |= {"key_id": key.key_id, "public_key": key.public_key}
    raw = json.dumps(manifest).encode()
    (folder / "manifest.json").write_bytes(raw)
    (folder / "manifest.sig").write_text(key.sign(manifest_text(raw)), encoding="ascii")


def test_an_export_proves_itself_with_python_alone(store: Store) -> None:
    folder = exported(store)
    key = open_key(store.directory)
    head = f"{store.head()[1]}:{store.head()[2]}"
    status, report, said = run_alone(folder, "--key", key.public_key, "--head", head)
    assert (status, report["ok"], said) == (0, True, "")
    assert (report["events"], report["is_whole"], report["is_key_trusted"]) == (len(store.events()), True, True)
    rewrite(folder / "events.jsonl", '\\"quantity\\":3', '\\"quantity\\":2')
    status, report, said = run_alone(folder)
    assert (status, report["broken_at"]) == (1, 6)
    assert "event 6: hash is not that of the body" in said
    assert "events.jsonl is not the file that was signed" in said


def test_a_selection_is_proven_against_the_hashes_of_all(store: Store, capsys) -> None:
    folder = exported(store, tray=7)
    manifest = json.loads((folder / "manifest.json").read_bytes())
    assert (manifest["filters"], manifest["is_whole"]) == ({"tray": 7}, False)
    assert manifest["counts"] == {"corrected": 1, "picked": 1, "stock_loaded": 1}
    assert len((folder / "chain.jsonl").read_text().splitlines()) == store.head()[1]
    head = f"{store.head()[1]}:{store.head()[2]}"
    assert problems(folder, capsys, "--head", head, "--head", f"99:{'ab' * 32}") == [
        (99, f"event 99 is known, and the record ends at {store.head()[1]}: the events after it are missing")
    ]


@pytest.mark.parametrize(
    ("asked", "kinds"),
    [
        ({"person": MARA}, {"person_added": 1, "picked": 2, "corrected": 1, "line_closed": 1}),
        ({"order": "O1"}, {"picked": 2, "line_closed": 1}),
        ({"item": "A", "kinds": ("picked",)}, {"picked": 2}),
        ({"machine": "M9"}, {}),
        ({"after_seq": 8}, {"line_closed": 1, "checkpoint": 1}),
        ({"until": datetime(2020, 1, 1, tzinfo=UTC)}, {}),
        ({"since": datetime(2020, 1, 1, tzinfo=UTC), "kinds": ("corrected",)}, {"corrected": 1}),
    ],
)
def test_what_is_asked_is_what_is_counted(store: Store, asked: dict[str, Any], kinds: dict[str, int], capsys) -> None:
    folder = exported(store, **asked)
    assert json.loads((folder / "manifest.json").read_bytes())["counts"] == kinds
    assert problems(folder, capsys) == []


def test_an_edited_manifest_is_found(store: Store, capsys) -> None:
    folder = exported(store)
    rewrite(folder / "manifest.json", '"station": "S1"', '"station": "S2"')
    key_id = open_key(store.directory).key_id
    assert problems(folder, capsys) == [(None, f"manifest.json is not what {key_id} signed")]


def test_a_file_that_is_missing_or_another_is_found(store: Store, capsys) -> None:
    folder = exported(store)
    (folder / "movements.csv").unlink()
    (folder / "summary.pdf").write_bytes(b"other")
    assert problems(folder, capsys) == [
        (None, "movements.csv is missing"),
        (None, "summary.pdf is not the file that was signed"),
    ]


def test_an_end_that_was_cut_off_is_found_even_where_it_was_signed_again(store: Store, capsys) -> None:
    folder = exported(store)
    lines = (folder / "events.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    (folder / "events.jsonl").write_text("".join(lines[:-2]), encoding="utf-8")
    sign_again(folder, open_key(store.directory))
    found = [problem for _, problem in problems(folder, capsys)]
    assert found[0] == "the events do not end at the head that the manifest names"


def test_an_export_signed_by_a_stranger_is_found(store: Store, tmp_path: Path, capsys) -> None:
    folder = exported(store)
    (tmp_path / "stranger").mkdir()
    sign_again(folder, open_key(tmp_path / "stranger"))
    assert problems(folder, capsys) == [(None, "the manifest is signed by a key that the record does not name")]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('\\"quantity\\":3', '\\"quantity\\":2', "hash is not that of the body"),
        ('"prev": "', '"prev": "0', "prev is not the hash of the event before"),
        ('"hash": "', '"hash": "0', "the event is not in the chain"),
    ],
)
def test_a_changed_event_of_a_selection_is_found(store: Store, capsys, old: str, new: str, problem: str) -> None:
    folder = exported(store, tray=7, kinds=("picked",))
    lines = (folder / "events.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    at = next(no for no, line in enumerate(lines) if '"kind": "picked"' in line)
    assert old in lines[at]
    lines[at] = lines[at].replace(old, new)
    (folder / "events.jsonl").write_text("".join(lines), encoding="utf-8")
    sign_again(folder, open_key(store.directory))
    assert problems(folder, capsys)[0] == (6, problem)


def test_a_gap_in_the_hashes_is_no_export(store: Store, capsys) -> None:
    folder = exported(store, tray=7)
    lines = (folder / "chain.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    (folder / "chain.jsonl").write_text("".join(lines[:3] + lines[4:]), encoding="utf-8")
    assert main([str(folder)]) == 2
    assert "seq is 5 where 4 follows" in capsys.readouterr().err


def test_nothing_is_overwritten_and_nothing_half_is_left(store: Store) -> None:
    folder = exported(store)
    with pytest.raises(FileExistsError):
        export(store.directory, folder, Selection(), render=no_paper)
    with pytest.raises(ZeroDivisionError):
        export(store.directory, folder.with_name("other"), Selection(), render=lambda contents: bytes(1 // 0))
    assert not list(folder.parent.glob("other*"))


def test_movements_are_a_table(store: Store) -> None:
    store.import_items([Item(code="A", name="Cable", unit="m", decimals=0)], _imported()).result()
    text = (exported(store) / "movements.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [(row["kind"], row["change"], row["found"]) for row in rows][2:] == [
        ("picked", "-3", ""),
        ("picked", "-4", ""),
        ("corrected", "-7", "40"),
    ]
    assert {row["unit"] for row in rows} == {"m"}


def _imported() -> Any:
    from db.records.files import Imported

    return Imported(what="item", file="i.csv", sha256="0" * 64, rows=1, rejected=0)


def test_a_person_is_found_by_name_or_id(store: Store) -> None:
    assert [person_of(store.directory, each) for each in ("Mara <Ruiz>", MARA, "Nobody", "")] == [MARA, MARA, "", ""]


# --- on paper


def paper_text(store: Store, language: str = "en", **more: Any) -> str:
    """All text of the summary; `more` replaces parts of its contents."""
    paper = AuditPaper(Texts(load_language(language)))
    folder = exported(store, lambda contents: paper.render(replace(contents, **more)))
    return "\n".join(page.extract_text() for page in PdfReader(folder / "summary.pdf").pages)


def test_the_summary_names_record_proof_and_what_went_otherwise(store: Store) -> None:
    text = paper_text(store)
    epoch, seq, head = store.head()
    for each in ("Record of station S1", head, open_key(store.directory).key_id, "Page 1 of ", "Damaged", "Not there"):
        assert each in text, each
    assert "The chain of all events is unbroken" in text
    assert "Mara <Ruiz>" in text
    assert f"{epoch} · {seq}" in text.replace("\n", " ")


def test_an_erased_name_is_on_no_paper(store: Store) -> None:
    store.erase_name(MARA).result()
    text = paper_text(store)
    assert "Mara" not in text
    assert MARA in text


def test_a_broken_record_is_told_in_the_summary(store: Store) -> None:
    from db.rows.audit import Flaw

    report = replace(store.audit(), flaws=(Flaw(check="chain", seq=5, problem="hash is not that of the body"),))
    text = paper_text(store, report=report)
    assert "The record is NOT proven" in text
    assert "Event 5: hash is not that of the body" in text


def test_the_summary_is_translated_throughout(store: Store) -> None:
    text = paper_text(store, PSEUDO)
    for english in ("Record of", "What is proven", "Movements", "Reason", "Taken", "Damaged"):
        assert english not in text, english
