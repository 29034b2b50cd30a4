"""How JMIF writes a telegram: one line ended by CR LF; there is no checksum. Source: docs/wire/jmif.md.

What the line does to us, and what happens then (`hardware.line_framer`):
- split anywhere, or two in one read: lines come out whole, each once
- NUL padding after a telegram (the server pads its writes): dropped wherever it stands
- a lone LF ends a line too; a lone CR does not
- other control characters: the whole line is noise and is reported as such, the next line is good again
- more than MOST_BYTES without an end: everything up to the next LF is noise, reported once
- noise without a line end in front of a telegram: that line is lost, the next one is good
"""

from __future__ import annotations

import re

from hardware.line_framer import LineRule

MOST_BYTES = 1024  # the longest telegram: 12 fields; the public server writes blocks of this size
END = b"\r\n"
_CONTROL = re.compile(rb"[\x00-\x1f\x7f-\x9f]")  # not a character in ISO-8859-1
JMIF_LINES = LineRule(ends=b"\n", most_bytes=MOST_BYTES, noise=_CONTROL, padding=b"\x00")
