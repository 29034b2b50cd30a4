"""The URL of a site database as it may be shown: without its password."""

from __future__ import annotations

import re
from typing import Final

HIDDEN: Final = "***"
_AUTHORITY: Final = re.compile(r"^(?P<scheme>[a-z0-9+.-]+://)(?P<who>[^@/?#]*)@", re.IGNORECASE)
_NAMED: Final = re.compile(r"(?P<name>(?:ssl)?password\s*=\s*)(?:'(?:[^'\\]|\\.)*'|[^\s&'#]+)", re.IGNORECASE)


def redacted(url: str) -> str:
    """The same with every password in it replaced: of a URL (also among its parameters) and of "name=value" words."""
    found = _AUTHORITY.match(url)
    if found is not None and ":" in found["who"]:
        name = found["who"].partition(":")[0]
        url = f"{found['scheme']}{name}:{HIDDEN}@{url[found.end() :]}"
    return _NAMED.sub(rf"\g<name>{HIDDEN}", url)
