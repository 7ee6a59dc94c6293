"""Encrypted attachments: verified on reading, durable before they are named, whole after a kill."""

import hashlib
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from fangshan_desk.data import attachments
from fangshan_desk.data.attachments import AttachmentStore
from fangshan_desk.domain.errors import ExpectedError
from fangshan_desk.support.text import chinese_texts

KEY = bytes(range(32))
MARKER = b"\xe5\xbc\xa0\xe4\xb8\x89 140123199001011234 " * 50

# Ends the process with SIGKILL inside the N-th call that touches the disk, half-way through a write.
KILLED_WRITER = """
import os, signal, sys
from pathlib import Path
from fangshan_desk.data.attachments import AttachmentStore

class HastyStore(AttachmentStore):
    def _part_path(self, target):
        return target

folder, fatal, kind = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
store = (HastyStore if kind == "hasty" else AttachmentStore)(folder, bytes(range(32)))
calls = 0

def deadly(real):
    def call(*args, **options):
        global calls
        calls += 1
        if calls == fatal:
            if real is write:
                write(args[0], args[1][: len(args[1]) // 2])
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*args, **options)
    return call

write = os.write
for name in ("open", "write", "fsync", "replace", "mkdir"):
    setattr(os, name, deadly(getattr(os, name)))
for number in range(2):
    stored = store.put(os.urandom(100_000) + bytes([number]))
    write(1, stored.sha256.encode() + b"\\n")
"""


def store_in(folder: Path, *, free: int = 10**12) -> AttachmentStore:
    return AttachmentStore(folder, KEY, free_space=lambda _: free)


def file_of(folder: Path, sha256: str) -> Path:
    return folder / sha256[:2] / f"{sha256}.bin"


def sentence(error: ExpectedError) -> str:
    return chinese_texts()(error.key, **error.values)


def killed_at(folder: Path, call: int, kind: str = "real") -> tuple[int, list[str]]:
    result = subprocess.run(
        [sys.executable, "-c", KILLED_WRITER, str(folder), str(call), kind],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert result.returncode in (0, -signal.SIGKILL), result.stderr
    return result.returncode, result.stdout.split()


@pytest.mark.parametrize("size", [0, 1, 65_536, 3_000_001])
def test_what_is_put_comes_back(tmp_path: Path, size: int) -> None:
    store = store_in(tmp_path / "attachments")
    data = os.urandom(size)
    stored = store.put(data)
    assert stored.size == size
    assert stored.sha256 == hashlib.sha256(data).hexdigest()
    assert store.exists(stored.sha256)
    assert store_in(tmp_path / "attachments").read(stored.sha256) == data


def test_nothing_readable_lies_on_the_disk(tmp_path: Path) -> None:
    stored = store_in(tmp_path).put(MARKER)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert files == [file_of(tmp_path, stored.sha256)]
    assert MARKER[:20] not in files[0].read_bytes()
    assert files[0].stat().st_mode & 0o077 == 0


def test_the_same_content_is_stored_once(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    first = store.put(MARKER)
    inode = file_of(tmp_path, first.sha256).stat().st_ino
    assert store.put(MARKER) == first
    assert file_of(tmp_path, first.sha256).stat().st_ino == inode
    assert list(store.stored()) == [first.sha256]


def test_every_flipped_byte_is_noticed_and_repaired_by_storing_again(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    stored = store.put(b"short")
    path = file_of(tmp_path, stored.sha256)
    whole = path.read_bytes()
    for position in range(len(whole)):
        path.write_bytes(whole[:position] + bytes([whole[position] ^ 1]) + whole[position + 1 :])
        with pytest.raises((attachments.AttachmentDamagedError, attachments.AttachmentFromNewerDeskError)):
            store.read(stored.sha256)
    assert store.put(b"short") == stored
    assert store.read(stored.sha256) == b"short"


def test_every_truncation_is_noticed(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    stored = store.put(b"short")
    path = file_of(tmp_path, stored.sha256)
    whole = path.read_bytes()
    for size in range(len(whole)):
        path.write_bytes(whole[:size])
        with pytest.raises(attachments.AttachmentDamagedError) as caught:
            store.read(stored.sha256)
        assert "已损坏" in sentence(caught.value)


def test_one_file_cannot_stand_for_another(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    mine, other = store.put(b"mine"), store.put(b"other")
    file_of(tmp_path, mine.sha256).write_bytes(file_of(tmp_path, other.sha256).read_bytes())
    with pytest.raises(attachments.AttachmentDamagedError):
        store.read(mine.sha256)


def test_another_key_opens_nothing(tmp_path: Path) -> None:
    stored = store_in(tmp_path).put(b"mine")
    with pytest.raises(attachments.AttachmentDamagedError):
        AttachmentStore(tmp_path, bytes(32)).read(stored.sha256)
    with pytest.raises(ValueError, match="32 bytes"):
        AttachmentStore(tmp_path, b"short")


def test_a_missing_file_says_what_to_do(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    with pytest.raises(attachments.AttachmentMissingError) as caught:
        store.read("0" * 64)
    assert "同步" in sentence(caught.value)
    stored = store.put(b"here")
    assert store.missing({stored.sha256, "0" * 64}) == ("0" * 64,)


@pytest.mark.parametrize("name", ["", "../" + "0" * 61, "0" * 63, "G" * 64, "A" * 64, "0" * 64 + "\n"])
def test_only_hashes_are_names(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        store_in(tmp_path).read(name)


def test_verifying_names_the_damaged_and_the_newer_files(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    stored = [store.put(bytes([number])) for number in range(5)]
    file_of(tmp_path, stored[2].sha256).write_bytes(b"rubbish")
    newer = file_of(tmp_path, stored[3].sha256)
    newer.write_bytes(b"FSDA\x02" + newer.read_bytes()[5:])
    seen: list[tuple[int, int]] = []
    report = store.verify_all(lambda done, total: seen.append((done, total)))
    assert report.checked == 5
    assert report.damaged == (stored[2].sha256,)
    assert report.newer == (stored[3].sha256,)
    assert seen == [(number, 5) for number in range(1, 6)]


def test_verifying_can_be_cancelled(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    store.put(b"one")
    assert store.verify_all(cancelled=lambda: True).checked == 0


def test_orphans_and_broken_writes_go_and_named_files_stay(tmp_path: Path) -> None:
    before = store_in(tmp_path)
    kept, orphan = before.put(b"kept"), before.put(b"orphan")
    part = file_of(tmp_path, kept.sha256).with_suffix(".123.part")
    part.write_bytes(b"half")
    store = store_in(tmp_path)
    uncommitted = store.put(b"its row is not committed yet")
    assert store.delete_orphans({kept.sha256}) == 1
    assert not store.exists(orphan.sha256)
    assert not part.exists()
    assert store.read(kept.sha256) == b"kept"
    assert store.exists(uncommitted.sha256)


def test_a_clean_up_with_a_wrong_list_is_stopped(tmp_path: Path) -> None:
    writer = store_in(tmp_path)
    for number in range(30):
        writer.put(bytes([number]))
    store = store_in(tmp_path)
    with pytest.raises(attachments.TooManyOrphansError) as caught:
        store.delete_orphans(set())
    assert "30" in sentence(caught.value)
    assert len(list(store.stored())) == 30
    assert store.delete_orphans(set(), confirmed=True) == 30


def test_the_last_space_is_kept_for_records(tmp_path: Path) -> None:
    with pytest.raises(attachments.DiskNearlyFullError) as caught:
        store_in(tmp_path, free=150 * 1024**2).put(b"photo")
    assert "150 MB" in sentence(caught.value)
    assert not list(tmp_path.rglob("*.*"))


def test_a_full_disk_leaves_no_part_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    store = store_in(tmp_path)
    with monkeypatch.context() as context:
        context.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space"):
            store.put(b"photo")
    assert not list(tmp_path.rglob("*.*"))
    assert store.read(store.put(b"photo").sha256) == b"photo"


@pytest.mark.faults
def test_a_kill_at_any_step_leaves_only_whole_files(tmp_path: Path) -> None:
    deaths = 0
    for call in range(1, 40):
        folder = tmp_path / str(call)
        code, reported = killed_at(folder, call)
        store = store_in(folder)
        assert store.verify_all().damaged == ()
        assert store.missing(reported) == ()
        deaths += code != 0
        if code == 0:
            break
    assert deaths >= 12


@pytest.mark.faults
def test_the_kill_test_notices_a_writer_without_a_part_file(tmp_path: Path) -> None:
    damaged: list[str] = []
    for call in range(1, 10):
        killed_at(tmp_path / str(call), call, "hasty")
        damaged += store_in(tmp_path / str(call)).verify_all().damaged
    assert damaged


@pytest.mark.faults
def test_a_file_is_flushed_before_it_gets_its_name_and_the_name_before_put_returns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    real_fsync, real_replace = os.fsync, os.replace

    def fsync(descriptor: int) -> None:
        steps.append("flush " + Path(os.readlink(f"/proc/self/fd/{descriptor}")).suffix)
        real_fsync(descriptor)

    def replace(source: Path, target: Path) -> None:
        steps.append("rename")
        real_replace(source, target)

    store = store_in(tmp_path)
    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(os, "replace", replace)
    store.put(b"photo")
    assert steps == ["flush ", "flush .part", "rename", "flush "]
    store.put(b"photo")
    assert steps[4:] == ["flush .bin", "flush "]
