"""What the station asks of the store, and what the answers say."""

import pytest

from station.reading import Reading
from tests.helpers.sample import BOLT, MACHINE
from tests.helpers.world import filled_store


@pytest.mark.parametrize("read", [BOLT.code, f"]C0{BOLT.code}", f" {BOLT.code} ", f"]E0{BOLT.barcodes[0]}\r"])
def test_an_item_is_found_with_the_scanners_aim_id_and_blanks_around_its_code(read):
    found = Reading(filled_store(), MACHINE).find_item(read)
    assert (found.text, found.items) == (read, (BOLT,))
