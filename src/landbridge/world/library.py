"""Scenario files: YAML 1.2 read safely, every complaint with file, line, field and the nearest valid value."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from landbridge.errors import InputError, ScenarioError, nearest
from landbridge.facts import Facts, load
from landbridge.files import plain, read_text, read_yaml
from landbridge.world.subjects import parse_subject

if TYPE_CHECKING:
    from landbridge.world.events import Event
    from landbridge.world.scenario import Scenario

FOLDER = Path(__file__).parent / "scenarios"


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
    if path.suffix in {".yaml", ".yml"} and path.exists():
        return path
    shipped = FOLDER / f"{name}.yaml"
    if isinstance(name, str) and name in list_scenarios():
        return shipped
    raise ScenarioError(
        f"no scenario {str(name)!r}",
        nearest=nearest(path.stem, list_scenarios()),
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
        raise ScenarioError(error.problem, file=error.file, line=error.line, remedy=error.remedy) from None
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
        raise _complaint(error.errors(include_url=False)[0], data, file) from None
    for number, event in enumerate(scenario.events):
        _check_event(event, load() if facts is None else facts, file, _line(data, ("events", number)))
    return scenario


def check_scenario(scenario: Scenario, facts: Facts) -> None:
    """Check that everything a scenario names exists in the facts; raise ScenarioError on the first that does not.

    Examples
    --------
    >>> check_scenario(read_scenario("suez-closed"), load())
    """
    for number, event in enumerate(scenario.events, 1):
        _check_event(event, facts, f"scenario {scenario.name}, event {number}", None)


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
    field = ".".join(str(step) for step in location)
    problem = str(error["msg"])
    close: tuple[str, ...] = ()
    if error["type"] == "extra_forbidden":
        problem = f"unknown key {location[-1]!r}"
        close = nearest(str(location[-1]), _keys_at(location))
    elif error["type"] == "literal_error":
        problem = f"{error['input']!r} is not allowed"
        choices = [word.strip(" '") for word in str(error["ctx"]["expected"]).replace(" or ", ", ").split(",")]
        close = nearest(str(error["input"]), choices) or tuple(choices)
    elif error["type"] == "missing":
        problem = f"the key {location[-1]!r} is missing"
    elif error["type"] == "value_error":
        problem = problem.removeprefix("Value error, ")
    return ScenarioError(problem, file=file, line=_line(data, location), field=field, nearest=close)


def _keys_at(location: tuple[Any, ...]) -> list[str]:
    """Keys that may stand where an unknown one stood."""
    from landbridge.world.events import BanSpec, Event, LinkSpec
    from landbridge.world.scenario import Scenario

    model: Any = Scenario
    if location and location[0] == "events" and len(location) > 2:
        model = {"link": LinkSpec, "ban": BanSpec}.get(str(location[2]), Event) if len(location) > 3 else Event
    return [info.alias or name for name, info in model.model_fields.items() if name != "parts"]


def _check_event(event: Event, facts: Facts, file: str, line: int | None) -> None:
    try:
        for subject in event.subjects:
            _named("subject", lambda subject=subject: parse_subject(facts, subject))
        if event.project is not None:
            _named("project", lambda: parse_subject(facts, f"project:{event.project}"))
        if event.bloc is not None:
            _named("bloc", lambda: parse_subject(facts, f"bloc:{event.bloc}"))
        for area in (*event.areas, *(one for one in (event.imposer, event.target) if one)):
            _named("areas", lambda area=area: _check_token(facts, area))
        if event.direction not in (None, "both"):
            for area in str(event.direction).split(">"):
                _named("direction", lambda area=area: parse_subject(facts, f"area:{area}"))
        if event.ban is not None:
            ban = event.ban
            for area in (*ban.imposers, *ban.targets, *ban.territory):
                _named("ban", lambda area=area: _check_token(facts, area))
            for kind, ids in (("crossing", ban.crossings), ("passage", ban.passages), ("port", ban.ports)):
                for key in ids:
                    _named(f"ban.{kind}s", lambda kind=kind, key=key: parse_subject(facts, f"{kind}:{key}"))
        if event.link is not None:
            for key in event.link.crossings:
                _named("link.crossings", lambda key=key: parse_subject(facts, f"crossing:{key}"))
    except ScenarioError as error:
        raise ScenarioError(
            error.problem, file=file, line=line, field=error.field, nearest=error.nearest, remedy=error.remedy
        ) from None


def _named(field: str, check: Any) -> None:
    """Run a check; what it complains about is said of this field."""
    try:
        check()
    except InputError as error:
        raise ScenarioError(error.problem, field=field, nearest=error.nearest, remedy=error.remedy) from None


def _check_token(facts: Facts, token: str) -> None:
    if token.startswith("bloc:"):
        parse_subject(facts, token)
        return
    groups = {row["group"] for row in facts.table("area_groups").rows} | {"ALL"}
    if token not in groups and token.lower() not in facts.table("blocs").by_id:
        areas = facts.table("areas").by_id
        if token not in areas:
            raise ScenarioError(f"no area or group {token!r}", nearest=nearest(token, [*areas, *groups]))
