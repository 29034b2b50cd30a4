"""Files from the host: items, trays, stock and orders in CSV or JSON. The formats are documented in docs/hosts.md.

Good rows go in, bad rows land in a reject file beside the file, with the reason. An import replaces what it names and leaves the
rest as it is.
"""

from __future__ import annotations

from station.imports.report import ImportReport as ImportReport
from station.imports.report import RowError as RowError
from station.imports.run import ImportStore as ImportStore
from station.imports.run import import_file as import_file
