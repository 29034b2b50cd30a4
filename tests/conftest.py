"""Loads the guards for every test; fixtures of one folder live in that folder."""

from __future__ import annotations

pytest_plugins = ("tests.helpers.guards", "tests.helpers.postgres", "tests.helpers.side_by_side", "pytester")
