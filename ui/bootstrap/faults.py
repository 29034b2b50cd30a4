"""Which errors of store, devices, settings and secrets are the environment's fault and not a bug."""

from __future__ import annotations


def known_fault(error: Exception) -> tuple[str, str] | None:
    """Code and message of an error that is the environment's fault; None for a bug."""
    from db.errors import Kind, StoreError
    from db.sync.site import SiteError
    from hardware.config import ConfigError
    from hardware.errors import DeviceError
    from hardware.sim.options import OptionError
    from station.secret import SecretError
    from station.settings_file import SettingsError
    from ui.bootstrap.replication import NoUpstreamError

    match error:
        case StoreError(kind=Kind.KNOWN) | DeviceError() | SiteError() | NoUpstreamError():
            return error.code, error.message
        case SettingsError() | ConfigError():
            return "C101", str(error)
        case OptionError():
            return "C102", str(error)
        case SecretError():
            return "P302", error.message
        case _:
            return None
