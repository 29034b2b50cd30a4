"""What an error of the site database means, and that no address shows a password."""

from __future__ import annotations

import psycopg
import pytest
from psycopg import errors as pg

from db.sync.site import SiteError, Trouble
from db.upstream.connect import classify, without_password
from db.upstream.enrol import Enrolment, Login, role_of
from db.upstream.init import migrations, newest


@pytest.mark.parametrize(
    ("state", "trouble", "code"),
    [
        ("08006", Trouble.LINE, "U101"),
        ("57014", Trouble.LINE, "U102"),
        ("57P01", Trouble.LINE, "U103"),
        ("53100", Trouble.LINE, "U103"),
        ("40P01", Trouble.LINE, "U103"),
        ("28P01", Trouble.RIGHT, "U201"),
        ("42501", Trouble.RIGHT, "U203"),
        ("22P05", Trouble.DATA, "U301"),
        ("23502", Trouble.DATA, "U304"),
        ("3F000", Trouble.SCHEMA, "U401"),
        ("42601", Trouble.SCHEMA, "U402"),
    ],
)
def test_every_kind_of_error_says_what_to_do_next(state: str, trouble: Trouble, code: str) -> None:
    told = classify(pg.lookup(state)("words"))
    assert (told.trouble, told.code, told.message) == (trouble, code, "words")


def test_a_line_that_broke_has_no_state() -> None:
    assert classify(psycopg.OperationalError("server closed the connection unexpectedly")).trouble is Trouble.LINE


def test_an_address_that_is_shown_has_no_user_and_no_password() -> None:
    shown = without_password("postgresql://clerk:hunter2@db.example:5433/site?sslmode=verify-full")
    assert "hunter2" not in shown
    assert "clerk" not in shown
    assert ("db.example" in shown, "5433" in shown, "sslmode=verify-full" in shown) == (True, True, True)
    with pytest.raises(SiteError) as caught:
        without_password("postgresql//clerk:hunter2@db")
    assert (caught.value.code, "hunter2" in str(caught.value)) == ("U501", False)


def test_a_secret_is_in_no_repr() -> None:
    told = repr((Login("role", "hunter2"), Enrolment(station="S", url="", role="r", secret="hunter2", pepper_key="hunter2")))
    assert "hunter2" not in told


def test_a_role_is_named_after_its_station_and_no_two_stations_share_one() -> None:
    names = ("BAY1", "bay1", "Bay 1", "Bay_1", "Bay-1", "Ümlaut", "x" * 60, "x" * 61)
    roles = [role_of(name) for name in names]
    assert roles[0] == "baylight_st_BAY1"
    assert len(set(roles)) == len(names)
    assert all(len(role.encode()) <= 63 for role in roles)


def test_migrations_are_numbered_without_gaps() -> None:
    assert [number for number, _ in migrations()] == list(range(1, newest() + 1))
