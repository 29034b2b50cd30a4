"""What German and French computers make of the keys of a scanner that is set to a US keyboard, and back again.

Only for where a key's place is not told: by its place (`hardware.us_keyboard`) every layout is the same.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

_US: Final = "`1234567890-=~!@#$%^&*()_+qwertyuiop[]\\QWERTYUIOP{}|asdfghjkl;'ASDFGHJKL:\"zxcvbnm,./ZXCVBNM<>?"
_DE: Final = "^1234567890ß´°!\"§$%&/()=?`qwertzuiopü+#QWERTZUIOPÜ*'asdfghjklöäASDFGHJKLÖÄyxcvbnm,.-YXCVBNM;:_"
_FR: Final = "²&é\"'(-è_çà)=~1234567890°+azertyuiop^$*AZERTYUIOP¨£µqsdfghjklmùQSDFGHJKLM%wxcvbn,;:!WXCVBN?./§"


class Layout(StrEnum):
    """How characters come from a scanner's keys. HOST: as the computer says; KEYS: by the key's place, as on a US keyboard;
    DE and FR: by undoing what a German or French keyboard made of a US scanner."""

    HOST = "host"
    KEYS = "keys"
    DE = "de"
    FR = "fr"


_TYPED: Final = {Layout.DE: str.maketrans(_US, _DE), Layout.FR: str.maketrans(_US, _FR)}
_MEANT: Final = {Layout.DE: str.maketrans(_DE + "ẞ", _US + "-"), Layout.FR: str.maketrans(_FR, _US)}


def typed(text: str, layout: Layout) -> str:
    """What the computer types for the keys that a US scanner presses for this text."""
    return text.translate(_TYPED.get(layout, {}))


def meant(text: str, layout: Layout) -> str:
    """What the scanner meant whose keys the computer turned into this text."""
    return text.translate(_MEANT.get(layout, {}))


def swap_case(text: str) -> str:
    """What Caps Lock makes of a text. Signs that would not come back by a second swap stay."""
    return "".join(_swapped(sign) for sign in text)


def _swapped(sign: str) -> str:
    other = sign.swapcase()
    return other if len(other) == 1 and other.swapcase() == sign else sign
