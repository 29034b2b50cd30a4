"""Which ports are plugged in, by which name, and which of them the settings mean."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hardware.port_names import FoundPort
from ui.__main__ import main
from ui.bootstrap.ports import plugged_ports

OF_ITS_OWN = FoundPort(
    device="/dev/ttyUSB0", vid=0x0403, pid=0x6001, serial_number="A10K3F", location="1-1.4:1.0", description="FT232R"
)
NAMELESS = FoundPort(device="/dev/ttyUSB1", vid=0x1A86, pid=0x7523, location="1-1.2", description="CH340")
BOARD = FoundPort(device="/dev/ttyS0")


def found() -> tuple[FoundPort, ...]:
    return OF_ITS_OWN, NAMELESS, BOARD


def config(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "baylight.toml"
    path.write_text(text)
    return path


def test_every_port_has_the_name_that_survives_another_socket(tmp_path: Path) -> None:
    rows, missing = plugged_ports(config(tmp_path, ""), list_found=found)
    assert [row["url"] for row in rows] == ["usb:A10K3F", "usb:@1-1.2", "/dev/ttyS0"]
    assert [row["socket"] for row in rows] == ["1-1.4", "1-1.2", ""]
    assert [row["make"] for row in rows] == ["0403:6001", "1a86:7523", ""]
    assert missing == ()


def test_a_port_says_which_device_of_the_settings_it_is(tmp_path: Path) -> None:
    link = tmp_path / "by-id"
    link.symlink_to("/dev/ttyS0")
    text = (
        '[machine]\nurl = "usb:1A86:7523"\n'
        f'[display]\nurl = "{link}"\n[pointer]\nprotocol = "dmx"\nurl = "/dev/ttyUSB0"\n[scale]\nurl = "usb:@1-1.4"\n'
        '[[scanner]]\nname = "left"\nurl = "usb:@1-1.4"\n'
        '[[scanner]]\nname = "keys"\nprotocol = "evdev"\nurl = "/dev/input/event3"\n'
    )
    rows, missing = plugged_ports(config(tmp_path, text), list_found=found)
    assert [row["used_by"] for row in rows] == ["scanner left, pointer, scale", "machine", "display"]
    assert missing == ()


def test_what_the_settings_name_and_is_not_plugged_in_is_said(tmp_path: Path) -> None:
    text = '[machine]\npod = "usb:GONE#1-40,socket://plc:502#41-80"\n[totes]\nprotocol = "wled"\nurl = "udp://10.0.0.9:21324"\n'
    rows, missing = plugged_ports(config(tmp_path, text), list_found=found)
    assert missing == (("machine", "usb:GONE"),)
    assert all(row["used_by"] == "" for row in rows)


def test_two_plugs_of_one_make_are_nobody(tmp_path: Path) -> None:
    twins = (NAMELESS, FoundPort(device="/dev/ttyUSB2", vid=0x1A86, pid=0x7523, location="1-1.3"))
    text = '[machine]\nurl = "usb:1a86:7523"\n'
    assert plugged_ports(config(tmp_path, text), list_found=lambda: twins)[1] == (("machine", "usb:1a86:7523"),)


def test_a_port_that_is_on_no_list_but_there_is_not_missing(tmp_path: Path) -> None:
    port = tmp_path / "pty"
    port.touch()
    assert plugged_ports(config(tmp_path, f'[machine]\nurl = "{port}"\n'), list_found=lambda: ())[1] == ()


def test_the_command_ends_with_1_when_something_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hardware.serial_port.found_ports", lambda: (OF_ITS_OWN,))
    path = config(tmp_path, '[display]\nurl = "usb:GONE"\n')
    assert main(["ports", "--config", str(path), "--json"]) == 1
    said = capsys.readouterr()
    assert json.loads(said.out)["url"] == "usb:A10K3F"
    assert "usb:GONE" in said.err
    assert "display" in said.err
