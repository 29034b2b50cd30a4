"""The URL of a site database as it may be shown: without its password."""

from __future__ import annotations

import re
from typing import Final

HIDDEN: Final = "***"
# To the last @: a password may hold one.
_AUTHORITY: Final = re.compile(r"^([a-z0-9+.-]+://[^:@/?#]*):.*@", re.IGNORECASE | re.DOTALL)
_NAMED: Final = re.compile(r"(?P<name>(?:ssl)?password\s*=\s*)(?:'(?:[^'\\]|\\.)*'|[^\s&'#]+)", re.IGNORECASE)


def redacted(url: str) -> str:
    """The same with every password in it replaced: of a URL (also among its parameters) and of "name=value" words."""
    return _NAMED.sub(rf"\g<name>{HIDDEN}", _AUTHORITY.sub(rf"\1:{HIDDEN}@", url))
