"""How the scanners of this station say their codes: what was taught, in one file, and the settings over it.

The file is `scanners.json` in the data directory: an object of source names (`wedge` for typing scanners, else the name in the
settings) and their forms. It takes effect at once, and without a restart.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Mapping
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import Any

from station.key_layouts import Layout
from station.scan_form import ScanForm
from station.settings import WedgeSettings

logger = logging.getLogger(__name__)

FILE = "scanners.json"
WEDGE = "wedge"


class ScanForms:
    """The forms by source. Read on the event loop; `keep` may be called on a reader thread. `path` None: nothing is kept."""

    def __init__(self, path: Path | None = None, wedge: WedgeSettings | None = None) -> None:
        self._path = path
        self._settings = wedge or WedgeSettings()
        self._taught: Mapping[str, ScanForm] = _load(path) if path is not None else {}
        self._wedge = over(self._taught.get(WEDGE, ScanForm()), self._settings)

    def of(self, source: str) -> ScanForm:
        """How this scanner says its codes; as it comes where nobody taught it."""
        return self._wedge if source == WEDGE else self._taught.get(source, ScanForm())

    def keep(self, source: str, form: ScanForm) -> None:
        """Write it, then read codes so. Raises OSError."""
        taught = {**self._taught, source: form}
        if self._path is not None:
            text = json.dumps({name: asdict(each) for name, each in sorted(taught.items())}, indent=1, ensure_ascii=True)
            beside = self._path.with_suffix(".new")
            beside.write_text(text + "\n", encoding="utf-8")
            os.replace(beside, self._path)
        self._taught, self._wedge = taught, over(taught.get(WEDGE, ScanForm()), self._settings)


def over(form: ScanForm, settings: WedgeSettings) -> ScanForm:
    """The taught form with everything that the settings say."""
    said: dict[str, Any] = {name: value for name in ("prefix", "suffix", "gs") if (value := getattr(settings, name))}
    if settings.layout:
        said["layout"] = Layout(settings.layout)
    if settings.caps:
        said["is_caps_inverted"] = settings.caps == "inverted"
    return replace(form, **said)


def _load(path: Path) -> dict[str, ScanForm]:
    """What the file holds. A file that cannot be read teaches nothing: the scanners are taught again."""
    try:
        body = json.loads(path.read_text(encoding="utf-8"))
        return {str(name): _form(each) for name, each in body.items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, TypeError, AttributeError) as error:
        logger.warning("%s teaches nothing: %s", path, error)
        return {}


def _form(body: Mapping[str, Any]) -> ScanForm:
    """Raises ValueError or TypeError for what is no form."""
    kinds = {each.name: each.type for each in fields(ScanForm)}
    if set(body) - set(kinds):
        raise ValueError(f"unknown: {', '.join(sorted(set(body) - set(kinds)))}")
    for name, value in body.items():
        if not isinstance(value, bool if kinds[name] == "bool" else str):
            raise TypeError(f"{name} is {value!r}")
    return ScanForm(**{**body, "layout": Layout(body.get("layout", Layout.HOST))})
