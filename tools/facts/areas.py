"""areas, area_groups, blocs, memberships, agreements, bloc_effects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tools.facts.common import Context, slug, unique_ids, words

GROUPS_FROM_BLOCS = {"eu": "EU", "nato": "NATO", "wto": "WTO", "osce": "OSCE", "cis": "CIS", "eaeu": "EAEU"}


def build(context: Context) -> dict[str, list[dict[str, str]]]:
    return {
        "areas": _areas(context),
        "blocs": list(_blocs(context)),
        "memberships": unique_ids(_memberships(context)),
        "agreements": [_agreement(context, row) for row in context.raw("agreements")],
        "bloc_effects": [_effect(context, row) for row in context.raw("bloc_effects")],
    }


def derive(context: Context, tables: Mapping[str, list[dict[str, str]]]) -> dict[str, list[dict[str, str]]]:
    """Groups of areas, from the finished memberships and areas."""
    return {"area_groups": _groups(context, tables["areas"], tables["memberships"])}


def _areas(context: Context) -> list[dict[str, str]]:
    gauges = {row["place_or_country"]: row for row in context.raw("gauge_break") if row["record"] == "country gauge"}
    gauges |= {row["place_or_country"]: row for row in context.patch("area_gauges")}
    rows = []
    for raw in context.raw("countries"):
        row = dict(raw)
        row["id"] = row.pop("iso3")
        row["lat"], row["lon"] = row.pop("capital_lat"), row.pop("capital_lon")
        disputed = row["de_jure"].endswith(" disputed")
        row["de_jure"] = row["de_jure"].removesuffix(" disputed").replace("/", ";")
        gauge = gauges.get(row["id"])
        row["gauge_mm"] = gauge["gauge_a_mm"] if gauge else ""
        row["gauge_source_id"] = context.sources.cite(gauge["source"], gauge["url"]) if gauge else ""
        done = context.finish(row)
        if disputed:
            done["doubt"] = "; ".join(filter(None, ("disputed", done["doubt"])))
        rows.append(done)
    return rows


def _blocs(context: Context) -> Iterator[dict[str, str]]:
    """Blocs, each with what its list of members lacks."""
    lists = {row["bloc"]: row for row in context.patch("bloc_lists")}
    for raw in context.raw("blocs"):
        told = lists.pop(raw["id"], {})
        yield context.finish({**raw, **{key: told.get(key, "") for key in ("unlisted", "not_areas")}})
    if lists:
        raise SystemExit(f"bloc_lists.csv: no such bloc: {', '.join(sorted(lists))}")


def _memberships(context: Context) -> list[dict[str, str]]:
    """Standings; those of full members that were recalled rest on lists of accessions that were looked up since."""
    found = context.patch("membership_sources")
    rows = []
    for raw in context.raw("memberships"):
        row = dict(raw)
        if row["source"].startswith("general knowledge") and (row["status"] == "member" or row["bloc"] == "sco"):
            for one in found:
                if one["bloc"] == row["bloc"] and (not one["areas"] or row["iso3"] in one["areas"].split()):
                    row |= {"source": one["source"], "url": one["url"]}
        row["area"] = row.pop("iso3")
        parts = [row["bloc"], row["area"], row["status"], row["pair_with"], row["from"]]
        row["id"] = "-".join(part.lower() for part in parts if part)
        rows.append(context.finish(row))
    return rows


def _groups(context: Context, areas: list[dict[str, str]], memberships: list[dict[str, str]]) -> list[dict[str, str]]:
    rows = [
        {
            "group": GROUPS_FROM_BLOCS[row["bloc"]],
            "area": row["area"],
            "from": row["from"],
            "to": row["to"],
            "source_id": row["source_id"],
            "grade": row["grade"],
            "note": "from memberships",
            "doubt": row["doubt"],
        }
        for row in memberships
        if row["bloc"] in GROUPS_FROM_BLOCS and row["status"] == "member" and not row["pair_with"]
    ]
    for row in areas:
        if row["status"] == "UN member" and not row["id"].startswith("X_"):
            rows.append(  # noqa: PERF401
                {
                    "group": "UN",
                    "area": row["id"],
                    "from": "",
                    "to": "",
                    "source_id": row["source_id"],
                    "grade": row["grade"],
                    "note": "from the status of areas; dates of admission not compiled",
                    "doubt": "",
                }
            )
    rows += [context.finish(row) for row in context.patch("area_groups")]
    for row in rows:
        row["id"] = "-".join(filter(None, (row["group"].lower(), row["area"].lower(), row["from"])))
    return unique_ids(rows)


def _agreement(context: Context, raw: dict[str, str]) -> dict[str, str]:
    row = dict(raw)
    row["party_codes"] = words(row["party_codes"])
    return context.finish(row, "status", "content")


def _effect(context: Context, raw: dict[str, str]) -> dict[str, str]:
    row = dict(raw)
    for column in ("from_area_set", "to_area_set", "mode"):
        row[column] = words(row[column])
    row["document"] = row["document"] if slug(row["document"]) != "none" else "none"
    return context.finish(row)
