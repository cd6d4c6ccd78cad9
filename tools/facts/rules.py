"""measures, measure_rules, carrier_policies, driver_rules, capacities, projects, project_status."""

from __future__ import annotations

import re

from tools.facts.common import Context, slug, words

_PAIR = re.compile(r"[A-Z]{3}-(?:[A-Z]{3}|X_[A-Z]{3})")
_CODE = re.compile(r"\b(?:[A-Z]{3}|X_[A-Z]{3})\b")
GROUPS = ("EU", "EAEU", "UN", "G7", "CIS", "NATO")


def build(context: Context) -> dict[str, list[dict[str, str]]]:
    known = Known(context)
    return {
        "measures": [_measure(context, row) for row in context.raw("measures")],
        "measure_rules": [_rule(context, row, known) for row in context.raw("measure_rules")],
        "carrier_policies": [_policy(context, row, known) for row in context.raw("carrier_policies")],
        "driver_rules": [_driver(context, row) for row in context.raw("driver_rules")],
        "capacities": [_capacity(context, row, known) for row in context.raw("capacities")],
        "projects": [_project(context, row) for row in context.raw("projects")],
        "project_status": [_project_status(context, row) for row in context.raw("project_status")],
    }


class Known:
    """Ids that a subject or territory may name."""

    def __init__(self, context: Context) -> None:
        self.areas = {row["iso3"] for row in context.raw("countries")}
        self.crossings = {row["id"] for row in context.raw("border_crossings")}
        self.passages = {row["id"] for row in context.raw("chokepoints")}
        self.ferries = {row["id"] for row in context.raw("ferries")}
        self.ports = {row["name"]: slug(row["name"]) for row in context.raw("ports")}
        self.corridors = {row["corridor_id"] for row in context.raw("corridors")}
        self.branches = {row["branch_id"] for row in context.raw("corridors")}
        self.projects = {row["id"] for row in context.raw("projects")}
        self.states = {row["carrier"]: row["states"] for row in context.patch("carrier_states")}
        self.territories = {row["territory"]: row for row in context.patch("territories")}


def _measure(context: Context, raw: dict[str, str]) -> dict[str, str]:
    row = dict(raw)
    for column in ("imposer_codes", "target_codes"):
        row[column] = words(row[column])
    return context.finish(row, "note", "status")


def _rule(context: Context, raw: dict[str, str], known: Known) -> dict[str, str]:
    row = dict(raw)
    for column in ("imposer_codes", "target_codes", "what", "modes", "cargo", "hs", "applies_to"):
        row[column] = words(row[column])
    row["territory_areas"], row["territory_gates"] = _territory(row["territory"], row, known)
    return context.finish(row)


def _territory(text: str, row: dict[str, str], known: Known) -> tuple[str, str]:
    """Areas and gates that a territory names; the hand-made list wins over reading the words."""
    if text in known.territories:
        hand = known.territories[text]
        return hand["areas"], hand["gates"]
    areas: list[str] = []
    gates: list[str] = []
    for item in re.split(r"[\s,]+", text):
        if item in known.crossings:
            gates.append(f"crossing:{item}")
        elif item in known.passages:
            gates.append(f"passage:{item}")
        elif _PAIR.fullmatch(item):
            gates.append(f"pair:{item}")
        elif item in known.areas or item in GROUPS:
            areas.append(item)
    if text == "imposers":
        areas = row["imposer_codes"].split(";")
    return ";".join(dict.fromkeys(areas)), ";".join(dict.fromkeys(gates))


def _policy(context: Context, raw: dict[str, str], known: Known) -> dict[str, str]:
    row = dict(raw)
    kind, subject = row["subject_kind"], row["subject"]
    if kind in {"passage", "crossing", "corridor"}:
        row["subjects"] = f"{kind}:{subject}"
    elif kind == "port":
        row["subjects"] = f"port:{known.ports[subject]}"
    else:
        hand = {entry["subject"]: entry["subjects"] for entry in context.patch("policy_areas")}
        row["subjects"] = hand.get(subject) or ";".join(f"{kind}:{code}" for code in _CODE.findall(subject))
    row["states"] = known.states.get(row["carrier"], "")
    row["share_basis"] = {"inferred from a full stop or return": "inferred"}.get(row["share_basis"], row["share_basis"])
    return context.finish(row, "note", "share_basis")


def _driver(context: Context, raw: dict[str, str]) -> dict[str, str]:
    row = dict(raw)
    row["area_codes"] = words(row["area_codes"])
    if row["to"] and row["from"] and row["to"] <= row["from"]:
        row["note"] = "; ".join(filter(None, (row["note"], f"quota of the period {row['from']} to {row['to']}")))
        row["to"] = str(int(row["to"][:4]) + 1)
    return context.finish(row)


def _capacity(context: Context, raw: dict[str, str], known: Known) -> dict[str, str]:
    row = dict(raw)
    kind = row["subject_kind"]
    ids = []
    for part in row["subject"].split(" + "):
        name = part.strip()
        if kind == "port" and name in known.ports:
            ids.append(f"port:{known.ports[name]}")
        for wanted, table in (
            ("crossing", known.crossings),
            ("passage", known.passages),
            ("ferry", known.ferries),
            ("corridor", known.corridors),
            ("branch", known.branches),
        ):
            if kind == wanted and name in table:
                ids.append(f"{wanted}:{name}")
        if kind == "rail line" and name in known.projects:
            ids.append(f"project:{name}")
    row["subjects"] = ";".join(ids)
    return context.finish(row)


def _project(context: Context, raw: dict[str, str]) -> dict[str, str]:
    row = dict(raw)
    row["gauge_mm"] = row.pop("gauge")
    row["waypoints"] = ";".join(point.strip() for point in row["waypoints"].split(";"))
    return context.finish(row)


def _project_status(context: Context, raw: dict[str, str]) -> dict[str, str]:
    row = dict(raw)
    row["project"] = row["id"]
    row["id"] = f"{row['id']}-{row['from'].replace('-', '')}"
    return context.finish(row)
