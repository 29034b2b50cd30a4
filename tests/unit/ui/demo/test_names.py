"""Demos that share a site database do not meet there by name, and are what they always were without one."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from station.sample_site import PLAIN_NAMES, SampleNames, SampleSite, make_orders, make_sample_site
from station.settings import UpstreamSettings
from ui.demo.names import source_of
from ui.demo.site import SampleMark, read_mark, sample_settings

NOW = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
SITE = UpstreamSettings(url="postgresql:///site")


def names_of(station: str, *, upstream: UpstreamSettings = SITE, joins: bool = False) -> SampleNames:
    return source_of(station, Path("nowhere"), upstream, joins=joins).names


def machines_and_names(site: SampleSite) -> tuple[set[str], set[str], set[str]]:
    """Machines; orders and host keys; serials."""
    machines = {each.machine for each in site.trays} | {each.place.machine for each in site.stock}
    lines = [line for order in site.waiting for line in order.lines]
    orders = {each.order for each in site.waiting} | {line.host_key for line in lines}
    return machines, orders, {each.key.serial for each in site.stock if each.key.serial}


@pytest.mark.parametrize(("station", "upstream"), [("S1", SITE), ("DEMO1", UpstreamSettings()), ("S2", UpstreamSettings())])
def test_the_first_station_and_one_without_a_site_database_have_the_plain_names(station: str, upstream: UpstreamSettings) -> None:
    assert source_of(station, Path("nowhere"), upstream, joins=False).fill is None
    assert names_of(station, upstream=upstream) == PLAIN_NAMES


def test_two_stations_share_no_machine_order_or_serial() -> None:
    sites = [make_sample_site(7, now=NOW, names=names_of(station)) for station in ("S1", "S2", "S3")]
    for kind in zip(*map(machines_and_names, sites), strict=True):
        assert all(kind)
        assert len(set.union(*kind)) == sum(map(len, kind))
    assert sites[0].items == sites[1].items


def test_who_joins_a_machine_has_its_trays_and_orders_of_his_own() -> None:
    source = source_of("S2", Path("nowhere"), SITE, joins=True)
    assert source.fill is not None
    first, joined = (make_sample_site(7, now=NOW, names=names) for names in (PLAIN_NAMES, source.names))
    assert joined.trays == first.trays
    orders = make_orders(3, 7, now=NOW, prefix="T1-", names=source.names)
    assert [each.order for each in orders] == ["S2-T1-0001", "S2-T1-0002", "S2-T1-0003"]
    assert {line.place.machine for order in joined.waiting for line in order.lines if line.place} == {"VLM1"}


def test_a_store_keeps_the_names_that_it_was_made_with(tmp_path: Path) -> None:
    (tmp_path / "sample.json").write_text('{"seed": 7, "tours": 2}', encoding="utf-8")  # of a release before
    assert read_mark(tmp_path) == SampleMark(7, 2, "VLM1", "")


def test_the_longest_station_name_makes_a_name_that_the_settings_take() -> None:
    names = names_of("S" * 31)
    settings = sample_settings("S2", url="socket://x:1", machine_name=names.machine, upstream=SITE)
    assert len(settings.machine.name) == 31
    assert settings.upstream is SITE
