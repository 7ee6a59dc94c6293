"""The first start and the unlocking: what they ask, what they refuse, what they keep to themselves."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from fangshan_desk.domain.rights import Body, Role
from fangshan_desk.support.text import chinese_texts
from fangshan_desk.ui.pages.gate import FirstStartGate, StartAnswers, UnlockGate

TEXTS = chinese_texts()


@pytest.fixture
def first(qtbot: QtBot) -> Iterator[FirstStartGate]:
    gate = FirstStartGate(TEXTS)
    qtbot.addWidget(gate)
    gate.show()
    yield gate
    gate.close()


def _type(gate: FirstStartGate, name: str, *secrets: str) -> None:
    fields = gate.findChildren(QLineEdit)
    for field, words in zip(fields, (name, *secrets), strict=True):
        QTest.keyClicks(field, words)


def _button(gate: FirstStartGate | UnlockGate, key: str) -> QPushButton:
    return next(found for found in gate.findChildren(QPushButton) if found.text() == TEXTS(key))


def _sentences(gate: FirstStartGate | UnlockGate) -> set[str]:
    return {label.text() for label in gate.findChildren(QLabel) if label.isVisible()}


def test_the_answers_are_handed_on(first: FirstStartGate, qtbot: QtBot) -> None:
    body = first.findChildren(QComboBox)[0]
    body.setCurrentIndex(body.findData(Body.FTU))
    _type(first, "yue zechuan", "three plain words", "three plain words")
    with qtbot.waitSignal(first.answered) as caught:
        QTest.mouseClick(_button(first, "gate-start"), Qt.MouseButton.LeftButton)
    [answers] = caught.args or []
    assert isinstance(answers, StartAnswers)
    assert (answers.first_start.body, answers.first_start.role) == (Body.FTU, Role.FTU)
    assert (answers.first_start.name, answers.passphrase) == ("yue zechuan", "three plain words")


def test_two_different_passphrases_are_refused_in_words(first: FirstStartGate, qtbot: QtBot) -> None:
    _type(first, "yue", "three plain words", "three plain word")
    with qtbot.assertNotEmitted(first.answered):
        QTest.mouseClick(_button(first, "gate-start"), Qt.MouseButton.LeftButton)
    assert TEXTS("gate-passphrases-differ") in _sentences(first)


def test_every_body_offers_only_its_own_roles(first: FirstStartGate) -> None:
    body, role = first.findChildren(QComboBox)
    for index in range(body.count()):
        body.setCurrentIndex(index)
        offered = [role.itemData(place) for place in range(role.count())]
        assert offered
        assert all((body.currentData() is Body.TOWN) == (each is Role.TOWN) for each in offered)


def test_the_invented_county_is_one_click_away(first: FirstStartGate, qtbot: QtBot) -> None:
    with qtbot.waitSignal(first.sample_wanted):
        QTest.mouseClick(_button(first, "gate-sample"), Qt.MouseButton.LeftButton)


def test_unlocking_hands_on_the_passphrase_and_forgets_it(qtbot: QtBot) -> None:
    gate = UnlockGate(TEXTS, is_locked_again=True)
    qtbot.addWidget(gate)
    gate.show()
    [field] = gate.findChildren(QLineEdit)
    QTest.keyClicks(field, "three plain words")
    with qtbot.waitSignal(gate.passphrase_given) as caught:
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert caught.args == ["three plain words"]
    assert field.text() == ""
    gate.refuse(TEXTS("failure-wrong-passphrase"))
    assert TEXTS("failure-wrong-passphrase") in _sentences(gate)
    assert gate.card.isEnabled()
    gate.close()
