"""The tables of a Modula WMS in the site database, as a plant's connector writes and reads them."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from tests.integration.upstream.conftest import host_login


@pytest.fixture
def connector(owner: psycopg.Connection, site_url: str) -> Iterator[psycopg.Connection]:
    """A connector that knows nothing but the names of the tables."""
    with host_login(owner, site_url, "modula") as connection:
        connection.execute("SET search_path = host")
        yield connection


def write(
    connector: psycopg.Connection, order: str, *lines: tuple[str, str, float], kind: str = "P", operation: str = "I"
) -> None:
    """As integrators do: the lines first, the header locked, then unlocked."""
    for hostinf, item, quantity in lines:
        connector.execute(
            "INSERT INTO IMP_ORDINI_RIGHE (RIG_ORDINE, RIG_ARTICOLO, RIG_HOSTINF, RIG_QTAR) VALUES (%s, %s, %s, %s)",
            (order, item, hostinf, quantity),
        )
    connector.execute(
        "INSERT INTO IMP_ORDINI (ORD_OPERAZIONE, ORD_ORDINE, ORD_TIPOOP, ORD_PRIOHOST, ORD_CLIENTE, ORD_P)"
        " VALUES (%s, %s, %s, %s, %s, 'P')",
        (operation, order, kind, "20270401062", "Line 3"),
    )
    connector.execute("UPDATE IMP_ORDINI SET ORD_P = '' WHERE ORD_ORDINE = %s", (order,))


def errors(connector: psycopg.Connection) -> list[tuple[object, ...]]:
    rows = connector.execute(
        "SELECT ORD_ORDINE, ORD_ERRORE, RIG_HOSTINF, RIG_ERRORE"
        " FROM IMP_ORDINI JOIN IMP_ORDINI_RIGHE ON RIG_ORDINE = ORD_ORDINE ORDER BY 1, 3"
    )
    return rows.fetchall()


def body(owner: psycopg.Connection, kind: str, key: str) -> dict[str, object]:
    row = owner.execute("SELECT body FROM sync.document WHERE kind = %s AND key = %s", (kind, key)).fetchone()
    assert row is not None
    return dict(row[0])


def test_articles_and_orders_are_taken_and_gone_from_the_tables(connector: psycopg.Connection, owner: psycopg.Connection) -> None:
    connector.execute(
        "INSERT INTO IMP_ARTICOLI (ART_OPERAZIONE, ART_ARTICOLO, ART_DES, ART_UMI, ART_PMU, ART_GESTSERIALE)"
        " VALUES ('I', 'SCR', 'Screw', 'pz', 1.2, 'N')"
    )
    made = body(owner, "item", "SCR")
    assert (made["name"], made["unit"], made["weight_g"], made["serial_tracked"]) == ("Screw", "pz", 2, False)
    write(connector, "L1", ("10", "SCR", 4), ("20", "W", 1.25))
    order = body(owner, "order", "L1")
    assert (order["kind"], order["priority"], order["destination"]) == ("pick", 2, "Line 3")
    lines = order["lines"]
    assert isinstance(lines, list)
    assert [(each["line"], each["host_key"], each["item"], each["quantity"]) for each in lines] == [
        ("10", "10", "SCR", 4),
        ("20", "20", "W", 125),
    ]
    left = connector.execute("SELECT (SELECT count(*) FROM IMP_ARTICOLI), (SELECT count(*) FROM IMP_ORDINI_RIGHE)").fetchone()
    assert left == (0, 0)
    assert connector.execute("SELECT count(*) FROM IMP_ORDINI").fetchone() == (0,)


def test_what_is_refused_keeps_its_reason_and_is_tried_again_once_it_is_mended(connector: psycopg.Connection) -> None:
    write(connector, "L2", ("10", "A", 4), ("20", "NOSUCH", 1))
    assert errors(connector) == [
        ("L2", "line 20: unknown_item", "10", ""),
        ("L2", "line 20: unknown_item", "20", "unknown_item"),
    ]
    with connector.transaction():
        connector.execute("UPDATE IMP_ORDINI_RIGHE SET RIG_ARTICOLO = 'A' WHERE RIG_HOSTINF = '20'")
        connector.execute("UPDATE IMP_ORDINI SET ORD_ERRORE = ''")
    assert errors(connector) == []


@pytest.mark.parametrize(
    ("column", "value", "why"),
    [("RIG_SUB2", "x", "not_supported"), ("RIG_HOSTINF", None, "missing"), ("RIG_QTAR", -1, "out_of_range")],
)
def test_a_line_that_cannot_be_told_here_is_refused(column: str, value: object, why: str, connector: psycopg.Connection) -> None:
    with connector.transaction():
        write(connector, "L3", ("10", "A", 4))
        connector.execute(f"UPDATE IMP_ORDINI_RIGHE SET {column} = %s", (value,))  # type: ignore[arg-type]
    ((_, ord_errore, _, rig_errore),) = errors(connector)
    assert (str(ord_errore).endswith(why), rig_errore) == (True, why)


def test_an_order_that_is_deleted_is_taken_back(connector: psycopg.Connection, owner: psycopg.Connection) -> None:
    write(connector, "L8", ("10", "A", 4))
    connector.execute("INSERT INTO IMP_ORDINI (ORD_OPERAZIONE, ORD_ORDINE) VALUES ('D', 'L8')")
    assert connector.execute("SELECT count(*) FROM IMP_ORDINI").fetchone() == (0,)
    assert owner.execute("SELECT body FROM sync.document WHERE kind = 'order' AND key = 'L8'").fetchone() == (None,)


def test_nothing_is_taken_while_the_host_still_writes(connector: psycopg.Connection, owner: psycopg.Connection) -> None:
    connector.execute("INSERT INTO IMP_ORDINI (ORD_ORDINE, ORD_TIPOOP, ORD_P) VALUES ('L4', 'P', 'P')")
    assert owner.execute("SELECT count(*) FROM host.order_in WHERE \"order\" = 'L4'").fetchone() == (0,)


def test_finished_lines_are_read_and_deleted(connector: psycopg.Connection, owner: psycopg.Connection) -> None:
    write(connector, "L5", ("10", "A", 4))
    for number, kind in enumerate(("picked", "short"), start=1):
        owner.execute(
            'INSERT INTO host.result_out (event_id, station, seq, kind, "order", line, host_key, item, lot, serial, owner,'
            " quantity, asked, reason, at, person) VALUES"
            " (%s, 'S1', %s, %s, 'L5', '10', '10', 'A', '', '', 'own', 3, 4, 'damaged', now(), '')",
            (f"e{number}", number, kind),
        )
    rows = connector.execute("SELECT RIG_ORDINE, RIG_HOSTINF, RIG_QTAR, RIG_QTAE, RIG_HOSTCAUS FROM EXP_ORDINI_RIGHE").fetchall()
    assert [tuple(map(str, row)) for row in rows] == [("L5", "10", "4", "3", "damaged")]
    assert connector.execute("SELECT ORD_ORDINE, ORD_TIPOOP FROM EXP_ORDINI").fetchall() == [("L5", "P")]
    connector.execute("DELETE FROM EXP_ORDINI_RIGHE WHERE RIG_ORDINE = 'L5'")
    assert connector.execute("SELECT count(*) FROM EXP_ORDINI").fetchone() == (0,)
    assert owner.execute("SELECT state FROM host.result_out ORDER BY seq").fetchall() == [("new",), ("taken",)]


def test_what_open_orders_take_out_stands_beside_the_stock(connector: psycopg.Connection) -> None:
    write(connector, "L6", ("10", "W", 1.5))
    row = connector.execute(
        "SELECT GIA_GIAC, GIA_VER, GIA_PRE, GIA_ARTICOLO_DES FROM EXP_GIACENZE WHERE GIA_ARTICOLO = 'W'"
    ).fetchone()
    assert row is not None
    assert (float(row[0]), float(row[1]), float(row[2]), row[3]) == (0, 0, 1.5, "Wire")


def test_a_connector_cannot_say_what_became_of_its_rows(connector: psycopg.Connection, owner: psycopg.Connection) -> None:
    connector.execute("INSERT INTO IMP_ORDINI (ORD_ORDINE, ORD_TIPOOP, ORD_P, BL_TAKEN_AS) VALUES ('L7', 'P', 'P', 1)")
    assert owner.execute("SELECT bl_taken_as FROM host.imp_ordini WHERE ord_ordine = 'L7'").fetchone() == (None,)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        connector.execute("INSERT INTO EXP_ORDINI_RIGHE (RIG_ORDINE) VALUES ('x')")
