"""The hosts of the settings: a chore for each watched folder, and what became of its files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.store import Store
    from station.chores import Chore
    from station.hosts.folder import Folder
    from station.results import Results
    from station.settings import Settings

HANGS_S = 180.0  # so long a share may take for one turn before it is said; its thread is left alone


def folders_of(settings: Settings, directory: Path) -> tuple[Folder, ...]:
    """The watched folders. Raises ConfigError when two have one name or one inbox."""
    from hardware.config import ConfigError
    from station.hosts.folder import folder_of

    for key in ("name", "inbox", "out"):
        said = [value for each in settings.folder if (value := getattr(each, key))]
        if len(set(said)) < len(said):
            raise ConfigError(f"folder.{'in' if key == 'inbox' else key}", ", ".join(said), "another one for each folder")
    return tuple(folder_of(each, directory / "hosts" / each.name) for each in settings.folder)


def make_host_chores(store: Store, results: Results, settings: Settings, directory: Path) -> tuple[Chore, ...]:
    """Files in, results out, for each folder on a thread of its own. Raises ConfigError."""
    from db.envelope import utc_now
    from db.errors import FOLDER_FAILED
    from station.chores import Chore
    from station.hosts.dialects import dialect_of
    from station.hosts.inbox import Inbox
    from station.hosts.outbox import Outbox

    folders = folders_of(settings, directory)
    with_out = tuple(each.name for each in folders if each.out is not None)

    def chore(folder: Folder, every_s: float) -> Chore:
        dialect = dialect_of(folder, store)
        inbox = Inbox(folder=folder, store=store, utc=utc_now, read=dialect.read)
        outbox = Outbox(folder=folder, results=results, store=store, write=dialect.write, suffix=dialect.suffix, all_of=with_out)

        def turn() -> None:
            inbox.look()
            outbox.deliver()

        name = f"folder {folder.name}"
        return Chore(name, every_s, turn, is_apart=True, code=FOLDER_FAILED, hangs_s=HANGS_S)

    return tuple(chore(folder, each.poll_s) for folder, each in zip(folders, settings.folder, strict=True))
