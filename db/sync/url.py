"""The URL of a site database as it may be shown: without its password. All that shows or logs one asks here."""

from __future__ import annotations

import re
from typing import Final

HIDDEN: Final = "***"
# To the last @: a password may hold one, or a slash, although it must not.
_AUTHORITY: Final = re.compile(r"^(?P<who>[a-z0-9+.-]+://[^:@/?#]*):.*@", re.IGNORECASE | re.DOTALL)
_NAMED: Final = re.compile(r"(?P<name>(?:ssl)?password\s*=\s*)(?:'(?:[^'\\]|\\.)*'|[^\s&'#]+)", re.IGNORECASE)
_TORN: Final = re.compile(r"^[a-z0-9+.-]+://(?:[^@?]*[/#][^@?]*|[^@/?#]*@[^/?#]*)@", re.IGNORECASE)


def redacted(url: str) -> str:
    """The same with every password in it replaced: of a URL (also among its parameters) and of "name=value" words."""
    return _NAMED.sub(rf"\g<name>{HIDDEN}", _AUTHORITY.sub(rf"\g<who>:{HIDDEN}@", url))


def is_torn(url: str) -> bool:
    """Whether a password with an @, / or # in it tears the URL apart: what lies behind would be taken for host or port, and
    named in an error. Such a letter is written as %40, %2F or %23."""
    return _TORN.match(url) is not None
