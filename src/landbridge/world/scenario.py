"""A scenario: a name, a note, its sources, and events in order."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from landbridge.world.effects import Applied
from landbridge.world.events import Event, Strict, Words


class Scenario(Strict):
    """A named list of events that changes a world.

    Examples
    --------
    >>> a = Scenario(name="a", events=(Event(kind="close", subjects=("passage:suez",)),))
    >>> b = Scenario(name="b", events=(Event(kind="open", subjects=("passage:suez",)),))
    >>> (a + b).name, len((a + b).events)
    ('a + b', 2)
    """

    name: str = Field(min_length=1, description="short name in lower case")
    note: str = Field("", description="what it supposes, and why")
    sources: Words = Field((), description="where the suppositions come from")
    events: tuple[Event, ...] = Field((), description="what happens, in order; the later event wins")
    parts: tuple[Scenario, ...] = Field((), exclude=True, repr=False)

    def __add__(self, other: Scenario) -> Scenario:
        """Both, one after the other: applying the sum is applying first this, then the other."""
        return Scenario(
            name=f"{self.name} + {other.name}",
            note="; ".join(note for note in (self.note, other.note) if note),
            sources=(*self.sources, *other.sources),
            events=(*self.events, *other.events),
            parts=(*(self.parts or (self,)), *(other.parts or (other,))),
        )

    def names(self) -> tuple[str, ...]:
        """The names that count as applied: those of the parts of a sum."""
        return tuple(part.name for part in self.parts) or (self.name,)

    def applied(self) -> tuple[Applied, ...]:
        """Its events, each with the name of the scenario and its number there."""
        return tuple(
            Applied(part.name, number, event)
            for part in (self.parts or (self,))
            for number, event in enumerate(part.events, 1)
        )

    def to_dict(self) -> dict[str, Any]:
        """As plain data, with the names of a file."""
        return self.model_dump(mode="json", by_alias=True, exclude_defaults=True)


def scenario_schema() -> dict[str, Any]:
    """The JSON schema of a scenario file.

    Examples
    --------
    >>> sorted(scenario_schema()["properties"])
    ['events', 'name', 'note', 'sources']
    """
    schema = Scenario.model_json_schema(by_alias=True)
    for body in (schema, *schema.get("$defs", {}).values()):
        body.get("properties", {}).pop("parts", None)
        if "description" in body:
            body["description"] = body["description"].partition("\n\n")[0]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **_root(schema)}


def _root(schema: dict[str, Any]) -> dict[str, Any]:
    """A schema that refers to itself is given with its root on the outside."""
    if "$ref" in schema and "properties" not in schema:
        definitions = schema["$defs"]
        root = definitions.pop(schema["$ref"].rsplit("/", 1)[-1])
        return {**root, "$defs": definitions}
    return schema
