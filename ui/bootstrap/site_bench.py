"""What a site database and its stations make together: the parts of `baylight bench store|stations --upstream URL`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.upstream.bench import PushFigures
    from db.upstream.bench_many import ManyFigures
    from db.upstream.bench_stations import ColdStart, News


@dataclass(frozen=True, slots=True)
class SiteFigures:
    """All of one run. Events a second where the name says so."""

    push: PushFigures
    news: News
    cold: ColdStart
    folded_per_s: float
    drained_per_s: float


def measure_site(url: str, directory: Path) -> SiteFigures:
    """Each in a scratch site of its own. Raises SiteError (U505 where somebody works in this database), TooSlowError."""
    from db.upstream.bench import measure_fold, measure_push
    from db.upstream.bench_stations import measure_cold_start, measure_drain, measure_news
    from db.upstream.scratch import scratch_site

    with scratch_site(url):
        push = measure_push(url)
    with scratch_site(url):
        news = measure_news(url, directory)
    with scratch_site(url):
        cold = measure_cold_start(url, directory)
    with scratch_site(url):
        folded = measure_fold(url)
    with scratch_site(url):
        drained = measure_drain(url, directory)
    return SiteFigures(push, news, cold, folded, drained)


def measure_many(url: str, *, stations: int, seconds: float) -> ManyFigures:
    """In a scratch site. Raises SiteError (U505, U507)."""
    from db.upstream.bench_many import measure_many as measure
    from db.upstream.scratch import scratch_site

    with scratch_site(url):
        return measure(url, stations=stations, seconds=seconds)
