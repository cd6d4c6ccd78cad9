"""Words and sums of a gas answer that the terminal and the page share: amounts, changes, flows, remarks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from landbridge.report.numbers import grouped
from landbridge.report.phrases import listed

if TYPE_CHECKING:
    from landbridge.report.names import Names

Row = Mapping[str, Any]

SHARING_WORDS: Final = {
    "national": "each area keeps what it has",
    "equal": "neighbours share so that the worst shortage is least",
    "least-cost": "gas goes where its lack would cost most",
}
COLD_WORDS: Final = {
    "cold-january": "a cold January",
    "14-days": "the two coldest weeks of a winter",
    "peak-day": "peak days in winter",
    "season": "a cold winter",
}
STEP_WORDS: Final = {"day": "by days", "month": "by months", "season": "by seasons"}
LEAST_PCT: Final = 0.5
"""A share below this [%] is not told as a shortage or a change."""
LEAST_OF_ASKED: Final = 0.005
"""A change below this share of what an area asks for is not told."""
LEAST_FLOW: Final = 0.001
"""A change of flow below this share of the largest flow is not told."""
MOSTLY: Final = 0.9
"""So much of a shortage must be there without a cut to be laid to the data."""
SHORT_ITEMS: Final = ("by_pipe", "lng", "store", "production", "switched", "short")
"""Changes in the order in which they are told; those of supply, of fuel switching and of shortage add up."""
CHANGE_WORDS: Final = {
    "by_pipe": "by pipe, net",
    "lng": "LNG",
    "store": "out of store, net",
    "production": "produced",
    "switched": "other fuel instead",
    "short": "short",
}
DAY_LETTERS: Final = 10
"""Letters of the label of a day."""
_PLANTS: Final = {"lng-import": "LNG landed in", "lng-export": "LNG loaded in"}
STORE, OTHER = "STORE", "OTHER"
"""Origins of gas that are no areas."""


@dataclass(frozen=True, slots=True)
class Unit:
    """The unit in which an answer's volumes are told: million m3 for a cut of days, 10^9 m3 for a longer one."""

    name: str
    per_bcm: float

    def form(self, value: float) -> str:
        """A volume already in this unit, with digits that tell the small from nothing.

        Examples
        --------
        >>> [Unit("bcm", 1.0).form(one) for one in (312.4, 42.04, 4.204, 0.0421, 0.0001, 0.0)]
        ['312', '42.0', '4.20', '0.04', '<0.01', '0']
        """
        size = abs(value)
        if size < 1e-9:
            return "0"
        if size < 0.005:
            return "<0.01"
        return grouped(value, 0 if size >= 100 else 1 if size >= 10 else 2)

    def of(self, bcm: float) -> float:
        """A volume in bcm, in this unit."""
        return float(bcm) * self.per_bcm

    def text(self, bcm: float | None) -> str:
        """A volume in bcm as text; a dash when there is none to tell."""
        return "–" if bcm is None else self.form(self.of(bcm))

    def signed(self, bcm: float) -> str:
        """A change with its sign.

        Examples
        --------
        >>> Unit("mcm", 1000.0).signed(-0.0123), Unit("mcm", 1000.0).signed(0.5), Unit("bcm", 1.0).signed(0.0)
        ('-12.3', '+500', '0')
        """
        shown = self.form(self.of(bcm))
        return f"+{shown}" if bcm > 0 and shown != "0" else shown


def unit_of(answer: Row) -> Unit:
    """The unit that suits the length of an answer.

    Examples
    --------
    >>> unit_of({"step": "day"}).name, unit_of({"step": "month"}).name
    ('mcm', 'bcm')
    """
    return Unit("mcm", 1000.0) if answer.get("step") == "day" else Unit("bcm", 1.0)


UNIT_MEANS: Final = {"mcm": "mcm: million m3 at 15 C", "bcm": "bcm: 10^9 m3 at 15 C"}


def question(asked: Row, day: str | None = None) -> str:
    """A gas question in one line.

    Examples
    --------
    >>> question({"from": "2009-01-07", "to": "2009-01-19", "sharing": "equal", "areas": ["BGR"]})
    'Gas, 2009-01-07 to 2009-01-19, neighbours share so that the worst shortage is least, of BGR'
    """
    if asked.get("from") or asked.get("to"):
        span = f"{asked.get('from') or day or ''} to {asked['to']}" if asked.get("to") else f"from {asked['from']}"
    else:
        span = f"from {day}" if day else ""
    cold = _cold(asked)
    parts = ["Gas", span, SHARING_WORDS.get(str(asked.get("sharing") or "national"), "")]
    parts += [f"in {cold}" if cold else "", "as observed" if asked.get("basis") == "observed" else ""]
    parts.append(f"of {listed(asked['areas'])}" if asked.get("areas") else "")
    return ", ".join(part for part in parts if part)


def title(answer: Row) -> str:
    """What an answer tells, with its own days.

    Examples
    --------
    >>> title({"from": "2009-01-07", "to": "2009-01-19", "step": "day", "sharing": "national"})
    'Gas, 2009-01-07 to 2009-01-19 by days: each area keeps what it has'
    >>> spell = {"cold": "14-days", "cold_from": "2015-02-15"}
    >>> title({"from": "2015-01-01", "to": "2015-02-28", "step": "month", "sharing": "equal", "question": spell})[-62:]
    'is least, in the two coldest weeks of a winter from 2015-02-15'
    """
    asked = answer.get("question") or {}
    cold = _cold(asked)
    sharing = SHARING_WORDS.get(str(answer.get("sharing")), "")
    span = f"{answer.get('from')} to {answer.get('to')} {STEP_WORDS.get(str(answer.get('step')), '')}".strip()
    return f"Gas, {span}: {sharing}{f', in {cold}' if cold else ''}"


def _cold(asked: Row) -> str:
    """The cold of a question, with the first day of a dated spell."""
    word = COLD_WORDS.get(str(asked.get("cold")), "")
    return f"{word} from {asked['cold_from']}" if word and asked.get("cold_from") else word


def asked_for(row: Row) -> float:
    """What an area or a period asked for [bcm]: demand, losses and what another fuel had to serve.

    Examples
    --------
    >>> asked_for({"demand_bcm": 1.0, "losses_bcm": 0.25, "switched_bcm": 0.5})
    1.75
    """
    return float(row["demand_bcm"] + row["losses_bcm"] + row["switched_bcm"])


def changes(area: Row) -> dict[str, float]:
    """What each source of an area gives more than before the cut [bcm]; with short and switched they add up to 0.

    Up to what an area asks for more or less than before, where a scenario moves demand itself.

    Examples
    --------
    >>> before = {"production_bcm": 1.0, "net_import_bcm": 2.0, "lng_import_bcm": 0.5, "withdrawal_bcm": 0.0,
    ...           "injection_bcm": 0.0, "switched_bcm": 0.0, "shortage_bcm": 0.0}
    >>> now = {**before, "net_import_bcm": 0.75, "lng_import_bcm": 0.75, "shortage_bcm": 1.25}
    >>> told = changes({**now, "before": before})
    >>> told["by_pipe"], told["lng"], told["short"]
    (-1.5, 0.25, 1.25)
    """
    was = area["before"]

    def more(name: str) -> float:
        return float(area[name]) - float(was[name])

    return {
        "by_pipe": more("net_import_bcm") - more("lng_import_bcm"),
        "lng": more("lng_import_bcm"),
        "store": more("withdrawal_bcm") - more("injection_bcm"),
        "production": more("production_bcm"),
        "switched": more("switched_bcm"),
        "short": more("shortage_bcm"),
    }


def affected(answer: Row) -> list[Row]:
    """Areas short in any way of sharing, or that switch fuels more, the worst first; those short by their data last."""
    asked = set((answer.get("question") or {}).get("areas") or ())
    found = [
        one
        for one in answer["areas"]
        if one["area"] in asked
        or max(one["shortage_pct_high"], one["lacking_pct"] - lacking_before(one)) >= LEAST_PCT
    ]  # fmt: skip
    return sorted(found, key=lambda one: (of_data(one), -one["shortage_pct"], -one["lacking_pct"], one["area"]))


def lacking_before(area: Row) -> float:
    """What an area lacked without any cut, and what another fuel had to serve [% of what it asked for].

    Examples
    --------
    >>> was = {"demand_bcm": 3.0, "losses_bcm": 0.0, "switched_bcm": 1.0, "shortage_bcm": 1.0}
    >>> lacking_before({"before": was})
    50.0
    """
    was = area["before"]
    whole = asked_for(was)
    return 100.0 * float(was["shortage_bcm"] + was["switched_bcm"]) / whole if whole > 0 else 0.0


def of_data(area: Row) -> bool:
    """Whether an area is short because its data do not balance, cut or no cut.

    Examples
    --------
    >>> of_data({"shortage_bcm": 1.0, "unbalanced_bcm": 0.99}), of_data({"shortage_bcm": 1.0, "unbalanced_bcm": 0.0})
    (True, False)
    """
    return bool(area["shortage_bcm"] > 0 and area["unbalanced_bcm"] >= MOSTLY * area["shortage_bcm"])


def moved(answer: Row) -> list[Row]:
    """Areas whose supply is not as before the cut, those that lose the largest deliveries first."""
    if not answer.get("cut"):
        return []

    def size(one: Row) -> float:
        return max(abs(part) for part in changes(one).values())

    found = [one for one in answer["areas"] if size(one) > LEAST_OF_ASKED * max(asked_for(one), 1e-9)]
    return sorted(found, key=lambda one: (-float(one.get("cut_bcm") or 0.0), -size(one), one["area"]))


def changed_flows(answer: Row) -> list[Row]:
    """Flows that are not as before, the largest change first."""
    flows = answer["flows"]
    least = LEAST_FLOW * max((max(one["bcm"], one["before_bcm"]) for one in flows), default=0.0)
    found = [one for one in flows if abs(one["bcm"] - one["before_bcm"]) > least or one["turned"]]
    return sorted(found, key=lambda one: (-abs(one["bcm"] - one["before_bcm"]), one["id"]))


def flow_word(flow: Row) -> str:
    """What became of a flow.

    Examples
    --------
    >>> one = {"bcm": 0.0, "before_bcm": 2.0, "capacity_bcm": 0.0, "turned": False}
    >>> flow_word(one), flow_word({**one, "bcm": 1.0, "capacity_bcm": 1.0}), flow_word({**one, "capacity_bcm": 9.0})
    ('cut', 'cut in part', 'less')
    """
    now, was, most = float(flow["bcm"]), float(flow["before_bcm"]), float(flow["capacity_bcm"])
    if flow["turned"]:
        return "turned round"
    if most < was * (1 - 1e-6):
        return "cut" if most <= was * 1e-3 else "cut in part"
    if now > was:
        return "from none" if was <= 1e-6 else "more"
    return "less" if now < was else "as before"


def transit(answer: Row) -> list[tuple[Row, float]]:
    """Areas whose transit changed, with the change [bcm], the largest first."""
    least = LEAST_FLOW * max((one["transit_before_bcm"] for one in answer["areas"]), default=0.0)
    found = [(one, one["transit_bcm"] - one["transit_before_bcm"]) for one in answer["areas"]]
    return sorted(((one, more) for one, more in found if abs(more) > max(least, 1e-6)), key=lambda item: -abs(item[1]))


def origins(area: Row, names: Names, most: int = 5) -> list[tuple[str, float]]:
    """Whose gas an area takes, with shares [%], the largest first; what is beyond `most` as one.

    Examples
    --------
    >>> from landbridge.report.names import Names
    >>> origins({"origins": {"RUS": 0.5, "STORE": 0.3, "OTHER": 0.2}}, Names(), 2)
    [('RUS', 50.0), ('out of store', 30.0), ('others', 20.0)]
    """
    shares = dict(area["origins"])
    rest = float(shares.pop(OTHER, 0.0))
    ordered = sorted(shares.items(), key=lambda item: (-item[1], item[0]))
    found = [("out of store" if one == STORE else names.area(one), 100.0 * part) for one, part in ordered[:most]]
    rest += sum(part for _, part in ordered[most:])
    return [*found, ("others", 100.0 * rest)] if rest >= 0.005 else found


def ends(flow: Row, names: Names) -> str:
    """From where to where a point carries gas.

    Examples
    --------
    >>> from landbridge.report.names import Names
    >>> ends({"from": "UKR", "to": "SVK", "from_area": "UKR", "to_area": "SVK", "kind": "physical"}, Names())
    'UKR > SVK'
    >>> ends({"from": "LNG", "to": "JPN", "from_area": None, "to_area": "JPN", "kind": "lng-import"}, Names())
    'LNG landed in JPN'
    """
    tail, head = flow["from_area"], flow["to_area"]
    if flow["kind"] in _PLANTS:
        zone = flow["to"] if flow["kind"] == "lng-import" else flow["from"]
        area = head if flow["kind"] == "lng-import" else tail
        return f"{_PLANTS[flow['kind']]} {names.area(area) if area else names.zone(zone)}"
    if tail == head or not tail or not head:
        return f"{names.zone(flow['from'])} > {names.zone(flow['to'])}"
    return f"{names.area(tail)} > {names.area(head)}"


@dataclass(frozen=True, slots=True)
class Block:
    """Some periods told as one: a name, and the positions of the periods in it."""

    name: str
    periods: tuple[int, ...]


def blocks(periods: Sequence[Row], most: int = 16) -> list[Block]:
    """The periods as columns of a table: each by itself when they are few, else weeks.

    Examples
    --------
    >>> days = [{"label": f"2009-01-{n:02d}"} for n in range(1, 32)]
    >>> [block.name for block in blocks(days)][:2], [block.name for block in blocks(days[:3])]
    (['01-01 to 01-07', '01-08 to 01-14'], ['01-01', '02', '03'])
    >>> [block.name for block in blocks([{"label": "2014-12"}, {"label": "2015-01"}, {"label": "2015-02"}])]
    ['2014-12', '2015-01', '02']
    """
    labels = [str(one["label"]) for one in periods]
    daily = all(len(label) == DAY_LETTERS for label in labels)
    if daily and len(periods) > most:
        spans = [range(first, min(first + 7, len(periods))) for first in range(0, len(periods), 7)]
        return [Block(f"{labels[one[0]][5:]} to {labels[one[-1]][5:]}", tuple(one)) for one in spans]
    out = []
    for n, label in enumerate(labels):
        alike = n > 0 and len(label) in (7, DAY_LETTERS) and labels[n - 1][:-3] == label[:-3]
        out.append(Block(label[-2:] if alike else label[5:] if daily else label, (n,)))
    return out


def shortage_in(answer: Row, area: str, block: Block) -> float | None:
    """The shortage of an area in some periods [% of what it asked for]; None when it is not told of."""
    short = asked = 0.0
    for n in block.periods:
        row = next((one for one in answer["periods"][n]["areas"] if one["area"] == area), None)
        if row is None:
            return None
        short, asked = short + row["shortage_bcm"], asked + asked_for(row)
    return 100.0 * short / asked if asked > 1e-9 else 0.0


def percent(value: float | None) -> str:
    """A share [%] as text.

    Examples
    --------
    >>> percent(None), percent(0.0), percent(0.2), percent(56.7)
    ('–', '0', '<0.5', '57')
    """
    if value is None:
        return "–"
    return "0" if value <= 1e-9 else "<0.5" if value < LEAST_PCT else grouped(value)


def ranged(low: float, high: float) -> str:
    """A range of shares [%]; one number when both ends read the same."""
    first, last = percent(low), percent(high)
    return first if first == last else f"{first}–{last}"


def concerned(answer: Row) -> set[str]:
    """Areas whose exceptional times concern an answer: those asked for, and those that are short."""
    found = set((answer.get("question") or {}).get("areas") or ())
    return found | {one["area"] for one in affected(answer) if one["shortage_pct"] >= LEAST_PCT and not of_data(one)}
