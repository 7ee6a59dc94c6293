"""The lazy table: Qt's own tester, then what is shown, sorted and kept."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QElapsedTimer, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QWidget

from fangshan_desk.support.text import chinese_texts
from fangshan_desk.ui.components.lazy_table import LazyTable, fitted_widths
from fangshan_desk.ui.models.columns import Align, Column, SortOrder
from fangshan_desk.ui.models.lazy_table import PAGE_ROWS, TONE_ROLE, LazyTableModel
from fangshan_desk.ui.operations import Operations
from fangshan_desk.ui.widgets.messages import EmptyState
from fangshan_desk.ui.widgets.palette import Tone

Wait = Callable[[], None]
Show = Callable[[QWidget], QWidget]


@dataclass(frozen=True)
class Shop:
    """A row."""

    id: str
    name: str
    count: int


class ShopSource:
    """Rows in memory that counts how many were asked for."""

    def __init__(self, count: int) -> None:
        self.shops = {
            f"{number:06}": Shop(f"{number:06}", f"企业{number}", number % 7) for number in range(count)
        }
        self.fetched: list[int] = []

    def ids(self, order: SortOrder | None) -> Sequence[str]:
        if order is None:
            return list(self.shops)
        shops = sorted(self.shops.values(), key=lambda shop: (shop.count, shop.id))
        ids = [shop.id for shop in shops]
        return ids[::-1] if order.is_descending else ids

    def rows(self, ids: Sequence[str]) -> Sequence[Shop | None]:
        self.fetched.append(len(ids))
        return [self.shops.get(record_id) for record_id in ids]


def tone(shop: Shop) -> Tone | None:
    return Tone.RED if shop.count == 6 else None


COLUMNS: list[Column[Shop]] = [
    Column("name", "企业", lambda shop: shop.name, stretches=True, is_optional=False, is_sortable=False),
    Column("count", "户数", lambda shop: str(shop.count), width=80, align=Align.RIGHT, tone=tone),
]


@pytest.fixture
def model(operations: Operations) -> LazyTableModel[Shop]:
    return LazyTableModel(COLUMNS, operations=operations)


@pytest.fixture
def table(operations: Operations, shown: Show) -> LazyTable[Shop]:
    made: LazyTable[Shop] = LazyTable(
        COLUMNS, operations=operations, texts=chinese_texts(), empty=EmptyState("没有企业"), name="企业"
    )
    made.resize(500, 400)
    shown(made)
    return made


def contents(model: LazyTableModel[Shop]) -> list[list[str]]:
    return [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_the_model_keeps_qts_rules_while_rows_come_and_go(model: LazyTableModel[Shop], wait: Wait) -> None:
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    source = ShopSource(9)
    model.set_source(source)
    wait()
    source.shops.pop("000003")
    model.reload()
    wait()
    model.sort(1, Qt.SortOrder.DescendingOrder)
    wait()
    assert model.rowCount() == 8
    tester.deleteLater()


def test_rows_are_shown_as_their_columns_say(model: LazyTableModel[Shop], wait: Wait) -> None:
    model.set_source(ShopSource(3))
    wait()
    contents(model)
    wait()
    assert contents(model) == [["企业0", "0"], ["企业1", "1"], ["企业2", "2"]]
    assert [model.headerData(n, Qt.Orientation.Horizontal) for n in range(2)] == ["企业", "户数"]


def test_a_cell_with_a_tone_says_its_colour(model: LazyTableModel[Shop], wait: Wait) -> None:
    model.set_source(ShopSource(7))
    wait()
    contents(model)
    wait()
    assert model.index(6, 1).data(TONE_ROLE) == Tone.RED
    assert model.index(5, 1).data(TONE_ROLE) is None


def test_only_visible_pages_are_fetched(model: LazyTableModel[Shop], wait: Wait) -> None:
    source = ShopSource(1000)
    model.set_source(source)
    wait()
    assert model.rowCount() == 1000
    assert source.fetched == []
    model.index(500, 0).data()
    wait()
    assert source.fetched == [PAGE_ROWS]
    assert model.index(500, 0).data() == "企业500"


def test_pages_that_flew_by_are_not_fetched(model: LazyTableModel[Shop], wait: Wait) -> None:
    source = ShopSource(10_000)
    model.set_source(source)
    wait()
    for row in range(0, 10_000, PAGE_ROWS):
        model.index(row, 0).data()
    wait()
    assert 1 <= len(source.fetched) <= 3
    assert model.row_at(9_999 // PAGE_ROWS * PAGE_ROWS) is not None


def test_stale_rows_stay_painted_while_they_are_read_again(model: LazyTableModel[Shop], wait: Wait) -> None:
    source = ShopSource(3)
    model.set_source(source)
    wait()
    contents(model)
    wait()
    source.shops["000001"] = Shop("000001", "新名称", 5)
    model.reload()
    assert contents(model)[1] == ["企业1", "1"]
    wait()
    assert contents(model)[1] == ["企业1", "1"]
    wait()
    assert contents(model)[1] == ["新名称", "5"]


def test_sorting_asks_the_source(model: LazyTableModel[Shop], wait: Wait) -> None:
    model.set_source(ShopSource(9))
    wait()
    model.sort(1, Qt.SortOrder.DescendingOrder)
    wait()
    assert model.row_id(0) == "000006"
    assert model.order == SortOrder("count", is_descending=True)


def test_a_column_that_cannot_be_sorted_is_left_alone(model: LazyTableModel[Shop], wait: Wait) -> None:
    model.set_source(ShopSource(3))
    wait()
    model.sort(0)
    assert model.order is None


def test_the_chosen_row_stays_chosen_when_rows_move(table: LazyTable[Shop], wait: Wait) -> None:
    source = ShopSource(50)
    table.set_source(source)
    wait()
    assert table.choose("000020")
    source.shops.pop("000003")
    table.reload()
    wait()
    assert table.current_id() == "000020"
    assert table.selected_ids() == ["000020"]


def test_a_row_asked_for_early_is_chosen_when_it_arrives(table: LazyTable[Shop], wait: Wait) -> None:
    table.set_source(ShopSource(50))
    assert not table.choose("000031")
    wait()
    assert table.current_id() == "000031"


def test_enter_opens_the_row_and_letters_go_to_the_owner(table: LazyTable[Shop], wait: Wait) -> None:
    opened: list[str] = []
    typed: list[str] = []
    table.row_opened.connect(opened.append)
    table.typed.connect(typed.append)
    table.set_source(ShopSource(5))
    wait()
    table.choose("000002")
    QTest.keyClick(table.view, Qt.Key.Key_Return)
    QTest.keyClicks(table.view, "jx")
    assert opened == ["000002"]
    assert typed == ["j", "x"]


def test_a_click_on_a_header_sorts_and_a_second_turns(table: LazyTable[Shop], wait: Wait) -> None:
    table.set_source(ShopSource(9))
    wait()
    header = table.view.horizontalHeader()
    header.sectionClicked.emit(1)
    assert table.model.order == SortOrder("count")
    header.sectionClicked.emit(1)
    assert table.model.order == SortOrder("count", is_descending=True)
    assert header.isSortIndicatorShown()
    wait()


def test_chosen_rows_are_copied_as_lines(table: LazyTable[Shop], wait: Wait) -> None:
    table.allow_many()
    table.set_source(ShopSource(3))
    wait()
    wait()
    table.view.selectAll()
    QTest.keyClick(table.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "企业0\t0\n企业1\t1\n企业2\t2"


def test_an_empty_table_teaches(table: LazyTable[Shop], wait: Wait) -> None:
    table.set_source(ShopSource(0))
    wait()
    assert not table.view.isVisible()
    assert [state.isVisible() for state in table.findChildren(EmptyState)] == [True]


def test_a_column_can_be_hidden_unless_it_names_the_row(table: LazyTable[Shop]) -> None:
    menu = table.column_menu()
    offered = [action for action in menu.actions() if action.isCheckable()]
    assert [action.text() for action in offered] == ["户数"]
    offered[0].trigger()
    assert table.view.isColumnHidden(1)
    menu.deleteLater()


def test_a_hundred_thousand_rows_never_stop_the_screen(table: LazyTable[Shop], wait: Wait) -> None:
    source = ShopSource(100_000)
    table.set_source(source)
    wait()
    bar = table.view.verticalScrollBar()
    longest = 0
    clock = QElapsedTimer()
    for step in range(40):
        bar.setValue(bar.maximum() * (step + 1) // 40)
        clock.restart()
        table.view.viewport().repaint()
        longest = max(longest, clock.elapsed())
        QApplication.processEvents()
    wait()
    # Generous for a busy machine; a table that loads everything takes seconds.
    assert longest < 250
    assert sum(source.fetched) < 20_000
    assert table.model.row_id(99_999) == "099999"


@pytest.mark.parametrize(
    ("columns", "room", "expected"),
    [
        ([(200, True), (100, False), (80, False)], 600, [420, 100, 80]),
        ([(200, True), (200, False), (78, False)], 350, [150, 122, 78]),
        ([(200, True), (200, False), (78, False)], 250, [150, 78, 78]),
        ([(100, False), (0, False)], 400, [100, 0]),
    ],
)
def test_columns_give_way_in_a_narrow_window(
    columns: list[tuple[int, bool]], room: int, expected: list[int]
) -> None:
    assert fitted_widths(columns, room=room) == expected
