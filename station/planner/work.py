"""Orders under way: what each still needs, on which trays. The only thing that changes in a run beside the machines' clocks."""

from __future__ import annotations

from collections.abc import Mapping

from station.planner.board import Need, cover, mask_of


class Work:
    """An order on a put place. `mask` has the trays that it still needs; they change only where an item has several homes."""

    __slots__ = ("lines_on", "mask", "need")

    def __init__(self, need: Need, *, wanted: int = 0, asked: Mapping[int, int] | None = None) -> None:
        self.need = need
        lines_on = need.lines_on if need.is_single else cover(need.homes, range(need.lines), wanted, asked or {})
        self.lines_on = dict(lines_on)
        self.mask = mask_of(self.lines_on)

    @property
    def turn(self) -> int:
        return self.need.turn

    def reaches(self, tray: int) -> bool:
        """Whether some open line can be taken from this tray, also where another home was chosen for it."""
        if self.mask >> tray & 1:
            return True
        return not self.need.is_single and any(tray in self.need.homes[line] for line in self._open_lines())

    def take(self, tray: int) -> tuple[int, ...]:
        """Every open line on the tray (its numbers in the order), and they are open no more."""
        taken = self.lines_on.pop(tray, ())
        if not self.need.is_single:
            taken = tuple(sorted((*taken, *self._take_elsewhere(tray))))
        self.mask = mask_of(self.lines_on) if not self.need.is_single else self.mask & ~(1 << tray)
        return taken

    def take_line(self, tray: int, line: int) -> None:
        """One line alone."""
        kept = tuple(each for each in self.lines_on[tray] if each != line)
        if kept:
            self.lines_on[tray] = kept
        else:
            del self.lines_on[tray]
            self.mask &= ~(1 << tray)

    def _open_lines(self) -> list[int]:
        return [line for lines in self.lines_on.values() for line in lines]

    def _take_elsewhere(self, tray: int) -> list[int]:
        taken = []
        for other, lines in list(self.lines_on.items()):
            here = [line for line in lines if tray in self.need.homes[line]]
            taken += here
            kept = tuple(line for line in lines if line not in here)
            if kept:
                self.lines_on[other] = kept
            else:
                del self.lines_on[other]
        return taken
