"""Tests keep nothing on disk and read nothing from there; those of the shelf name a folder of their own."""

from __future__ import annotations

import os

os.environ["LANDBRIDGE_CACHE"] = "off"
