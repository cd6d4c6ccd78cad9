import json

import pytest

from landbridge.errors import InputError, MissingExtraError
from landbridge.facts import export, load, sources


def test_exported_csv_lays_over_as_nothing_new(tmp_path):
    facts = load()
    export(facts, tmp_path)
    assert load(tmp_path).facts_id == facts.facts_id


def test_exported_json_is_plain_data(tmp_path):
    export(load(), tmp_path, "json", ["corridors", "crossing_status"])
    rows = json.loads((tmp_path / "corridors.json").read_text(encoding="utf-8"))
    assert len(rows) == len(load().table("corridors"))
    assert isinstance(rows[0]["gates"], list)
    status = json.loads((tmp_path / "crossing_status.json").read_text(encoding="utf-8"))
    assert {type(row["from"]) for row in status} == {str}


def test_the_data_package_describes_every_file(tmp_path):
    written = export(load(), tmp_path, "csv", ["ferries", "ports", "areas"])
    package = json.loads(written[-1].read_text(encoding="utf-8"))
    assert [resource["path"] for resource in package["resources"]] == ["ferries.csv", "ports.csv", "areas.csv"]
    assert package["id"] == load().facts_id
    assert package["licenses"]
    assert package["sources"]
    for resource in package["resources"]:
        head = (tmp_path / resource["path"]).read_text(encoding="utf-8").splitlines()[0].split(",")
        assert [field["name"] for field in resource["schema"]["fields"]] == head
    ferries = package["resources"][0]["schema"]
    assert {"fields": "port_a_id", "reference": {"resource": "ports", "fields": "id"}} in ferries["foreignKeys"]
    lat = next(field for field in ferries["fields"] if field["name"] == "lat_a")
    assert lat["constraints"] == {"required": True, "minimum": -90.0, "maximum": 90.0}


def test_an_unknown_format_is_refused(tmp_path):
    with pytest.raises(InputError, match="nearest valid: json"):
        export(load(), tmp_path, "jsn")


def test_parquet_reads_back_or_says_what_is_missing(tmp_path):
    try:
        import pyarrow.parquet as pq
    except ImportError:
        with pytest.raises(MissingExtraError, match="pyarrow"):
            export(load(), tmp_path, "parquet", ["ports"])
        return
    export(load(), tmp_path, "parquet", ["ports"])
    assert pq.read_table(tmp_path / "ports.parquet").num_rows == len(load().table("ports"))


def test_sources_of_a_table_are_those_its_rows_cite():
    cited = {key for row in load().table("ferries").rows for key in row["source_id"]}
    assert {row["id"] for row in sources(load(), "ferries")} == cited
