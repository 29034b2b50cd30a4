"""Commands on a real store, as processes of their own: import, read, prove, back up, restore, rebuild, people."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from db.records.machine import MotionEnded, MotionIntended
from db.store import Store
from tests.helpers.tours import baylight, json_of, rows_of

ITEMS = [
    {"item": "A-1", "name": "Bolt", "unit": "pcs", "decimals": 0},
    {"item": "C-2", "name": "Cable", "unit": "m", "decimals": 2},
]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data directory with two items in it."""
    item = tmp_path / "item.json"
    item.write_text(json.dumps(ITEMS), encoding="utf-8")
    directory = tmp_path / "store"
    json_of(baylight("import", item, "--data", directory, "--station", "B1", "--json"))
    return directory


def test_import_says_what_it_took_over(tmp_path: Path) -> None:
    item = tmp_path / "item.json"
    item.write_text(json.dumps(ITEMS), encoding="utf-8")
    report = json_of(baylight("import", item, "--data", tmp_path / "store", "--station", "B1", "--json"))
    assert (report["what"], report["rows"], report["rejected"]) == ("item", 2, 0)


def test_bad_rows_are_named_and_fail_the_command(tmp_path: Path) -> None:
    item = tmp_path / "item.json"
    item.write_text(json.dumps([*ITEMS, {"item": "X", "name": "Y", "decimals": 9}]), encoding="utf-8")
    done = baylight("import", item, "--data", tmp_path / "store", "--station", "B1", "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["rejected"] == 1
    assert "decimals" in done.stderr


def test_columns_that_are_ignored_are_named(tmp_path: Path) -> None:
    item = tmp_path / "item.csv"
    item.write_text("item,name,colour\nA,Ay,red\n", encoding="utf-8")
    done = baylight("import", item, "--data", tmp_path / "store")
    assert (done.returncode, "column colour" in done.stderr) == (0, True)


def test_missing_file_is_a_misuse(tmp_path: Path) -> None:
    done = baylight("import", tmp_path / "nothing.csv", "--data", tmp_path / "store", "--json")
    assert (done.returncode, done.stdout) == (2, "")
    assert "nothing.csv" in done.stderr


def test_doctor_salvages_a_damaged_store_and_leaves_a_sound_one_alone(data: Path) -> None:
    events = len(rows_of(baylight("events", "--data", data, "--json")))
    with (data / "store.db").open("r+b") as file:
        file.write(bytes(100))
    refused = baylight("import", data.parent / "item.json", "--data", data, "--station", "B1")
    assert (refused.returncode, "baylight doctor --salvage" in refused.stderr) == (1, True)
    report = json_of(baylight("doctor", "--salvage", "--data", data, "--json"))
    assert (report["events"], report["stopped"], report["site_rows"]) == (events, "", 4), (
        "two rows, each with its mark for the site database"
    )
    assert (Path(report["kept"]) / "store.db").exists()
    again = json_of(baylight("doctor", "--salvage", "--data", data, "--json"))
    assert (again["is_sound"], again["events"]) == (True, events + 1)
    found = {each["check"]: each["is_ok"] for each in rows_of(baylight("doctor", "--data", data, "--json"))}
    assert (found["chain"], found["integrity"], found["last_backup"]) == (True, True, True)


def test_events_give_the_stored_body_and_its_hash(data: Path) -> None:
    rows = rows_of(baylight("events", "--data", data, "--json"))
    assert [row["seq"] for row in rows] == list(range(1, len(rows) + 1))
    assert {"id", "station", "epoch", "seq", "kind", "at", "operator", "body", "prev", "hash"} == set(rows[0])
    assert json.loads(rows[-1]["body"])["kind"] == rows[-1]["kind"] == "imported"


def test_record_proves_itself(data: Path) -> None:
    proof = json_of(baylight("audit", "verify", "--data", data, "--json"))
    assert (proof["chain_ok"], proof["stock_ok"]) == (True, True)


def test_rebuild_gives_the_same_present(data: Path) -> None:
    assert json_of(baylight("rebuild", "--data", data, "--station", "B1", "--json"))["same"]


def test_restored_store_goes_on_in_a_new_epoch(data: Path, tmp_path: Path) -> None:
    before = rows_of(baylight("events", "--data", data, "--json"))
    json_of(baylight("backup", tmp_path / "copy.db", "--data", data, "--station", "B1", "--json"))
    json_of(baylight("restore", tmp_path / "copy.db", "--data", data, "--station", "B1", "--json"))
    after = rows_of(baylight("events", "--data", data, "--json"))
    assert [row["id"] for row in after[: len(before)]] == [row["id"] for row in before]
    assert after[len(before)]["kind"] == "epoch_opened"
    assert after[len(before)]["epoch"] != before[0]["epoch"]


def test_a_store_says_itself_whose_it_is(data: Path, tmp_path: Path) -> None:
    """No command needs --station on a store that is there, restore neither; a new home is the copy's station's."""
    json_of(baylight("backup", tmp_path / "copy.db", "--data", data, "--json"))
    json_of(baylight("restore", tmp_path / "copy.db", "--data", data, "--json"))
    json_of(baylight("restore", tmp_path / "copy.db", "--data", tmp_path / "new", "--json"))
    for home in (data, tmp_path / "new"):
        assert {row["station"] for row in rows_of(baylight("events", "--data", home, "--json"))} == {"B1"}


def test_a_store_of_another_station_is_refused_with_both_names(data: Path, tmp_path: Path) -> None:
    json_of(baylight("backup", tmp_path / "copy.db", "--data", data, "--json"))
    for words in (("rebuild",), ("restore", tmp_path / "copy.db")):
        done = baylight(*words, "--data", data, "--station", "B2")
        assert done.returncode == 1
        assert "D408 this record belongs to station B1, and B2 was named" in done.stderr
        assert "Leave --station out" in done.stderr


def test_a_copy_of_another_station_does_not_replace_a_store(data: Path, tmp_path: Path) -> None:
    item = tmp_path / "item.json"
    json_of(baylight("import", item, "--data", tmp_path / "other", "--station", "B2", "--json"))
    json_of(baylight("backup", tmp_path / "copy.db", "--data", tmp_path / "other", "--json"))
    done = baylight("restore", tmp_path / "copy.db", "--data", data)
    assert (done.returncode, "D408" in done.stderr) == (1, True)


def test_a_damaged_store_is_replaced_by_a_copy_without_naming_the_station(data: Path, tmp_path: Path) -> None:
    json_of(baylight("backup", tmp_path / "copy.db", "--data", data, "--json"))
    (data / "store.db").write_bytes(b"this is no database" * 1000)
    assert "D403" in baylight("stock", "--data", data).stderr
    json_of(baylight("restore", tmp_path / "copy.db", "--data", data, "--json"))
    assert {row["station"] for row in rows_of(baylight("events", "--data", data, "--json"))} == {"B1"}


@pytest.mark.parametrize(
    "words",
    [
        ("orders", "NOSUCH"),
        ("trays", "999"),
        ("trays", "--machine", "M9"),
        ("stock", "--item", "NOSUCH"),
        ("stock", "--machine", "M9"),
        ("stock", "--tray", "999"),
    ],
)
def test_what_is_asked_for_by_name_and_not_there_fails_the_command(data: Path, words: tuple[str, ...]) -> None:
    done = baylight(*words, "--data", data, "--json")
    assert (done.returncode, done.stdout) == (1, "")
    assert words[-1] in done.stderr


@pytest.mark.parametrize("words", [("orders",), ("trays",), ("stock",), ("stock", "--item", "A-1")])
def test_an_empty_list_is_an_answer(data: Path, words: tuple[str, ...]) -> None:
    """Nothing imported yet, or an item that the store knows and does not hold."""
    done = baylight(*words, "--data", data, "--json")
    assert (done.returncode, done.stdout) == (0, "")


def test_backup_overwrites_nothing(data: Path, tmp_path: Path) -> None:
    (tmp_path / "copy.db").write_text("precious", encoding="utf-8")
    done = baylight("backup", tmp_path / "copy.db", "--data", data, "--station", "B1")
    assert done.returncode == 1
    assert (tmp_path / "copy.db").read_text(encoding="utf-8") == "precious"


def test_person_is_added_with_badge_and_pin_from_standard_input(data: Path) -> None:
    words = ("people", "add", "Erika", "--role", "supervisor", "--data", data, "--station", "B1", "--json")
    added = json_of(baylight(*words, stdin="BLB-9\n682957\n"))
    again = baylight(*words, stdin="BLB-9\n682957\n")
    assert "badge_taken" in again.stderr, "the first line is the badge"
    (listed,) = rows_of(baylight("people", "list", "--data", data, "--json"))
    assert listed["person"] == added["person"]
    assert (listed["name"], listed["role"], listed["is_active"]) == ("Erika", "supervisor", True)


def test_public_pin_of_the_sample_site_opens_no_real_store(data: Path) -> None:
    words = ("people", "add", "Erika", "--role", "operator", "--data", data, "--station", "B1")
    done = baylight(*words, stdin="BLB-9\n704182\n")
    assert (done.returncode, done.stdout) == (1, "")
    assert "pin_is_sample" in done.stderr


def test_a_badge_on_the_command_line_is_misuse(data: Path) -> None:
    """Everybody on this computer sees the words of a running command, and the shell keeps them."""
    done = baylight("people", "add", "Erika", "--role", "operator", "--badge", "BLB-9", "--data", data, stdin="BLB-9\n682957\n")
    assert (done.returncode, done.stdout) == (2, "")


def test_erasing_a_name_says_which_copies_still_hold_it(data: Path) -> None:
    words = ("people", "add", "Erika", "--role", "operator", "--data", data, "--station", "B1", "--json")
    person = json_of(baylight(*words, stdin="BLB-9\n682957\n"))["person"]
    done = baylight("people", "erase-name", person, "--data", data, "--json")
    assert json_of(done) == {"person": person, "name": ""}
    assert "24" in done.stderr
    assert "replaced-" in done.stderr


def test_store_that_is_not_there_is_said_in_one_line(tmp_path: Path) -> None:
    done = baylight("stock", "--data", tmp_path / "none", "--json")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("baylight: D409 ")
    assert "Traceback" not in done.stderr


def test_results_go_where_the_settings_say_also_without_a_station(data: Path, tmp_path: Path) -> None:
    config = tmp_path / "baylight.toml"
    config.write_text(f'[results]\ndirectory = "{(tmp_path / "host").as_posix()}"\nformat = "json"\n', encoding="utf-8")
    json_of(baylight("export", "results", "--config", config, "--data", data, "--station", "B1", "--json"))
    assert (tmp_path / "host" / "out").is_dir()
    assert not (data / "results").exists()


@pytest.mark.skipif(os.name != "posix", reason="rights of files are kept in modes on POSIX only")
def test_nothing_of_a_store_is_open_to_others(data: Path) -> None:
    json_of(baylight("export", "results", "--data", data, "--station", "B1", "--json"))
    assert [each.name for each in (data, *data.rglob("*")) if each.stat().st_mode & 0o077] == []


def test_a_tray_that_is_named_is_shown_with_its_compartments(data: Path, tmp_path: Path) -> None:
    trays = tmp_path / "trays.csv"
    trays.write_text("machine,tray,width_mm,depth_mm,columns,rows\nM1,5,400,200,2,1\nM1,6,400,200,1,1\n", encoding="utf-8")
    baylight("import", trays, "--data", data)
    all_of_them = baylight("trays", "--data", data).stdout.splitlines()
    assert len(all_of_them) == 3
    named = [line.split() for line in baylight("trays", "5", "--data", data).stdout.splitlines()]
    assert named[2:] == [
        ["machine", "tray", "compartment", "x_mm", "y_mm", "width_mm", "depth_mm"],
        ["M1", "5", "A1", "0", "0", "200", "200"],
        ["M1", "5", "A2", "200", "0", "200", "200"],
    ]
    (row,) = rows_of(baylight("trays", "5", "--data", data, "--json"))
    assert [each["label"] for each in row["compartments"]] == ["A1", "A2"]


def test_a_tray_is_taken_out_of_service_and_back(data: Path, tmp_path: Path) -> None:
    trays = tmp_path / "trays.csv"
    trays.write_text("machine,tray,width_mm,depth_mm,columns,rows\nM1,5,400,200,2,1\nM1,6,400,200,1,1\n", encoding="utf-8")
    baylight("import", trays, "--data", data)

    def reasons() -> dict[object, object]:
        return {row["tray"]: row["out_of_service"] for row in rows_of(baylight("trays", "--data", data, "--json"))}

    out = ("trays", "out-of-service", "5", "--reason", "motor noise", "--data", data, "--station", "B1", "--json")
    said = {"machine": "M1", "tray": 5, "opening": "", "out_of_service": "motor noise"}
    assert json_of(baylight(*out)) == said
    assert reasons() == {5: "motor noise", 6: None}
    back = ("trays", "in-service", "5", "--data", data, "--station", "B1", "--json")
    json_of(baylight(*back))
    assert reasons() == {5: None, 6: None}
    again = baylight(*back)
    assert (again.returncode, "O322" in again.stderr) == (1, True)


def test_a_bay_that_is_misspelt_is_not_taken_out_of_service(data: Path, tmp_path: Path) -> None:
    trays = tmp_path / "trays.csv"
    trays.write_text("machine,tray,width_mm,depth_mm,columns,rows\nM1,5,400,200,2,1\n", encoding="utf-8")
    baylight("import", trays, "--data", data)
    where = ("--reason", "door", "--data", data, "--station", "B1")
    wrong = baylight("trays", "out-of-service", "--bay", "NOSUCH", *where)
    assert (wrong.returncode, "known: SH1-1" in wrong.stderr) == (1, True), wrong.stderr
    assert json_of(baylight("trays", "out-of-service", "--bay", "SH1-1", *where, "--json"))["opening"] == "SH1-1"


@pytest.mark.parametrize(
    "words", [("out-of-service", "5"), ("in-service",), ("in-service", "5", "--bay", "SH1-1"), ("5", "--reason", "bent"), ("x",)]
)
def test_half_a_command_about_service_is_misuse(data: Path, words: tuple[str, ...]) -> None:
    assert baylight("trays", *words, "--data", data).returncode == 2


def test_an_error_without_a_field_names_none(data: Path, tmp_path: Path) -> None:
    item = tmp_path / "bad.csv"
    item.write_text('item,name,decimals\nA,"Ay,1\nB,Bee,7\n', encoding="utf-8")
    lines = baylight("import", item, "--data", data).stderr.splitlines()
    assert lines == ["bad.csv, line 2: bad_quotes", "bad.csv, line 3, decimals: out_of_range (allowed: 0 to 3)"]
    item.write_text("", encoding="utf-8")
    assert baylight("import", item, "--data", data).stderr.splitlines() == ["bad.csv: empty_file"]


def wear_out(directory: Path) -> None:
    """Tray 7 came once, went once, and once it was not fetched."""
    store = Store.open(directory, station="B1", ballast_bytes=0)
    try:
        for command, verb, outcome in ((1, "fetch", "done"), (2, "store", "done"), (3, "fetch", "not_done")):
            motion = {"command": command, "verb": verb, "machine": "M1", "opening": "SH1-1", "tray": 7}
            store.append([MotionIntended(**motion), MotionEnded(**motion, outcome=outcome, visit=1)]).result()
    finally:
        store.close()


def test_service_shows_what_is_worn_and_what_is_left(data: Path, tmp_path: Path) -> None:
    wear_out(data)
    config = tmp_path / "settings.toml"
    text = '[machine]\nlevels_mm = "bay=900, 7=3400"\n[service]\ncycles = 1\nhours = 500\nnext_inspection = "2020-02-28"\n'
    config.write_text(text, encoding="utf-8")
    (row,) = rows_of(baylight("service", "--data", data, "--config", config, "--json"))
    gauges = {each["measure"]: each for each in row["gauges"]}
    assert (gauges["cycles"]["used"], gauges["cycles"]["left"], gauges["metres"]["used"]) == (1, 0, 5.0)
    assert (row["machine"], row["motions"], row["not_done"], row["due"]) == ("M1", 2, 1, ["cycles", "inspection"])
    assert [(each["tray"], each["cycles"], each["metres"]) for each in row["trays"]] == [(7, 1, 5.0)]


def test_service_says_what_is_not_known(data: Path) -> None:
    wear_out(data)
    done = baylight("service", "--data", data)
    lines = [line.split() for line in done.stdout.splitlines()]
    assert ["M1", "metres", "not", "known", "no"] in lines
    assert ["M1", "cycles", "1", "no"] in lines
    other = baylight("service", "--machine", "M9", "--data", data)
    assert (other.returncode, other.stderr) == (1, "machine M9 has moved nothing\n")
