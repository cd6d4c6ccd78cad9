"""The pool of cargoes: what is loaded is what arrives, later; what is drawn away comes from others."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from landbridge.energy.horizon import Horizon, make_horizon
from landbridge.energy.lng import ORIGINS, REST, Lng, _after, tanks_mcm
from landbridge.energy.lookup import Used
from landbridge.energy.obligations import LANDED
from landbridge.energy.question import GasQuestion, horizon_of
from landbridge.energy.system import System, make_systems
from landbridge.world import World

DAY = "2026-04-01"


def market(*scenarios: str, start: str = "2026-04-01", end: str = "2026-09-30") -> Lng:
    world = World.at(DAY)
    there = world.apply(*scenarios) if scenarios else world
    horizon = horizon_of(there, GasQuestion(start, end))
    return make_systems(there, horizon)[1].lng


def quiet(horizon: Horizon) -> Lng:
    return make_systems(World.at(horizon.start), horizon)[0].lng


def test_undisturbed_what_is_sure_and_what_is_shared_is_the_supply() -> None:
    found = quiet(make_horizon(date(2021, 1, 1), date(2021, 12, 31)))
    whole = found.export_mcmd.sum(axis=0)
    arriving = (found.firm_mcmd + found.usual_pool_mcmd).sum(axis=0)
    # a plant that stood still before the horizon is held to have loaded until then
    assert arriving == pytest.approx(whole, rel=5e-3)
    assert arriving[3:] == pytest.approx(whole[3:], rel=1e-6)
    assert (found.pool_mcmd >= found.usual_pool_mcmd.sum(axis=0) - 1e-9).all()
    assert np.isinf(found.more_mcmd).all()
    assert REST in found.importers


def test_a_closed_strait_takes_qatar_away_after_the_voyage() -> None:
    plain, cut = quiet(make_horizon(date(2026, 4, 1), date(2026, 9, 30))), market("hormuz-closed")
    at = cut.exporters.index("QAT")
    assert plain.export_mcmd[at].min() > 100
    assert cut.export_mcmd[at].max() == 0
    buyer = cut.importers.index("JPN")
    lost = plain.firm_mcmd[buyer] + plain.usual_pool_mcmd[buyer] - cut.firm_mcmd[buyer] - cut.usual_pool_mcmd[buyer]
    assert lost[-1] >= lost[0] >= -1e-9
    assert lost[-1] > 1


def test_what_is_at_sea_still_arrives() -> None:
    loaded = np.array([1.0, 0.0, 0.0, 0.0, 0.0])
    assert _after(loaded, 2).tolist() == [1.0, 1.0, 1.0, 0.0, 0.0]
    assert _after(loaded, 0).tolist() == loaded.tolist()
    assert _after(loaded, 9).tolist() == [1.0] * 5


def test_tanks_hold_half_of_what_they_can_where_the_terminal_is_open() -> None:
    facts, used = World.at("2009-01-07").facts, Used()
    found = tanks_mcm(facts, date(2009, 1, 7), {"lng-revithoussa": "GRC"}, ("GRC", "TUR"), used)
    # 130,000 m3 of liquid, some 80 million m3 of gas when full
    assert found == pytest.approx([0.5 * 130 * 0.612, 0.0])
    assert ("gas_lng_tanks", "revithoussa") in used.bcm
    later = tanks_mcm(facts, date(2020, 1, 1), {"lng-revithoussa": "GRC"}, ("GRC",), Used())
    assert later[0] > 1.5 * found[0]


def replayed(year: int) -> tuple[System, dict[str, float]]:
    """The system of a year that is replayed, its cuts in, and what must land at each importer [bcm]."""
    horizon = make_horizon(date(year, 1, 1), date(year, 12, 31))
    found = make_systems(World.at(f"{year}-01-01"), horizon, basis="observed")[1]
    return found, {one.buyer: one.bcm for one in found.duties if one.id.startswith(LANDED)}


@pytest.mark.parametrize("year", [2019, 2021, 2022, 2023])
def test_a_replay_lands_the_cargoes_of_its_year(year: int) -> None:
    _, owed = replayed(year)
    rows = [
        row for row in World.at("2024-01-01").facts.table("gas_trade").where(route="lng", year=year)
        if row["basis"] in ORIGINS
    ]  # fmt: skip
    for area in ("GBR", "FRA", "BEL", "ESP", "ITA", "JPN"):
        landed = sum(float(row["bcm"]) for row in rows if row["importer"] == area)
        # what is loaded and what is landed are two tables
        assert owed[area] == pytest.approx(landed, rel=0.06)


def test_a_replay_without_its_cuts_loads_what_the_fire_at_freeport_kept_back() -> None:
    horizon = make_horizon(date(2022, 1, 1), date(2022, 12, 31))
    without, with_cuts = make_systems(World.at("2022-01-01"), horizon, basis="observed")
    at = without.lng.exporters.index("USA")
    more = without.lng.export_mcmd[at] - with_cuts.lng.export_mcmd[at]
    # shut from 8 June to the end of the year
    assert more[:5] == pytest.approx(0)
    assert more[6:].min() > 40


def test_what_is_counted_together_is_split_by_what_terminals_sent_out() -> None:
    # the Union's small importers: sent out in 2021 by Poland 3.97, Portugal 5.41, Lithuania 1.51, Croatia 1.63
    _, owed = replayed(2021)
    assert [owed[area] for area in ("POL", "PRT", "LTU", "HRV")] == pytest.approx([3.97, 5.41, 1.51, 1.63], rel=0.06)


def test_only_a_replay_of_a_year_that_is_told_must_land_it() -> None:
    horizon = make_horizon(date(2022, 1, 1), date(2022, 12, 31))
    base = World.at("2022-01-01")
    before = make_systems(base, horizon)[1]
    changed = make_systems(base.apply("hormuz-closed"), horizon, basis="observed")[1]
    # of 2016 nobody tells who landed what
    earlier = make_horizon(date(2016, 1, 1), date(2016, 12, 31))
    untold = make_systems(World.at("2016-01-01"), earlier, basis="observed")[1]
    for system in (before, changed, untold):
        assert not any(one.id.startswith(LANDED) for one in system.duties)
