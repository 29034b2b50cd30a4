"""What is under packaging/ is no package (it would shadow a library): its folders are looked in by name."""

import sys
from pathlib import Path

PACKAGING = Path(__file__).parents[3] / "packaging"
for each in (PACKAGING, PACKAGING / "deb"):
    if str(each) not in sys.path:
        sys.path.append(str(each))
