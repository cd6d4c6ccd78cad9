"""What holds for all tests.

They keep nothing on disk and read nothing from there; those of the shelf name a folder of their own. Only the code that
processes of their own compile is kept, as for a user. The workers share the processors, so each computes on one, and
circles of garbage are looked for more rarely: facts, network and plans are many objects, and they all stay.
"""

from __future__ import annotations

import gc
import os
from typing import Any

import pytest

os.environ["LANDBRIDGE_CACHE"] = "off"
os.environ["OPENBLAS_NUM_THREADS"] = "1"
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
gc.set_threshold(50_000, 20, 20)

TOGETHER = {
    "tests/against/test_country.py": "profiles",
    "tests/cli/test_country.py": "profiles",
    "tests/report/test_country.py": "profiles",
    "tests/report/test_country_between.py": "profiles",
    "tests/report/test_poles.py": "profiles",
    "tests/studies/test_country.py": "profiles",
    "tests/studies/test_country_changes.py": "profiles",
    "tests/studies/test_country_stance.py": "profiles",
}
"""Files whose tests read the same answers, by what these are: one worker runs them all and makes each answer once."""


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Hand out whole files, and those that belong together to one worker."""
    if config.getoption("dist") != "loadfile":
        return None
    from xdist.scheduler import LoadFileScheduling

    class Together(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = super()._split_scope(nodeid)
            return TOGETHER.get(file, file)

    return Together(config, log)
