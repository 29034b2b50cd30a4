"""A password in the URL of the site database is shown nowhere."""

from __future__ import annotations

import pytest

from db.sync.url import redacted


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://db.site/baylight", "postgresql://db.site/baylight"),
        ("postgresql://s1@db.site/baylight?sslmode=verify-full", "postgresql://s1@db.site/baylight?sslmode=verify-full"),
        ("postgresql://s1:hunter2@db.site:5432/b", "postgresql://s1:***@db.site:5432/b"),
        ("postgres://s1:a:b%40c@[::1]/b", "postgres://s1:***@[::1]/b"),
        ("postgresql:///b?host=/run&password=hunter2&user=s1", "postgresql:///b?host=/run&password=***&user=s1"),
        ("postgresql:///b?sslpassword=hunter2", "postgresql:///b?sslpassword=***"),
        ("host=db password=hunter2 user=s1", "host=db password=*** user=s1"),
        ("host=db password = 'hun ter\\'2' user=s1", "host=db password = *** user=s1"),
        ("PASSWORD=hunter2", "PASSWORD=***"),
        ("", ""),
    ],
)
def test_the_password_is_hidden_and_the_rest_is_shown(url: str, shown: str) -> None:
    assert redacted(url) == shown
