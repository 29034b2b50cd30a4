"""The store's light, and what is said at the work list while the store works but something is wrong with it."""

from __future__ import annotations

from typing import Final

from db.errors import (
    BACKUP_FAILED,
    CHECK_FAILED,
    DISK_LOW,
    DISK_NEARLY_FULL,
    FOLDER_FAILED,
    LIST_FAILED,
    PULL_FAILED,
    RESULTS_FAILED,
    RETENTION_FAILED,
    SIGNING_FAILED,
    TELLING_FAILED,
    UNWATCHED,
)
from station.core.state import StationState
from station.store_watch import OF_CHORES
from station.view.message import Level, Message
from station.view.status import DeviceLight, Light

SENTENCES: Final = {
    DISK_NEARLY_FULL: "disk_nearly_full",
    CHECK_FAILED: "store_check_failed",
    DISK_LOW: "disk_low",
    BACKUP_FAILED: "backup_failed",
    UNWATCHED: "store_unwatched",
    SIGNING_FAILED: "signing_failed",
    RESULTS_FAILED: "results_failed",
    FOLDER_FAILED: "folder_failed",
    PULL_FAILED: "pull_failed",
    TELLING_FAILED: "telling_failed",
    LIST_FAILED: "list_failed",
    RETENTION_FAILED: "retention_failed",
}


def alarm_message(state: StationState) -> Message | None:
    """The worst of it. Copies and other chores that fail are the business of those who see to the machine."""
    sees_to_it = state.person is not None and state.person.role in state.rules.devices_page
    codes = [each for each in state.store_alarms if each not in OF_CHORES or sees_to_it]
    return Message(SENTENCES[codes[0]], Level.ACT, error=codes[0]) if codes else None


def store_light(state: StationState) -> DeviceLight:
    """Red where nothing can be booked, nothing new be begun, or the record is damaged; else what somebody should see to."""
    code = state.store_code or next(iter(state.store_alarms), "")
    is_bad = bool(state.store_code) or code in (DISK_NEARLY_FULL, CHECK_FAILED)
    return DeviceLight("store", Light.BAD if is_bad else Light.WAIT if code else Light.GOOD, code)
