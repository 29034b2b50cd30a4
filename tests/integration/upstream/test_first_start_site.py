"""The site database of the first start on a real server: tried by password, then logged in by the password's own file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from db.sync.site import SiteError
from db.upstream.connect import connect
from db.upstream.enrol import self_enrol
from db.upstream.greet import Greeting, greet
from db.upstream.init import initialise
from station.first_start.draft import Draft, Step, draft_of
from station.first_start.progress import keep_step
from station.settings_file import load_settings
from tests.helpers.postgres import PASSWORD, SUPERUSER, Server


def refusal(draft: Draft, secret: str) -> str:
    with pytest.raises(SiteError) as refused:
        greet(draft.site_url(), secret=secret)
    assert not secret or secret not in str(refused.value)
    return refused.value.code


def test_a_site_is_tried_by_the_password_that_was_typed_and_used_by_its_file(
    new_server: Callable[..., Server], tmp_path: Path
) -> None:
    server = new_server(tcp=True)
    draft = replace(Draft(), has_site=True, site=f"127.0.0.1:{server.port}/{server.create_database()}", site_user=SUPERUSER)
    assert [refusal(draft, each) for each in ("", "other-word", PASSWORD)] == ["U201", "U201", "U401"]
    initialise(f"{draft.site_url()}?password={PASSWORD}")
    assert greet(draft.site_url(), secret=PASSWORD) == Greeting(SUPERUSER, may_enrol=True)
    data, config = tmp_path / "with blank@%", tmp_path / "station.toml"
    keep_step(Step.SITE, draft, directory=data, config=config, password=PASSWORD)
    settings = load_settings(config, {})
    assert PASSWORD not in config.read_text(encoding="utf-8")
    assert draft_of(settings).site == draft.site
    login = self_enrol(settings.upstream.url, "B7", data)
    assert login.role == "baylight_st_B7"
    connect(settings.upstream.url, role=login.role, secret=login.secret).close()
