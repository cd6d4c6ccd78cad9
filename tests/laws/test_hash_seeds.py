"""The same question in another process, with strings hashed otherwise, gives the same answer to the last digit."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cache

import pytest

QUESTIONS = (
    ("2009-01-07", '{"kind": "gas", "from": "2009-01-07", "to": "2009-01-09"}'),
    ("2023-06-01", '{"kind": "oil"}'),
    ("2022-05-16", '{"kind": "alliance", "bloc": "CSTO"}'),
    ("2022-05-16", '{"kind": "record", "record": "tri-2020"}'),
    ("2026-06-01", '{"kind": "record", "record": "aze-isr", "areas": ["AZE", "IRN"]}'),
    ("2022-05-16", '{"kind": "country", "area": "ARM", "quick": true, "partners": 1}'),
)
SEEDS = ("1", "2", "3")
ASK = """
import hashlib, json, sys
from landbridge.studies import ask
from landbridge.world import World
for day, question in json.loads(sys.argv[1]):
    told = json.dumps(ask(World.at(day), json.loads(question)).to_dict(), sort_keys=True)
    print(hashlib.sha256(told.encode()).hexdigest())
"""


@cache
def told(seed: str) -> tuple[str, ...]:
    """The hashes of all answers, by one process: most of its time goes into reading the facts."""
    done = subprocess.run(
        [sys.executable, "-c", ASK, json.dumps(QUESTIONS)],
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=True,
    )
    return tuple(done.stdout.split())


@pytest.mark.parametrize("asked", QUESTIONS)
def test_answers_do_not_hang_on_how_strings_are_hashed(asked: tuple[str, str]) -> None:
    number = QUESTIONS.index(asked)
    assert all(len(told(seed)) == len(QUESTIONS) for seed in SEEDS)
    assert len({told(seed)[number] for seed in SEEDS}) == 1
