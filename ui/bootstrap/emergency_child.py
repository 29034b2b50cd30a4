"""The process that writes one list for a running station: DIRECTORY TARGET STATION LANGUAGE KIND."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from db.errors import StoreError
from ui.bootstrap.emergency import write_list


def main(arguments: list[str]) -> int:
    """Write the list; what is wrong goes to standard error."""
    directory, target, station, language, kind = arguments
    of_bins, now = kind == "carousel", datetime.now(UTC)
    try:
        write_list(Path(directory), Path(target), station=station, language=language, of_bins=of_bins, now=now)
    except (OSError, StoreError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
