"""Settings survive bad values, newer programs and broken files."""

import json
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as run_settings
from hypothesis import strategies as st

from fangshan_desk.support.failures import EnvironmentFailure
from fangshan_desk.support.settings import FontSource, Settings, SettingsFile


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "settings.json"


def test_without_a_file_the_defaults_hold(path: Path) -> None:
    loaded = SettingsFile(path).load()
    assert loaded.settings == Settings()
    assert loaded.notes == ()
    assert not path.exists()


def test_what_is_saved_comes_back(path: Path) -> None:
    wanted = replace(Settings(), print_copies=3, font_source=FontSource.INSTALLED, watched_folder="D:\\照片")
    SettingsFile(path).save(wanted)
    loaded = SettingsFile(path).load()
    assert loaded.settings == wanted
    assert isinstance(loaded.settings.font_source, FontSource)


@pytest.mark.parametrize(
    ("name", "bad"),
    [
        ("idle_lock_minutes", 11),
        ("idle_lock_minutes", 0),
        ("idle_lock_minutes", True),
        ("print_copies", "2"),
        ("print_duplex", 1),
        ("font_source", "comic"),
        ("font_source", []),
        ("watched_folder", None),
        ("printer_name", "x" * 4001),
    ],
)
def test_a_bad_value_is_replaced_with_a_note_and_the_rest_stays(path: Path, name: str, bad: object) -> None:
    path.write_text(json.dumps({name: bad, "text_scale_percent": 125}), encoding="utf-8")
    loaded = SettingsFile(path).load()
    assert getattr(loaded.settings, name) == getattr(Settings(), name)
    assert loaded.settings.text_scale_percent == 125
    assert [(note.key, note.setting) for note in loaded.notes] == [("setting-replaced", name)]


def test_what_a_newer_program_left_stays_in_the_file(path: Path) -> None:
    path.write_text('{"voice_input": {"on": true}, "print_copies": 5}', encoding="utf-8")
    file = SettingsFile(path)
    file.save(replace(file.load().settings, print_copies=1))
    content = json.loads(path.read_bytes())
    assert content["voice_input"] == {"on": True}
    assert content["print_copies"] == 1


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe", b'{"a":' * 5000, b"[" * 100_000])
def test_an_unreadable_file_is_moved_aside_and_the_defaults_hold(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    loaded = SettingsFile(path).load()
    assert loaded.settings == Settings()
    assert [note.key for note in loaded.notes] == ["setting-file-unreadable"]
    assert path.with_name("settings.json.bad").read_bytes() == content
    SettingsFile(path).save(Settings())
    assert SettingsFile(path).load().notes == ()


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(content=st.dictionaries(st.sampled_from([each.name for each in fields(Settings)]), _JSON))
@run_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
def test_any_content_gives_usable_settings(path: Path, content: dict[str, object]) -> None:
    path.write_text(json.dumps(content), encoding="utf-8")
    usable = SettingsFile(path).load().settings
    assert 1 <= usable.idle_lock_minutes <= 10
    assert 1 <= usable.print_copies <= 9
    assert isinstance(usable.print_duplex, bool)


def test_a_folder_in_the_way_is_a_failure_with_a_sentence(path: Path) -> None:
    path.mkdir()
    with pytest.raises(EnvironmentFailure):
        SettingsFile(path).load()
