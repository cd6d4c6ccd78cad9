"""Pipes closed again and again: the same as asked anew, whatever was closed before."""

from __future__ import annotations

import pytest

from landbridge.energy.closing import Closures
from landbridge.errors import InputError
from landbridge.world import World

YEAR = {"start": "2021-01-01", "end": "2021-03-31", "step": "month"}


def test_what_was_closed_before_does_not_count() -> None:
    world = World.at("2021-01-01")
    one, fresh = Closures(world, **YEAR), Closures(world, **YEAR)
    one.close(["UKR"])
    one.close(["nord-stream-1", "turkstream-1"])
    assert one.close(["blue-stream"]).harm_musd == pytest.approx(fresh.close(["blue-stream"]).harm_musd, rel=1e-7)
    assert one.close(()).harm_musd == pytest.approx(Closures(world, **YEAR).close(()).harm_musd, rel=1e-7)


def test_an_area_is_all_points_that_touch_it() -> None:
    closures = Closures(World.at("2021-01-01"), **YEAR)
    assert {"UKR", "nord-stream-1"} <= set(closures.names)
    alone = closures.close(["FIN"])
    # all of Finland's gas comes over one border; a little by ship
    assert alone.shortage_bcm["FIN"] > 0.3


def test_unknown_names_are_refused() -> None:
    with pytest.raises(InputError, match="nord-stream-1"):
        Closures(World.at("2021-01-01"), **YEAR).close(["nordstream-1"])
