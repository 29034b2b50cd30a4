"""Data Matrix ECC 200 as squares (ISO/IEC 16022), drawn by us so that a label needs no other program: square symbols up to 52 by
52 modules, which is one block of error correction; in ASCII, digits two in a codeword.

Read back in tests by a decoder that shares nothing with it (decision 0028).
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

QUIET_MODULES: Final = 2  # of white on every side; the standard asks for one


class _Size(NamedTuple):
    """A symbol: its side and the side of one data region in modules, its codewords of data and of error correction."""

    side: int
    region: int
    data: int
    ecc: int


# ISO/IEC 16022 table 7, as far as one interleaved block goes.
_SIZES: Final = tuple(
    _Size(*each)
    for each in (
        (10, 8, 3, 5), (12, 10, 5, 7), (14, 12, 8, 10), (16, 14, 12, 12), (18, 16, 18, 14), (20, 18, 22, 18),
        (22, 20, 30, 20), (24, 22, 36, 24), (26, 24, 44, 28), (32, 14, 62, 36), (36, 16, 86, 42), (40, 18, 114, 48),
        (44, 20, 144, 56), (48, 22, 174, 68),
    )
)  # fmt: skip
_PAD: Final = 129
_FIELD: Final = 0x12D  # the polynomial of GF(256)


def modules(text: str) -> tuple[tuple[bool, ...], ...]:
    """The rows of the symbol from the top, True for black, without the white around it. Raises ValueError for what is not
    printable ASCII, or too long."""
    return _modules(text)


@lru_cache(maxsize=256)
def _modules(text: str) -> tuple[tuple[bool, ...], ...]:
    words = _codewords(text)
    size = next((each for each in _SIZES if each.data >= len(words)), None)
    if size is None:
        raise ValueError(f"too long for one symbol: {len(text)} characters")
    data = _padded(words, size.data)
    regions = size.side // (size.region + 2)
    bits = _placed((*data, *_check_words(data, size.ecc)), size.region * regions)
    return tuple(tuple(_module(size, bits, row, column) for column in range(size.side)) for row in range(size.side))


def _codewords(text: str) -> list[int]:
    words, at = [], 0
    while at < len(text):
        pair = text[at : at + 2]
        if len(pair) == 2 and pair.isascii() and pair.isdigit():
            words.append(130 + int(pair))
            at += 2
            continue
        if not " " <= text[at] <= "~":
            raise ValueError(f"not printable ASCII: {text!r}")
        words.append(ord(text[at]) + 1)
        at += 1
    return words


def _padded(words: list[int], length: int) -> list[int]:
    """Filled up: the first pad as it is, the others scattered by their place (253-state)."""
    padded = [*words]
    while len(padded) < length:
        scattered = _PAD + 149 * (len(padded) + 1) % 253 + 1
        padded.append(_PAD if len(padded) == len(words) else scattered if scattered <= 254 else scattered - 254)
    return padded


def _times(one: int, other: int) -> int:
    product = 0
    while other:
        product ^= one if other & 1 else 0
        one = (one << 1) ^ (_FIELD if one & 0x80 else 0)
        other >>= 1
    return product


def _check_words(data: list[int], count: int) -> list[int]:
    """Reed-Solomon: the rest of the data divided by (x - 2)(x - 4)...(x - 2^count)."""
    divisor, root = [1], 1
    for _ in range(count):
        root = _times(root, 2)
        shifted = [*divisor, 0]
        for place, factor in enumerate(divisor):
            shifted[place + 1] ^= _times(factor, root)
        divisor = shifted
    rest = [0] * count
    for word in data:
        factor = word ^ rest[0]
        rest = [each ^ _times(factor, part) for each, part in zip([*rest[1:], 0], divisor[1:], strict=True)]
    return rest


def _placed(words: tuple[int, ...], side: int) -> dict[tuple[int, int], bool]:
    """Where each bit stands in the square of all data regions (annex F of the standard)."""
    bits: dict[tuple[int, int], bool] = {}
    left = iter(words)

    def put(places: list[tuple[int, int]]) -> None:
        word = next(left)
        for number, (row, column) in enumerate(places):
            if row < 0:
                row, column = row + side, column + 4 - (side + 4) % 8
            if column < 0:
                row, column = row + 4 - (side + 4) % 8, column + side
            bits[row, column] = bool(word >> (7 - number) & 1)

    row, column = 4, 0
    while row < side or column < side:
        corner = _corner(row, column, side)
        if corner:
            put(corner)
        while True:  # up and to the right
            if row < side and column >= 0 and (row, column) not in bits:
                put(_utah(row, column))
            row, column = row - 2, column + 2
            if row < 0 or column >= side:
                break
        row, column = row + 1, column + 3
        while True:  # down and to the left
            if row >= 0 and column < side and (row, column) not in bits:
                put(_utah(row, column))
            row, column = row + 2, column - 2
            if row >= side or column < 0:
                break
        row, column = row + 3, column + 1
    if (side - 1, side - 1) not in bits:  # no codeword reaches the last corner
        bits |= {(side - 1, side - 1): True, (side - 2, side - 2): True}
    return bits


def _utah(row: int, column: int) -> list[tuple[int, int]]:
    """The usual shape of a codeword, `row` and `column` its lower right module."""
    steps = ((-2, -2), (-2, -1), (-1, -2), (-1, -1), (-1, 0), (0, -2), (0, -1), (0, 0))
    return [(row + down, column + right) for down, right in steps]


def _corner(row: int, column: int, side: int) -> list[tuple[int, int]]:
    """The shape of a codeword that lies around a corner, [] where there is none."""
    last = side - 1
    if (row, column) == (side, 0):
        return [(last, 0), (last, 1), (last, 2), (0, last - 1), (0, last), (1, last), (2, last), (3, last)]
    if (row, column) == (side - 2, 0) and side % 4:
        return [(last - 2, 0), (last - 1, 0), (last, 0), (0, last - 3), (0, last - 2), (0, last - 1), (0, last), (1, last)]
    if (row, column) == (side - 2, 0) and side % 8 == 4:
        return [(last - 2, 0), (last - 1, 0), (last, 0), (0, last - 1), (0, last), (1, last), (2, last), (3, last)]
    if (row, column) == (side + 4, 2) and not side % 8:
        return [(last, 0), (last, last), (0, last - 2), (0, last - 1), (0, last), (1, last - 2), (1, last - 1), (1, last)]
    return []


def _module(size: _Size, bits: dict[tuple[int, int], bool], row: int, column: int) -> bool:
    """One module of the whole symbol: each region has a black edge left and below, and a dotted one above and right."""
    block = size.region + 2
    inner_row, inner_column = row % block, column % block
    if inner_column == 0 or inner_row == block - 1:
        return True
    if inner_row == 0:
        return inner_column % 2 == 0
    if inner_column == block - 1:
        return inner_row % 2 == 1
    return bits.get((row // block * size.region + inner_row - 1, column // block * size.region + inner_column - 1), False)
