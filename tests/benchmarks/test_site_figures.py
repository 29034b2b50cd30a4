"""What the site database takes from its stations, in a small form and held to half of what is promised, so that noise does not
loosen it. Ratios are held to the promise itself: both sides of them are measured in one run."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from db.upstream.bench import measure_push
from tests.helpers.postgres import Server

PUSH_OF_RAW = 0.5
PUSH_PER_S = 10_000
TOGETHER_PER_S = 20_000
BATCH_P99_MS = 250
NOISE = 2


@pytest.mark.slow
@pytest.mark.timeout(120)
def test_a_site_takes_a_verified_log_nearly_as_fast_as_it_could_take_any_rows(new_server: Callable[..., Server]) -> None:
    server = new_server(durable=True, settings={"shared_buffers": "128MB"})
    found = measure_push(server.url(server.site_database()), events=8000, batches_each=6)
    assert found.refused == 0, "a batch was not taken: stations are in each other's way"
    assert found.verified_per_s >= PUSH_OF_RAW * found.raw_per_s, found
    assert found.verified_per_s >= PUSH_PER_S / NOISE, found
    assert found.together_per_s >= TOGETHER_PER_S / NOISE, found
    assert found.batch_p99_ms <= BATCH_P99_MS * NOISE, found
