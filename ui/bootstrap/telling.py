"""Who is told of what: the table of the settings, and the ways out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.store import Store
    from station.chores import Chore
    from station.desk.values import Disk
    from station.ports import SyncPort
    from station.settings import Settings
    from station.telling.plan import Happening
    from station.telling.senders import Words
    from station.telling.teller import Teller

TELL_EVERY_S = 10.0


def make_teller(store: Store, settings: Settings, sync: SyncPort | None) -> Teller:
    """The one who tells. Its senders are threads' own: nothing waits for a server."""
    from db.envelope import utc_now
    from station.telling.plan import Rule
    from station.telling.senders import Mailer, Webhook
    from station.telling.teller import Teller

    rules = [
        Rule(topics=tuple(each.topics.split(",")), way=each.way, to=each.to, after=timedelta(minutes=each.after_min))
        for each in settings.tell
    ]
    return Teller(
        store,
        rules,
        {"mail": Mailer(settings.mail).send, "webhook": Webhook(settings.webhook, station=settings.station.name).send},
        say=words_in(settings.station.language, settings.station.name),
        sync=lambda: sync.status if sync is not None else None,
        outbox_s=settings.upstream.warn_age_h * 3600,
        utc=utc_now,
    )


def words_in(language: str, station: str) -> Callable[[Happening], Words]:
    """What is said to a person, in the station's language."""
    from station.telling.senders import Words
    from ui.language import load_language
    from ui.texts import Texts

    texts = Texts(load_language(language))

    def say(happening: Happening) -> Words:
        topic = texts.label(f"topic_{happening.topic}")
        since = texts.label("health_oldest", time=f"{texts.local(happening.since):%Y-%m-%d %H:%M}")
        lines = (f"{station}: {topic}", happening.what, since)
        return Words(subject=f"Baylight {station}: {topic}", text="\n".join(each for each in lines if each) + "\n")

    return say


def telling_chore(teller: Teller) -> Chore:
    """A thread of its own: a server may hang."""
    from db.errors import TELLING_FAILED
    from station.chores import Chore

    return Chore("telling", TELL_EVERY_S, teller.turn, is_apart=True, stop=teller.stop, code=TELLING_FAILED)


def disk_of(settings: Settings, directory: Path) -> Callable[[], Disk]:
    """What is said of the data directory: how large the store is, how much is free, and when the newest copy was made."""
    import shutil

    from db import backup
    from station.desk.values import Disk
    from ui.bootstrap.upkeep import copy_folders

    def look() -> Disk:
        size = sum(each.stat().st_size for each in directory.glob("*.db*") if each.is_file())
        newest = backup.newest_copy(copy_folders(settings, directory))
        made_at = backup.made_at(newest) if newest is not None else None
        return Disk(store_bytes=size, free_bytes=shutil.disk_usage(directory).free, copied_at=made_at)

    return look
