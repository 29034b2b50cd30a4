"""Register maps: what is read, what is refused, and that no map can write what could clear a safety state."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import MISSING, fields
from pathlib import Path

import pytest

from hardware.devices.register_map.map_file import MapError, load_map, presets
from hardware.devices.register_map.places import Place, Table, parse_place
from hardware.devices.register_map.register_map import SECTIONS, Alarm

DOCUMENT = Path(__file__).parents[3] / "docs" / "wire" / "register-map.md"
GOOD = """
[map]
name = "hall-3"
trays = [1, 40]
[command]
start = "number"
tray = "holding:1"
code = "holding:0"
number = "holding:2"
fetch_code = 1
store_code = 2
[state]
tray = "input:1"
word = "input:0"
[words]
ready = [1]
moving = [2]
[[alarm]]
at = "discrete:8"
code = "A9"
count = 3
"""
Write = Callable[[str], str]


@pytest.fixture
def file(tmp_path: Path) -> Write:
    def written(text: str) -> str:
        path = tmp_path / "map.toml"
        path.write_text(text, encoding="utf-8")
        return str(path)

    return written


def problems(path: str) -> list[tuple[str, str]]:
    with pytest.raises(MapError) as caught:
        load_map(path)
    return [(each.key, each.reason) for each in caught.value.problems]


def test_a_map_is_read_with_its_defaults(file: Write) -> None:
    found = load_map(file(GOOD))
    assert found.command.tray == Place(Table.HOLDING, 1, text="holding:1")
    assert (found.map.unit, found.line.response_s, found.command.pulse_s, found.state.e_stop_code) == (1, 1.0, 0.5, "ESTOP")
    assert [(alarm.code, alarm.at.address, alarm.is_safety) for alarm in found.alarms] == [
        ("A9", 8, True),
        ("A10", 9, True),
        ("A11", 10, True),
    ]


@pytest.mark.parametrize("name", sorted(presets()))
def test_the_presets_are_good_maps(name: str) -> None:
    found = load_map(name)
    assert found.map.name == name
    assert any(alarm.is_safety for alarm in found.alarms)


def test_the_preset_of_a_small_plc_is_the_published_one() -> None:
    found = load_map("plc-lift")
    assert (found.command.start, found.command.pulse_s) == ("pulse", 0.5)
    assert [found.alarms[0].code, found.alarms[-1].code, len(found.alarms)] == ["M200", "M222", 23]
    everywhere = [*found.written.values(), *found.read.values()]
    assert not any(place.table is Table.COIL and place.address == 230 for place in everywhere)  # M230, the PLC's reset


def test_addresses_may_count_from_one_as_manuals_do(file: Write) -> None:
    found = load_map(
        file(
            GOOD.replace('name = "hall-3"', 'name = "hall-3"\nfirst_address = 1')
            .replace('"holding:0"', '"holding:9"')
            .replace('"input:0"', '"input:7"')
        )
    )
    assert (found.command.tray.address, found.state.word and found.state.word.address) == (0, 6)
    assert problems(file(GOOD.replace('name = "hall-3"', 'name = "hall-3"\nfirst_address = 1'))) == [
        ("command.code", "not_allowed"),
        ("state.word", "not_allowed"),
    ]


@pytest.mark.parametrize(
    ("text", "address", "bit", "is_inverted"),
    [("coil:7", 7, None, False), ("!discrete:4", 4, None, True), ("holding:100.15", 100, 15, False), ("!input:1.0", 1, 0, True)],
)
def test_places_are_read(text: str, address: int, bit: int | None, is_inverted: bool) -> None:
    found = parse_place(text, first_address=0)
    assert found is not None
    assert (found.address, found.bit, found.is_inverted, found.is_bit) == (address, bit, is_inverted, True)


@pytest.mark.parametrize("text", ["coil:7.1", "holding:1.16", "holding:65536", "holding:-1", "register:1", "coil: 1", "coil:١"])
def test_other_texts_are_no_places(text: str) -> None:
    assert parse_place(text, first_address=0) is None


def test_an_inverted_bit_is_on_where_the_plc_says_0() -> None:
    place = Place(Table.INPUT, 1, 4, is_inverted=True)
    assert (place.read(0b1_0000), place.read(0b0_1111)) == (0, 1)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('name = "hall-3"', "name = 3", ("map.name", "wrong_type")),
        ("trays = [1, 40]", "trays = [40, 1]", ("map.trays", "not_allowed")),
        ("trays = [1, 40]", "trays = [1, true]", ("map.trays", "wrong_type")),
        ("trays = [1, 40]", "", ("map.trays", "missing")),
        ("trays = [1, 40]", "trays = [1, 40]\nunit = 248", ("map.unit", "not_allowed")),
        ("trays = [1, 40]", "trays = [1, 40]\nmashine = 'lift'", ("map.mashine", "unknown_key")),
        ("[words]", "[wrods]", ("wrods", "unknown_section")),
        ("[map]", "map = 1\n[line]", ("map", "wrong_type")),
        ('tray = "holding:1"', 'tray = "coil:1"', ("command.tray", "not_allowed")),
        ('tray = "holding:1"', 'tray = "input:1"', ("command.tray", "not_allowed")),
        ('tray = "input:1"', 'tray = "!input:1"', ("state.tray", "not_allowed")),
        ('tray = "input:1"', 'tray = "input:1.3"', ("state.tray", "not_allowed")),
        ("[state]", '[state]\nmanual = "holding:3"', ("state.manual", "not_allowed")),
        ("[state]", "[state]\nsettle_s = nan", ("state.settle_s", "not_allowed")),
        ("[state]", '[state]\nlight = "coil:1"', ("state.light", "unknown_key")),
        ("[command]", '[command]\nlight = "discrete:1"', ("command.light", "not_allowed")),
        ("[command]", '[command]\nlight = "!coil:1"', ("command.light", "not_allowed")),
        ("ready = [1]", "ready = 1", ("words.ready", "wrong_type")),
        ("ready = [1]", "ready = [65536]", ("words.ready", "not_allowed")),
        ("count = 3", "count = 0", ("alarm.count", "not_allowed")),
        ('code = "A9"', 'code = "A-9"', ("alarm.code", "not_allowed")),
        ("[[alarm]]", "[openings]\nSH1-1 = 'one'\n[[alarm]]", ("openings.SH1-1", "wrong_type")),
        ("store_code = 2", "", ("command.store_code", "missing")),
        ("store_code = 2", "store_code = 1", ("command.fetch_code", "twice")),
        ('number = "holding:2"', "", ("command.number", "missing")),
        ('number = "holding:2"', 'number = "holding:1"', ("command.number", "twice")),
        ("fetch_code = 1", 'fetch_code = 1\nfetch = "coil:1"', ("command.fetch", "no_meaning")),
        ("fetch_code = 1", 'fetch_code = 1\nx_mm = "holding:7"', ("command.y_mm", "missing")),
        ('start = "number"', 'start = "pulse"\nfetch = "coil:1"\nstore = "coil:2"', ("command.fetch_code", "no_meaning")),
        ('word = "input:0"', "", ("state.moving", "missing")),
        ("moving = [2]", "", ("words.moving", "missing")),
        ("moving = [2]", "moving = [1]", ("words.moving", "twice")),
        ("[[alarm]]", "[openings]\na = 1\nb = 1\n[[alarm]]", ("openings", "twice")),
        ("[[alarm]]", "[openings]\na = 1\nb = 2\n[[alarm]]", ("command.opening", "missing")),
        ('word = "input:0"', 'word = "input:0"\nopening = "input:9"', ("openings", "missing")),
        ('at = "discrete:8"', 'at = "discrete:65535"', ("alarm.count", "not_allowed")),
        ("count = 3", 'count = 3\n[[alarm]]\nat = "discrete:1"\ncode = "A9"', ("alarm.code", "twice")),
        ("[state]", '[state]\nnumber = "input:5"', None),
        ("[state]", '[state]\nnumber = "input:1"', ("state.number", "twice")),
        ("[state]", '[state]\nnumber = "input:0"', ("state.word", "twice")),
        ("[state]", '[state]\nready = "input:1.3"', ("state.ready", "twice")),
        ("[state]", '[state]\nready = "coil:9"\nmanual = "!coil:9"', ("state.manual", "twice")),
        ("[state]", '[state]\nready = "input:7.1"\nmanual = "input:7.2"', None),
    ],
)
def test_what_is_wrong_is_named_by_its_key(file: Write, old: str, new: str, expected: tuple[str, str] | None) -> None:
    assert old in GOOD
    path = file(GOOD.replace(old, new, 1))
    if expected is None:
        load_map(path)
    else:
        assert expected in problems(path)


PULSES = """
[map]
name = "hall-3"
trays = [1, 40]
[command]
start = "pulse"
tray = "holding:1"
fetch = "holding:10.0"
store = "holding:10.1"
point = "holding:10.{point}"
[state]
tray = "input:1"
moving = "discrete:1"
"""


@pytest.mark.parametrize(("point", "expected"), [(2, []), (1, [("command.point", "twice")]), (0, [("command.point", "twice")])])
def test_each_start_bit_is_of_one_command(file: Write, point: int, expected: list[tuple[str, str]]) -> None:
    path = file(PULSES.format(point=point))
    if expected:
        assert problems(path) == expected
    else:
        load_map(path)


def test_a_problem_names_file_value_allowed_and_the_nearest_name(file: Write) -> None:
    path = file(GOOD.replace("store_code", "stroe_code").replace('"input:1"', '"input:99999"'))
    with pytest.raises(MapError) as caught:
        load_map(path)
    told = str(caught.value).splitlines()
    assert re.search(
        rf"^{re.escape(path)}: command\.stroe_code: unknown_key; allowed: .*store_code.*; nearest: store_code$", told[0]
    )
    assert told[1] == f'{path}: state.tray: not_allowed; value \'input:99999\'; allowed: "holding:N" or "input:N"'


@pytest.mark.parametrize("text", ["not = [toml", "\x00"])
def test_a_file_of_something_else_is_refused(file: Write, text: str) -> None:
    assert problems(file(text)) == [("", "not_toml")]


def test_a_file_that_is_not_there_is_refused_with_the_names_of_the_presets() -> None:
    with pytest.raises(MapError) as caught:
        load_map("plc-lfit")
    (problem,) = caught.value.problems
    assert (problem.reason, problem.nearest) == ("unreadable", "plc-lift")
    assert all(name in problem.allowed for name in presets())


@pytest.mark.parametrize(
    ("key", "place"),
    [
        ("manual", "holding:1.0"),
        ("e_stop", "!holding:2.4"),
        ("operator", "holding:0.15"),
        ("number", "holding:2"),
        ("opening", "holding:1"),
    ],
)
def test_nothing_that_is_read_may_be_written(file: Write, key: str, place: str) -> None:
    text = GOOD.replace("[state]", f'[state]\n{key} = "{place}"').replace("[[alarm]]", "[openings]\nSH1-1 = 1\n[[alarm]]")
    assert problems(file(text)) == [(f"state.{key}", "is_written_too")]


@pytest.mark.parametrize(
    ("light", "alarm", "written"),
    [
        ("coil:4", "coil:4", ["alarm.A4"]),
        ("coil:5", "!coil:3", ["alarm.A5"]),
        ("holding:9.1", "holding:8.15", ["alarm.A5", "alarm.A6"]),  # the register of A5 and A6 is written for the light
        ("coil:6", "coil:3", []),
    ],
)
def test_no_alarm_may_stand_where_the_station_writes(file: Write, light: str, alarm: str, written: list[str]) -> None:
    code = "A4" if light != "coil:5" else "A3"
    text = (
        GOOD.replace("[command]", f'[command]\nlight = "{light}"')
        .replace('"discrete:8"', f'"{alarm}"')
        .replace('"A9"', f'"{code}"')
    )
    if written:
        assert problems(file(text)) == [(key, "is_written_too") for key in written]
    else:
        load_map(file(text))


def test_there_is_no_key_for_a_reset() -> None:
    """Neither as a key nor under another name: what is written is the command's own places, and these are all of them."""
    keys = {f"{name}.{each.name}" for name, section in SECTIONS.items() for each in fields(section)}
    assert not [key for key in keys if re.search("reset|clear|ack|release|unlock", key)]
    assert set(load_map("own").written) | set(load_map("plc-lift").written) | {"point"} == {
        *("tray", "opening", "number", "x_mm", "y_mm", "light", "code", "fetch", "store", "point")
    }


def test_the_document_lists_every_key_with_its_default_and_what_is_allowed() -> None:
    rows = {
        cells[0].strip("`"): (cells[1].strip("`"), cells[2])
        for line in DOCUMENT.read_text(encoding="utf-8").splitlines()
        if (cells := [cell.strip() for cell in line.strip().strip("|").split(" | ")])[0].startswith("`") and len(cells) == 4
    }
    expected = {}
    for name, section in SECTIONS.items():
        for each in fields(section):
            default = "needed" if each.default is MISSING else _shown(each.default)
            expected[f"{name}.{each.name}"] = (default, each.metadata["rule"].allowed)
    assert rows == expected


def _shown(default: object) -> str:
    if default in (None, ()):
        return "none"
    return f'"{default}"' if isinstance(default, str) else str(default).lower()


def test_an_alarm_goes_on_in_the_next_register() -> None:
    found = load_map("own")
    assert found.alarms[-1] == Alarm(Place(Table.DISCRETE, 31, text="discrete:16"), "A16", False)
    assert Place(Table.HOLDING, 8, 15).further(1) == Place(Table.HOLDING, 9, 0)
