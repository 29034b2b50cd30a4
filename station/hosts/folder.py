"""A watched folder: where a host's files come in, where they go afterwards, where its results lie."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from station.host_settings import FolderSettings
from station.imports.table import FORMS

WORK = ".baylight"  # in the inbox: what is being taken, so that one rename decides whose the file is
READY = ".ready"
MARKER, MODULA = "marker", "modula"


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """Paths of one [[folder]]; `inbox` or `out` is None where the settings name none. `needs_marker`: a file is closed by a
    second one beside it, NAME.ready."""

    name: str
    inbox: Path | None
    out: Path | None
    archive: Path
    rejects: Path
    needs_marker: bool = False
    is_modula: bool = False
    form: str = "csv"
    resend_s: float = 300.0
    decimals: int = 0
    stock_at: str = ""

    @property
    def work(self) -> Path:
        """Where a file lies while it is taken. Only for a folder with an inbox."""
        return (self.inbox or self.archive) / WORK

    def make(self) -> None:
        """Make the folders that are ours; the host's own must be there. Raises OSError."""
        for each in (self.inbox, self.out):
            if each is not None and not each.is_dir():
                raise FileNotFoundError(f"{each} is not there")
        for each in (self.work, self.archive, self.rejects) if self.inbox is not None else ():
            each.mkdir(parents=True, exist_ok=True)

    def files(self) -> list[Path]:
        """What the host put in and nobody took yet, by name. Drafts and hidden files are none. Raises OSError."""
        if self.inbox is None:
            return []
        return sorted(each for each in self.inbox.iterdir() if self.is_ours(each) and each.is_file())

    @staticmethod
    def is_ours(path: Path) -> bool:
        """Whether the name says that it is a file of rows, and no draft."""
        return path.suffix.lower()[1:] in FORMS and not path.name.startswith((".", "~"))


def folder_of(settings: FolderSettings, default: Path) -> Folder:
    """The folder of these settings. What they leave empty lies in the inbox, else in `default`."""
    inbox = Path(settings.inbox) if settings.inbox else None
    home = inbox or default
    return Folder(
        name=settings.name,
        inbox=inbox,
        out=Path(settings.out) if settings.out else None,
        archive=Path(settings.archive) if settings.archive else home / "archive",
        rejects=Path(settings.rejects) if settings.rejects else home / "rejects",
        needs_marker=settings.closed == MARKER,
        is_modula=settings.dialect == MODULA,
        form=settings.format,
        resend_s=settings.resend_s,
        decimals=settings.decimals,
        stock_at=settings.stock_at,
    )
