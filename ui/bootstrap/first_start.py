"""What the first start has done for it: lines found, machine and site asked, steps written, the administrator added."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Callable
from concurrent.futures import Executor
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from station.first_start import progress
from station.first_start.draft import SCANNER_NAME, STEPS, TRIAL, Draft, Step, changes_of, draft_of
from station.first_start.values import (
    AddAdministrator,
    Effect,
    Event,
    FindLines,
    FirstStart,
    FoundLine,
    KeepStep,
    LinesFound,
    Saved,
    TextArrived,
    Tried,
    TryMachine,
    TrySite,
)

if TYPE_CHECKING:
    from hardware.ports import Scanner
    from hardware.values import ScannerEvent
    from station.scan_form import ScanForm
    from station.scan_forms import ScanForms
    from station.settings import MachineSettings, Settings

T = TypeVar("T")

logger = logging.getLogger(__name__)

SETTINGS_FILE = "station.toml"  # in the data directory, where no other file is named
TRIAL_PATIENCE_S = 20.0


def config_of(directory: Path, named: Path | None) -> Path:
    """The settings file of a data directory."""
    return named or directory / SETTINGS_FILE


def is_held(directory: Path) -> bool:
    """Whether a station, or another program that writes, holds this directory."""
    from db.lock import is_held as held

    return held(directory)


def has_administrator(directory: Path, station: str) -> bool:
    """Whether somebody is there who can sign on and add the others. A store that cannot be read is the station's matter."""
    from db.errors import Kind, StoreError
    from station.values import Role
    from ui.bootstrap.store import open_reader

    if not (directory / "store.db").exists():
        return False
    try:
        with closing(open_reader(directory, station)) as reader:
            return any(each.role is Role.ADMINISTRATOR and each.is_active for each in reader.people())
    except StoreError as error:
        if error.kind is not Kind.KNOWN:
            raise
        logger.info("whether there is an administrator is not known: %s", error)
        return True


def is_wanted(directory: Path, settings: Settings) -> bool:
    """Whether a start of the station begins with the first start: one was cut off, or nobody can sign on, or no machine is set.
    Never where a station runs: whoever starts a second one hears of that."""
    if progress.is_over(directory) or is_held(directory):
        return False
    machine = settings.machine
    has_machine = bool(machine.url or machine.pod or machine.simulated)
    return progress.is_begun(directory) or not has_machine or not has_administrator(directory, settings.station.name)


def first_state(directory: Path, settings: Settings, *, languages: tuple[str, ...], least_tenths: int) -> FirstStart:
    """What is known before anything was asked."""
    from station.sample.people import SAMPLE_PINS
    from ui.bootstrap.store import owner_of

    owner = owner_of(directory) if (directory / "store.db").exists() else ""
    draft = draft_of(settings)
    return FirstStart(
        draft=replace(draft, station=owner) if owner else draft,
        languages=languages,
        has_administrator=has_administrator(directory, settings.station.name),
        owner=owner,
        least_tenths=least_tenths,
        pin_length=settings.sign_on.pin_length,
        forbidden_pins=SAMPLE_PINS,
    )


class FirstStartDesk:
    """Carries out what the flow asks. `tell` is called on the loop; what blocks goes to `executor`. `own_machine` starts the
    machine of the program's own for a protocol and says where it is, or what came of that."""

    def __init__(
        self,
        directory: Path,
        config: Path,
        tell: Callable[[Event], None],
        *,
        executor: Executor,
        own_machine: Callable[[str], str | Tried],
    ) -> None:
        self._directory, self._config, self._tell, self._executor = directory, config, tell, executor
        self._own_machine = own_machine
        self._scanner: Scanner | None = None
        self._scanner_url = ""
        self._forms = self._read_forms()

    def form(self) -> ScanForm:
        """How a scanner that types says its codes, as far as it was taught."""
        return self._forms.of("wedge")

    async def carry_out(self, effect: Effect) -> None:
        """Do it, and tell what came of it."""
        match effect:
            case FindLines():
                self._tell(LinesFound(await self._blocking(_found_lines)))
            case TryMachine(draft):
                self._tell(await self._try_machine(draft))
            case TrySite(draft, password):
                self._tell(await self._blocking(partial(self._try_site, draft, password)))
            case KeepStep():
                self._tell(Saved(await self._blocking(partial(self._keep, effect))))
                self._forms = self._read_forms()
            case AddAdministrator():
                self._tell(Saved(await self._blocking(partial(self._add, effect))))

    async def listen(self, url: str) -> None:
        """Hear the scanner on this line, "" for none; `url` as in the settings."""
        from hardware.config import ConfigError, ScannerConfig
        from hardware.factory import make_scanner

        if url == self._scanner_url:
            return
        await self.close()
        self._scanner_url = url
        if not url:
            return
        try:
            self._scanner = make_scanner(ScannerConfig(url=url, protocol="line", name=SCANNER_NAME, serial="9600,8N1"))
        except ConfigError as error:
            logger.warning("the scanner is not heard: %s", error)
            return
        self._scanner.subscribe(self._on_scanner)
        await self._scanner.open()

    async def close(self) -> None:
        """The scanner's line ends."""
        scanner, self._scanner, self._scanner_url = self._scanner, None, ""
        if scanner is not None:
            await scanner.close()

    def _on_scanner(self, event: ScannerEvent) -> None:
        from hardware.values import ScanRead

        if isinstance(event, ScanRead):
            self._tell(TextArrived(event.text, event.is_ended))

    async def _blocking(self, call: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._executor, call)

    async def _try_machine(self, draft: Draft) -> Tried:
        """Ask it how it is, by the driver of the choice. Nothing moves."""
        from hardware.config import ConfigError
        from hardware.errors import LINE_NO_ANSWER, DeviceError

        try:
            url: str | Tried = draft.machine_url
            if draft.machine == TRIAL:
                url = await self._blocking(partial(self._own_machine, draft.protocol))
            if isinstance(url, Tried):
                return url
            async with asyncio.timeout(TRIAL_PATIENCE_S):
                return await _asked(_machine_of(draft, url))
        except DeviceError as error:
            return Tried(False, error.code, error.message)
        except ConfigError as error:
            return Tried(False, "C101", str(error))
        except TimeoutError:
            return Tried(False, LINE_NO_ANSWER)

    def _try_site(self, draft: Draft, password: str) -> Tried:
        from db.sync.site import SiteError
        from db.upstream.greet import greet

        kept = self._directory / progress.PASSWORD_FILE
        named = str(kept.absolute()) if not password and kept.exists() else ""
        try:
            greeting = greet(draft.site_url(named), secret=password)
        except SiteError as error:
            logger.info("the site database does not work yet: %s", error.code)
            return Tried(False, error.code)
        return Tried(True, words="" if greeting.may_enrol else "station")

    def _keep(self, effect: KeepStep) -> str:
        """Write a step; why not, as a code."""
        from station.first_start.settings_edit import SettingsTornError

        try:
            if effect.is_skipped:
                progress.note(effect.step, self._directory)
                return ""
            if effect.taught is not None and effect.taught.form is not None:
                source = "wedge" if effect.source == "wedge" else SCANNER_NAME
                self._directory.mkdir(parents=True, exist_ok=True, mode=0o700)
                self._read_forms().keep(source, effect.taught.form)
            progress.keep_step(
                effect.step, effect.draft, directory=self._directory, config=self._config, password=effect.password
            )
        except OSError as error:
            logger.warning("step %s was not written: %s", effect.step, error.strerror)
            return "settings_not_written"
        except SettingsTornError:
            logger.warning("step %s was not written: the settings file cannot be changed line by line", effect.step)
            return "settings_torn"
        return ""

    def _add(self, effect: AddAdministrator) -> str:
        """Add the first administrator; why not, as a code."""
        from db.errors import Kind, StoreError
        from station.people import People, PeopleError
        from station.sample.people import SAMPLE_PINS
        from station.secret import SecretError, open_pepper
        from station.values import Role
        from ui.bootstrap.store import open_store

        settings = self._settings()
        try:
            with closing(open_store(self._directory, settings.station.name, ballast_bytes=0)) as store:
                people = People(
                    store=store,
                    pepper=open_pepper(self._directory),
                    forbidden_pins=SAMPLE_PINS,
                    pin_length=settings.sign_on.pin_length,
                )
                people.add(effect.name, Role.ADMINISTRATOR, badge=effect.badge, pin=effect.pin, language=effect.language)
            progress.note(STEPS[-1], self._directory)
        except PeopleError as error:
            return error.code
        except (StoreError, SecretError, OSError) as error:
            if isinstance(error, StoreError) and error.kind is not Kind.KNOWN:
                raise
            logger.warning("the administrator was not written: %s", type(error).__name__)
            return "admin_not_written"
        return ""

    def _settings(self) -> Settings:
        from station.settings_file import load_settings

        return load_settings(self._config if self._config.exists() else None, os.environ)

    def _read_forms(self) -> ScanForms:
        from station.scan_forms import FILE, ScanForms

        return ScanForms(self._directory / FILE)


def _found_lines() -> tuple[FoundLine, ...]:
    from hardware.serial_port import found_ports

    return tuple(FoundLine(each.url, each.description or each.device) for each in found_ports())


def _machine_of(draft: Draft, url: str) -> MachineSettings:
    from station.settings import MachineSettings

    said = {each.key: str(each.value) for each in changes_of(Step.MACHINE, draft)}
    return MachineSettings(protocol=said["protocol"], kind=said["kind"], map=said["map"], url=url)


async def _asked(machine: MachineSettings) -> Tried:
    from hardware.values import Outcome
    from station.lift_call import LiftCall
    from ui.bootstrap.devices import lift_of

    call = LiftCall(lift_of(machine), machine=machine.name, opening=machine.opening)
    try:
        await call.open()
        answer = await call.status()
    finally:
        await call.close()
    is_ready = answer.outcome is Outcome.DONE
    return Tried(True, "" if is_ready else answer.code or "L209")
