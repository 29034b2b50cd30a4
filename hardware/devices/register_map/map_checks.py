"""What no single key can show: keys that need each other, and places that must not be the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hardware.devices.register_map.places import LAST_ADDRESS, Cell, Place
from hardware.devices.register_map.register_map import RegisterMap


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong. `reason`: missing, no_meaning, is_written_too, twice or not_allowed."""

    key: str
    reason: str
    value: str = ""
    allowed: str = ""


def check(found: RegisterMap) -> tuple[Finding, ...]:
    """All that is wrong with a map whose keys are right one by one."""
    return (*_start(found), *_state(found), *_words(found), *_openings(found), *_alarms(found), *_places(found))


def _start(found: RegisterMap) -> Iterator[Finding]:
    """What the way of starting needs."""
    command, is_lift = found.command, found.map.machine == "lift"
    by_bit = {"fetch": command.fetch, "store": command.store, "point": command.point}
    by_code = {"fetch_code": command.fetch_code, "store_code": command.store_code, "point_code": command.point_code}
    is_pulse = command.start == "pulse"
    wanted = by_bit if is_pulse else by_code
    needed = [key for key in wanted if key.startswith("fetch") or (key.startswith("store") and (is_lift or _is_echoed(found)))]
    needed += [key for key in wanted if key.startswith("point") and found.has_light and _is_echoed(found)]
    for key in needed:
        if wanted[key] is None:
            yield Finding(f"command.{key}", "missing", allowed=f'needed by start = "{command.start}"')
    for key in ["code", "number"] if command.start == "number" else ["code"] if command.start == "code" else []:
        if getattr(command, key) is None:
            yield Finding(f"command.{key}", "missing", allowed=f'needed by start = "{command.start}"')
    for key, value in (by_code | {"code": command.code} if is_pulse else by_bit).items():
        if value is not None:
            yield Finding(f"command.{key}", "no_meaning", allowed=f'nothing with start = "{command.start}"')
    codes = [value for value in by_code.values() if value is not None]
    if len(set(codes)) != len(codes):
        yield Finding("command.fetch_code", "twice", value=str(codes), allowed="a code of its own for each")
    if (command.x_mm is None) != (command.y_mm is None):
        yield Finding("command.x_mm" if command.x_mm is None else "command.y_mm", "missing", allowed="both or none")


def _is_echoed(found: RegisterMap) -> bool:
    """The end of a command is known by its number: then every command must be one to the PLC, too."""
    return found.state.number is not None


def _state(found: RegisterMap) -> Iterator[Finding]:
    if found.state.word is None and found.state.moving is None:
        yield Finding("state.moving", "missing", allowed="a bit that says whether anything moves, or state.word")
    if found.state.number is not None and found.command.number is None:
        yield Finding("command.number", "missing", allowed="needed by state.number")
    if found.state.opening is not None and not found.openings:
        yield Finding("openings", "missing", allowed="needed by state.opening")


def _words(found: RegisterMap) -> Iterator[Finding]:
    values = {key: getattr(found.words, key) for key in found.words.__dataclass_fields__}
    if found.state.word is None:
        for key, each in values.items():
            if each:
                yield Finding(f"words.{key}", "no_meaning", allowed="nothing without state.word")
        return
    for key in ("ready", "moving"):
        if not values[key] and not (key == "ready" and values["arrived"]):
            yield Finding(f"words.{key}", "missing", allowed="at least one value")
    seen: dict[int, str] = {}
    for key, each in values.items():
        for value in each:
            if seen.setdefault(value, key) != key:
                yield Finding(f"words.{key}", "twice", value=str(value), allowed=f"another value than words.{seen[value]}")


def _openings(found: RegisterMap) -> Iterator[Finding]:
    numbers = list(found.openings.values())
    if len(set(numbers)) != len(numbers):
        yield Finding("openings", "twice", value=str(numbers), allowed="a number of its own for each opening")
    if len(numbers) > 1 and found.command.opening is None:
        yield Finding("command.opening", "missing", allowed="needed by more than one opening")
    if len(numbers) > 1 and found.state.opening is None:
        yield Finding("state.opening", "missing", allowed="needed by more than one opening")


def _alarms(found: RegisterMap) -> Iterator[Finding]:
    codes: set[str] = set()
    for alarm in found.alarms:
        if alarm.code in codes or len(alarm.code) > 12:
            yield Finding("alarm.code", "twice", value=alarm.code, allowed="a code of its own for each bit, at most 12 long")
        if alarm.at.address > LAST_ADDRESS:
            yield Finding("alarm.count", "not_allowed", value=alarm.code, allowed=f"addresses up to {LAST_ADDRESS}")
        codes.add(alarm.code)


def _places(found: RegisterMap) -> Iterator[Finding]:
    """Nothing that is read is ever written: a station that could write an alarm or a safety input could clear it."""
    yield from _twice({f"command.{key}": place for key, place in found.written.items()})
    yield from _twice(found.state_places)
    written: dict[Cell, str] = {}
    for key, place in found.written.items():
        written.setdefault(place.cell, key)
    for key, place in found.read.items():
        if place.cell in written:
            allowed = f"a place that is never written; command.{written[place.cell]} writes it"
            yield Finding(key, "is_written_too", value=place.text, allowed=allowed)


def _twice(places: dict[str, Place]) -> Iterator[Finding]:
    """Two keys in one place: a start bit that is another command's too, a tray that is the number of the command."""
    seen: list[tuple[str, Place]] = []
    for key, place in places.items():
        other = next((name for name, each in seen if each.overlaps(place)), None)
        if other is not None:
            yield Finding(key, "twice", value=place.text, allowed=f"another place than {other}")
        seen.append((key, place))
