"""Ed25519 signatures checked as RFC 8032 says (section 5.1.7), with Python's standard library only: part of what auditors run.

It holds no secret, so it need not take the same time for every input. Signing is `db.station_key`'s.
"""

from __future__ import annotations

import hashlib

Point = tuple[int, int, int, int]  # extended homogeneous coordinates (X, Y, Z, T): x = X/Z, y = Y/Z, x*y = T/Z

FIELD = 2**255 - 19
GROUP_ORDER = 2**252 + 27742317777372353535851937790883648493
CURVE_D = 37095705934669439343138083508754565189542113879843219016388785533085940283555
ROOT_OF_MINUS_ONE = 19681161376707505956807079304988542015446066515923890162744021073123829784752
BASE_X = 15112221349535400772501151409588531511454012693041857206046113283949847762202
BASE_Y = 46316835694926478169428394003475163141307993866256225615783033603165251855960
NEUTRAL: Point = (0, 1, 1, 0)


def verify_signature(public_key: bytes, text: bytes, signature: bytes) -> bool:
    """Whether the owner of the key signed exactly this text."""
    if len(public_key) != 32 or len(signature) != 64:
        return False
    key = _point_of(public_key)
    scalar = int.from_bytes(signature[32:], "little")
    if key is None or scalar >= GROUP_ORDER:
        return False
    digest = hashlib.sha512(signature[:32] + public_key + text).digest()
    challenge = int.from_bytes(digest, "little") % GROUP_ORDER
    return _bytes_of(_sum_of_products(scalar, challenge, _negative(key))) == signature[:32]


def _sum_of_products(scalar: int, challenge: int, minus_key: Point) -> Point:
    """scalar * base + challenge * minus_key, both bit by bit in one walk."""
    base: Point = (BASE_X, BASE_Y, 1, BASE_X * BASE_Y % FIELD)
    steps = (NEUTRAL, base, minus_key, _add(base, minus_key))
    total = NEUTRAL
    for bit in range(max(scalar.bit_length(), challenge.bit_length()) - 1, -1, -1):
        total = _double(total)
        step = (scalar >> bit & 1) | (challenge >> bit & 1) << 1
        if step:
            total = _add(total, steps[step])
    return total


def _add(one: Point, other: Point) -> Point:
    a = (one[1] - one[0]) * (other[1] - other[0]) % FIELD
    b = (one[1] + one[0]) * (other[1] + other[0]) % FIELD
    c = 2 * one[3] * other[3] * CURVE_D % FIELD
    d = 2 * one[2] * other[2] % FIELD
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % FIELD, g * h % FIELD, f * g % FIELD, e * h % FIELD


def _double(point: Point) -> Point:
    a, b = point[0] * point[0] % FIELD, point[1] * point[1] % FIELD
    c = 2 * point[2] * point[2] % FIELD
    h = a + b
    e = h - (point[0] + point[1]) ** 2 % FIELD
    g = a - b
    f = c + g
    return e * f % FIELD, g * h % FIELD, f * g % FIELD, e * h % FIELD


def _negative(point: Point) -> Point:
    return FIELD - point[0], point[1], point[2], FIELD - point[3]


def _point_of(encoded: bytes) -> Point | None:
    """The point that 32 bytes name; None where they name none."""
    number = int.from_bytes(encoded, "little")
    sign, y = number >> 255, number & ((1 << 255) - 1)
    if y >= FIELD:
        return None
    x = _x_of(y, sign)
    return None if x is None else (x, y, 1, x * y % FIELD)


def _x_of(y: int, sign: int) -> int | None:
    square = (y * y - 1) * pow(CURVE_D * y * y + 1, FIELD - 2, FIELD) % FIELD
    x = pow(square, (FIELD + 3) // 8, FIELD)
    if (x * x - square) % FIELD:
        x = x * ROOT_OF_MINUS_ONE % FIELD
    if (x * x - square) % FIELD or (x == 0 and sign):
        return None
    return FIELD - x if x & 1 != sign else x


def _bytes_of(point: Point) -> bytes:
    inverse = pow(point[2], FIELD - 2, FIELD)
    x, y = point[0] * inverse % FIELD, point[1] * inverse % FIELD
    return (y | (x & 1) << 255).to_bytes(32, "little")
