"""The serial ports of this computer beside those that the settings name."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from hardware.port_names import FoundPort, choose_port
from ui.bootstrap.store import settings_of

if TYPE_CHECKING:
    from station.settings import Settings

Missing = tuple[tuple[str, str], ...]
_ELSEWHERE = ("socket://", "rfc2217://", "udp://")


def plugged_ports(
    config: Path | None, *, list_found: Callable[[], tuple[FoundPort, ...]] | None = None
) -> tuple[tuple[Mapping[str, object], ...], Missing]:
    """One row for each port that is plugged in, and (section, URL) of each local port in the settings that is not found."""
    from hardware.serial_port import found_ports

    found = (list_found or found_ports)()
    named = tuple(_named(settings_of(config)))
    used = [(name, url, _device(url, found)) for name, url in named]
    rows = tuple(_row(port, [name for name, _, device in used if device == port.device]) for port in found)
    devices = {port.device for port in found}
    return rows, tuple((name, url) for name, url, device in used if device not in devices and not _is_there(device))


def _row(port: FoundPort, used_by: Iterable[str]) -> Mapping[str, object]:
    make = "" if port.vid is None or port.pid is None else f"{port.vid:04x}:{port.pid:04x}"
    return {
        "url": port.url,
        "device": port.device,
        "socket": port.location.partition(":")[0],
        "make": make,
        "what": port.description,
        "used_by": ", ".join(used_by),
    }


def _named(settings: Settings) -> Iterator[tuple[str, str]]:
    """Every port of this computer that the settings name, with its section."""
    pod = (each.rpartition("#")[0].strip() for each in settings.machine.pod.split(",") if each.strip())
    lines = [
        *(("machine", url) for url in (settings.machine.url, *pod)),
        *((f"scanner {each.name}", each.url) for each in settings.scanner if each.protocol != "evdev"),
        ("display", settings.display.url),
        ("pointer", settings.pointer.url),
        ("totes", settings.totes.url),
        ("scale", settings.scale.url),
    ]
    return ((name, url) for name, url in lines if url and not url.lower().startswith(_ELSEWHERE))


def _device(url: str, found: tuple[FoundPort, ...]) -> str:
    """Where it leads now, with links such as /dev/serial/by-id/... followed; "" when nothing fits, or more than one thing."""
    chosen = choose_port(url, lambda: found)
    if chosen is None or chosen in {port.device for port in found}:
        return chosen or ""
    return os.path.realpath(chosen)


def _is_there(device: str) -> bool:
    """A port that is on no list, such as a pseudo terminal, may be there all the same."""
    return bool(device) and os.path.exists(device)
