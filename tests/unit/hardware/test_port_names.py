"""A plug is found by what it says of itself, wherever it sits."""

from __future__ import annotations

import pytest

from hardware.port_names import FoundPort, choose_port

SCANNER = FoundPort(device="/dev/ttyACM0", vid=0x05E0, pid=0x1701, serial_number="S1234", location="1-1.4:1.0")
ADAPTER = FoundPort(device="/dev/ttyUSB0", vid=0x0403, pid=0x6001, serial_number="A1", location="1-1.2")
TWIN = FoundPort(device="/dev/ttyUSB1", vid=0x0403, pid=0x6001, serial_number="A2", location="1-1.3")
PLAIN = FoundPort(device="/dev/ttyS0")
ALL = (SCANNER, ADAPTER, TWIN, PLAIN)


@pytest.mark.parametrize(
    ("url", "device"),
    [
        ("usb:S1234", "/dev/ttyACM0"),
        ("usb:05e0:1701", "/dev/ttyACM0"),
        ("usb:@1-1.4", "/dev/ttyACM0"),
        ("usb:A2", "/dev/ttyUSB1"),
        ("usb:0403:6001", None),  # two of them: nobody can say which
        ("usb:NOBODY", None),
        ("usb:@", None),
        ("usb:", None),
        ("/dev/ttyUSB0", "/dev/ttyUSB0"),
        ("socket://10.0.0.1:9600", "socket://10.0.0.1:9600"),
    ],
)
def test_a_url_means_one_port_or_none(url: str, device: str | None) -> None:
    assert choose_port(url, lambda: ALL) == device


def test_a_plug_is_followed_to_another_device_name() -> None:
    moved = FoundPort(device="/dev/ttyACM3", vid=0x05E0, pid=0x1701, serial_number="S1234", location="2-1")
    assert choose_port("usb:S1234", lambda: (moved, ADAPTER)) == "/dev/ttyACM3"


def test_the_list_is_asked_for_only_when_it_is_needed() -> None:
    def never() -> tuple[FoundPort, ...]:
        raise AssertionError("listed")

    assert choose_port("/dev/ttyS0", never) == "/dev/ttyS0"


@pytest.mark.parametrize(("port", "url"), [(SCANNER, "usb:S1234"), (PLAIN, "/dev/ttyS0")])
def test_a_found_port_names_itself_so_that_it_is_found_again(port: FoundPort, url: str) -> None:
    assert port.url == url
    assert choose_port(port.url, lambda: ALL) == port.device
