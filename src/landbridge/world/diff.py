"""What differs between two worlds, as rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from landbridge.world.agreements import agreement_in_force, agreement_rows
from landbridge.world.crossings import crossing_state
from landbridge.world.measures import measures
from landbridge.world.membership import standings
from landbridge.world.states import ferry_state, line_state, passage_state, port_state, project_state
from landbridge.world.types import Pass, State

if TYPE_CHECKING:
    from landbridge.world.world import World


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is not the same in two worlds: `before` in the first, `after` in the second."""

    subject_kind: str
    subject: str
    mode: str
    direction: str
    before: str
    after: str

    def to_dict(self) -> dict[str, str]:
        """As plain data."""
        return {
            "subject_kind": self.subject_kind,
            "subject": self.subject,
            "mode": self.mode,
            "direction": self.direction,
            "before": self.before,
            "after": self.after,
        }


def _pass_words(state: Pass) -> str:
    """What passes, in the words of the tables."""
    words: list[str] = [state.freight]
    if state.cargo_note:
        words.append(state.cargo_note)
    if state.carriers != "all":
        words.append(f"carriers {state.carriers}")
    if state.extra_hours:
        words.append(f"+{state.extra_hours:g} h")
    if state.fee_usd:
        words.append(_fee_words(state))
    if 0.0 < state.closed_probability < 1.0:
        words.append(f"shut {state.closed_probability:.0%} of days")
    if state.capacity_share != 1.0:
        words.append(f"capacity {state.capacity_share:.0%}")
    return "; ".join(words)


def _fee_words(state: Pass | State) -> str:
    return f"{state.fee_usd:g} usd" + (f" a {state.fee_unit}" if state.fee_unit else "")


def _state_words(state: State) -> str:
    words: list[str] = [state.open]
    if state.slow_hours:
        words.append(f"+{state.slow_hours:g} h")
    if 0.0 < state.closed_probability < 1.0:
        words.append(f"shut {state.closed_probability:.0%} of days")
    if state.capacity_share != 1.0:
        words.append(f"capacity {state.capacity_share:.0%}")
    if state.fee_usd:
        words.append(_fee_words(state))
    if state.carrier_classes:
        words.append(f"not {', '.join(state.carrier_classes)}")
    return "; ".join(words)


def diff(before: World, after: World) -> tuple[Change, ...]:
    """What differs between two worlds: crossings, passages, ports, ferries, projects, lines, blocs, measures, pipes.

    Examples
    --------
    >>> from landbridge.world import World
    >>> world = World.at("2023-06-01")
    >>> [(change.subject, change.before, change.after) for change in diff(world, world.apply("suez-closed"))]
    [('suez', 'open', 'closed')]
    """
    return tuple(_changes(before, after))


def _changes(before: World, after: World) -> Iterator[Change]:
    from landbridge.world.energy_diff import energy_changes

    for row in before.facts.table("crossings").rows:
        for mode in row["modes"]:
            for frm, to in ((row["area_a"], row["area_b"]), (row["area_b"], row["area_a"])):
                was, now = (_pass_words(crossing_state(world, row["id"], mode, frm, to)) for world in (before, after))
                if was != now:
                    yield Change("crossing", row["id"], mode, f"{frm}>{to}", was, now)
    kinds = (
        ("passage", "passages", passage_state),
        ("port", "ports", port_state),
        ("ferry", "ferries", ferry_state),
        ("project", "projects", project_state),
        ("line", "lines", line_state),
    )
    for kind, table, state in kinds:
        if table in before.facts.names:
            for row in before.facts.table(table).rows:
                was, now = (_state_words(state(world, row["id"])) for world in (before, after))
                if was != now:
                    yield Change(kind, row["id"], "", "", was, now)
    for row in before.facts.table("blocs").rows:
        left, right = standings(before, row["id"]), standings(after, row["id"])
        for area in sorted({*left, *right}):
            words = tuple(side.get(area, "not a member") for side in (left, right))
            if words[0] != words[1]:
                yield Change("bloc", row["id"], "", area, *words)
    for agreement in agreement_rows(before.facts):
        held, holds = (agreement_in_force(world, agreement) for world in (before, after))
        if held is not holds:
            words = ("in force", "not in force") if held else ("not in force", "in force")
            yield Change("agreement", agreement, "", "", *words)
    old, new = ({(one.table, one.id): one for one in measures(world)} for world in (before, after))
    for key in sorted(old.keys() ^ new.keys()):
        words = ("in force", "not in force") if key in old else ("not in force", "in force")
        yield Change("measure", key[1], "", "", *words)
    built = {link.id for link in before.links} ^ {link.id for link in after.links}
    for link in sorted(built):
        words = ("built", "not built") if link in {one.id for one in before.links} else ("not built", "built")
        yield Change("link", link, "", "", *words)
    for kind, subject, direction, was, now in energy_changes(before, after):
        yield Change(kind, subject, "", direction, was, now)
