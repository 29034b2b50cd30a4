"""Reads settings from a TOML file and the environment, and refuses what is wrong with everything needed to mend it.

The environment wins over the file: BAYLIGHT_SECTION_KEY (BAYLIGHT_MACHINE_URL); of the first scanner BAYLIGHT_SCANNER_1_URL,
of the first printer BAYLIGHT_PRINTER_1_URL, of the first lift beside [machine] BAYLIGHT_LIFT_1_URL, of the first zone
BAYLIGHT_ZONE_1_NAME, of the first folder BAYLIGHT_FOLDER_1_IN.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import Field, dataclass, fields
from pathlib import Path
from typing import Any

from station.setting_fields import key_of
from station.settings import SECTIONS, Settings

ENVIRONMENT = "environment"
PREFIX = "BAYLIGHT_"
MOST = 8  # of each kind of which there may be several
SEVERAL = ("scanner", "printer", "lift", "zone", "folder", "tell")

Sections = dict[str, dict[str, Any]]
Lists = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One wrong setting. `reason`: not_toml, unreadable, unknown_section, unknown_key, wrong_type or not_allowed. `allowed` says
    what would be right, `nearest` is the known name that looks most like an unknown one ("" when none does)."""

    file: str
    key: str
    reason: str
    value: str = ""
    allowed: str = ""
    nearest: str = ""

    def __str__(self) -> str:
        reason = _REASONS[self.reason]
        parts = [f"{self.file}: {self.key}: {reason}" if self.key else f"{self.file}: {reason}"]
        parts += [f"value {self.value}" if self.key else self.value] if self.value else []
        parts += [f"allowed: {self.allowed}"] if self.allowed else []
        parts += [f"nearest: {self.nearest}"] if self.nearest else []
        return "; ".join(parts)


_REASONS = {
    "not_toml": "this is not TOML",
    "unreadable": "it cannot be read",
    "unknown_section": "there is no such section",
    "unknown_key": "there is no such key",
    "wrong_type": "this is of another type",
    "not_allowed": "this cannot be",
}


class SettingsError(Exception):
    """The settings cannot be used; all problems are named at once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(each) for each in self.problems))


def load_settings(path: Path | None, environment: Mapping[str, str]) -> Settings:
    """The settings of the file (None: only defaults) with the environment over them. Raises SettingsError."""
    problems: list[Problem] = []
    body = _read(path) if path else {}
    checked, lists = _from_file(str(path), body, problems)
    _from_environment(environment, checked, lists, problems=problems)
    if problems:
        raise SettingsError(problems)
    sections = {name: SECTIONS[name](**values) for name, values in checked.items()}
    several: dict[str, Any] = {name: tuple(SECTIONS[name](**each) for each in values) for name, values in lists.items()}
    return Settings(**several, **sections)


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise SettingsError([Problem(file=str(path), key="", reason="unreadable", value=str(error.strerror))]) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise SettingsError([Problem(file=str(path), key="", reason="not_toml", value=str(error))]) from error


def _from_file(file: str, body: Mapping[str, Any], problems: list[Problem]) -> tuple[Sections, Lists]:
    checked: Sections = {}
    lists: Lists = {name: [] for name in SEVERAL}
    for section, values in body.items():
        if section not in SECTIONS:
            problems.append(_unknown(file, section, known=SECTIONS, reason="unknown_section"))
        elif section in SEVERAL:
            lists[section] = _several(file, section, values, problems=problems)
        elif not isinstance(values, dict):
            problems.append(Problem(file=file, key=section, reason="wrong_type", value=_shown(values), allowed=f"[{section}]"))
        else:
            checked[section] = _section(file, section, values, problems=problems)
    return checked, lists


def _several(file: str, section: str, values: Any, *, problems: list[Problem]) -> list[dict[str, Any]]:
    if not isinstance(values, list) or len(values) > MOST or not all(isinstance(each, dict) for each in values):
        allowed = f"up to {MOST} times [[{section}]]"
        problems.append(Problem(file=file, key=section, reason="wrong_type", value=_shown(values), allowed=allowed))
        return []
    return [_section(file, section, each, problems=problems) for each in values]


def _section(file: str, section: str, values: Mapping[str, Any], *, problems: list[Problem]) -> dict[str, Any]:
    known = {key_of(each): each for each in fields(SECTIONS[section])}
    checked: dict[str, Any] = {}
    for key, value in values.items():
        if key not in known:
            problems.append(_unknown(file, f"{section}.{key}", known=known, reason="unknown_key"))
        elif problem := _refusal(known[key], value):
            allowed = known[key].metadata["allowed"]
            shown = _shown_of(known[key], value)
            problems.append(Problem(file=file, key=f"{section}.{key}", reason=problem, value=shown, allowed=allowed))
        else:
            checked[known[key].name] = float(value) if known[key].type == "float" else value
    return checked


def _refusal(known: Field[Any], value: Any) -> str:
    """Why the value is refused, "" when it is fine."""
    rule = known.metadata
    if known.type == "str":
        return _text_refusal(value, rule["pattern"])
    if isinstance(value, bool) or not isinstance(value, int if known.type == "int" else int | float):
        return "wrong_type"
    if "choices" in rule:
        return "" if value in rule["choices"] else "not_allowed"
    return "" if rule["low"] <= value <= rule["high"] else "not_allowed"  # which NaN is not


def _text_refusal(value: Any, pattern: str) -> str:
    if not isinstance(value, str):
        return "wrong_type"
    return "" if re.fullmatch(pattern, value) else "not_allowed"


def _from_environment(environment: Mapping[str, str], checked: Sections, lists: Lists, *, problems: list[Problem]) -> None:
    for variable in sorted(name for name in environment if name.startswith(PREFIX)):
        rest = variable.removeprefix(PREFIX)
        section = _section_of(rest)
        if section is None:
            if near := difflib.get_close_matches(rest.split("_")[0].lower(), [name.split("_")[0] for name in SECTIONS], 1):
                problems.append(Problem(file=ENVIRONMENT, key=variable, reason="unknown_section", nearest=near[0]))
            continue  # some other program's, or a later section's: not ours to judge
        if section in SEVERAL:
            _one_of_several(variable, section, environment[variable], listed=lists[section], problems=problems)
            continue
        key = rest[len(section) + 1 :].lower()
        found = _variable(variable, section, key, text=environment[variable], problems=problems)
        checked.setdefault(section, {}).update(found)


def _section_of(rest: str) -> str | None:
    return next((name for name in SECTIONS if rest.startswith(name.upper() + "_")), None)


def _one_of_several(variable: str, section: str, text: str, *, listed: list[dict[str, Any]], problems: list[Problem]) -> None:
    named = section.upper()
    found = re.fullmatch(rf"{named}_([1-9])_(.+)", variable.removeprefix(PREFIX))
    if found is None or int(found[1]) > min(len(listed) + 1, MOST):
        allowed = f"BAYLIGHT_{named}_1_URL and so on, without gaps, up to {MOST}"
        problems.append(Problem(file=ENVIRONMENT, key=variable, reason="unknown_key", allowed=allowed))
        return
    number = int(found[1])
    if number > len(listed):
        listed.append({})
    listed[number - 1].update(_variable(variable, section, found[2].lower(), text=text, problems=problems))


def _variable(variable: str, section: str, key: str, *, text: str, problems: list[Problem]) -> dict[str, Any]:
    """The value of one variable, read as its setting's type; a problem names the variable."""
    known = {key_of(each): each for each in fields(SECTIONS[section])}
    if key not in known:
        problems.append(_unknown(ENVIRONMENT, variable, known=known, reason="unknown_key", name=key))
        return {}
    kind, allowed = known[key].type, known[key].metadata["allowed"]
    try:
        value: Any = {"str": str, "int": int, "float": float}[str(kind)](text)
    except ValueError:
        problems.append(Problem(file=ENVIRONMENT, key=variable, reason="wrong_type", value=_shown(text), allowed=allowed))
        return {}
    if problem := _refusal(known[key], value):
        shown = _shown_of(known[key], text)
        problems.append(Problem(file=ENVIRONMENT, key=variable, reason=problem, value=shown, allowed=allowed))
        return {}
    return {known[key].name: value}


def _unknown(file: str, key: str, *, known: Iterable[str], reason: str, name: str = "") -> Problem:
    names = list(known)
    near = difflib.get_close_matches(name or key.rpartition(".")[2], names, 1)
    return Problem(file=file, key=key, reason=reason, allowed=", ".join(names), nearest=near[0] if near else "")


def _shown_of(known: Field[Any], value: object) -> str:
    """What a message says of a wrong value: of one that may hold a password nothing."""
    return "" if known.metadata.get("is_secret") else _shown(value)


def _shown(value: object) -> str:
    return repr(value)[:60]
