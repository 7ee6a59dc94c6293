"""Reference files are read from YAML once and from their JSON copy afterwards."""

import json
from pathlib import Path

import pytest
import yaml

from fangshan_desk.support.reference_files import read_reference, read_yaml


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "rules.yaml"
    path.write_text("title: 规则\nlimit: 20.83\ndays: [1, null, true]\n", encoding="utf-8")
    return path


def copy_of(source: Path) -> Path:
    return source.parent / "cache" / "rules.json"


def test_the_copy_gives_the_same_content(source: Path) -> None:
    first = read_yaml(source, cache_folder=copy_of(source).parent)
    assert copy_of(source).exists()
    assert read_yaml(source, cache_folder=copy_of(source).parent) == first
    assert first.content == {"title": "规则", "limit": 20.83, "days": [1, None, True]}
    assert len(first.sha256) == 64


def test_the_copy_is_read_instead_of_the_file(source: Path) -> None:
    first = read_yaml(source, cache_folder=copy_of(source).parent)
    copy_of(source).write_text(json.dumps({"sha256": first.sha256, "content": {"from": "copy"}}))
    assert read_yaml(source, cache_folder=copy_of(source).parent).content == {"from": "copy"}


def test_a_changed_file_is_read_again(source: Path) -> None:
    read_yaml(source, cache_folder=copy_of(source).parent)
    source.write_text("title: new\n", encoding="utf-8")
    assert read_yaml(source, cache_folder=copy_of(source).parent).content == {"title": "new"}
    assert json.loads(copy_of(source).read_bytes())["content"] == {"title": "new"}


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"sha256": 1}'])
def test_a_damaged_copy_is_replaced(source: Path, damage: bytes) -> None:
    first = read_yaml(source, cache_folder=copy_of(source).parent)
    copy_of(source).write_bytes(damage)
    assert read_yaml(source, cache_folder=copy_of(source).parent) == first
    assert json.loads(copy_of(source).read_bytes())["sha256"] == first.sha256


def test_a_copy_that_holds_no_mapping_is_not_used(source: Path) -> None:
    first = read_yaml(source, cache_folder=copy_of(source).parent)
    copy_of(source).write_text(json.dumps({"sha256": first.sha256, "content": [1]}))
    assert read_yaml(source, cache_folder=copy_of(source).parent) == first


def test_a_copy_that_cannot_be_written_is_no_failure(source: Path) -> None:
    blocked = source.parent / "file"
    blocked.write_text("not a folder")
    assert read_yaml(source, cache_folder=blocked).content["title"] == "规则"


def test_without_a_cache_folder_nothing_is_written(source: Path) -> None:
    read_yaml(source)
    assert [path.name for path in source.parent.iterdir()] == ["rules.yaml"]


def test_a_file_without_a_mapping_is_refused(source: Path) -> None:
    source.write_text("- 1\n")
    with pytest.raises(ValueError, match=r"rules\.yaml holds no mapping"):
        read_yaml(source)


def test_objects_are_never_built_from_the_file(source: Path) -> None:
    source.write_text("a: !!python/object/apply:os.getcwd []\n")
    with pytest.raises(yaml.YAMLError):
        read_yaml(source)


def test_the_shipped_files_survive_the_copy(tmp_path: Path) -> None:
    for name in ("checklist", "statutes"):
        assert read_reference(name, cache_folder=tmp_path) == read_reference(name)
        assert read_reference(name, cache_folder=tmp_path) == read_reference(name)
