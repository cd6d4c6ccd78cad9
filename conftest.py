"""What holds for all tests.

They keep nothing on disk and read nothing from there; those of the shelf name a folder of their own. Only the code that
processes of their own compile is kept, as for a user. The workers share the processors, so each computes on one.
"""

from __future__ import annotations

import os

os.environ["LANDBRIDGE_CACHE"] = "off"
os.environ["OPENBLAS_NUM_THREADS"] = "1"
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
