"""Reads a register map and refuses what is wrong with everything needed to mend it, all of it at once."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass, fields
from pathlib import Path
from typing import Any

from hardware.config import ConfigError
from hardware.devices.register_map.map_checks import check
from hardware.devices.register_map.register_map import OPENING, SECTIONS, Alarm, AlarmBits, RegisterMap
from hardware.devices.register_map.rules import RuleError

PRESETS = Path(__file__).parent / "presets"
OPENINGS_ALLOWED = '"NAME" = NUMBER, the number 0 to 65535'
NEEDED = ("map", "command", "state")
MOST_ALARMS = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One wrong key. `reason`: not_toml, unreadable, unknown_section, unknown_key, missing, wrong_type, not_allowed, or what
    `map_checks` says. `allowed` says what would be right, `nearest` is the known name most like an unknown one."""

    file: str
    key: str
    reason: str
    value: str = ""
    allowed: str = ""
    nearest: str = ""

    def __str__(self) -> str:
        parts = [f"{self.file}: {self.key}: {self.reason}" if self.key else f"{self.file}: {self.reason}"]
        parts += [f"value {self.value}"] if self.value else []
        parts += [f"allowed: {self.allowed}"] if self.allowed else []
        parts += [f"nearest: {self.nearest}"] if self.nearest else []
        return "; ".join(parts)


class MapError(ConfigError):
    """The map cannot be used; all problems are named at once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        first = self.problems[0]
        super().__init__(first.key, first.value, first.allowed)
        self.args = ("\n".join(str(each) for each in self.problems),)


def presets() -> dict[str, Path]:
    """The maps that come with the program, by name."""
    return {file.stem: file for file in sorted(PRESETS.glob("*.toml"))}


def load_map(name: str) -> RegisterMap:
    """The map in the file of this path, or the preset of this name. Raises MapError."""
    path = Path(name)
    known = presets()
    if not path.exists() and name in known:
        path = known[name]
    reader = _Reader(name)
    found = reader.map_of(_body(name, path, known))
    if reader.problems or found is None:
        raise MapError(reader.problems)
    problems = [
        Problem(file=name, key=each.key, reason=each.reason, value=each.value, allowed=each.allowed) for each in check(found)
    ]
    if problems:
        raise MapError(problems)
    return found


def _body(name: str, path: Path, known: Iterable[str]) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        allowed = f"a file, or one of {', '.join(known)}"
        near = difflib.get_close_matches(name, list(known), 1)
        problem = Problem(
            file=name, key="", reason="unreadable", value=str(error.strerror), allowed=allowed, nearest=near[0] if near else ""
        )
        raise MapError([problem]) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise MapError([Problem(file=name, key="", reason="not_toml", value=str(error))]) from error


class _Reader:
    """Reads one file's sections; what is wrong with them gathers in `problems`."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._first_address = 0
        self.problems: list[Problem] = []

    def map_of(self, body: Mapping[str, Any]) -> RegisterMap | None:
        names = [*SECTIONS, "openings"]
        for name in body:
            if name not in names:
                self._say(name, "unknown_section", known=names)
        basics = self._section("map", body.get("map", {}))
        self._first_address = basics.first_address if basics else 0
        sections = {
            name: self._section(name, body.get(name, {}))
            for name in SECTIONS
            if name not in ("map", "alarm") and (name in body or name in NEEDED)
        }
        alarms = self._alarms(body.get("alarm", []))
        openings = self._openings(body.get("openings", {}))
        if self.problems:
            return None
        return RegisterMap(map=basics, alarms=alarms, openings=openings, **sections)

    def _section(self, name: str, values: Any) -> Any:
        """The section as its dataclass, or None with the problems said."""
        if not isinstance(values, dict):
            self._say(name, "wrong_type", value=values, allowed=f"[{name}]")
            return None
        before = len(self.problems)
        known = {each.name: each for each in fields(SECTIONS[name])}
        checked = {}
        for key, value in values.items():
            if key not in known:
                self._say(f"{name}.{key}", "unknown_key", known=known)
                continue
            rule = known[key].metadata["rule"]
            try:
                checked[key] = rule.read(value, self._first_address)
            except RuleError as error:
                self._say(f"{name}.{key}", error.reason, value=value, allowed=rule.allowed)
        for key, each in known.items():
            if each.default is MISSING and key not in values:
                self._say(f"{name}.{key}", "missing", allowed=each.metadata["rule"].allowed)
        return None if len(self.problems) > before else SECTIONS[name](**checked)

    def _alarms(self, values: Any) -> tuple[Alarm, ...]:
        if not isinstance(values, list) or not all(isinstance(each, dict) for each in values):
            self._say("alarm", "wrong_type", value=values, allowed="[[alarm]]")
            return ()
        read = [self._section("alarm", each) for each in values]
        alarms = tuple(alarm for bits in read if bits is not None for alarm in _alarms_of(bits))
        if len(alarms) > MOST_ALARMS:
            self._say("alarm", "not_allowed", value=len(alarms), allowed=f"at most {MOST_ALARMS} bits")
        return alarms

    def _openings(self, values: Any) -> dict[str, int]:
        if not isinstance(values, dict):
            self._say("openings", "wrong_type", value=values, allowed="[openings]")
            return {}
        for name, number in values.items():
            if isinstance(number, bool) or not isinstance(number, int):
                self._say(f"openings.{name}", "wrong_type", value=number, allowed=OPENINGS_ALLOWED)
            elif not re.fullmatch(OPENING, name) or not 0 <= number <= 0xFFFF:
                self._say(f"openings.{name}", "not_allowed", value=number, allowed=OPENINGS_ALLOWED)
        return dict(values)

    def _say(self, key: str, reason: str, *, value: Any = "", allowed: str = "", known: Iterable[str] = ()) -> None:
        names = list(known)
        near = difflib.get_close_matches(key.rpartition(".")[2], names, 1)
        shown = repr(value)[:60] if value != "" or reason in ("wrong_type", "not_allowed") else ""
        self.problems.append(
            Problem(
                file=self._file,
                key=key,
                reason=reason,
                value=shown,
                allowed=allowed or ", ".join(names),
                nearest=near[0] if near else "",
            )
        )


def _alarms_of(bits: AlarmBits) -> list[Alarm]:
    """One alarm for each bit; of several the number at the end of the code counts up."""
    match = re.fullmatch(r"(.*?)(\d*)", bits.code)
    stem, first = (match[1], match[2]) if match else (bits.code, "")
    start = int(first or 0)
    return [
        Alarm(bits.at.further(step), bits.code if bits.count == 1 else f"{stem}{start + step:0{len(first)}d}", bits.safety)
        for step in range(bits.count)
    ]
