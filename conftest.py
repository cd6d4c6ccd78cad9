"""What holds for all tests.

They keep nothing on disk and read nothing from there; those of the shelf name a folder of their own. Only the code that
processes of their own compile is kept, as for a user. The workers share the processors, so each computes on one, and
circles of garbage are looked for more rarely: facts, network and plans are many objects, and they all stay.
"""

from __future__ import annotations

import gc
import os

os.environ["LANDBRIDGE_CACHE"] = "off"
os.environ["OPENBLAS_NUM_THREADS"] = "1"
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
gc.set_threshold(50_000, 20, 20)
