from __future__ import annotations

from uuid import UUID

from db.uuid7 import Uuid7


def test_ids_sort_in_the_order_they_were_made_even_when_the_clock_steps_back() -> None:
    state, made = Uuid7(), []
    for now_ms in [1000, 1000, 5000, 4000, 1, *[5000] * 5000, 5001]:
        text, state = state.next(now_ms)
        made.append(text)
    assert made == sorted(set(made))


def test_an_id_is_a_version_7_uuid_of_its_millisecond() -> None:
    text, _ = Uuid7().next(1_700_000_000_123)
    assert UUID(text).version == 7
    assert UUID(text).variant == "specified in RFC 4122"
    assert UUID(text).int >> 80 == 1_700_000_000_123


def test_a_later_run_continues_after_the_last_id() -> None:
    last, _ = Uuid7().next(9_000)
    following, _ = Uuid7.after(last).next(10)
    assert following > last
