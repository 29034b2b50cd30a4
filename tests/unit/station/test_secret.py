import json
import os
import stat

import pytest

from station.secret import (
    PEPPER_FILE,
    Pepper,
    PinCost,
    SecretError,
    badge_digest,
    check_pin,
    hash_pin,
    load_pepper,
    open_pepper,
    redacted,
)

CHEAP = PinCost(memory_kib=8, passes=1)
PEPPER = Pepper("pp_test", b"k" * 32)


def test_the_pepper_is_made_once_and_only_its_owner_may_read_it(tmp_path):
    first = open_pepper(tmp_path)
    assert open_pepper(tmp_path) == first
    assert len(first.key) == 32
    assert stat.S_IMODE((tmp_path / PEPPER_FILE).stat().st_mode) == 0o600
    assert os.listdir(tmp_path) == [PEPPER_FILE]


def test_a_pepper_that_others_can_read_is_refused(tmp_path):
    open_pepper(tmp_path)
    (tmp_path / PEPPER_FILE).chmod(0o640)
    with pytest.raises(SecretError) as caught:
        open_pepper(tmp_path)
    assert caught.value.code == "pepper_open_to_others"


@pytest.mark.parametrize(
    "body", ["", "[]", "{}", '{"pepper_id": "a", "key": "zz"}', '{"pepper_id": "a", "key": "00"}', '{"pepper_id": "a", "key": 7}']
)
def test_a_damaged_pepper_is_refused_and_not_replaced(tmp_path, body):
    path = tmp_path / PEPPER_FILE
    path.write_text(body)
    path.chmod(0o600)
    with pytest.raises(SecretError) as caught:
        open_pepper(tmp_path)
    assert caught.value.code == "pepper_damaged"
    assert path.read_text() == body


def test_a_missing_pepper_is_not_made_where_one_must_be(tmp_path):
    with pytest.raises(SecretError) as caught:
        load_pepper(tmp_path / PEPPER_FILE)
    assert caught.value.code == "pepper_missing"


def test_of_two_programs_that_make_the_pepper_the_first_wins(tmp_path, monkeypatch):
    theirs = {"pepper_id": "pp_first", "key": "ab" * 32}

    def link_too_late(draft, path):
        path.write_text(json.dumps(theirs))
        path.chmod(0o600)
        raise FileExistsError

    monkeypatch.setattr(os, "link", link_too_late)
    assert open_pepper(tmp_path).pepper_id == "pp_first"
    assert os.listdir(tmp_path) == [PEPPER_FILE]


def test_the_key_is_never_shown():
    assert "kkk" not in repr(PEPPER)


def test_only_the_right_pin_fits_its_verifier():
    verifier = hash_pin(PEPPER, "483920", cost=CHEAP)
    assert "483920" not in verifier
    assert check_pin(PEPPER, verifier, "483920")
    assert not check_pin(PEPPER, verifier, "483921")


def test_a_verifier_is_useless_under_another_pepper():
    verifier = hash_pin(PEPPER, "483920", cost=CHEAP)
    assert not check_pin(Pepper("pp_other", b"x" * 32), verifier, "483920")


def test_a_damaged_verifier_is_an_error_and_not_a_wrong_pin():
    with pytest.raises(SecretError) as caught:
        check_pin(PEPPER, "$argon2id$nonsense", "483920")
    assert caught.value.code == "verifier_damaged"


def test_badges_differ_by_code_and_by_site():
    digest = badge_digest(PEPPER, "BLB-1")
    assert digest == badge_digest(PEPPER, "BLB-1")
    assert digest != badge_digest(PEPPER, "BLB-2")
    assert digest != badge_digest(Pepper("pp_other", b"x" * 32), "BLB-1")
    assert "BLB" not in digest


def test_the_default_cost_is_the_designs():
    assert "$argon2id$v=19$m=65536,t=3,p=1$" in hash_pin(PEPPER, "483920")


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://user:SECRET@host/db", "postgresql://user@host/db"),
        ("postgresql://user@host:5433/db", "postgresql://user@host:5433/db"),
        ("postgresql://host:5433/db", "postgresql://host:5433/db"),
        ("postgresql://user:SEC/RET@host/db", "postgresql://user@host/db"),
        ("postgresql://user:SEC@RET@host/db", "postgresql://user@host/db"),
        ("postgresql://:SECRET@/db?host=/run", "postgresql://@/db?host=/run"),
        ("postgresql://u@h/db?password=SECRET&sslmode=require", "postgresql://u@h/db?password=***&sslmode=require"),
        ("host=h user=u password='SEC RET' sslpassword=SECRET dbname=d", "host=h user=u password=*** sslpassword=*** dbname=d"),
        ("", ""),
    ],
)
def test_a_database_is_shown_without_its_password(url, shown):
    assert redacted(url) == shown
    assert not any(part in redacted(url) for part in ("SEC", "RET"))
