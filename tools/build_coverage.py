"""Write docs/coverage.md: for each system that landbridge must answer for, the command that answers it now.

Run `python tools/build_coverage.py`: it runs every command, keeps what came out in `tools/coverage/answers.csv` and
writes the page. With `--only ID ...` it runs the commands of these systems alone and keeps what came out of the others;
with `--page` it runs none. With `--check` it complains when the page is behind these tables; tests compare what came
out.
"""

from __future__ import annotations

import contextlib
import csv
import io
import json
import shlex
import sys
from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
SYSTEMS = ROOT / "tools" / "coverage" / "systems.csv"
COMMANDS = ROOT / "tools" / "coverage" / "commands.csv"
ANSWERS = ROOT / "tools" / "coverage" / "answers.csv"
MISSING = ROOT / "tools" / "coverage" / "missing.csv"
PAGE = ROOT / "docs" / "coverage.md"
PAID = {"usd": "money alone", "generalised_usd": "money with time"}
FEW = 3
"""Of so many areas asked for it is told whose gas or oil they take most."""

HEAD = """# Coverage

The systems that landbridge must in the end answer for, each with its question, the command that answers it now, and
what of the question no command answers yet. Written by `make pages`, which runs every command of this page and puts
what came out behind it; tests run them again.

"""


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def commands() -> dict[str, list[dict[str, str]]]:
    """The commands of each system, in their order; a system that is not listed is a mistake."""
    known = {row["id"] for row in read(SYSTEMS)}
    found = defaultdict(list)
    for row in read(COMMANDS):
        if row["id"] not in known:
            raise SystemExit(f"{COMMANDS}: no system with the id {row['id']}")
        found[row["id"]].append(row)
    return found


def missing() -> dict[str, str]:
    """What of the question of a system no command answers yet; a system without commands has no row, it lacks all."""
    answered = commands()
    rows = {row["id"]: row["missing"] for row in read(MISSING)}
    wrong = sorted(key for key, text in rows.items() if key not in answered or not text)
    if wrong:
        raise SystemExit(f"{MISSING}: no answered system, or nothing missing: {', '.join(wrong)}")
    return rows


def page() -> str:
    systems, answered, lacks = read(SYSTEMS), commands(), missing()
    came_out = {row["command"]: row["answer"] for row in read(ANSWERS)}
    kinds = sorted({row["kind"] for row in systems}, key=lambda kind: (-share(systems, answered, kind), kind))
    lines = [HEAD + f"Of {len(systems)} systems {counted(systems, answered, lacks)}."]
    for kind in kinds:
        rows = [row for row in systems if row["kind"] == kind]
        lines += [
            f"\n## {kind[0].upper()}{kind[1:]} ({len(rows)}): {counted(rows, answered, lacks)}\n",
            "| system | question | now | not answered yet |",
            "| --- | --- | --- | --- |",
        ]
        for row in rows:
            ways = [
                f"`{way['command']}` ({way['shows']}): {came_out.get(way['command'], 'not run')}"
                for way in answered.get(row["id"], [])
            ]
            lack = lacks.get(row["id"], "") if ways else "all of it"
            lines.append(f"| {row['system']} | {row['question']} | {'<br>'.join(ways)} | {lack} |")
    return "\n".join(lines) + "\n"


def counted(rows: list[dict[str, str]], answered: Mapping[str, Any], lacks: Mapping[str, str]) -> str:
    """How many are answered wholly, in part and not yet.

    Examples
    --------
    >>> counted([{"id": "a"}, {"id": "b"}, {"id": "c"}], {"a": [1], "b": [1]}, {"b": "a share"})
    '1 answered, 1 in part, 1 not yet'
    """
    part = sum(row["id"] in lacks for row in rows)
    some = sum(row["id"] in answered for row in rows)
    return f"{some - part} answered, {part} in part, {len(rows) - some} not yet"


def run(command: str) -> dict[str, Any]:
    """The answer of a command as plain data."""
    from landbridge.cli.app import main as landbridge

    out = io.StringIO()
    before, sys.argv = sys.argv, [*shlex.split(command), "--json"]
    try:
        with contextlib.redirect_stdout(out), contextlib.suppress(SystemExit):
            landbridge()
    finally:
        sys.argv = before
    answer: dict[str, Any] = json.loads(out.getvalue())
    return answer


def outcome(answer: dict[str, Any]) -> str:
    """What came out, in a few words: the first ways, or why there is none.

    Examples
    --------
    >>> outcome({"routes": [], "no_route": {"reason": "the trade itself is banned"}})
    'no route: the trade itself is banned'
    """
    if "routes" in answer:
        ways = [f"{one['label']}, {one['hours'] / 24:.1f} days{within(one)}" for one in answer["routes"][:2]]
        return "; ".join(ways) or f"no route: {answer['no_route']['reason']}"
    if answer.get("schema", "").startswith("supply/"):
        return supply_outcome(answer)
    if answer.get("schema", "").startswith("claims/"):
        return "; ".join(f"{one['claim']}: {one['verdict']}" for one in answer["claims"])
    if "changes" in answer:
        paid = [one for one in answer.get("worth") or () if one["teu_a_year"]]
        told = [f"pays from {one['teu_a_year']:,.0f} TEU a year by {PAID[one['saved']]}" for one in paid]
        return "; ".join([compared(answer["changes"]), *told])
    if answer.get("schema", "").startswith("gas/"):
        return gas_outcome(answer)
    if answer.get("schema", "").startswith("oil/"):
        return oil_outcome(answer)
    if answer.get("schema", "").startswith("alliance/"):
        return alliance_outcome(answer)
    if answer.get("schema", "").startswith("record/"):
        return record_outcome(answer)
    if answer.get("schema", "").startswith("country/"):
        return country_outcome(answer)
    if answer.get("schema", "").startswith("world/"):
        states = Counter(str(row.get("state") or "held") for row in answer["rows"])
        return ", ".join(f"{count} {state}" for state, count in sorted(states.items()))
    return "answered"


def within(way: dict[str, Any]) -> str:
    """What part of a way lies in each group that was asked for."""
    return "".join(f", {100 * one['km_share']:.0f} % of the km in {one['group']}" for one in way["within"])


def supply_outcome(answer: dict[str, Any]) -> str:
    """The largest changes by source, and the years that are told."""
    years = [one["year"] for one in answer["years"]]
    rows = sorted(answer["changes"], key=lambda one: -abs(one["delta_bcm"]))[:4]
    told = [f"{one['item']} {one['delta_bcm']:+.1f} bcm" for one in rows]
    span = f"{rows[0]['first']} to {rows[0]['last']}: " if rows else ""
    return f"{len(years)} years from {years[0]} to {years[-1]}; {span}{', '.join(told)}"


def compared(changes: list[dict[str, Any]]) -> str:
    """Who gains or loses, by how many days and how much money.

    Examples
    --------
    >>> compared([{"name": "hours", "subject": "A - B", "outcome": "same", "delta": 0.0}])
    'A - B: same'
    """
    told = []
    for row in [one for one in changes if one["name"] == "hours"][:3]:
        money = next((one for one in changes if (one["name"], one["subject"]) == ("usd", row["subject"])), None)
        amounts = [] if not row["delta"] else [f"{row['delta'] / 24:+.1f} days"]
        if money is not None and money["delta"]:
            amounts.append(f"{money['delta']:+,.0f} USD")
        told.append(f"{row['subject']}: {', '.join([row['outcome'], *amounts])}")
    return "; ".join(told) or "no change"


def alliance_outcome(answer: dict[str, Any]) -> str:
    """How many are bound, what they owe, how often they were asked and what came; else why nobody is bound."""
    if answer["nobody"]:
        return f"nobody bound: {answer['nobody']}"
    counted = [row for row in answer["record"] if row["counted"]]
    came = sum(row["response"] == "deployed" for row in counted)
    bound = {row["area"] for row in answer["members"] if row["status"] in ("member", "frozen", "party")}
    told = [f"{len(bound)} bound", f"{len(answer['obligations'])} duties"]
    if counted:
        told.append(f"{len(counted)} appeals, {came} answered by forces")
    if answer["conflicts"]:
        told.append(f"{len(answer['conflicts'])} pairs of duties that pull two ways")
    if answer["cohesion"]:
        told.append(f"{100 * answer['cohesion']['agreement']:.0f} % alike in votes of {answer['cohesion']['year']}")
    if answer.get("forecast_field"):
        told.append(f"a base helps to foretell: {answer['forecast_field']['helps']}")
    for one in answer.get("camps") or ():
        pairs = ", ".join(f"{row['first']} {row['second']} {row['told']}" for row in one["pairs"][:FEW])
        told.append(f"{len(one['camps'])} camps by {one['by']} ({pairs})")
    return ", ".join(told)


def record_outcome(answer: dict[str, Any]) -> str:
    """The status of a record on the day, and how much is told of it."""
    if answer["nothing"]:
        return f"nothing yet: {answer['nothing']}"
    states = [row["state"] for row in answer["clauses"]]
    clauses = ", ".join(f"{states.count(word)} {word}" for word in dict.fromkeys(states))
    told = [f"clauses {clauses}"] if clauses else []
    words = {"obligations": "duties", "crises": "appeals and crises", "works": "works", "effects": "effects on freight",
             "territories": "grounds of which law and control differ", "delays": "causes of delay",
             "paths": "paths to targets", "bargains": "ranges of prices"}  # fmt: skip
    parts = ("obligations", "meetings", "events", "crises", "measures", "works", "figures", "effects", "ties",
             "territories", "delays", "paths", "bargains")  # fmt: skip
    told += [f"{len(answer[part])} {words.get(part, part)}" for part in parts if answer[part]]
    told += [compared_outcome(one) for one in answer["comparisons"]]
    if answer["tension"]:
        told.append(
            "index " + ", ".join(f"{one['index']} in {one['since'][:4]}" for one in answer["tension"]["years"][-4:])
        )
    if answer["posts"]:
        changed = sum(row["before"] != row["now"] for row in answer["posts"])
        told.append(f"{changed} of {len(answer['posts'])} border posts changed")
    return "; ".join([str(answer["status"]), *told])


def compared_outcome(one: dict[str, Any]) -> str:
    """What a comparison came to: its number with its interval, or that the data cannot tell.

    Examples
    --------
    >>> compared_outcome({"subject": "chair", "effect": 0.4, "low": None, "high": None, "unit": "probability",
    ...                   "tells": False, "groups": [{"n": 2.0}, {"n": 3.0}]})
    'chair: probability 0.40 of 5, cannot tell'
    """
    span = "" if one["low"] is None or one["high"] is None else f" ({one['low']:.2f} to {one['high']:.2f})"
    number = "no number" if one["effect"] is None else f"{one['unit']} {one['effect']:.2f}{span}"
    n = sum(group["n"] for group in one["groups"])
    return f"{one['subject']}: {number} of {n:.0f}, {'told' if one['tells'] else 'cannot tell'}"


def country_outcome(answer: dict[str, Any]) -> str:
    """Main partners in trade, whose gas it bought, over which years its alignment is told."""
    trade, gas, years = answer["dependence"]["trade"], answer["dependence"]["gas"], answer["alignment_years"]
    told = []
    if answer["status"] == "disputed":
        posts = Counter[str]()
        for border in answer["borders"]:
            for states in border["counts"].values():
                posts.update(states)
        told.append(f"disputed, posts {posts['open']} open, {posts['limited']} limited, {posts['shut']} shut")
    if trade:
        told.append("trade " + ", ".join(f"{row['area']} {100 * row['share']:.0f} %" for row in trade["partners"][:3]))
    if gas and gas["bought"]:
        told.append("gas " + ", ".join(f"{row['origin']} {100 * row['share']:.0f} %" for row in gas["bought"][:3]))
    if years:
        told.append(f"alignment by part from {years[0]['year']} to {years[-1]['year']}")
    return "; ".join(told)


def burnt(answer: dict[str, Any]) -> list[str]:
    """Whose gas or oil the areas take most, where few were asked for."""
    asked = answer["question"]["areas"]
    return [
        f"{row['area']} takes {origin} {100 * part:.0f} %"
        for row in answer["areas"]
        if row["area"] in asked and len(asked) <= FEW
        for origin, part in sorted(row["origins"].items(), key=lambda one: -one[1])[:1]
        if origin not in ("STORE", "OTHER")
    ]


def gas_outcome(answer: dict[str, Any]) -> str:
    """Who is short of gas and by how much, else what transit changes."""
    rows = sorted(answer["areas"], key=lambda row: (-row["shortage_pct"], row["area"]))
    short = [
        f"{row['area']} short {row['shortage_pct']:.0f} %"
        f" ({row['shortage_pct_low']:.0f}-{row['shortage_pct_high']:.0f})"
        for row in rows
        if row["shortage_pct_high"] >= 0.5
    ]
    moved = sorted(answer["areas"], key=lambda row: -abs(row["transit_bcm"] - row["transit_before_bcm"]))
    transit = [
        f"transit of {row['area']} {row['transit_before_bcm']:.1f} to {row['transit_bcm']:.1f} bcm"
        for row in moved
        if abs(row["transit_bcm"] - row["transit_before_bcm"]) >= 0.05
    ]
    told = [*short[:3], *transit[:2], *burnt(answer)]
    return "; ".join(told) or "nobody short; " + "; ".join(
        f"{row['area']} takes {row['net_import_bcm']:.1f} bcm net" for row in rows[:3]
    )


def oil_outcome(answer: dict[str, Any]) -> str:
    """Who is short of oil and whose is stranded."""
    short = sorted(answer["areas"], key=lambda row: -row["shortage_kbd"])
    stranded = sorted(answer["areas"], key=lambda row: -row["stranded_kbd"])
    told = [f"{row['area']} short {row['shortage_kbd']:,.0f} kb/d" for row in short[:2] if row["shortage_kbd"] >= 1]
    told += [
        f"{row['area']} {row['stranded_kbd']:,.0f} kb/d stranded" for row in stranded[:2] if row["stranded_kbd"] >= 1
    ]
    return "; ".join([*told, *burnt(answer)]) or "nobody short, nothing stranded"


def run_all(only: list[str] | None = None) -> None:
    """Run every command, or those of some systems, and keep what came out."""
    before = {row["command"]: row["answer"] for row in read(ANSWERS)}
    listed = {row["command"]: None for row in read(COMMANDS)}
    asked = {row["command"] for row in read(COMMANDS) if only is None or row["id"] in only}
    unknown = sorted(set(only or ()) - {row["id"] for row in read(SYSTEMS)})
    if unknown:
        raise SystemExit(f"{SYSTEMS}: no system with the id {', '.join(unknown)}")
    found = {
        command: outcome(run(command)) if command in asked else before[command]
        for command in listed
        if command in asked or command in before
    }
    with ANSWERS.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["command", "answer"])
        writer.writerows(found.items())


def share(systems: list[dict[str, str]], answered: dict[str, list[dict[str, str]]], kind: str) -> float:
    rows = [row for row in systems if row["kind"] == kind]
    return sum(row["id"] in answered for row in rows) / len(rows)


def main() -> None:
    if "--check" in sys.argv[1:]:
        text = page()
        if not PAGE.exists() or PAGE.read_text(encoding="utf-8") != text:
            raise SystemExit(f"{PAGE.relative_to(ROOT)} is behind: run  make pages")
        return
    arguments = sys.argv[1:]
    if "--page" not in arguments:
        run_all(arguments[arguments.index("--only") + 1 :] if "--only" in arguments else None)
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
