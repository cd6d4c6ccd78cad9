"""Names of places: the ones that people type, the ones that mean several places, the ones that are not there."""

import numpy as np
import pytest

from landbridge import shelf
from landbridge.errors import PlaceError
from landbridge.facts import load
from landbridge.geo import great_circle_km
from landbridge.world.gazetteer import ROW, Lines, Words, gazetteer, place_at
from landbridge.world.places import _candidates, _resolve, fold, nearest_place, resolve


@pytest.fixture(scope="module")
def facts():
    return load()


@pytest.mark.parametrize(
    ("text", "area", "lat", "lon"),
    [
        ("Mumbai", "IND", 19.07, 72.88),
        ("Moscow", "RUS", 55.75, 37.62),
        ("Xi'an", "CHN", 34.26, 108.93),
        ("Xian", "CHN", 34.26, 108.93),
        ("Duisburg", "DEU", 51.43, 6.76),
        ("Yerevan", "ARM", 40.18, 44.51),
        ("Baku", "AZE", 40.38, 49.89),
        ("Nakhchivan", "AZE", 39.21, 45.41),
        ("Tehran", "IRN", 35.69, 51.42),
        ("Kars", "TUR", 40.60, 43.09),
        ("Gyumri", "ARM", 40.79, 43.85),
        ("Islamabad", "PAK", 33.72, 73.04),
        ("Istanbul", "TUR", 41.01, 28.95),
        ("Constanta", "ROU", 44.18, 28.63),
        ("Karachi", "PAK", 24.86, 67.01),
        ("Kabul", "AFG", 34.53, 69.17),
        ("Helsinki", "FIN", 60.17, 24.93),
        ("St Petersburg", "RUS", 59.94, 30.31),
        ("Kyiv", "UKR", 50.45, 30.52),
        ("Seoul", "KOR", 37.57, 126.98),
        ("Pyongyang", "PRK", 39.03, 125.75),
        ("Shanghai", "CHN", 31.22, 121.46),
        ("Rotterdam", "NLD", 51.92, 4.48),
        ("Dammam", "SAU", 26.43, 50.10),
        ("Kashgar", "CHN", 39.47, 75.99),
        ("Tashkent", "UZB", 41.27, 69.22),
        ("Almaty", "KAZ", 43.25, 76.91),
        ("Dostyk", "KAZ", 45.26, 82.48),
        ("Malaszewicze", "POL", 52.03, 23.53),
        ("Zahedan", "IRN", 29.50, 60.86),
        ("Rasht", "IRN", 37.28, 49.59),
        ("Poti", "GEO", 42.14, 41.67),
        ("Batumi", "GEO", 41.64, 41.63),
        ("Astara, AZE", "AZE", 38.46, 48.88),
        ("Astara, IRN", "IRN", 38.43, 48.87),
        ("Astara, Iran", "IRN", 38.43, 48.87),
        ("Khorgos, KAZ", "KAZ", 44.22, 80.42),
        ("Khorgos, China", "CHN", 44.21, 80.42),
        ("Aktau", "KAZ", 43.66, 51.17),
        ("Aktau, KAZ", "KAZ", 43.66, 51.17),
        ("aktau, kz", "KAZ", 43.66, 51.17),
        ("Tripoli, Libya", "LBY", 32.89, 13.19),
        ("Sukhumi", "X_ABK", 43.00, 41.02),
        ("Meghri", "ARM", 38.90, 46.24),
        ("Goris", "ARM", 39.51, 46.34),
        ("Valletta", "MLT", 35.90, 14.51),
        ("Andorra la Vella", "AND", 42.51, 1.52),
        ("Vaduz", "LIE", 47.14, 9.52),
        ("Dover", "GBR", 51.13, 1.31),
        ("Khorog", "TJK", 37.49, 71.55),
        ("Ploce", "HRV", 43.06, 17.43),
        ("San Marino", "SMR", 43.94, 12.45),
        ("Monaco", "MCO", 43.74, 7.42),
        ("Vatican City", "VAT", 41.90, 12.45),
        ("Male", "MDV", 4.17, 73.51),
        ("Narvik", "NOR", 68.44, 17.43),
        ("Kiruna", "SWE", 67.86, 20.23),
        ("Nizhny Bestyakh", "RUS", 61.96, 129.91),
    ],
)
def test_names(facts, text, area, lat, lon):
    place = resolve(text, facts)
    assert place.area == area
    assert (place.lat, place.lon) == pytest.approx((lat, lon), abs=0.15)
    assert place.evidence == (("places", place.id),)


@pytest.mark.parametrize(
    ("text", "same_as"),
    [
        ("Баку", "Baku"),
        ("Ташкент", "Tashkent"),
        ("Тегеран", "Tehran"),
        ("Москва", "Moscow"),
        ("西安", "Xi'an"),
        ("上海", "Shanghai"),
        ("تهران", "Tehran"),
        ("İstanbul", "Istanbul"),
        ("Erevan", "Yerevan"),
        ("Kiev", "Kyiv"),
        ("Bombay", "Mumbai"),
        ("Leningrad", "St Petersburg"),
        ("Санкт-Петербург", "St Petersburg"),
        ("Małaszewicze", "Malaszewicze"),
        ("MALASZEWICZE", "Malaszewicze"),
        ("Достык", "Dostyk"),
        ("Krasnovodsk", "Turkmenbashi"),
        ("Alma-Ata", "Almaty"),
        ("Nur-Sultan", "Astana"),
        ("Frunze", "Bishkek"),
        ("Tiflis", "Tbilisi"),
        ("Stepanakert", "Khankendi"),
        ("Алматы", "Almaty"),
        ("Ulan Bator", "Ulaanbaatar"),
    ],
)
def test_other_spellings_scripts_and_old_names(facts, text, same_as):
    assert resolve(text, facts) == resolve(same_as, facts)


def test_no_capital_is_taken_for_a_place_of_another_name_in_another_area():
    facts = load()
    for area in facts.table("areas").rows:
        if area["capital"]:
            try:
                found = resolve(area["capital"], facts)
            except PlaceError:
                continue
            assert found.area == area["id"] or fold(found.name) == fold(area["capital"]), (area["id"], found)


@pytest.mark.parametrize(("text", "remedy"), [("Astara", "add the area"), ("Blagoveshchensk", "lat,lon")])
def test_namesakes_in_one_area_are_not_told_apart_by_it(text, remedy):
    with pytest.raises(PlaceError, match="several places") as caught:
        resolve(text, load())
    assert remedy in str(caught.value)
    assert all(resolve(label.strip('"'), load()) for label in caught.value.nearest)


@pytest.mark.parametrize("text", ["Tripoli", "Astara", "Hyderabad", "Valencia"])
def test_a_name_of_several_places_gets_candidates(facts, text):
    with pytest.raises(PlaceError, match="several places") as caught:
        resolve(text, facts)
    assert len(caught.value.nearest) >= 2
    for label in caught.value.nearest:
        assert resolve(label, facts)


def test_a_name_of_as_many_words_goes_before_one_alike_without_spaces(facts):
    assert (resolve("Mongla", facts).id, resolve("mongla", facts).area) == ("mongla", "BGD")
    assert resolve("Mong La", facts).area == "MMR"


@pytest.mark.parametrize(
    ("text", "area", "kind"),
    [
        ("Olbia", "ITA", "city"),
        ("Augusta", "ITA", "port"),
        ("Augusta, DEU", "DEU", "city"),
        ("Olbia, TUR", "TUR", "city"),
        ("St Petersburg", "RUS", "city"),
    ],
)
def test_a_port_says_which_place_freight_means_by_a_name(facts, text, area, kind):
    place = resolve(text, facts)
    assert (place.area, place.kind) == (area, kind)


@pytest.mark.parametrize(
    ("text", "lat", "lon"),
    [
        ("Igoumenitsa", 39.49, 20.26),
        ("Hirtshals, DNK", 57.6, 9.97),
        ("Donghae", 37.49, 129.14),
        ("Lipata", 9.82, 125.46),
    ],
)
def test_quays_of_ferries_are_places(facts, text, lat, lon):
    place = resolve(text, facts)
    assert (place.lat, place.lon) == pytest.approx((lat, lon), abs=0.01)
    assert resolve(place.label, facts) == place
    with pytest.raises(PlaceError, match="nearest valid"):
        resolve(f"{text[:5]}zz{text[5:].partition(',')[0]}", facts)


def test_a_much_larger_place_is_meant(facts):
    assert resolve("Paris", facts).area == "FRA"
    assert resolve("London", facts).area == "GBR"


@pytest.mark.parametrize(
    ("typo", "right"),
    [
        ("Moscw", "Moscow, RUS"),
        ("Duisburgg", "Duisburg, DEU"),
        ("Taskhent", "Tashkent, UZB"),
        ("Rotterdm", "Rotterdam, NLD"),
        ("Aktua", "Aktau, KAZ"),
    ],
)
def test_typos_get_the_nearest(facts, typo, right):
    with pytest.raises(PlaceError, match="no place") as caught:
        resolve(typo, facts)
    assert right in caught.value.nearest


def test_a_name_in_the_wrong_area(facts):
    with pytest.raises(PlaceError, match="no place 'Aktau' in TUR; nearest valid: \"Aktau, KAZ\""):
        resolve("Aktau, Turkey", facts)


@pytest.mark.parametrize("text", ["", "   ", "Baku, Atlantis", "95,10", "port:atlantis", "Qwxyzzy"])
def test_what_is_no_place(facts, text):
    with pytest.raises(PlaceError):
        resolve(text, facts)


def test_codes_and_ids(facts):
    assert resolve("NLRTM", facts).id == "rotterdam"
    assert resolve("NL RTM", facts).kind == "port"
    assert resolve("GEO-RUS-upper-lars", facts).kind == "crossing"
    assert resolve("crossing:GEO-RUS-upper-lars", facts).kind == "crossing"
    assert resolve("port:aktau", facts).kind == "port"
    assert resolve("passage:suez", facts).kind == "passage"
    assert resolve("Nhava Sheva (JNPA)", facts).kind == "port"
    assert resolve("Vostochny", facts).kind == "port"
    assert resolve("place:astara-irn", facts).area == "IRN"


@pytest.mark.parametrize("text", ["40.4,49.9", " 40.4 , 49.9 ", "40.4; 49.9"])
def test_coordinates(facts, text):
    place = resolve(text, facts)
    assert (place.kind, place.lat, place.lon, place.area) == ("coordinates", 40.4, 49.9, "AZE")


def test_every_port_crossing_and_corridor_gate_can_be_named(facts):
    for row in facts.table("ports").rows:
        assert resolve(f"port:{row['id']}", facts).id == row["id"]
    for row in facts.table("crossings").rows:
        assert resolve(row["id"], facts).id == row["id"]


def test_every_label_is_read_back(facts):
    """A place with a unique label is found by it; the others by their id."""
    rows = facts.table("places").rows[::97]
    for row in rows:
        assert resolve(f"place:{row['id']}", facts).id == row["id"]


def test_the_nearest_place(facts):
    assert nearest_place(facts, 51.95, 4.1).area == "NLD"


def test_the_nearest_place_is_the_one_that_measuring_all_finds(facts):
    rows = facts.table("places").rows
    lat, lon = (np.array([row[name] for row in rows]) for name in ("lat", "lon"))
    area = np.array([row["area"] for row in rows])
    rng = np.random.default_rng(7)
    spots = [*zip(rng.uniform(-90.0, 90.0, 40).tolist(), rng.uniform(-180.0, 180.0, 40).tolist(), strict=True)]
    spots += [(rows[number]["lat"], rows[number]["lon"]) for number in rng.integers(0, len(rows), 20).tolist()]
    for spot in [*spots, (90.0, 0.0), (-90.0, 0.0), (65.0, 180.0)]:
        km = great_circle_km(lat, lon, *spot)
        assert nearest_place(facts, *spot).id == rows[int(np.argmin(km))]["id"]
        assert nearest_place(facts, *spot, "none") == nearest_place(facts, *spot)
        for one in ("KAZ", "DEU"):
            inside = np.where(area == one, km, np.inf)
            assert nearest_place(facts, *spot, one).id == rows[int(np.argmin(inside))]["id"]


def test_folding():
    assert fold("Çeşme") == fold("cesme")
    assert fold("Ağdam") == fold("agdam")
    assert fold("Łódź") == fold("Lodz")


def test_users_places_are_found(facts):
    mine = facts.with_rows(
        "places",
        [
            {
                "id": "my-depot",
                "name": "My Depot",
                "area": "KAZ",
                "lat": 44.0,
                "lon": 80.0,
                "kind": "site",
                "source_id": ("user",),
                "grade": "C",
            }
        ],
    )
    assert resolve("my depot", mine).id == "my-depot"


@pytest.mark.parametrize(("area", "meant"), [("Kuwait", "KWT"), ("Kazakhstan", "Astana"), ("Georgia", "Tbilisi")])
def test_the_name_of_an_area_leads_to_its_capital_or_port(area, meant):
    with pytest.raises(PlaceError) as raised:
        resolve(area, load())
    assert meant in str(raised.value)
    assert "is an area" in str(raised.value)


def test_rows_of_a_text():
    lines = Lines.of(["", ";Aktau;Шевченко;", "a b", "", "a b"])
    assert (len(lines), list(lines), lines[1], lines[-1], lines[1:3]) == (
        5, ["", ";Aktau;Шевченко;", "a b", "", "a b"], ";Aktau;Шевченко;", "a b", [";Aktau;Шевченко;", "a b"]
    )  # fmt: skip
    assert (lines.find(";Шевченко;"), lines.find("Ш"), lines.find("b"), lines.find("c")) == ([1], [1], [2, 4], [])
    words = Words(lines)
    assert (words["a b"], words[""], list(words), len(words)) == ((2, 4), (0, 3), ["", ";Aktau;Шевченко;", "a b"], 3)
    assert "b" not in words
    assert f"a b{ROW}" not in words
    assert (len(Lines.of([])), list(Lines.of([])), list(Lines.of([""])), len(Words(Lines.of([])))) == (0, [], [""], 0)


def test_the_gazetteer_is_the_same_from_the_disk(facts, tmp_path, monkeypatch):
    names = ("Mumbai", "Aktau", "Баку", "Peking", "St Petersburg", "place:baku-aze", "41.3,69.2")
    plain = [resolve(name, facts) for name in names]
    monkeypatch.setenv(shelf.VARIABLE, str(tmp_path))
    for _ in range(3):
        gazetteer.cache_clear()
        _resolve.cache_clear()
        assert [resolve(name, facts) for name in names] == plain
        assert [file for file in tmp_path.iterdir() if file.name.startswith("places-")]
        if _:
            for file in tmp_path.iterdir():
                file.write_bytes(file.read_bytes()[:-1])
    gazetteer.cache_clear()
    _resolve.cache_clear()


@pytest.mark.parametrize(("text", "area"), [("Barcelona", "ESP"), ("Colombo", "LKA"), ("Birmingham", "GBR")])
def test_a_name_means_the_place_that_freight_reaches_by_land(facts, text, area):
    assert resolve(text, facts).area == area


@pytest.mark.parametrize("text", ["Tripoli", "Astara", "Halifax", "Hyderabad", "Karasu", "Santiago"])
def test_a_name_that_may_as_well_mean_another_place_is_asked_for(facts, text):
    with pytest.raises(PlaceError, match="several places"):
        resolve(text, facts)


def test_no_code_of_an_area_is_a_place(facts):
    """Capitals mean the area, whatever village bears the same letters; the village is still found with its area."""
    for row in facts.table("areas").rows:
        for code in filter(None, (row["id"], row["iso2"])):
            with pytest.raises(PlaceError, match=f"'{code}' is an area, no place") as caught:
                resolve(code, facts)
            for label in caught.value.nearest:
                assert resolve(label, facts).area
            _, told, other = str(caught.value).partition("is written ")
            assert not told or resolve(other.strip("'"), facts)


@pytest.mark.parametrize(("text", "area"), [("Pol, IRN", "IRN"), ("Pol", "IRN"), ("Usa, JPN", "JPN")])
def test_a_place_with_the_letters_of_an_area_is_found_by_its_name(facts, text, area):
    assert resolve(text, facts).area == area


NATIVE = """
Istanbul=İstanbul; Ho Chi Minh City=Sài Gòn; Delhi=Dilli; Moscow=Moskva; Tokyo=Tōkyō; Hanoi=Hà Nội; Taipei=Taibei;
Hong Kong=Xianggang; Tehran=Tehrān; Singapore=Singapura; Saint Petersburg=Sankt-Peterburg; Bangkok=Krung Thep;
Jeddah=Jiddah; Kolkata=Kalkata; Riyadh=Ar Riyāḍ; Dubai=Dubayy; Pyongyang=P'yŏngyang; Kyiv=Kyjiv; Osaka=Ōsaka;
Haiphong=Hải Phòng; Baku=Bakı; Rome=Roma; Aleppo=Ḥalab; Tashkent=Toshkent; Beirut=Bayrūt; Bucharest=București;
Sharjah=Ash Shāriqah; Warsaw=Warszawa; Vienna=Wien; Mosul=Al Mawşil; Damascus=Dimashq; Isfahan=Eşfahān;
Munich=München; Yekaterinburg=Ekaterinburg; Kyoto=Kyōto; Tabriz=Tabrīz; Milan=Milano; Belgrade=Beograd;
Nizhniy Novgorod=Nijni Novgorod; Shiraz=Shīrāz; Prague=Praha; Lisbon=Lisboa; Athens=Athínai; Copenhagen=København;
Brussels=Bruxelles; Geneva=Genève; Gothenburg=Göteborg; Warsaw=Warschau; Sofia=Sofiya; Turin=Torino; Naples=Napoli;
Florence=Firenze; Venice=Venezia; Genoa=Genova; Antwerp=Antwerpen; Nuremberg=Nürnberg; Ashgabat=Aşgabat;
Samarkand=Samarqand; Tirana=Tiranë; Odesa=Odessa; Lviv=Lwów; Chisinau=Chișinău; Riga=Rīga; Krakow=Kraków
"""
SCRIPTS = """
Moscow=Москва; Kyiv=Київ; Beijing=北京; Tehran=تهران; Tbilisi=თბილისი; Yerevan=Երևան; Athens=Αθήνα; Minsk=Мінск;
Sofia=София; Belgrade=Београд; Tokyo=東京; Seoul=서울; Shanghai=上海; Baghdad=بغداد; Damascus=دمشق; Riyadh=الرياض;
Kabul=کابل; Karachi=کراچی; Tashkent=Тошкент; Almaty=Алматы; Bishkek=Бишкек; Dushanbe=Душанбе; Odesa=Одеса;
Kharkiv=Харків; Mashhad=مشهد; Ulaanbaatar=Улаанбаатар; Thessaloníki=Θεσσαλονίκη; Batumi=ბათუმი; Chongqing=重庆
"""
LARGEST = 200


def _pairs(text):
    return [tuple(part.strip().split("=")) for part in text.replace("\n", " ").split(";")]


@pytest.mark.parametrize(("name", "native"), [*_pairs(NATIVE), *_pairs(SCRIPTS)])
def test_native_names(facts, name, native):
    assert resolve(native, facts) == resolve(name, facts)


def test_the_largest_cities_of_eurasia_have_their_native_names(facts):
    """Those not in the list are called natively as in the table, up to accents and signs."""
    native = dict(_pairs(NATIVE))
    reached = {row["area"] for row in facts.table("cost_regions").rows}
    rows = [row for row in facts.table("places").rows if row["population"] and row["area"] in reached]
    rows.sort(key=lambda row: -row["population"])
    for row in rows[:LARGEST]:
        place = resolve(f"place:{row['id']}", facts)
        try:
            plain = resolve(row["name"], facts)
        except PlaceError:
            continue  # of two large cities that share a name each is told with its area
        if plain == place:
            assert resolve(native.get(row["name"], row["name"]), facts) == place


def test_further_spellings_take_no_name_from_another(facts):
    """A name that a place is known by is found before they are looked at, so it means what it meant without them."""
    book = gazetteer(facts)
    for number in range(0, len(book.places), 13):
        assert _candidates(facts, place_at(facts, number).name, None)
    for words in book.others[::29]:
        for word in words[1:-1].split(";"):
            assert _candidates(facts, word, None)


def test_further_spellings_are_folded_and_belong_to_places(facts):
    ids = facts.table("places").by_id
    for row in facts.table("place_spellings").rows:
        assert row["id"] in ids
        for word in row["spellings"]:
            assert fold(word) == word


@pytest.mark.parametrize(
    ("typo", "first"),
    [
        ("Münchn", "Munich, DEU"),
        ("Warszaw", "Warsaw, POL"),
        ("Moskwva", "Moscow, RUS"),
        ("Bucurest", "Bucharest, ROU"),
        ("Teheram", "Tehran, IRN"),
    ],
)
def test_likeness_goes_before_size(facts, typo, first):
    try:
        near = resolve(typo, facts).label
    except PlaceError as error:
        near = error.nearest[0]
    assert near == first


@pytest.mark.parametrize(("code", "city"), [("UZTAS", "Tashkent, UZB"), ("TJDYU", "Dushanbe, TJK")])
def test_the_code_of_a_place_that_is_no_port_leads_to_its_area(code: str, city: str) -> None:
    with pytest.raises(PlaceError, match="no port with the UN/LOCODE") as caught:
        resolve(code, load())
    assert caught.value.nearest[0] == city
