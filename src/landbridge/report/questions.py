"""A question in one line, and the command that asks it again."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from typing import Any

from landbridge.report import gas_words
from landbridge.report.phrases import listed, plain_words, significant_plain

COMMAND_OPTIONS = (
    ("cargo", "--cargo"),
    ("teu", "--teu"),
    ("tonnes", "--tonnes"),
    ("value_usd", "--value-usd"),
    ("carrier", "--carrier"),
    ("service", "--service"),
    ("modes", "--mode"),
    ("via", "--via"),
    ("avoid", "--avoid"),
    ("within", "--within"),
    ("team", "--team/--one-driver"),
    ("hs", "--hs"),
    ("factors", "--factors"),
    ("objective", "--objective"),
    ("at", "--at"),
    ("stood_days", "--stood-days"),
    ("n", "-n"),
)
GAS_OPTIONS = (
    ("from", "--from"),
    ("to", "--to"),
    ("step", "--step"),
    ("sharing", "--sharing"),
    ("cold", "--cold"),
    ("cold_from", "--cold-from"),
    ("basis", "--basis"),
    ("areas", "--area"),
)
GAS_DEFAULTS = {"sharing": "national", "basis": "before"}
COUNTRY_OPTIONS = (("teu", "--teu"), ("partners", "--partners"), ("quick", "--quick"))
COUNTRY_DEFAULTS = {"teu": 2.0, "partners": 8}
DEFAULTS = {"cargo": "container", "service": "auto", "factors": "nearest", "objective": "generalised", "n": 5}


def question(asked: Mapping[str, Any], day: str | None = None) -> str:
    """The question in one line.

    Examples
    --------
    >>> question({"from": "Mumbai", "to": "Moscow", "cargo": "container", "teu": 2}, "2025-06-01")
    'Mumbai to Moscow, container, 2 TEU, 2025-06-01'
    """
    if asked.get("kind") == "gas":
        return gas_words.question(asked, day)
    if asked.get("kind") == "alliance":
        return ", ".join(filter(None, (f"alliance {asked.get('bloc') or ''}", day)))
    if asked.get("kind") == "country":
        told = f"country {asked.get('area') or ''}"
        return ", ".join(filter(None, (told, f"{significant_plain(asked.get('teu') or 2.0)} TEU", day)))
    if asked.get("kind") == "record":
        among = " ".join(asked.get("areas") or ())
        return ", ".join(filter(None, (f"record {asked.get('record') or ''}", among, day)))
    if asked.get("kind") == "claims":
        return ", ".join(filter(None, (f"claims about {asked.get('about') or 'all'}", day)))
    if asked.get("kind") == "supply":
        years = [str(asked[key]) for key in ("first", "last") if asked.get(key)]
        told = f"supply of gas of {' '.join(asked.get('areas') or ())}"
        return ", ".join(filter(None, (told, " to ".join(years), day)))
    parts = [f"{asked.get('from') or ''} to {asked.get('to') or ''}"]
    if asked.get("at"):
        days = asked.get("stood_days")
        since = f" for {significant_plain(days)} days" if days else ""
        parts.append(f"standing at {asked['at']}{since}")
    parts.append(plain_words(str(asked.get("cargo") or "")))
    if asked.get("teu"):
        parts.append(f"{significant_plain(asked['teu'])} TEU")
    if asked.get("tonnes"):
        parts.append(f"{significant_plain(asked['tonnes'])} t")
    if asked.get("modes"):
        parts.append("by " + listed(asked["modes"]))
    if asked.get("via"):
        parts.append("via " + listed(asked["via"]))
    if asked.get("avoid"):
        parts.append("avoiding " + listed(asked["avoid"]))
    if asked.get("carrier"):
        parts.append(f"carriers of {asked['carrier']} only")
    parts += _manner(asked)
    if day:
        parts.append(day)
    return ", ".join(part for part in parts if part)


def _manner(asked: Mapping[str, Any]) -> list[str]:
    """How the shipment travels and is counted, where that is not the usual way."""
    service, factors = (asked.get(key) or DEFAULTS[key] for key in ("service", "factors"))
    return [
        *([str(service)] if service != DEFAULTS["service"] else ()),
        *(["two drivers" if asked["team"] else "one driver"] if asked.get("team") is not None else ()),
        *([f"CO2e by {str(factors).upper()}"] if factors != DEFAULTS["factors"] else ()),
    ]


def command(asked: Mapping[str, Any], world: Mapping[str, Any]) -> str:
    """The command that asks the same again.

    Examples
    --------
    >>> command({"kind": "route", "from": "Mumbai", "to": "Moscow", "teu": 2.0}, {"date": "2025-06-01"})
    'landbridge route Mumbai Moscow --on 2025-06-01 --teu 2'
    >>> command({"kind": "gas", "from": "2009-01-07", "sharing": "equal"}, {"date": "2009-01-07"})
    'landbridge gas --on 2009-01-07 --from 2009-01-07 --sharing equal'
    """
    parts = ["landbridge", str(asked.get("kind") or "route")]
    if parts[1] == "gas":
        return " ".join([*parts, *_of_world(world), *_options(asked, GAS_OPTIONS, GAS_DEFAULTS)])
    if parts[1] == "country":
        parts.append(shlex.quote(str(asked.get("area") or "")))
        return " ".join([*parts, *_of_world(world), *_options(asked, COUNTRY_OPTIONS, COUNTRY_DEFAULTS)])
    if parts[1] == "record":
        parts.append(shlex.quote(str(asked.get("record") or "")))
        return " ".join([*parts, *_of_world(world), *_options(asked, (("areas", "--area"),), {})])
    if parts[1] == "claims":
        return " ".join([*parts, *([shlex.quote(asked["about"])] if asked.get("about") else []), *_of_world(world)])
    if parts[1] == "supply":
        parts += [shlex.quote(str(area)) for area in asked.get("areas") or ()]
        return " ".join([*parts, *_of_world(world), *_options(asked, (("first", "--from"), ("last", "--to")), {})])
    parts += [shlex.quote(str(asked[name])) for name in ("from", "to", "bloc") if asked.get(name)]
    return " ".join([*parts, *_of_world(world), *_options(asked, COMMAND_OPTIONS, DEFAULTS)])


def _of_world(world: Mapping[str, Any]) -> list[str]:
    parts = ["--on", str(world["date"])] if world.get("date") else []
    for name in world.get("scenarios") or ():
        parts += ["--scenario", shlex.quote(str(name))]
    return parts


def _options(asked: Mapping[str, Any], options: Sequence[tuple[str, str]], defaults: Mapping[str, Any]) -> list[str]:
    parts: list[str] = []
    for name, option in options:
        value = asked.get(name)
        for item in value if isinstance(value, list | tuple) else [value]:
            yes, _, no = option.partition("/")
            if item is True or (item is False and no):
                parts.append(yes if item else no)
            elif item not in (None, False, "", defaults.get(name)):
                parts += [yes, shlex.quote(significant_plain(item))]
    return parts
