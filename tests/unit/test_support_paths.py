"""The workspace is found, and folders that a cloud service copies are noticed."""

from pathlib import Path

import pytest

from fangshan_desk.support.paths import choose_workspace, cloud_service_of, default_folder


def test_the_command_line_wins_over_the_environment(tmp_path: Path) -> None:
    environment = {"FANGSHAN_DESK_WORKSPACE": str(tmp_path / "b")}
    assert choose_workspace(tmp_path / "a", environment).folder == tmp_path / "a"
    assert choose_workspace(None, environment).folder == tmp_path / "b"
    assert choose_workspace(None, {"FANGSHAN_DESK_WORKSPACE": " "}).folder == default_folder()


def test_a_relative_workspace_becomes_absolute() -> None:
    assert choose_workspace(Path("here"), {}).folder == Path.cwd() / "here"


def test_all_names_stand_inside_the_workspace(tmp_path: Path) -> None:
    workspace = choose_workspace(tmp_path, {})
    names = {workspace.database, workspace.key_file, workspace.head, workspace.lock, workspace.ballast}
    assert {path.name for path in names} == {"desk.db", "desk.key", "head.bin", "lock", "ballast"}
    assert all(path.parent == tmp_path for path in names)


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("OneDrive - 方山县人社局/desk", "OneDrive"),
        ("WPSDrive/12345/WPS云盘/desk", "WPS 云文档"),
        ("BaiduSyncdisk/desk", "百度网盘"),
        ("百度网盘同步/desk", "百度网盘"),
        ("我的坚果云/desk", "坚果云"),
        ("Dropbox/desk", "Dropbox"),
        ("Documents/desk", None),
        ("工作/劳动关系", None),
    ],
)
def test_a_synced_folder_is_named(folder: str, service: str | None) -> None:
    assert cloud_service_of(Path("/srv") / folder, {}) == service


def test_onedrive_is_found_by_its_variable_whatever_its_name() -> None:
    environment = {"OneDriveCommercial": "/srv/office"}
    assert cloud_service_of(Path("/srv/office/desk"), environment) == "OneDrive"
    assert cloud_service_of(Path("/srv/officers/desk"), environment) is None
