"""Hand-made states of the first start: each page, and what can come of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from station.first_start.draft import LINE, TRIAL, Draft, Step
from station.first_start.pages import Page, Trial
from station.first_start.values import FirstStart, FoundLine
from station.scan_form import GROUP_SEPARATOR, ScanForm
from station.teach_scanner import Taught
from ui.language import LANGUAGES

LINES = (FoundLine("usb:FT4F2K8X", "USB-RS232 adapter"), FoundLine("/dev/ttyS0", "ttyS0"))
DRAFT = Draft(machine_url="socket://192.168.1.20:9600", has_site=True, site="db.plant.local/baylight", site_user="station_s1")
START = FirstStart(draft=DRAFT, languages=LANGUAGES, least_tenths=101)
LEARNT = Taught(ScanForm(suffix="\r", gs=GROUP_SEPARATOR, has_aim_id=True))
FAILED = Taught(None, ("not_the_label",))


def first_start_states(language: str = "en") -> Iterator[tuple[str, FirstStart]]:
    """Name and state of each look."""
    start = replace(START, draft=replace(DRAFT, language=language))
    on = {page: replace(start, page=page) for page in Page}
    yield "language", on[Page.LANGUAGE]
    yield "screen", on[Page.SCREEN]
    yield "station", replace(on[Page.STATION], entry="S1")
    yield "machine", on[Page.MACHINE]
    yield "machine_line", replace(on[Page.MACHINE_LINE], lines=LINES, is_network=True)
    yield "machine_line_none", replace(on[Page.MACHINE_LINE], draft=replace(start.draft, machine_url=""))
    yield "machine_address", replace(on[Page.MACHINE_ADDRESS], entry="192.168.1.20:96")
    yield "machine_try", on[Page.MACHINE_TRY]
    yield "machine_trying", replace(on[Page.MACHINE_TRY], trial=Trial.RUNNING)
    yield "machine_good", replace(on[Page.MACHINE_TRY], trial=Trial.GOOD, draft=replace(start.draft, machine=TRIAL))
    yield "machine_waits", replace(on[Page.MACHINE_TRY], trial=Trial.GOOD, trial_code="L209")
    yield "machine_bad", replace(on[Page.MACHINE_TRY], trial=Trial.BAD, trial_code="L101", trial_words="connection refused")
    yield "scanner", on[Page.SCANNER]
    yield "scanner_line", replace(on[Page.SCANNER_LINE], lines=LINES, draft=replace(start.draft, scanner_url=LINES[0].url))
    yield "scanner_teach", on[Page.SCANNER_TEACH]
    yield "scanner_learnt", replace(on[Page.SCANNER_TEACH], taught=LEARNT, taught_source="wedge")
    yield "scanner_failed", replace(on[Page.SCANNER_TEACH], taught=FAILED, draft=replace(start.draft, scanner=LINE))
    yield "pointer", on[Page.POINTER]
    yield "site", on[Page.SITE]
    yield "site_address", replace(on[Page.SITE_ADDRESS], entry="db.plant.local/baylight")
    yield "site_user", replace(on[Page.SITE_USER], entry="station_s1")
    yield "site_password", replace(on[Page.SITE_PASSWORD], entry="secret12")
    yield "site_good", replace(on[Page.SITE_TRY], trial=Trial.GOOD)
    yield "site_bad", replace(on[Page.SITE_TRY], trial=Trial.BAD, trial_code="U201")
    yield "admin_name", replace(on[Page.ADMIN_NAME], entry="Anna Müller-Lüdens", keys=1)
    yield "admin_badge", replace(on[Page.ADMIN_BADGE], name="Anna Müller")
    yield "admin_badge_read", replace(on[Page.ADMIN_BADGE], name="Anna Müller", badge="B4711")
    yield "admin_pin", replace(on[Page.ADMIN_PIN], name="Anna Müller", entry="9", problem="pin_weak")
    yield "admin_again", replace(on[Page.ADMIN_AGAIN], name="Anna Müller", entry="9182")
    yield "not_written", replace(on[Page.ADMIN_AGAIN], name="Anna Müller", entry="918273", problem="admin_not_written")
    yield "saving", replace(on[Page.STATION], entry="S1", is_saving=True)
    done = replace(start.draft, pointer="dmx", pointer_url="/dev/ttyUSB1")
    yield "done", replace(on[Page.DONE], draft=done, skipped=frozenset({Step.SITE}))
