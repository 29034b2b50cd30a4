"""How full the trays of a machine are: one question for all of them."""

from __future__ import annotations

from sqlalchemy import Connection

from db.rows.trays import TrayUse

# A weight is for one unit, a quantity counts parts of it.
_USE = """
WITH cells AS (SELECT tray, count(*) AS cells FROM site_compartment WHERE machine = ?1 GROUP BY tray),
    lying AS (
        SELECT s.tray, count(DISTINCT s.compartment) AS used, sum(max(s.quantity, 0) * i.weight_g
            / CASE i.decimals WHEN 0 THEN 1 WHEN 1 THEN 10 WHEN 2 THEN 100 ELSE 1000 END) AS weight_g
        FROM now_stock AS s LEFT JOIN site_item AS i ON i.code = s.item WHERE s.machine = ?1 AND s.quantity <> 0 GROUP BY s.tray
    )
SELECT t.number, t.name, t.width_mm, t.depth_mm, t.pitch_mm, t.max_weight_g, coalesce(c.cells, 0), coalesce(l.used, 0),
    coalesce(l.weight_g, 0)
FROM site_tray AS t LEFT JOIN cells AS c ON c.tray = t.number LEFT JOIN lying AS l ON l.tray = t.number
WHERE t.machine = ?1 ORDER BY t.number
"""


def tray_use(connection: Connection, machine: str) -> tuple[TrayUse, ...]:
    """All trays of a machine, by number."""
    return tuple(TrayUse(*row) for row in connection.exec_driver_sql(_USE, (machine,)))
