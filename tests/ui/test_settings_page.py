"""The settings page of a real workspace: colleagues are added, the data is checked."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from fangshan_desk.app.opening import open_desk
from fangshan_desk.app.starting import start_workspace
from fangshan_desk.app.window import build_window
from fangshan_desk.domain.records.people import Officer
from fangshan_desk.domain.rights import Body, Role
from fangshan_desk.support.paths import Workspace
from fangshan_desk.support.text import chinese_texts
from fangshan_desk.ui.context import Target
from fangshan_desk.ui.operations import Operations
from fangshan_desk.ui.pages.settings import SettingsPage
from fangshan_desk.ui.screenshots import settle
from fangshan_desk.ui.tasks import Lanes
from fangshan_desk.usecases.staffing import OfficerKnownError, RoleOfOtherBodyError, add_officer
from fangshan_desk.usecases.starting import FirstStart
from tests.helpers.desk_files import temporary_desk

PASSPHRASE = "three plain words"


def test_a_colleague_is_added_and_can_go_along(lanes: Lanes, tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "desk")
    start_workspace(workspace, FirstStart(name="岳泽川", body=Body.HRSS, role=Role.HRSS), PASSPHRASE)
    with open_desk(workspace, PASSPHRASE) as desk:
        window = build_window(desk, Operations(lanes, chinese_texts()), chinese_texts())
        window.show()
        window.open(Target("settings"))
        settle(lanes.is_idle)
        page = window.current_page()
        assert isinstance(page, SettingsPage)
        name = page.colleagues.findChildren(QLineEdit)[0]
        QTest.keyClicks(name, "hao yutong")
        QTest.mouseClick(page.colleagues.add_button, Qt.MouseButton.LeftButton)
        settle(lanes.is_idle)
        found = desk.transact(lambda uow, _: uow.find(Officer)).result
        assert [officer.name for officer in found] == ["岳泽川", "hao yutong"]
        assert name.text() == ""
        window.close()
        window.deleteLater()
        settle(lanes.is_idle)


def test_a_role_of_another_body_and_a_known_name_are_refused(tmp_path: Path) -> None:
    with temporary_desk(tmp_path) as desk:
        with pytest.raises(RoleOfOtherBodyError):
            desk.transact(
                lambda uow, services: add_officer(
                    name="王五", body=Body.FIC, role=Role.FTU, uow=uow, services=services
                )
            )
        with pytest.raises(OfficerKnownError):
            desk.transact(
                lambda uow, services: add_officer(
                    name="张三", body=Body.HRSS, role=Role.HRSS, uow=uow, services=services
                )
            )
