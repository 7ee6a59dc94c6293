"""The camera's folder: only new, complete pictures, each once."""

import os
from pathlib import Path

import pytest

from fangshan_desk.data.watched_folder import WatchedFolder


class Watch:
    """Seconds that pass when the test says so."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def watch() -> Watch:
    return Watch()


def watching(folder: Path, watch: Watch, remembered: frozenset[str] = frozenset()) -> WatchedFolder:
    return WatchedFolder(folder, remembered=remembered, monotonic=watch)


def names_after(watched: WatchedFolder, watch: Watch, seconds: float) -> list[str]:
    watch.now += seconds
    return [path.name for path in watched.poll()]


def test_a_file_is_offered_once_it_stops_growing(tmp_path: Path, watch: Watch) -> None:
    watched = watching(tmp_path, watch)
    photo = tmp_path / "IMG_1.JPG"
    photo.write_bytes(b"a")
    assert names_after(watched, watch, 0) == []
    photo.write_bytes(b"ab")
    assert names_after(watched, watch, 3) == []
    assert names_after(watched, watch, 1) == []
    assert names_after(watched, watch, 1) == ["IMG_1.JPG"]
    assert names_after(watched, watch, 60) == []


def test_polling_fast_does_not_make_a_file_complete(tmp_path: Path, watch: Watch) -> None:
    watched = watching(tmp_path, watch)
    (tmp_path / "a.jpg").write_bytes(b"a")
    assert [names_after(watched, watch, 0.1) for _ in range(5)] == [[]] * 5


def test_other_files_are_left_alone(tmp_path: Path, watch: Watch) -> None:
    for name in ("note.txt", "a.jpg.part", ".hidden.jpg", "~$a.pdf", "film.mp4"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "empty.jpg").touch()
    (tmp_path / "folder.jpg").mkdir()
    (tmp_path / "link.jpg").symlink_to("/etc/passwd")
    os.mkfifo(tmp_path / "pipe.jpg")
    (tmp_path / "good.TIFF").write_bytes(b"x")
    watched = watching(tmp_path, watch)
    watched.poll()
    assert names_after(watched, watch, 5) == ["good.TIFF"]


def test_files_come_oldest_first(tmp_path: Path, watch: Watch) -> None:
    for age, name in ((1, "new.jpg"), (3, "old.jpg"), (2, "middle.png")):
        (tmp_path / name).write_bytes(b"x")
        os.utime(tmp_path / name, (1000 - age, 1000 - age))
    watched = watching(tmp_path, watch)
    watched.poll()
    assert names_after(watched, watch, 5) == ["old.jpg", "middle.png", "new.jpg"]


def test_what_was_taken_is_remembered_over_a_restart(tmp_path: Path, watch: Watch) -> None:
    for name in ("taken.jpg", "refused.jpg"):
        (tmp_path / name).write_bytes(b"x")
    watched = watching(tmp_path, watch)
    watched.poll()
    watch.now += 5
    for path in watched.poll():
        if path.name == "taken.jpg":
            watched.mark_taken(path)
    again = watching(tmp_path, watch, watched.remembered)
    again.poll()
    assert names_after(again, watch, 5) == ["refused.jpg"]


def test_a_new_photo_under_an_old_name_is_offered(tmp_path: Path, watch: Watch) -> None:
    photo = tmp_path / "IMG_0001.jpg"
    photo.write_bytes(b"x")
    watched = watching(tmp_path, watch)
    assert watched.remember_all_present() == 1
    assert names_after(watched, watch, 5) == []
    photo.write_bytes(b"another picture")
    watched.poll()
    assert names_after(watched, watch, 5) == ["IMG_0001.jpg"]


def test_the_memory_tells_no_names(tmp_path: Path, watch: Watch) -> None:
    (tmp_path / "张三投诉.jpg").write_bytes(b"x")
    watched = watching(tmp_path, watch)
    watched.remember_all_present()
    assert all(len(mark) == 64 and mark.isalnum() for mark in watched.remembered)


def test_a_card_that_is_pulled_out_is_no_error(tmp_path: Path, watch: Watch) -> None:
    folder = tmp_path / "card"
    watched = watching(folder, watch)
    assert not watched.is_available
    assert watched.poll() == []
    folder.mkdir()
    (folder / "a.jpg").write_bytes(b"x")
    watched.poll()
    assert names_after(watched, watch, 5) == ["a.jpg"]
