"""The same question in another process, with strings hashed otherwise, gives the same answer to the last digit."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

ASK = """
import hashlib, json, sys
from landbridge.studies import ask
from landbridge.world import World
world = World.at(sys.argv[1])
print(hashlib.sha256(json.dumps(ask(world, json.loads(sys.argv[2])).to_dict(), sort_keys=True).encode()).hexdigest())
"""


@pytest.mark.parametrize(
    ("day", "question"),
    [
        ("2009-01-07", '{"kind": "gas", "from": "2009-01-07", "to": "2009-01-09"}'),
        ("2023-06-01", '{"kind": "oil"}'),
        ("2022-05-16", '{"kind": "alliance", "bloc": "CSTO"}'),
        ("2022-05-16", '{"kind": "record", "record": "tri-2020"}'),
        ("2026-06-01", '{"kind": "record", "record": "aze-isr", "areas": ["AZE", "IRN"]}'),
        ("2022-05-16", '{"kind": "country", "area": "ARM", "quick": true, "partners": 1}'),
    ],
)
def test_answers_do_not_hang_on_how_strings_are_hashed(day: str, question: str) -> None:
    told = {
        subprocess.run(
            [sys.executable, "-c", ASK, day, question],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(told) == 1
