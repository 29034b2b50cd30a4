"""Walks a window from outside, as a screen reader does: run by the system's Python, which has the bindings of AT-SPI.

Usage: python3 at_spi_walker.py NAME SEEN. Waits until a control NAME is there, presses it by its action, waits until one called
SEEN is there, and prints all controls of both screens as JSON. It asks the accessibility bus alone.
"""

from __future__ import annotations

import importlib
import json
import sys
from typing import Any

EVERY_MS, MOST = 250, 240
CONTROLS = ("push button", "button", "toggle button")

gi: Any = importlib.import_module("gi")
gi.require_version("Atspi", "2.0")
Atspi: Any = importlib.import_module("gi.repository.Atspi")
GLib: Any = importlib.import_module("gi.repository.GLib")


class Walk:
    """One look after the other, by the bus's own loop."""

    def __init__(self, press: str, seen: str) -> None:
        self._press, self._seen = press, seen
        self._loop = GLib.MainLoop()
        self._looks = 0
        self.before: list[str] = []
        self.after: list[str] = []

    def go(self) -> None:
        GLib.timeout_add(EVERY_MS, self._look)
        self._loop.run()

    def _look(self) -> bool:
        self._looks += 1
        controls = _controls(Atspi.get_desktop(0))
        names = [each.get_name() for each in controls]
        if not self.before:
            self._begin(controls, names)
        elif self._seen in names:
            self.after = names
        is_over = bool(self.after) or self._looks >= MOST
        if is_over:
            self._loop.quit()
        return not is_over

    def _begin(self, controls: list[Any], names: list[str]) -> None:
        found = [each for each, name in zip(controls, names) if self._press in name]  # noqa: B905
        if found and found[0].get_action_iface().do_action(_press_of(found[0])):
            self.before = names


def _press_of(control: Any) -> int:
    action = control.get_action_iface()
    names = [action.get_action_name(number) for number in range(action.get_n_actions())]
    return names.index("Press") if "Press" in names else 0


def _controls(element: Any, depth: int = 0) -> list[Any]:
    """Those that are shown."""
    if element is None or depth > 20:
        return []
    found = []
    if element.get_role_name() in CONTROLS and element.get_state_set().contains(Atspi.StateType.SHOWING):
        found.append(element)
    for number in range(element.get_child_count()):
        found += _controls(element.get_child_at_index(number), depth + 1)
    return found


if __name__ == "__main__":
    walk = Walk(sys.argv[1], sys.argv[2])
    walk.go()
    sys.stdout.write(json.dumps({"before": walk.before, "after": walk.after}) + "\n")
