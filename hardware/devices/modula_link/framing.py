"""How Modula Link writes a line. The public texts end it with LF CR, or with CR alone. Source: docs/wire/modula-link.md.

What the line does to us, and what happens then (`hardware.line_framer`):
- split anywhere, or several in one read: lines come out whole, each once
- CR or LF ends a line, in any order and number; empty lines are nothing
- a byte that is no printable ASCII: the whole line is noise and is reported as such, the next line is good again
- more than MOST_BYTES without an end: everything up to the next end is noise, reported once
"""

from __future__ import annotations

import re

from hardware.line_framer import LineRule

MOST_BYTES = 256  # the longest answer of the public texts has nine short fields
END = b"\n\r"
_NOT_PRINTABLE = re.compile(rb"[^\x20-\x7e]")
MODULA_LINES = LineRule(ends=b"\r\n", most_bytes=MOST_BYTES, noise=_NOT_PRINTABLE)
