"""Atomic files, the instance lock and the reserve on the disk do what they promise."""

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from fangshan_desk.support.atomic_files import remove_leftover_parts, write_atomically
from fangshan_desk.support.failures import (
    DiskFailure,
    DiskFullFailure,
    EnvironmentFailure,
    NoRoomForAttachmentFailure,
    WorkspaceBusyFailure,
    WriteRefusedFailure,
    disk_failure,
)
from fangshan_desk.support.free_space import Ballast, SpaceLevel, require_room_for_attachment, space_level
from fangshan_desk.support.paths import Workspace
from fangshan_desk.support.single_instance import InstanceLock

_HOLD = """
import sys, time
from pathlib import Path
from fangshan_desk.support.single_instance import InstanceLock
InstanceLock(Path(sys.argv[1])).acquire()
print("held", flush=True)
time.sleep(60)
"""


def test_a_file_is_replaced_whole_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "file"
    write_atomically(path, b"old")
    (tmp_path / "file.part").write_bytes(b"left over by a crash")
    write_atomically(path, b"new")
    assert path.read_bytes() == b"new"
    assert [file.name for file in tmp_path.iterdir()] == ["file"]


def test_a_link_planted_at_the_part_is_not_followed(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(b"precious")
    (tmp_path / "file.part").symlink_to(victim)
    write_atomically(tmp_path / "file", b"new")
    assert victim.read_bytes() == b"precious"


def test_a_folder_that_is_gone_is_a_failure_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFailure) as caught:
        write_atomically(tmp_path / "gone" / "file", b"new")
    assert caught.value.values["code"] == "ENOENT"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "file"
    write_atomically(path, b"old")
    code = (
        "import resource, signal, sys; from pathlib import Path\n"
        "from fangshan_desk.support.atomic_files import write_atomically\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "write_atomically(Path(sys.argv[1]), bytes(5000))\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code, str(path)],
        capture_output=True,
        text=True,
        check=False,
        env=_environment(),
    )
    assert "DiskFailure" in ended.stderr
    assert path.read_bytes() == b"old"
    assert [file.name for file in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (errno.ENOSPC, DiskFullFailure),
        (errno.EDQUOT, DiskFullFailure),
        (errno.EROFS, WriteRefusedFailure),
        (errno.EACCES, WriteRefusedFailure),
        (errno.EIO, DiskFailure),
    ],
)
def test_errors_of_the_disk_are_told_apart(code: int, kind: type[EnvironmentFailure]) -> None:
    assert type(disk_failure(OSError(code, "x"), Path("desk.key"))) is kind


def test_leftover_parts_are_removed_at_the_start(tmp_path: Path) -> None:
    for name in ("a.part", "b.part", "keep"):
        (tmp_path / name).touch()
    assert remove_leftover_parts(tmp_path) == 2
    assert [file.name for file in tmp_path.iterdir()] == ["keep"]


def test_the_folders_of_a_workspace_are_made_once_and_closed_to_others(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "desk")
    workspace.create_folders()
    workspace.create_folders()
    assert workspace.attachments.is_dir()
    assert workspace.folder.stat().st_mode & 0o077 == 0
    assert not workspace.is_started()
    workspace.head.touch()
    assert workspace.is_started()


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}


def _holding(path: Path) -> "subprocess.Popen[str]":
    process = subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(path)], stdout=subprocess.PIPE, text=True, env=_environment()
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_a_second_program_is_told_who_has_the_workspace_and_a_killed_one_lets_go(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with _holding(path) as process:
        with pytest.raises(WorkspaceBusyFailure) as caught:
            InstanceLock(path).acquire()
        assert caught.value.values["process"] == str(process.pid)
        assert caught.value.values["host"]
        process.send_signal(signal.SIGKILL)
        process.wait(10)
    with InstanceLock(path):
        assert str(os.getpid()) in path.read_text(encoding="utf-8")


def test_the_lock_holds_against_the_same_program_and_ends_with_release(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with InstanceLock(path), pytest.raises(WorkspaceBusyFailure):
        InstanceLock(path).acquire()
    with InstanceLock(path):
        pass


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"process": 1}', b"\xff" * 5000])
def test_a_stale_or_broken_lock_file_locks_nothing(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "lock"
    path.write_bytes(content)
    with InstanceLock(path) as lock:
        path.write_bytes(content)
        with pytest.raises(WorkspaceBusyFailure):
            InstanceLock(path).acquire()
    lock.release()


def test_a_missing_folder_is_not_a_busy_workspace(tmp_path: Path) -> None:
    with pytest.raises(DiskFailure):
        InstanceLock(tmp_path / "gone" / "lock").acquire()


def test_the_reserve_takes_real_room_and_gives_it_back(tmp_path: Path) -> None:
    ballast = Ballast(tmp_path / "ballast", size=3_000_000)
    assert ballast.create(free=lambda _: 10**12)
    assert (tmp_path / "ballast").stat().st_blocks * 512 >= 3_000_000
    assert ballast.create(free=lambda _: 0)
    assert ballast.release()
    assert not ballast.release()
    assert list(tmp_path.iterdir()) == []


def test_the_reserve_is_not_filled_on_a_disk_that_is_nearly_full(tmp_path: Path) -> None:
    ballast = Ballast(tmp_path / "ballast")
    assert not ballast.create(free=lambda _: 531_000_000)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("free", "level"),
    [
        (500_000_000, SpaceLevel.ENOUGH),
        (499_999_999, SpaceLevel.LOW),
        (200_000_000, SpaceLevel.LOW),
        (199_999_999, SpaceLevel.TOO_LOW_FOR_ATTACHMENTS),
    ],
)
def test_the_levels_of_free_space(free: int, level: SpaceLevel) -> None:
    assert space_level(free) is level


def test_a_photo_that_would_use_up_the_room_for_records_is_refused() -> None:
    require_room_for_attachment(50_000_000, 250_000_000)
    with pytest.raises(NoRoomForAttachmentFailure) as caught:
        require_room_for_attachment(50_000_001, 250_000_000)
    assert caught.value.values == {"free_mb": 250}
