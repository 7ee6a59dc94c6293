"""Hostile and good pictures through the real child process."""

import io
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from fangshan_desk.data.image_intake import ImageIntake, kinds, messages, refusals
from fangshan_desk.data.image_intake.worker import Worker
from fangshan_desk.support.text import chinese_texts
from tests.helpers import hostile_files as hostile

SECONDS_PER_REFUSAL = 2.0
PARENT_MAY_GROW_KB = 50 * 1024

HOSTILE: list[tuple[str, Callable[[], bytes], type[refusals.IntakeRefusedError]]] = [
    ("huge.png", hostile.huge_one_bit_png, refusals.TooManyPixelsError),
    ("forged.png", hostile.forged_header_png, refusals.TooManyPixelsError),
    ("text.png", hostile.text_bomb_png, refusals.DamagedFileError),
    ("frames.tif", hostile.tiff_frame_bomb, refusals.SeveralPicturesError),
    ("frames.gif", hostile.gif_frame_bomb, refusals.NotAnImageError),
    ("half.jpg", hostile.truncated_photo, refusals.DamagedFileError),
    ("zip.jpg", hostile.zip_named_jpg, refusals.NotAnImageError),
    ("nothing.jpg", bytes, refusals.EmptyFileError),
    ("script.pdf", hostile.pdf_with_script, refusals.ActiveDocumentError),
    ("packed.pdf", hostile.pdf_with_packed_script, refusals.ActiveDocumentError),
    ("escaped.pdf", hostile.pdf_with_escaped_script, refusals.ActiveDocumentError),
    ("link.pdf", hostile.pdf_with_script_on_a_link, refusals.ActiveDocumentError),
    ("launch.pdf", hostile.pdf_with_launch, refusals.ActiveDocumentError),
    ("password.pdf", lambda: hostile.pdf_encrypted(user="u"), refusals.EncryptedDocumentError),
    ("rights.pdf", lambda: hostile.pdf_encrypted(user=""), refusals.EncryptedDocumentError),
    ("long.pdf", lambda: hostile.saved(hostile.pdf(pages=201)), refusals.TooManyPagesError),
    ("million.pdf", hostile.pdf_with_shared_pages, refusals.TooManyPagesError),
    ("liar.pdf", hostile.pdf_with_forged_count, refusals.TooManyPagesError),
    ("half.pdf", hostile.pdf_truncated, refusals.DamagedFileError),
    ("junk.pdf", lambda: b"%PDF-1.7\n" + bytes(range(256)) * 100, refusals.DamagedFileError),
    ("junk.webp", lambda: b"RIFF\0\0\0\0WEBPVP8 " + bytes(100), refusals.DamagedFileError),
    ("junk.bmp", lambda: b"BM" + b"\xff" * 200, refusals.DamagedFileError),
    ("junk.tif", lambda: b"MM\0*" + b"\xff" * 200, refusals.DamagedFileError),
]


@pytest.fixture(scope="module")
def intake() -> Iterator[ImageIntake]:
    with ImageIntake() as intake:
        yield intake


def resident_kb() -> int:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1])
    return 0


def refused(intake: ImageIntake, data: bytes | Path, name: str) -> refusals.IntakeRefusedError:
    with pytest.raises(refusals.IntakeRefusedError) as caught:
        intake.take(data, name)
    return caught.value


@pytest.mark.parametrize(("name", "make", "error"), HOSTILE, ids=[name for name, _, _ in HOSTILE])
def test_a_hostile_file_is_refused_with_its_reason(
    intake: ImageIntake, name: str, make: Callable[[], bytes], error: type[refusals.IntakeRefusedError]
) -> None:
    data = make()
    intake.warm_up()
    before = resident_kb()
    begun = time.monotonic()
    refusal = refused(intake, data, name)
    assert time.monotonic() - begun < SECONDS_PER_REFUSAL
    assert resident_kb() - before < PARENT_MAY_GROW_KB
    assert type(refusal) is error
    assert name in chinese_texts()(refusal.key, **refusal.values)


def test_the_child_serves_on_after_the_whole_corpus(intake: ImageIntake) -> None:
    for name, make, _ in HOSTILE:
        refused(intake, make(), name)
    assert intake.take(hostile.photo(), "photo.jpg").mime == "image/jpeg"


def test_a_photo_is_upright_and_keeps_only_the_time_it_was_taken(intake: ImageIntake) -> None:
    source = hostile.photo()
    assert b"SECRET" in source
    result = intake.take(source, "photo.jpg")
    with Image.open(io.BytesIO(result.data)) as picture:
        assert picture.size == (result.width, result.height) == (480, 640)
        assert not picture.getexif()
        red, green, _ = picture.convert("RGB").getpixel((470, 10))  # type: ignore[misc]  # three bands
        assert red > 150 > green
    assert result.taken_at == "2026-03-01T10:11:12"
    for trace in (b"SECRET", b"Exif", b"2026:03:01", b"GPS"):
        assert trace not in result.data
        assert trace not in result.thumbnail_png


def test_the_thumbnail_fits_256_pixels(intake: ImageIntake) -> None:
    result = intake.take(hostile.photo(width=1200, height=300), "photo.jpg")
    with Image.open(io.BytesIO(result.thumbnail_png)) as thumbnail:
        assert thumbnail.format == "PNG"
        assert thumbnail.size == (64, 256)


@pytest.mark.parametrize(
    ("kind", "mode", "mime"),
    [
        ("PNG", "RGBA", "image/png"),
        ("PNG", "P", "image/png"),
        ("PNG", "I;16", "image/png"),
        ("BMP", "RGB", "image/png"),
        ("TIFF", "1", "image/png"),
        ("TIFF", "CMYK", "image/jpeg"),
        ("WEBP", "RGB", "image/jpeg"),
        ("WEBP", "RGBA", "image/png"),
        ("JPEG", "L", "image/jpeg"),
        ("JPEG", "CMYK", "image/jpeg"),
    ],
)
def test_every_kind_comes_out_as_png_or_jpeg(intake: ImageIntake, kind: str, mode: str, mime: str) -> None:
    source = io.BytesIO()
    Image.new(mode, (300, 200)).save(source, kind)
    result = intake.take(source.getvalue(), f"scan.{kind.lower()}")
    assert (result.mime, result.width, result.height) == (mime, 300, 200)
    assert kinds.kind_of(result.data) == mime
    assert result.file_name.endswith(".png" if mime == "image/png" else (".jpg", ".jpeg"))


def test_lossless_pictures_keep_every_pixel(intake: ImageIntake) -> None:
    picture = Image.effect_noise((321, 123), 80).convert("RGB")
    source = io.BytesIO()
    picture.save(source, "BMP")
    with Image.open(io.BytesIO(intake.take(source.getvalue(), "screen.bmp").data)) as result:
        assert result.tobytes() == picture.tobytes()


def test_a_harmless_pdf_is_kept_byte_for_byte(intake: ImageIntake, tmp_path: Path) -> None:
    source = tmp_path / "合同.pdf"
    source.write_bytes(hostile.saved(hostile.pdf(pages=3)))
    result = intake.take(source)
    assert result.data == source.read_bytes()
    assert (result.mime, result.pages, result.width, result.height) == ("application/pdf", 3, 595, 842)
    assert result.file_name == "合同.pdf"
    assert kinds.kind_of(result.thumbnail_png) == "image/png"


def test_the_kind_is_told_by_the_bytes_and_the_name_follows(intake: ImageIntake) -> None:
    assert intake.take(hostile.photo(), "../evil\u202egpj.exe").file_name == "evilgpj.exe.jpg"
    assert intake.take(hostile.photo(), "scan.pdf").file_name == "scan.jpg"


def test_a_file_over_40_megabytes_is_refused_unread(intake: ImageIntake, tmp_path: Path) -> None:
    large = tmp_path / "large.jpg"
    with open(large, "wb") as file:
        file.truncate(40 * 1024 * 1024 + 1)
    before = resident_kb()
    refusal = refused(intake, large, "large.jpg")
    assert isinstance(refusal, refusals.FileTooLargeError)
    assert "41 MB" in chinese_texts()(refusal.key, **refusal.values)
    assert resident_kb() - before < 1024


def test_what_is_no_regular_file_is_refused_without_waiting(intake: ImageIntake, tmp_path: Path) -> None:
    fifo = tmp_path / "pipe.jpg"
    os.mkfifo(fifo)
    for path in (fifo, tmp_path, tmp_path / "gone.jpg", Path("/dev/zero")):
        assert isinstance(refused(intake, path, "x.jpg"), refusals.FileUnreadableError)


def test_killing_the_child_at_work_is_a_clear_refusal(intake: ImageIntake) -> None:
    data = hostile.photo(width=3000, height=3000)
    intake.warm_up()
    pid = intake.child_pid
    assert pid is not None
    # Stopped first, so that the question is surely under way when the kill comes.
    os.kill(pid, signal.SIGSTOP)
    with subprocess.Popen(["/bin/sh", "-c", f"sleep 0.3; kill -9 {pid}"]):
        refusal = refused(intake, data, "photo.jpg")
    assert isinstance(refusal, refusals.IntakeInterruptedError)
    assert "photo.jpg" in chinese_texts()(refusal.key, **refusal.values)
    assert intake.take(hostile.photo(), "photo.jpg").data


def test_a_document_that_unpacks_to_gigabytes_meets_the_memory_limit(intake: ImageIntake) -> None:
    assert intake.take(hostile.pdf_object_bomb(unpacked=1024**2), "small.pdf").pages == 1
    bomb = hostile.pdf_object_bomb()
    begun = time.monotonic()
    refusal = refused(intake, bomb, "bomb.pdf")
    assert isinstance(refusal, refusals.IntakeInterruptedError | refusals.TooComplicatedError)
    assert time.monotonic() - begun < 15
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert children.ru_maxrss < 1024**2


def test_a_child_killed_between_two_files_is_replaced_silently(intake: ImageIntake) -> None:
    intake.warm_up()
    pid = intake.child_pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
    assert intake.take(hostile.photo(), "photo.jpg").data


def test_a_child_that_hangs_is_ended_and_replaced() -> None:
    with ImageIntake(seconds=1) as intake:
        intake.warm_up()
        hanging = intake.child_pid
        assert hanging is not None
        os.kill(hanging, signal.SIGSTOP)
        assert isinstance(refused(intake, hostile.photo(), "photo.jpg"), refusals.IntakeTimeoutError)
        with pytest.raises(ProcessLookupError):
            os.kill(hanging, 0)
        assert intake.take(hostile.photo(), "photo.jpg").data


def test_the_child_is_renewed_after_some_files() -> None:
    with ImageIntake() as intake:
        small = hostile.photo(width=32, height=32)
        pids = [(intake.take(small, "photo.jpg"), intake.child_pid)[1] for _ in range(21)]
    assert len(set(pids)) == 2


def test_the_child_has_limits_and_no_secrets(intake: ImageIntake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FANGSHAN_DESK_PASSPHRASE", "secret")
    intake.close()
    intake.take(hostile.photo(), "photo.jpg")
    folder = Path(f"/proc/{intake.child_pid}")
    assert b"FANGSHAN_DESK" not in (folder / "environ").read_bytes()
    assert intake.child_pid is not None
    memory, _ = resource.prlimit(intake.child_pid, resource.RLIMIT_AS)
    cpu, _ = resource.prlimit(intake.child_pid, resource.RLIMIT_CPU)
    assert memory == 1024**3
    assert 0 < cpu < 60
    assert resource.prlimit(intake.child_pid, resource.RLIMIT_CORE) == (0, 0)
    assert resource.prlimit(intake.child_pid, resource.RLIMIT_FSIZE) == (0, 0)


def test_nothing_of_a_photo_is_written_to_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    with ImageIntake() as intake:
        intake.take(hostile.photo(), "photo.jpg")
        intake.take(hostile.saved(hostile.pdf()), "scan.pdf")
    assert list(tmp_path.iterdir()) == []


def test_the_parent_never_loads_a_decoder() -> None:
    picture = io.BytesIO()
    Image.new("1", (8, 8)).save(picture, "PNG")
    check = (
        "import sys; from fangshan_desk.data.image_intake import ImageIntake;"
        f"intake = ImageIntake(); intake.take({picture.getvalue()!r}, 'x.png'); intake.close();"
        "print([name for name in ('PIL', 'pikepdf', 'pypdfium2') if name in sys.modules])"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", check]
    result = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    assert result.stdout.strip() == "[]"


def test_an_answer_that_breaks_the_format_is_not_believed() -> None:
    worker = Worker()
    try:
        answer = worker.ask(messages.Message(head={"kind": "image/png"}, parts=(b"x",)), seconds=10)
        assert answer.head["refused"] == refusals.DamagedFileError.key
    finally:
        worker.end()
    stream = io.BytesIO(b"\xff\xff\xff\xff" + bytes(100))
    with pytest.raises(messages.BadMessageError):
        messages.unpacked(stream.read)


def test_every_refusal_has_a_sentence() -> None:
    texts = chinese_texts()
    for refusal in refusals.IntakeRefusedError.__subclasses__():
        assert texts.has(refusal.key), refusal.key
