"""Two pages with invented data, made only of the shell's own parts; used by tests and to look at."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from fangshan_desk.domain.changes import Changes
from fangshan_desk.domain.records.people import Officer
from fangshan_desk.domain.rights import Body, Role
from fangshan_desk.support.text import chinese_texts
from fangshan_desk.ui.components.lazy_table import LazyTable
from fangshan_desk.ui.components.page import Page
from fangshan_desk.ui.components.rail import PersonFacts
from fangshan_desk.ui.components.search_panel import SearchHit
from fangshan_desk.ui.components.status_corner import StatusFacts
from fangshan_desk.ui.context import Context, Navigator, Target
from fangshan_desk.ui.main_window import MainWindow
from fangshan_desk.ui.models.columns import Align, Column, SortOrder, Weight
from fangshan_desk.ui.operations import Operations
from fangshan_desk.ui.widgets.badges import Badge
from fangshan_desk.ui.widgets.buttons import PrimaryButton, QuietButton, SecondaryButton
from fangshan_desk.ui.widgets.figures import BigNumber
from fangshan_desk.ui.widgets.filters import DropDownFilter, FilterChip
from fangshan_desk.ui.widgets.flow_layout import FlowLayout
from fangshan_desk.ui.widgets.labels import text_label
from fangshan_desk.ui.widgets.lists import (
    KeyValueRows,
    RecordRow,
    RowList,
    TimelineEntry,
    TimelineList,
)
from fangshan_desk.ui.widgets.messages import EmptyState
from fangshan_desk.ui.widgets.navigation import NavigationEntry
from fangshan_desk.ui.widgets.palette import Tone
from fangshan_desk.ui.widgets.surfaces import Card
from fangshan_desk.usecases.desk import Desk
from tests.helpers.clocks import FixedClock

OFFICER = Officer(id="officer-1", name="张三", body=Body.HRSS, role=Role.HRSS, post="劳动关系协调员")
RAIL = [
    ("today", "今日"),
    ("enterprise", "企业"),
    ("visit", "走访"),
    ("letter", "处方"),
    ("rectification", "整改"),
    ("negotiation", "协商"),
    ("guidance", "指导"),
    ("demonstration", "示范"),
]
OFFICE = [("dispatch", "调度"), ("import", "导入"), ("sync", "同步")]
STATUS = StatusFacts(
    words="离线",
    lines=("待上传 38 项", "待传照片 6 张", "上次同步 昨日 17:42"),
    counts={"rectification": 7, "negotiation": 2},
)


@dataclass(frozen=True)
class Item:
    """A row of the invented ledger."""

    id: str
    what: str
    enterprise: str
    owner: str
    deadline: str
    remaining: str
    tone: Tone
    state: str


ITEMS = [
    Item(
        "1",
        "补发6—7月工资 86,400 元",
        "方山县金鑫建材有限公司",
        "李四",
        "08-22",
        "逾期 3 天",
        Tone.RED,
        "整改中",
    ),
    Item(
        "2", "补签书面劳动合同 12 人", "方山县圪洞镇永盛砖厂", "王五", "08-25", "今天", Tone.ORANGE, "待复查"
    ),
    Item("3", "建立工资支付台账", "峪口镇鑫源超市", "赵六", "08-27", "2 天", Tone.YELLOW, "整改中"),
    Item("4", "公示维权信息告示牌", "方山县安居工程三标段", "孙七", "08-29", "4 天", Tone.YELLOW, "整改中"),
    Item(
        "5", "开设农民工工资专用账户", "方山县安居工程三标段", "孙七", "09-05", "11 天", Tone.GREY, "整改中"
    ),
    Item("6", "为 4 名职工办理工伤保险", "大武镇富民养殖场", "周八", "09-06", "12 天", Tone.GREY, "申请延期"),
    Item("7", "公示计件单价调整程序", "方山县顺通货运服务部", "吴九", "09-10", "16 天", Tone.GREY, "整改中"),
    Item("8", "制定女职工特殊保护制度", "吕梁恒达煤业有限公司", "郑十", "08-18", "—", Tone.GREEN, "已销号"),
    Item("9", "依法支付高温津贴 2,160 元", "马坊镇永昌木业", "钱一", "08-16", "—", Tone.GREEN, "已销号"),
    Item("10", "补缴 5—7 月养老保险", "北武当镇云顶山庄", "冯二", "08-15", "—", Tone.GREEN, "已销号"),
]
COLUMNS: list[Column[Item]] = [
    Column("what", "整改事项", lambda item: item.what, width=226, stretches=True, is_optional=False),
    Column("enterprise", "企业", lambda item: item.enterprise, width=210, weight=Weight.WEAK),
    Column("owner", "整改负责人", lambda item: item.owner, width=100),
    Column("deadline", "时限", lambda item: item.deadline, width=72, align=Align.RIGHT),
    Column("remaining", "剩余", lambda item: item.remaining, width=108, tone=lambda item: item.tone),
    Column("state", "状态", lambda item: item.state, width=94),
]


class ItemSource:
    """The invented ledger as a row source."""

    def __init__(self, items: Sequence[Item] = ITEMS) -> None:
        self._items = {item.id: item for item in items}

    def ids(self, order: SortOrder | None) -> Sequence[str]:
        if order is None:
            return list(self._items)
        rows = sorted(self._items.values(), key=lambda item: str(getattr(item, order.key)))
        ids = [item.id for item in rows]
        return ids[::-1] if order.is_descending else ids

    def rows(self, ids: Sequence[str]) -> Sequence[Item | None]:
        return [self._items.get(record_id) for record_id in ids]


class TodayPage(Page):
    """Reproduces `today.png`."""

    watches = frozenset({"visit", "rectification_item"})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.set_title("今日工作", subtitle="2023年8月25日 星期五 · 4 户待走访")
        self.add_header_widget(PrimaryButton("新建走访", shortcut="Ctrl+N", icon="plus"))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        grid.addWidget(self._visits(), 0, 0, 2, 1)
        grid.addWidget(self._progress(), 2, 0)
        grid.addWidget(self._deadlines(), 0, 1)
        grid.addWidget(self._negotiations(), 1, 1, 2, 1)
        grid.setColumnStretch(0, 5)
        grid.setColumnStretch(1, 4)
        grid.setRowStretch(1, 1)

    def _visits(self) -> Card:
        card = Card("今日走访", remark="按路线排序")
        card.heading.add_control(QuietButton("调整计划", compact=True))
        rows = RowList()
        rows.set_rows(
            [
                self._visit(
                    "09:00", "方山县金鑫建材有限公司", "圪洞镇 · 复查：拖欠工资 2 项", "红", Tone.RED
                ),
                self._visit("10:30", "吕梁恒达煤业有限公司", "大武镇 · 首次体检", "橙", Tone.ORANGE),
                self._visit(
                    "14:00", "方山县顺通货运服务部", "峪口镇 · 新就业形态 · 协商要约", "黄", Tone.YELLOW
                ),
                self._visit("16:00", "山西绿野农业开发公司", "马坊镇 · 新办企业指导服务", "蓝", Tone.BLUE),
            ]
        )
        card.add(rows)
        card.fill()
        return card

    def _visit(self, at: str, name: str, remark: str, level: str, tone: Tone) -> RecordRow:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(Badge(f"{level}色风险", tone=tone))
        row.addStretch(1)
        holder.setFixedWidth(150)
        button = SecondaryButton("开始走访", compact=True)
        return RecordRow(name, title=name, subtitle=remark, leading=at, trailing=[holder, button])

    def _progress(self) -> Card:
        card = Card("本月进度", remark="截至今日")
        row = QHBoxLayout()
        row.setSpacing(28)
        for number, unit, caption in (
            ("46", "/ 60 户", "已体检"),
            ("31", "", "开出处方"),
            ("78", "/ 95 项", "整改销号"),
            ("9", "", "发出要约"),
            ("42.6", "万元", "督促补发工资"),
        ):
            row.addWidget(BigNumber(number, unit=unit, caption=caption))
        row.addStretch(1)
        card.body.addLayout(row)
        return card

    def _deadlines(self) -> Card:
        card = Card("整改到期", remark="逾期 3 · 一周内 4")
        rows = RowList()
        rows.set_rows(
            [
                _reminder(
                    "补发6—7月工资 86,400 元", "方山县金鑫建材有限公司 · 负责人 李四", "逾期 3 天", Tone.RED
                ),
                _reminder(
                    "补签书面劳动合同 12 人", "方山县圪洞镇永盛砖厂 · 负责人 王五", "今天到期", Tone.ORANGE
                ),
                _reminder("建立工资支付台账", "峪口镇鑫源超市 · 负责人 赵六", "剩 2 天", Tone.YELLOW),
                _reminder("公示维权信息告示牌", "方山县安居工程三标段 · 负责人 孙七", "剩 4 天", Tone.YELLOW),
            ]
        )
        card.add(rows)
        return card

    def _negotiations(self) -> Card:
        card = Card("协商提醒")
        rows = RowList()
        rows.set_rows(
            [
                _reminder("方山县宏远工贸有限公司", "集体合同 9月12日到期", "剩 18 天", Tone.ORANGE),
                _reminder("方山县骑手配送站", "要约已送达，等待书面答复", "第 14/20 天", Tone.YELLOW),
            ]
        )
        card.add(rows)
        card.fill()
        return card


class RectificationPage(Page):
    """Reproduces `rectification.png`."""

    watches = frozenset({"rectification_item"})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.set_title("整改台账", subtitle="共 95 项 · 未销号 17 · 逾期 3")
        self.add_header_widget(SecondaryButton("导出 Excel"))
        self.add_header_widget(PrimaryButton("复查", shortcut="Ctrl+R"))
        self.refreshed: list[Changes | None] = []
        self.opened: list[Target] = []
        self.table: LazyTable[Item] = LazyTable(
            COLUMNS,
            operations=context.operations,
            texts=context.texts,
            empty=EmptyState(
                "没有未销号的整改事项", hint="开出处方并送达后，整改事项会出现在这里。", icon="rectification"
            ),
            name="整改事项",
        )
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(self._filters())
        left.addWidget(self.table, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addLayout(left, 1)
        row.addWidget(self._details())

    def open(self, target: Target) -> None:
        self.opened.append(target)

    def take_focus(self) -> None:
        self.table.view.setFocus()

    def refresh(self, changes: Changes | None) -> None:
        self.refreshed.append(changes)
        self.table.set_source(ItemSource())
        self.table.choose("1")

    def _filters(self) -> QWidget:
        holder = QWidget()
        row = FlowLayout(holder, gap=8)
        chips = [("未销号", 17), ("逾期", 3), ("一周内到期", 4), ("已销号", 78)]
        for number, (caption, count) in enumerate(chips):
            chip = FilterChip(caption, count=count)
            chip.setChecked(number == 0)
            row.addWidget(chip)
        for caption in ("乡镇：", "牵头单位：", "风险等级："):
            row.addWidget(DropDownFilter(caption, options=[("", "全部"), ("a", "圪洞镇")]))
        return holder

    def _details(self) -> Card:
        card = Card("补发6—7月工资 86,400 元")
        card.setFixedWidth(330)
        card.add(
            KeyValueRows(
                [
                    ("处方", "方人社处方〔2023〕31号 第一条"),
                    ("企业", "方山县金鑫建材有限公司"),
                    ("负责人", "李四　135****2716"),
                    ("时限", "2023-08-22（逾期 3 天）"),
                ],
                key_width=62,
                has_lines=False,
            )
        )
        card.add(
            TimelineList(
                [
                    TimelineEntry(
                        "08-25 09:40", "复查：已补发 40,000 元，余 46,400 元", "银行回单 2 张 · 张三"
                    ),
                    TimelineEntry("08-22", "到期提醒"),
                    TimelineEntry("08-11", "送达签收（现场签字）"),
                    TimelineEntry("08-11", "开出处方"),
                ]
            )
        )
        buttons = QWidget()
        row = FlowLayout(buttons, gap=8)
        row.addWidget(PrimaryButton("登记复查", compact=True))
        for caption in ("销号", "延期", "移送劳动监察"):
            row.addWidget(SecondaryButton(caption, compact=True))
        card.add(buttons)
        card.fill()
        return card


class BlankPage(Page):
    """Stands in for the pages that are not shown."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.set_title("页面")
        column = QVBoxLayout(self)
        column.addWidget(text_label("空"))


def _reminder(title: str, remark: str, state: str, tone: Tone) -> RecordRow:
    return RecordRow(title, title=title, subtitle=remark, trailing=[Badge(state, tone=tone)])


@dataclass(frozen=True)
class DemoServices:
    """The two services the shell itself asks for."""

    clock: FixedClock
    actor: Officer


@dataclass(frozen=True)
class DemoDesk:
    """A desk without a file."""

    services: DemoServices


def demo_context(operations: Operations, navigator: Navigator) -> Context:
    """A context whose desk only knows the time and the officer."""
    desk = cast(Desk, DemoDesk(DemoServices(FixedClock(), OFFICER)))
    return Context(desk=desk, operations=operations, texts=chinese_texts(), navigator=navigator)


def demo_search(words: str) -> list[SearchHit]:
    """Finds among the invented items."""
    return [
        SearchHit(item.what, Target("rectification", item.id), subtitle=item.enterprise, kind="整改")
        for item in ITEMS
        if words in item.what or words in item.enterprise
    ]


def demo_window(operations: Operations) -> MainWindow:
    """The whole frame with the demo pages."""
    names = [name for name, _ in RAIL + OFFICE]
    pages = dict.fromkeys(names, BlankPage) | {"today": TodayPage, "rectification": RectificationPage}
    window = MainWindow(
        operations=operations,
        texts=chinese_texts(),
        make_context=lambda navigator: demo_context(operations, navigator),
        pages=pages,
        navigation=[
            [NavigationEntry(name, words, name) for name, words in group] for group in (RAIL, OFFICE)
        ],
        person=PersonFacts("张三", "县人社局 · 劳动关系协调员"),
    )
    window.show_status(STATUS)
    window.set_search(demo_search)
    return window
