"""Run the measurements and write their tables into the documentation."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from bench import page, pose, rows
from bench.score import Scored
from bench.simple import SimpleRule
from landbridge.world import World

DOCS = Path(__file__).parent.parent / "docs"
ACCURACY, PERFORMANCE = DOCS / "accuracy.md", DOCS / "performance.md"


def progress(text: str) -> None:
    """Say which row is asked, on a terminal only."""
    if sys.stderr.isatty():
        print(f"\r{text:<12}", end="", file=sys.stderr, flush=True)


def grouped(scored: Sequence[Scored], names: Sequence[str]) -> dict[str, list[Scored]]:
    """The rows of each group and of all."""
    found = {name: [item for item in scored if item.row.group == name] for name in names}
    return {**{name: items for name, items in found.items() if items}, "all": list(scored)}


def show(name: str, summary: str, parts: Sequence[str]) -> None:
    """Print the summary and write everything to the page."""
    print(f"\n{name}\n{summary}")
    page.write(ACCURACY, name, "\n\n".join(["", summary, *parts, ""]))


def distances(name: str = "distances") -> None:
    """Published distances against those of the routes."""
    simple = SimpleRule()
    asked = rows.distances(name)
    scored = pose.score(asked, lambda routes, row: pose.kilometres(routes, row.measure), simple.km, 3, progress)
    summary = page.summary(grouped(scored, ("sea", "rail", "road")), ranked=False)
    show(name, summary, [page.details(scored, "km", 0)])


def times(name: str = "times") -> None:
    """Published transit times against those of the first route."""
    simple = SimpleRule()
    asked = rows.times(name)

    def days(routes: list[pose.Route], row: rows.Row) -> float:
        modes = row.trip.options["modes"] if row.trip else ()
        return pose.days(routes[0], modes, row.measure)

    scored = pose.score(asked, days, simple.days, 1, progress)
    summary = page.summary(grouped(scored, ("sea", "rail", "road", "mixed")), ranked=True)
    left_out = f"Not put as a question:\n\n{page.not_posed(asked)}"
    show(name, summary, [page.details(scored, "days", 1), left_out])


def further() -> None:
    """The values that were looked up later, kept apart."""
    distances("distances_further")
    times("times_further")
    money("money_further")


def co2e() -> None:
    """Worked examples of emissions against those of the first route."""
    asked = rows.co2e()

    def kilograms(routes: list[pose.Route], row: rows.Row) -> float:
        modes = row.trip.options["modes"] if row.trip else ()
        return pose.kilograms(routes[0], modes, row.measure)

    scored = pose.score(asked, kilograms, lambda _: None, 1, progress)
    left_out = f"Not put as a question:\n\n{page.not_posed(asked)}"
    details = page.details(scored, "kg", 0)
    hits = sum(item.inside for item in scored)
    show("co2e", f"{page.of(hits, len(scored))} examples inside their range.", [details, left_out])


def co2e_modes() -> None:
    """Published factors by mode against kilograms over tonne-kilometres of a trip by it."""
    asked = rows.co2e_modes()

    def grams(routes: list[pose.Route], row: rows.Row) -> float:
        return pose.grams_tkm(routes[0], row.group, float(row.measure))

    scored = pose.score(asked, grams, lambda _: None, 1, progress)
    hits = sum(item.inside for item in scored)
    show("co2e_modes", f"{page.of(hits, len(scored))} factors within 10 %.", [page.details(scored, "g/tkm", 1)])


def money(name: str = "money") -> None:
    """Published tariffs and quotes against the dollars of the first route."""
    simple = SimpleRule()
    asked = rows.money(name)

    def dollars(routes: list[pose.Route], row: rows.Row) -> float:
        measure, per = row.measure.split(";")
        if row.trip is None:
            return float(routes[0]["usd"]) / float(per)
        asked_for = row.trip.options
        teu = asked_for.get("teu", 0.0)
        return pose.dollars(routes[0], asked_for["modes"], measure, row.trip.on, teu) / float(per)

    scored = pose.score(asked, dollars, simple.dollars, 1, progress)
    left_out = f"Not put as a question:\n\n{page.not_posed(asked)}"
    summary = page.summary(grouped(scored, ("independent", "shared source")), ranked=True)
    show(name, summary, [page.details(scored, "USD", 2), left_out])


def spread() -> None:
    """Whether published transit times lie inside the 10 to 90 % band of the first route, and how wide the band is."""
    desk = pose.Desk()
    found: dict[str, list[tuple[rows.Row, float, float, float]]] = {}
    for name in ("times", "times_further"):
        found[name] = []
        for row in rows.times(name):
            progress(row.id)
            routes, _ = desk.ask(row.trip, 1) if row.trip else ([], "")
            if row.trip and routes:
                told = (routes[0], row.trip.options["modes"], row.measure)
                found[name].append((row, *pose.band(*told), pose.days(*told)))
    show("spread", page.bands(found), [])


def alternatives() -> None:
    """The alternatives of a question against all ways that no other beats, by exact search."""
    from bench import cover

    worlds: dict[str, World] = {}
    measured = []
    for case in cover.cases():
        progress(case.id)
        if case.on not in worlds:
            worlds[case.on] = World.at(case.on)
        measured.append(cover.measure(worlds[case.on], case))
    optima = page.of(sum(cover.found_optima(item) for item in measured), 3 * len(measured))
    told = f"Least hours, dollars and kg CO2e of a front: a candidate has as little (beyond the cap, less) in {optima}."
    show("alternatives", cover.summary(measured), [told, cover.details(measured)])


def air() -> None:
    """Flights round closed airspace against published detours."""
    from bench import air as flying

    summary, table = flying.page()
    show("air", summary, [table])


def reach() -> None:
    """Capitals by road, stations and ports by rail."""
    from bench import reach as reaching

    show("rails", reaching.rails_page(reaching.rails()), [])
    show("roads", reaching.roads_page(reaching.capitals()), [])


def gas() -> None:
    """Published shortfalls, the list of January 2009 and flows of three years against the gas model; its speed."""
    from bench import gas as gases
    from bench import gas_flows
    from bench.gas_ask import Desk
    from bench.gas_speed import measure

    desk = Desk()
    for table in ("gas_cuts", "gas_cuts_further"):
        scored = gases.shortfalls(desk, table, progress)
        left_out = f"Not put as a question:\n\n{gases.not_posed(table)}"
        show(table, gases.summary(scored), [gases.details(scored), left_out])
    held, asked, missed = gases.orderings(desk, progress)
    show("gas_orderings", f"{page.of(held, asked)} orderings that the sources state hold.", ["\n".join(missed)])
    summary, table_of_areas = gases.january(desk)
    show("gas_2009", summary, [table_of_areas])
    flows = gas_flows.replay(desk, progress)
    show("gas_flows", gas_flows.summary(flows), [gas_flows.details(flows)])
    table_of_times = measure()
    print(f"\ngas_speed\n{table_of_times}")
    page.write(PERFORMANCE, "gas_speed", f"\n{table_of_times}\n")


def responses() -> None:
    """Responses to appeals, each foretold from the other cases, beside the base rate."""
    from bench import responses as responding

    summary, lines = responding.page()
    show("responses", summary, lines)


def speed() -> None:
    """Start-up, first and later answers, memory."""
    from bench.speed import measure

    table = measure()
    print(f"\nspeed\n{table}")
    page.write(PERFORMANCE, "speed", f"\n{table}\n")


def grow() -> None:
    """How time and memory grow, as a table and a picture."""
    from bench.grow import measure, table
    from bench.plot import plot

    found = measure()
    told = table(found)
    print(f"\ngrow\n{told}")
    page.write(PERFORMANCE, "grow", f"\n{told}\n")
    (DOCS / "growth.svg").write_text(f"{plot(found)}\n", encoding="utf-8")


MEASUREMENTS: dict[str, Callable[[], None]] = {
    # first: the peak memory of a child counts from what this process held when it began
    "speed": speed,
    "grow": grow,
    "distances": distances,
    "times": times,
    "further": further,
    "air": air,
    "money": money,
    "spread": spread,
    "co2e": co2e,
    "co2e_modes": co2e_modes,
    "alternatives": alternatives,
    "reach": reach,
    "gas": gas,
    "responses": responses,
}


def main(names: Sequence[str]) -> None:
    """Run the named measurements, or all."""
    unknown = [name for name in names if name not in MEASUREMENTS]
    if unknown:
        raise SystemExit(f"unknown measurement {unknown[0]}: one of {', '.join(MEASUREMENTS)}")
    for name, measure in MEASUREMENTS.items():
        if not names or name in names:
            measure()


if __name__ == "__main__":
    main(sys.argv[1:])
