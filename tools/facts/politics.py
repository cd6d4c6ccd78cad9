"""Alliances: crises, obligations, formats, names, votes in the UN, other ties, poles, parameters of the estimates.

Votes of pairs are kept as counts, one row for each pair with one place in its lists for each year, which is a tenth of
the raw file. Obligations without a source of their own rest on that of their agreement.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from tools.facts.common import Context, slug, unique_ids

Row = dict[str, str]
_CODE = re.compile(r"\b(?:X_[A-Z]{3}|[A-Z]{3})\b")
_BRACKETS = re.compile(r"\([^)]*\)")
_NOBODY = re.compile(r"^(none|not found)\b")


def build(context: Context) -> dict[str, list[Row]]:
    return {
        "crises": [context.finish(row) for row in context.raw("crises")],
        "crisis_readings": [context.finish(row) for row in context.patch("politics_crisis_readings")],
        "formats": [context.finish(row) for row in context.patch("politics_formats")],
        "alliance_names": unique_ids(context.finish(_named(row)) for row in context.patch("politics_names")),
        "ties": [context.finish(row) for row in context.patch("politics_ties")],
        "poles": [_judged(context, row) for row in context.patch("politics_poles")],
        "politics_parameters": [_judged(context, row) for row in context.patch("politics_parameters")],
        "vote_pairs": list(_pairs(context)),
        "vote_points": list(_points(context)),
    }


def derive(context: Context, tables: Mapping[str, list[Row]]) -> dict[str, list[Row]]:
    """Obligations, from the finished agreements; the crises get what follows from their words."""
    _fill_crises(context, tables["crises"])
    return {"obligations": list(_obligations(context, tables["agreements"]))}


def _codes(text: str, known: set[str]) -> str:
    """The areas that a cell of words names; none when it says that nobody did."""
    if _NOBODY.match(text):
        return ""
    return ";".join(dict.fromkeys(code for code in _CODE.findall(_BRACKETS.sub("", text)) if code in known))


def _fill_crises(context: Context, crises: list[Row]) -> None:
    """Who asked, was asked and threatened, as areas, and the body that each crisis was brought to."""
    known = {row["iso3"] for row in context.raw("countries")}
    mechanisms = {row["mechanism"]: row for row in context.patch("politics_mechanisms")}
    for row in crises:
        body = mechanisms.get(row["mechanism"])
        if body is None:
            raise SystemExit(f"crises {row['id']}: {row['mechanism']!r} is not in politics_mechanisms.csv")
        row |= {key: body[key] for key in ("group", "bloc_id", "agreement_ids", "comparison")}
        for words, areas in (("appeal_by", "appeal_areas"), ("addressee", "addressee_areas"),
                             ("threat_from", "threat_areas")):  # fmt: skip
            row[areas] = _codes(row[words], known)


def _obligations(context: Context, agreements: list[Row]) -> Iterator[Row]:
    texts = {row["id"]: row for row in agreements}
    for raw in context.patch("politics_obligations"):
        row = dict(raw)
        agreement = texts.get(row["agreement_id"])
        if agreement is not None:
            if not row["source"]:
                row["source_id"] = agreement["source_id"]
            # a reading says itself since when it is held
            row["from"] = row["from"] or agreement["in_force"] or agreement["signed"]
            row["to"] = row["to"] or ("" if row["reading_of"] else agreement["ended"])
        yield context.finish(row)


def _named(row: Row) -> Row:
    out = dict(row)
    alias = out.pop("alias")
    return {"id": slug(alias) or alias, "alias": alias, **out}


def _judged(context: Context, row: Row) -> Row:
    named = {key: row[key] for key in ("source", "url") if row.get(key)}
    return context.finish({**row, "source": "general knowledge", "url": "general knowledge, unverified", **named})


def _pairs(context: Context) -> Iterator[Row]:
    """Counts of each pair by year: votes of both, alike, and half points of agreement (alike 2, one abstains 1)."""
    pairs: dict[tuple[str, str], dict[int, Row]] = {}
    for raw in context.raw("un_voting_pairs"):
        pairs.setdefault((raw["iso3_a"], raw["iso3_b"]), {})[int(raw["year"])] = raw
    for (a, b), years in sorted(pairs.items()):
        span = range(min(years), max(years) + 1)
        some = next(iter(years.values()))
        common = {year: int(row["n_common"]) for year, row in years.items()}
        alike = {year: round(float(row["agree_exact"]) * common[year]) for year, row in years.items()}
        halves = {year: round(2 * float(row["agree_graded"]) * common[year]) for year, row in years.items()}
        yield context.finish(
            {
                "id": f"{a}-{b}",
                "area_a": a,
                "area_b": b,
                "first_year": str(span[0]),
                "common": ";".join(str(common.get(year, 0)) for year in span),
                "alike": ";".join(str(alike.get(year, 0)) for year in span),
                "halves": ";".join(str(halves.get(year, 0)) for year in span),
                "source": some["source"],
                "url": some["url"],
                "grade": "B",
            }
        )


def _points(context: Context) -> Iterator[Row]:
    for raw in context.raw("un_voting"):
        yield context.finish(
            {
                "id": f"{raw['iso3']}-{raw['year']}",
                "area": raw["iso3"],
                "year": raw["year"],
                "ideal_point": raw["ideal_point_all"],
                "ideal_point_low": raw["q5_all"],
                "ideal_point_high": raw["q95_all"],
                "votes": raw["n_votes_all"],
                "final_point": raw["ideal_point_final_passage"],
                "final_votes": raw["n_votes_final_passage"],
                "source": raw["source"],
                "url": raw["url"],
                "grade": "B",
            }
        )
