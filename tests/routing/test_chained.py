"""A way by rail over several changes of gauge says where no one service is known to run through."""

from types import SimpleNamespace

import pytest

from landbridge.routing.chained import UNKNOWN, chained
from landbridge.world import World

KARACHI_KABUL = (
    1676, "IRN-PAK-mirjaveh-rail PAK IRN", 1676, 1435, "IRN-TKM-sarakhs-rail IRN TKM", 1520,
    "TKM-UZB-kerki-rail TKM UZB", 1520, "AFG-UZB-hairatan-rail UZB AFG", 1520,
)  # fmt: skip
COLOMBO_BERLIN = (
    1435, "IRN-TKM-incheh-borun-rail IRN TKM", 1520, "KAZ-TKM-bolashak TKM KAZ", 1520, "KAZ-RUS-iletsk-rail KAZ RUS",
    1520, "BLR-RUS-krasnoye-rail RUS BLR", 1520, "BLR-POL-brest-rail BLR POL", 1435, "DEU-POL-frankfurt-rail POL DEU",
    1435,
)  # fmt: skip
XIAN_DUISBURG = (
    1435, "CHN-KAZ-alashankou-rail CHN KAZ", 1520, "KAZ-RUS-iletsk-rail KAZ RUS", 1520,
    "BLR-RUS-krasnoye-rail RUS BLR", 1520, "BLR-POL-bruzgi-rail BLR POL", 1435, "DEU-POL-frankfurt-rail POL DEU", 1435,
)  # fmt: skip
ISLAMABAD_ISTANBUL = (1676, "IRN-PAK-mirjaveh-rail PAK IRN", 1676, 1435, "IRN-TUR-razi-rail IRN TUR", 1435)
KASHGAR_TASHKENT = (
    1435, "CHN-KAZ-khorgos-rail CHN KAZ", 1520, "KAZ-UZB-saryagash-rail KAZ UZB", 1520,
)  # fmt: skip


def way(*parts):
    """A way of moves by gauge and of crossings by id and sides."""
    legs, crossings = [], []
    for number, part in enumerate(parts, 1):
        if isinstance(part, int):
            legs.append(SimpleNamespace(kind="move", mode="rail", gauge_mm=part))
        else:
            legs.append(SimpleNamespace(kind="crossing", mode="rail", gauge_mm=None))
            crossings.append((*part.split(), number))
    return SimpleNamespace(legs=tuple(legs), crossings=tuple(crossings))


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        (KARACHI_KABUL, (UNKNOWN,)),
        (COLOMBO_BERLIN, (UNKNOWN,)),
        (XIAN_DUISBURG, ()),
        (ISLAMABAD_ISTANBUL, ()),
        (KASHGAR_TASHKENT, ()),
    ],
)
def test_a_chain_of_railways_that_no_service_joins_is_told(parts, told):
    assert chained(World.at("2025-06-01"), way(*parts)) == told


def test_a_service_is_known_from_its_first_day_on():
    assert chained(World.at("2005-06-01"), way(*XIAN_DUISBURG)) == (UNKNOWN,)


def test_what_goes_by_road_over_the_border_asks_for_no_train():
    one = way(*KARACHI_KABUL)
    for leg in one.legs:
        leg.mode = "road"
    assert chained(World.at("2025-06-01"), one) == ()
