"""Scenario files: YAML 1.2 read safely, every complaint with file, line, field and the nearest valid value."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from landbridge.errors import InputError, ScenarioError, gathered, nearest
from landbridge.facts import Facts, load
from landbridge.files import plain, read_text, read_yaml
from landbridge.world.naming import unknown_in_event

if TYPE_CHECKING:
    from landbridge.world.scenario import Scenario

FOLDER = Path(__file__).parent / "scenarios"
ENDINGS = (".yaml", ".yml")


def list_scenarios(folder: Path = FOLDER) -> tuple[str, ...]:
    """Names of the scenarios that ship with the package.

    Examples
    --------
    >>> "suez-closed" in list_scenarios()
    True
    """
    return tuple(sorted(path.stem for path in folder.glob("*.yaml")))


def find_scenario(name: str | Path) -> Path:
    """The file of a scenario: a path that exists, or the name of one that ships."""
    path = Path(name)
    if isinstance(name, str) and name in list_scenarios():
        return FOLDER / f"{name}.yaml"
    if path.suffix in ENDINGS and (path.exists() or len(path.parts) > 1):
        return path
    near = nearest(path.stem, list_scenarios())
    if path.suffix in ENDINGS and path.parent.is_dir():
        near = (*nearest(path.name, [file.name for file in path.parent.iterdir() if file.suffix in ENDINGS]), *near)
    if path.is_file():
        raise ScenarioError("a scenario file ends with .yaml", file=str(path), remedy="rename the file")
    raise ScenarioError(
        f"no scenario {str(name)!r}",
        nearest=near,
        remedy="give one of `landbridge scenario list` or the path of a .yaml file",
    )


def read_scenario(name: str | Path, facts: Facts | None = None) -> Scenario:
    """Read and check a scenario.

    Parameters
    ----------
    name
        Name of a scenario that ships, or path of a YAML file.
    facts
        Facts that its subjects must exist in; None is those of the package.

    Raises
    ------
    ScenarioError
        Naming file, line, field, problem and the nearest valid value.

    Examples
    --------
    >>> read_scenario("suez-closed").events[0].subjects
    ('passage:suez',)
    """
    path = find_scenario(name)
    try:
        text = read_text(path)
    except InputError as error:
        raise ScenarioError(
            error.problem, file=error.file, line=error.line, nearest=error.nearest, remedy=error.remedy
        ) from None
    return parse_scenario(text, file=str(path), facts=facts)


def parse_scenario(text: str, *, file: str = "scenario", facts: Facts | None = None) -> Scenario:
    """Read a scenario from text; see `read_scenario`."""
    from pydantic import ValidationError

    from landbridge.world.scenario import Scenario

    try:
        data = read_yaml(text, file)
    except InputError as error:
        raise ScenarioError(error.problem, file=file, line=error.line) from None
    if not isinstance(data, Mapping):
        raise ScenarioError("a scenario is a mapping with name, note, sources and events", file=file, line=1)
    try:
        scenario = Scenario.model_validate(plain(data))
    except ValidationError as error:
        found = error.errors(include_url=False)
        # What a list holds is told once: that nothing good is left in it follows.
        inner = {item["loc"][:depth] for item in found for depth in range(len(item["loc"]))}
        wrong = [_complaint(item, data, file) for item in found if item["loc"] not in inner]
        raise gathered(wrong) from None
    known = load() if facts is None else facts
    complaints = []
    for number, event in enumerate(scenario.events):
        for keys, complaint in unknown_in_event(event, known, scenario.events):
            place = ("events", number, *keys)
            complaints.append(complaint.at(file=file, line=_line(data, place), field=_field(place)))
    if complaints:
        raise gathered(complaints)
    return scenario


def check_scenario(scenario: Scenario, facts: Facts) -> None:
    """Check that everything a scenario names exists in the facts; one ScenarioError for all that does not.

    Examples
    --------
    >>> check_scenario(read_scenario("suez-closed"), load())
    """
    complaints = [
        complaint.at(file=f"scenario {scenario.name}", field=_field(("events", number, *keys)))
        for number, event in enumerate(scenario.events)
        for keys, complaint in unknown_in_event(event, facts, scenario.events)
    ]
    if complaints:
        raise gathered(complaints)


def _field(place: tuple[Any, ...]) -> str:
    """Keys as one word."""
    return ".".join(str(step) for step in place)


def _line(data: Any, location: tuple[Any, ...]) -> int | None:
    """The line of the deepest part of a location that the reader knows."""
    line: int | None = 1
    here = data
    for step in location:
        try:
            if isinstance(here, Mapping):
                if step in here:
                    line = here.lc.key(step)[0] + 1  # type: ignore[attr-defined]
                here = here[step]
            else:
                line = here.lc.item(step)[0] + 1
                here = here[step]
        except (KeyError, IndexError, TypeError, AttributeError):
            break
    return line


def _complaint(error: Mapping[str, Any], data: Any, file: str) -> ScenarioError:
    """One complaint of the schema in our own words."""
    location = tuple(error["loc"])
    problem, close = _words(error, location, data)
    return ScenarioError(problem, file=file, line=_line(data, location), field=_field(location) or None, nearest=close)


def _words(error: Mapping[str, Any], location: tuple[Any, ...], data: Any) -> tuple[str, tuple[str, ...]]:
    """What the schema complains about, and the nearest valid values."""
    kind, given = str(error["type"]), error.get("input")
    shown = "a mapping" if isinstance(given, Mapping) else "a list" if isinstance(given, list) else f"{given!r}"
    if kind == "extra_forbidden":
        word = str(location[-1])
        near = nearest(word, _keys_at(location)) or _keys_of_kind(data, location)
        return f"unknown key {word!r}", near or nearest(word, _keys_at(location), always=True)
    if kind == "literal_error":
        choices = [word.strip(" '") for word in str(error["ctx"]["expected"]).replace(" or ", ", ").split(",")]
        return f"{shown} is not allowed", nearest(str(given), choices) or tuple(choices)
    if kind == "missing":
        return f"the key {location[-1]!r} is missing", ()
    if kind == "too_short":
        return "it is empty: give one or more", ()
    if kind == "value_error":
        return str(error["msg"]).removeprefix("Value error, "), ()
    for beginning, wanted in _WANTED.items():
        if kind.startswith(beginning):
            return f"{shown} is not {wanted}", ()
    return f"{shown}: {str(error['msg'])[:1].lower()}{str(error['msg'])[1:]}", ()


_WANTED = {
    "int_": "a whole number",
    "float_": "a number",
    "finite_number": "a number",
    "bool_": "true or false",
    "string_type": "a text",
    "tuple_type": "a list",
    "list_type": "a list",
    "model_": "a mapping",
    "dict_type": "a mapping",
}
"""What was wanted, by the beginning of the kind of complaint."""


def _keys_of_kind(data: Any, location: tuple[Any, ...]) -> tuple[str, ...]:
    """The keys of its own that an event of the kind at a location has, those that it needs first; none elsewhere."""
    from landbridge.world.events import FIELDS, Event

    if len(location) != 3 or location[0] != "events":
        return ()
    needed, allowed = FIELDS.get(str(data["events"][location[1]].get("kind")), ((), ()))
    return tuple(Event.model_fields[name].alias or name for name in (*needed, *allowed))


def _keys_at(location: tuple[Any, ...]) -> list[str]:
    """Keys that may stand where an unknown one stood."""
    from landbridge.world.events import BanSpec, Event, LinkSpec, PipeSpec
    from landbridge.world.scenario import Scenario

    model: Any = Scenario
    if location and location[0] == "events" and len(location) > 2:
        model = (
            {"link": LinkSpec, "pipe": PipeSpec, "ban": BanSpec}.get(str(location[2]), Event)
            if len(location) > 3
            else Event
        )
    return [info.alias or name for name, info in model.model_fields.items() if name != "parts"]
