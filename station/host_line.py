"""The name of a line as the host knows it: the parts of a kit are lines of the bay's own."""

from __future__ import annotations

from station.values import OrderLine


def host_line(line: OrderLine) -> str:
    """The line as the host knows it."""
    return line.kit.line if line.kit else line.line
