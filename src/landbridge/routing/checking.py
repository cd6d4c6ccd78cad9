"""Whether what a question names is in the facts: places, carrier, cargo, goods, what to pass and what to avoid."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from landbridge.errors import InputError, PlaceError, nearest
from landbridge.files import Where
from landbridge.routing.forms import refuse, shipment_form
from landbridge.world.within import complaint

if TYPE_CHECKING:
    from landbridge.facts import Facts
    from landbridge.routing.matrices import MatrixQuestion
    from landbridge.routing.question import RouteQuestion
    from landbridge.world import World
    from landbridge.world.places import Place

AVOIDED: Final[Mapping[str, str]] = {
    "area": "areas",
    "crossing": "crossings",
    "passage": "passages",
    "ferry": "ferries",
    "port": "ports",
    "line": "lines",
    "project": "projects",
}
"""What can be avoided: kinds and the tables of their ids."""
GATES: Final = ("crossings", "passages", "ferries", "ports")
"""Tables whose ids can be passed on the way."""
ROUTE_PLACES: Final = ("from", "to", "at")


def check_question(world: World, question: RouteQuestion | MatrixQuestion) -> None:
    """Refuse a question that names what the facts do not have; every complaint in one message.

    Examples
    --------
    >>> from landbridge.routing import RouteQuestion, Shipment
    >>> from landbridge.world import World
    >>> question = RouteQuestion("Tehran", "Moscow", Shipment(carrier="RUZ", avoid=("passage:hormus",)))
    >>> check_question(World.at("2025-06-01"), question)
    Traceback (most recent call last):
    landbridge.errors.GatheredError: 2 problems
      field avoid: nothing to avoid called 'passage:hormus'; nearest valid: passage:hormuz
      field carrier: no area 'RUZ'; nearest valid: RUS; write the code of an area, as RUS; ...
    """
    refuse(unknown_names(question.to_dict(), world.facts, Where(), invented(world)))


def invented(world: World | None) -> frozenset[str]:
    """Ids of the links that a world's scenarios build."""
    return frozenset() if world is None else frozenset(link.id for link in world.links)


def unknown_names(
    data: Mapping[str, Any], facts: Facts, where: Where, links: Collection[str] = ()
) -> Iterator[InputError]:
    """What a route or matrix question, as plain data, names that is not in the facts.

    Values of a wrong kind are passed over: they are complaints about its form.

    Parameters
    ----------
    links
        Ids of links that scenarios build; they can be avoided too.
    """
    ends: dict[str, Place] = {}
    if data.get("kind", "route") == "route":
        for key in ROUTE_PLACES:
            if _says(data.get(key)):
                yield from _place(data, key, None, facts, where, ends, links)
        yield from _ends_apart(data, ends, where)
    for key in ("places", "destinations"):
        for item, _ in _texts(data, key):
            yield from _place(data, key, item, facts, where, None, links)
    for item, text in _texts(data, "via"):
        if not any(text in facts.table(table).by_id for table in GATES):
            yield from _stop(data, item, text, facts, where)
    for item, text in _texts(data, "avoid"):
        error = _avoided(facts, text, links) or _contradiction(data, text, ends)
        if error is not None:
            yield where.at(error, data, "avoid", item)
    for item, text in _texts(data, "within"):
        wrong = complaint(facts, text)
        if wrong is not None:
            yield where.at(wrong, data, "within", item)
    yield from _shipment(data, facts, where)


def _texts(data: Mapping[str, Any], key: str) -> Iterator[tuple[int | None, str]]:
    """The texts under a key, each once, with its number in the list; one text alone has no number."""
    value = data.get(key)
    if isinstance(value, str):
        yield from ((None, value) for _ in range(_says(value)))
    elif isinstance(value, list | tuple):
        seen: set[str] = set()
        for number, text in enumerate(value):
            if _says(text) and text not in seen:
                seen.add(text)
                yield number, text


def _says(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _stop(data: Mapping[str, Any], item: int | None, text: str, facts: Facts, where: Where) -> Iterator[InputError]:
    """A place to pass, which may be a ferry too."""
    from landbridge.world.alike import alike

    for error in _place(data, "via", item, facts, where):
        ferries = [hit.removeprefix("ferry:") for hit in alike(facts, text, ("ferry",), 2) if "-" in text]
        # A post that has all words of the text is meant before a ferry that is only written alike.
        words = set(text.casefold().split("-"))
        surely = [one for one in error.nearest if words <= set(one.casefold().split("-"))]
        near = _of_modes(facts, list(dict.fromkeys([*surely, *ferries, *error.nearest])), text, data.get("modes"))
        yield PlaceError(error.problem, file=error.file, line=error.line, field=error.field, nearest=near,
                         remedy=error.remedy)  # fmt: skip


def _of_modes(facts: Facts, near: list[str], text: str, modes: Any) -> list[str]:
    """What may be meant, without posts of other modes than those asked for; else the posts of the same two areas."""
    posts = facts.table("crossings").by_id
    if not modes or not isinstance(modes, list | tuple) or not any(one in posts for one in near):
        return near
    wanted = set(map(str, modes))
    left = [one for one in near if one not in posts or wanted & set(posts[one]["modes"])]
    if left:
        return left
    pairs = {frozenset((posts[one]["area_a"], posts[one]["area_b"])) for one in near}
    beside = [key for key, row in posts.items()
              if frozenset((row["area_a"], row["area_b"])) in pairs and wanted & set(row["modes"])]  # fmt: skip
    return [*nearest(text, beside, always=True)] or near


def _place(
    data: Mapping[str, Any],
    key: str,
    item: int | None,
    facts: Facts,
    where: Where,
    found: dict[str, Place] | None = None,
    links: Collection[str] = (),
) -> Iterator[InputError]:
    from landbridge.world.places import resolve

    try:
        place = resolve(data[key] if item is None else data[key][item], facts)
    except PlaceError as error:
        yield where.at(error, data, key, item)
    else:
        if key != "at" and not links and _far_out(place):
            words = f"{place.name} lies at sea or far from every road, railway and port: no area holds it"
            yield where.at(PlaceError(words, remedy="name a port, or a point on land"), data, key, item)
        elif found is not None:
            found[key] = place


def _far_out(place: Place) -> bool:
    """Whether no road, railway, port or airport is within reach of bare coordinates."""
    if place.kind != "coordinates":
        return False
    from landbridge.network import load
    from landbridge.network import nearest as nearest_nodes
    from landbridge.routing.access import REACH_KM

    def near(modes: tuple[str, ...], *, terminals_only: bool) -> bool:
        found, _ = nearest_nodes(
            load(), place.lat, place.lon, modes=modes, k=1, max_km=REACH_KM, terminals_only=terminals_only
        )
        return bool(found.size)

    # Ports lie on coasts of which the network has no roads.
    return not near(("rail", "road"), terminals_only=False) and not near(("sea", "river", "air"), terminals_only=True)


def _ends_apart(data: Mapping[str, Any], ends: Mapping[str, Place], where: Where) -> Iterator[InputError]:
    start, goal = ends.get("at") or ends.get("from"), ends.get("to")
    if start is not None and goal is not None and (start.lat, start.lon) == (goal.lat, goal.lon):
        text = data["at"] if "at" in ends else data["from"]
        yield where.complaint(data, "to", f"'{text}' and '{data['to']}' are the same place")


def _avoided(facts: Facts, text: str, links: Collection[str]) -> InputError | None:
    """What is wrong with a word to avoid: KIND:ID, an id, or the code of an area."""
    from landbridge.world.alike import alike

    kind, colon, key = text.partition(":")
    if not colon:
        if text in links or any(text in facts.table(table).by_id for table in AVOIDED.values()):
            return None
        near = alike(facts, text, AVOIDED)
    elif kind in AVOIDED:
        if key in facts.table(AVOIDED[kind]).by_id or (kind == "line" and key in links):
            return None
        near = alike(facts, key, (kind,)) or alike(facts, key, AVOIDED)
    else:
        near = alike(facts, key, AVOIDED)
    remedy = None if near else f"write KIND:ID with one of {', '.join(AVOIDED)}, or the code of an area"
    return InputError(f"nothing to avoid called {text!r}", nearest=near, remedy=remedy)


def _contradiction(data: Mapping[str, Any], text: str, ends: Mapping[str, Place]) -> InputError | None:
    """Whether a shipment avoids where it starts, ends or is told to pass."""
    kind, _, key = text.rpartition(":")
    if kind in ("area", ""):
        for name, does in (("from", "starts"), ("at", "stands"), ("to", "ends")):
            if name in ends and ends[name].area == key and not (name == "from" and "at" in ends):
                told = f"the shipment {does} in {key}, at {ends[name].name}, and cannot avoid it"
                return InputError(told, remedy="avoid single crossings, ports or passages there")
    if kind != "area" and any(key == via.rpartition(":")[2] for _, via in _texts(data, "via")):
        return InputError(f"{text!r} is to be passed and to be avoided", remedy="drop it from via or from avoid")
    return None


def _shipment(data: Mapping[str, Any], facts: Facts, where: Where) -> Iterator[InputError]:
    from landbridge.routing import costs
    from landbridge.routing.question import shipment_from
    from landbridge.world.alike import near_areas
    from landbridge.world.goods import check_cargo, check_hs

    if _says(data.get("carrier")) and data["carrier"] not in facts.table("areas").by_id:
        states = [key for key in facts.table("areas").by_id if len(key) == 3]
        near = near_areas(facts, data["carrier"]) or nearest(data["carrier"], states, always=True)
        remedy = "write the code of an area, as RUS; `landbridge facts show areas` lists them"
        yield where.complaint(data, "carrier", f"no area {data['carrier']!r}", near=near, remedy=remedy)
    if _says(data.get("hs")):
        try:
            check_hs(data["hs"])
        except InputError as error:
            yield where.at(error, data, "hs")
    if data.get("cargo") is not None and not _says(data["cargo"]):
        return
    try:
        check_cargo(facts, data.get("cargo") or "container")
        if not any(shipment_form(data, where)):
            costs.complete(shipment_from(data), facts)
    except InputError as error:
        yield where.at(error, data, error.field or "cargo")
