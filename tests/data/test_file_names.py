"""Names from outside, made safe to show and to write."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fangshan_desk.data.file_names import path_inside, safe_file_name

RESERVED = ["CON", "nul", "COM1", "lpt9", "COM¹", "CONIN$", "aux.tar.gz", "PRN .txt"]


@pytest.mark.parametrize(
    ("given_name", "safe"),
    [
        ("照片 1.jpg", "照片 1.jpg"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\windows\\win.ini", "win.ini"),
        ("C:\\a\\b.jpg", "b.jpg"),
        ("C:b.jpg", "C_b.jpg"),
        ("\\\\srv\\share\\x.pdf", "x.pdf"),
        ("%2e%2e%2fx.jpg", "%2e%2e%2fx.jpg"),
        ("a\0b\x1f.jpg", "ab.jpg"),
        ("photo\u202egpj.exe", "photogpj.exe"),
        ("a\u200b\u2066b.jpg", "ab.jpg"),
        ("x.jpg:hidden.exe", "x.jpg_hidden.exe"),
        ("name.jpg. . ", "name.jpg"),
        (".hidden.jpg", "hidden.jpg"),
        ("a\ud800.jpg", "a.jpg"),
        ("..", "attachment"),
        ("", "attachment"),
        ("CON.docx", "_CON.docx"),
    ],
)
def test_a_name_is_made_safe(given_name: str, safe: str) -> None:
    assert safe_file_name(given_name) == safe


@pytest.mark.parametrize("name", RESERVED)
def test_device_names_of_windows_are_changed(name: str) -> None:
    assert safe_file_name(name).startswith("_")


def test_a_long_name_keeps_its_ending() -> None:
    short = safe_file_name("证" * 500 + ".jpeg")
    assert short.endswith("证.jpeg")
    assert len(short) <= 120
    assert len(short.encode()) <= 240


@given(st.text(max_size=300) | st.text(alphabet="./\\:%2e\0 CONnul\u202e", max_size=40))
def test_any_name_stays_inside_the_folder(name: str) -> None:
    folder = Path("/nonexistent/exports")
    assert path_inside(folder, name).parent == folder
    safe = safe_file_name(name)
    assert safe == safe_file_name(safe)
    assert not any(unicodedata.category(c) in ("Cc", "Cf", "Cs") for c in safe)
    assert 0 < len(safe) <= 120


def test_a_link_in_the_folder_leads_nowhere(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "photo.jpg").symlink_to("/etc/passwd")
    with pytest.raises(ValueError, match="out of the folder"):
        path_inside(tmp_path / "out", "photo.jpg")
