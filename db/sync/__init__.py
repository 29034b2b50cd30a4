"""How a station's store and the site database tell each other what happened. Pure protocol here; PostgreSQL is in `db.upstream`."""
