"""What reading a code loads late is what is loaded ahead."""

from __future__ import annotations

import subprocess
import sys

CODE = """
import sys
from station.codes import ahead
from station.codes.decode import decode
assert not any(name.startswith("biip") for name in sys.modules), "importing the reader loads it already"
ahead.load()
before = set(sys.modules)
decode("]C10109520123456788172512311030\x1d310300195030" + "12")
decode("04252614")
decode("(01)09520123456788(3103)001950")
print(sorted(set(sys.modules) - before))
"""


def test_after_that_no_code_loads_anything() -> None:
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
