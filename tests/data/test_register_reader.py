from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from fangshan_desk.data.readers.register import SQLRegisterReader
from fangshan_desk.domain.enterprise_names import MatchParty
from fangshan_desk.domain.records.letters import Letter, LetterKind, RectificationItem
from fangshan_desk.domain.records.register import (
    CollectiveContract,
    DuplicateDecision,
    Enterprise,
    EnterpriseAlias,
    Negotiation,
    RegisterStatus,
    RiskAssessmentRecord,
    WarningSignal,
)
from fangshan_desk.domain.records.visits import Visit
from fangshan_desk.domain.risk.levels import RiskLevel
from fangshan_desk.domain.states.item_facts import ItemState
from fangshan_desk.domain.states.visit import VisitState
from fangshan_desk.usecases.views.register import EnterpriseFilter, RegisterSort, TimelineKind
from tests.helpers.desk_files import TemporaryDesk, temporary_desk
from tests.helpers.reference import name_rules

TODAY = date(2026, 3, 2)
CODE = "91141128MA0K1T2C0E"
Filter = EnterpriseFilter


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[TemporaryDesk]:
    with temporary_desk(tmp_path) as opened:
        yield opened


@pytest.fixture
def reader(desk: TemporaryDesk) -> SQLRegisterReader:
    return SQLRegisterReader(desk.file.database)


def enterprise(desk: TemporaryDesk, name: str, **fields: Any) -> Enterprise:
    """A kept enterprise."""
    made = Enterprise(id=desk.new_id(), name=name, **fields)
    desk.keep(made)
    return made


def visit(desk: TemporaryDesk, of: Enterprise, day: int, **fields: Any) -> Visit:
    """A kept visit of March."""
    started = datetime(2026, 3, day, 2, tzinfo=UTC)
    made = Visit(
        id=desk.new_id(),
        enterprise_id=of.id,
        **{"state": VisitState.FINISHED, "started_at": started, **fields},
    )
    desk.keep(made)
    return made


def item(desk: TemporaryDesk, of: Enterprise, **fields: Any) -> RectificationItem:
    """A kept letter with one item."""
    letter = Letter(
        id=desk.new_id(),
        kind=LetterKind.PRESCRIPTION,
        enterprise_id=of.id,
        title="用工处方",
        document_number="方人社处方〔2026〕31号",
        content={},
        made_at=datetime(2026, 3, 1, tzinfo=UTC),
    )
    given = {
        "code": "WAGE-01",
        "title": "补发6—7月工资",
        "days": 15,
        "original_deadline": TODAY,
        "deadline": TODAY,
    }
    made = RectificationItem(
        id=desk.new_id(), letter_id=letter.id, enterprise_id=of.id, **{**given, **fields}
    )
    desk.keep(letter, made)
    return made


@pytest.fixture
def county(desk: TemporaryDesk) -> dict[str, Enterprise]:
    """Six enterprises that differ in every filter."""
    mine = enterprise(
        desk,
        "乙煤业",
        township="141128103",
        risk_level=RiskLevel.RED,
        categories=("mining", "industry"),
        headcount=200,
        union_exists=True,
    )
    shop = enterprise(desk, "丙超市", township="141128100", risk_level=RiskLevel.BLUE, headcount=3)
    site = enterprise(
        desk,
        "甲项目部",
        township="141128100",
        risk_level=RiskLevel.ORANGE,
        categories=("construction_general",),
        is_federation_member=True,
    )
    gone = enterprise(desk, "丁砖厂", status=RegisterStatus.DEREGISTERED, is_in_scope=False, headcount=9)
    enterprise(desk, "戊重复", merged_into_id=shop.id)
    return {"mine": mine, "shop": shop, "site": site, "gone": gone}


def names(reader: SQLRegisterReader, wanted: Filter, **order: Any) -> list[str]:
    """Names in the order found."""
    return [row.name for row in reader.rows(reader.find_ids(wanted, **order)) if row]


@pytest.mark.usefixtures("county")
@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Filter(), {"甲项目部", "乙煤业", "丙超市", "丁砖厂"}),
        (Filter(township="141128100"), {"甲项目部", "丙超市"}),
        (Filter(category="mining"), {"乙煤业"}),
        (Filter(category="min"), set()),
        (Filter(risk_level="orange"), {"甲项目部"}),
        (Filter(risk_level="unrated"), {"丁砖厂"}),
        (Filter(body="ftu"), {"乙煤业"}),
        (Filter(body="fic"), {"甲项目部"}),
        (Filter(status="deregistered"), {"丁砖厂"}),
        (Filter(in_scope=True), {"甲项目部", "乙煤业", "丙超市"}),
        (Filter(in_scope=False), {"丁砖厂"}),
        (Filter(text="项目"), {"甲项目部"}),
        (Filter(text="xmb", township="141128103"), set()),
        (Filter(text="bcs", township="141128100", risk_level="blue"), {"丙超市"}),
        (Filter(text="*"), set()),
    ],
)
def test_every_filter_narrows_the_list(reader: SQLRegisterReader, wanted: Filter, expected: set[str]) -> None:
    assert set(names(reader, wanted)) == expected


@pytest.mark.usefixtures("county")
@pytest.mark.parametrize("is_searched", [False, True])
@pytest.mark.parametrize(
    ("sort", "descending", "expected"),
    [
        (RegisterSort.NAME, False, "丁丙乙甲"),
        (RegisterSort.NAME, True, "甲乙丙丁"),
        (RegisterSort.RISK, False, "乙甲丙丁"),
        (RegisterSort.RISK, True, "丁丙甲乙"),
        (RegisterSort.TOWNSHIP, False, "丙甲乙丁"),
        (RegisterSort.TOWNSHIP, True, "乙丙甲丁"),
        (RegisterSort.HEADCOUNT, False, "丙丁乙甲"),
        (RegisterSort.HEADCOUNT, True, "乙丁丙甲"),
    ],
)
def test_the_list_sorts_and_puts_the_unknown_last(
    desk: TemporaryDesk,
    reader: SQLRegisterReader,
    sort: RegisterSort,
    *,
    descending: bool,
    expected: str,
    is_searched: bool,
) -> None:
    for each in desk.find(Enterprise):
        desk.keep(EnterpriseAlias(id=desk.new_id(), enterprise_id=each.id, name="共同名"))
    wanted = Filter(text="共同名") if is_searched else Filter()
    assert "".join(name[0] for name in names(reader, wanted, sort=sort, descending=descending)) == expected


def test_last_visits_and_open_items_sort_and_show(
    desk: TemporaryDesk, reader: SQLRegisterReader, county: dict[str, Enterprise]
) -> None:
    visit(desk, county["shop"], 3)
    visit(desk, county["mine"], 5)
    visit(desk, county["mine"], 1)
    visit(desk, county["site"], 9, state=VisitState.PLANNED, started_at=None, planned_on=TODAY)
    item(desk, county["site"])
    item(desk, county["site"])
    item(desk, county["mine"], state=ItemState.VERIFIED)
    item(desk, county["shop"], state=ItemState.REPORTED)
    by_visit = names(reader, Filter(), sort=RegisterSort.LAST_VISIT, descending=True)
    assert by_visit == ["乙煤业", "丙超市", "丁砖厂", "甲项目部"]
    by_items = names(reader, Filter(in_scope=True), sort=RegisterSort.OPEN_ITEMS, descending=True)
    assert by_items == ["甲项目部", "丙超市", "乙煤业"]
    mine, site = reader.rows([county["mine"].id, county["site"].id])
    assert mine is not None
    assert site is not None
    assert (mine.last_visit_at, mine.open_items) == (datetime(2026, 3, 5, 2, tzinfo=UTC), 0)
    assert (site.last_visit_at, site.open_items) == (None, 2)


def test_chips_count_without_their_own_filter(
    desk: TemporaryDesk, reader: SQLRegisterReader, county: dict[str, Enterprise]
) -> None:
    counts = reader.counts(Filter(risk_level="red"))
    assert (counts.red, counts.orange, counts.yellow, counts.blue, counts.unrated) == (1, 1, 0, 1, 1)
    assert counts.of("") == 4
    assert reader.counts(Filter(township="141128100")).all == 2
    assert reader.counts(Filter(text="煤业", risk_level="blue")).of("red") == 1


def test_a_row_that_is_gone_is_none(reader: SQLRegisterReader, county: dict[str, Enterprise]) -> None:
    rows = reader.rows(["nowhere", county["shop"].id])
    assert rows[0] is None
    assert rows[1] is not None
    assert reader.rows([]) == []


def test_a_text_finds_all_that_hold_it(desk: TemporaryDesk, reader: SQLRegisterReader) -> None:
    desk.keep(*(Enterprise(id=desk.new_id(), name=f"方山县{number}号店") for number in range(50)))
    desk.keep(*(Enterprise(id=desk.new_id(), name=f"大武{number}号店") for number in range(49)))
    assert not reader.find(Filter(text="号店")).is_cut
    assert len(reader.find(Filter(text="号店")).ids) == 99


def test_the_page_of_an_enterprise_holds_everything(
    desk: TemporaryDesk, reader: SQLRegisterReader, county: dict[str, Enterprise]
) -> None:
    mine = county["mine"]
    made = visit(desk, mine, 1)
    planned = visit(desk, mine, 1, state=VisitState.PLANNED, started_at=None, planned_on=date(2026, 4, 1))
    item(desk, mine, deadline=date(2026, 3, 1))
    item(desk, mine)
    desk.keep(
        EnterpriseAlias(id=desk.new_id(), enterprise_id=mine.id, name="乙煤矿"),
        CollectiveContract(id=desk.new_id(), enterprise_id=mine.id, kind="wage", title="工资协议"),
    )
    page = reader.enterprise(mine.id, today=TODAY)
    assert page is not None
    assert page.enterprise == mine
    assert [alias.name for alias in page.aliases] == ["乙煤矿"]
    assert [contract.title for contract in page.contracts] == ["工资协议"]
    assert (page.open_items, page.overdue_items, page.visit_count) == (2, 1, 1)
    assert (page.planned_visit_id, page.planned_on) == (planned.id, date(2026, 4, 1))
    assert page.last_visit_at == made.started_at
    assert page.assessment is None
    assert reader.enterprise("nowhere", today=TODAY) is None


def test_a_merged_entry_names_where_it_went(
    desk: TemporaryDesk, reader: SQLRegisterReader, county: dict[str, Enterprise]
) -> None:
    merged = desk.find(Enterprise, name="戊重复")[0]
    page = reader.enterprise(merged.id, today=TODAY)
    assert page is not None
    assert page.merged_into == county["shop"]


def test_the_timeline_shows_every_kind_newest_first(
    desk: TemporaryDesk, reader: SQLRegisterReader, county: dict[str, Enterprise]
) -> None:
    mine = county["mine"]
    visit(desk, mine, 9)
    item(desk, mine, reported_on=date(2026, 3, 7))
    desk.keep(
        CollectiveContract(
            id=desk.new_id(), enterprise_id=mine.id, kind="wage", title="工资协议", signed_on=date(2025, 1, 1)
        ),
        Negotiation(id=desk.new_id(), enterprise_id=mine.id, state="offered", offered_on=date(2026, 2, 1)),
        WarningSignal(
            id=desk.new_id(), enterprise_id=mine.id, kind="layoff", raised_at=datetime(2026, 3, 8, tzinfo=UTC)
        ),
        RiskAssessmentRecord(
            id=desk.new_id(),
            enterprise_id=mine.id,
            as_of=date(2026, 3, 6),
            model_version="FSR-1.0",
            inputs={},
            components={},
            score=72,
            score_high=72,
            coverage=80,
            level=RiskLevel.ORANGE,
            potential_level=RiskLevel.ORANGE,
            published_level=RiskLevel.RED,
            made_at=datetime(2026, 3, 6, tzinfo=UTC),
        ),
    )
    events = reader.timeline(mine.id)
    kinds = TimelineKind
    assert [event.kind for event in events] == [
        kinds.VISIT,
        kinds.SIGNAL,
        kinds.ITEM,
        kinds.ASSESSMENT,
        kinds.LETTER,
        kinds.NEGOTIATION,
        kinds.CONTRACT,
    ]
    assert [event.on for event in events][:3] == [date(2026, 3, day) for day in (9, 8, 7)]
    assert (events[3].state, events[3].detail) == ("red", "72")
    assert (events[4].title, events[4].detail) == ("方人社处方〔2026〕31号", "prescription")
    assert len(reader.timeline(mine.id, limit=2)) == 2


def test_likely_duplicates_are_offered_until_called_different(
    desk: TemporaryDesk, reader: SQLRegisterReader
) -> None:
    first = enterprise(desk, "方山县金鑫建材有限公司", township="141128100", uscc=CODE)
    same = enterprise(desk, "金鑫建材有限公司", township="141128100")
    alike = enterprise(desk, "方山县金鑫建村有限公司", township="141128100")
    enterprise(desk, "方山县金鑫超市", township="141128100")
    found = reader.likely_duplicates(first.id, rules=name_rules())
    assert [each.enterprise_id for each in found] == [same.id, alike.id]
    assert all(each.key.startswith("match-") for each in found)
    desk.keep(
        DuplicateDecision(
            id=desk.new_id(),
            first_id=same.id,
            second_id=first.id,
            decided_by=desk.officer.id,
            decided_at=desk.clock.now_utc(),
        )
    )
    assert [each.enterprise_id for each in reader.likely_duplicates(first.id, rules=name_rules())] == [
        alike.id
    ]
    assert reader.likely_duplicates("nowhere", rules=name_rules()) == ()


def test_a_name_being_typed_is_compared_with_the_register(
    desk: TemporaryDesk, reader: SQLRegisterReader
) -> None:
    known = enterprise(desk, "吕梁恒达煤业有限公司", uscc=CODE)
    by_name = reader.similar_to(MatchParty(name="恒达煤业有限责任公司"), rules=name_rules())
    by_code = reader.similar_to(MatchParty(name="恒达", uscc=CODE), rules=name_rules())
    assert [each.enterprise_id for each in by_name] == [known.id]
    assert by_code[0].enterprise_id == known.id
    assert reader.similar_to(MatchParty(name="恒达"), rules=name_rules(), ignoring=known.id) == ()


def test_pairs_of_the_whole_register_share_a_code_or_a_name(
    desk: TemporaryDesk, reader: SQLRegisterReader
) -> None:
    one = enterprise(desk, "方山县永盛砖厂", uscc=CODE)
    other = enterprise(desk, "永盛砖厂二分厂", uscc=CODE)
    twin = enterprise(desk, "方山县富民养殖场", township="141128103")
    double = enterprise(desk, "方山县富民养殖场", township="141128103")
    enterprise(desk, "方山县绿野农业")
    pairs = reader.duplicate_pairs(rules=name_rules())
    found = {frozenset((pair.first.enterprise_id, pair.second.enterprise_id)) for pair in pairs}
    assert found == {frozenset((one.id, other.id)), frozenset((twin.id, double.id))}
    assert len(reader.duplicate_pairs(rules=name_rules(), limit=1)) == 1


@pytest.mark.parametrize(
    ("words", "kinds"),
    [("金鑫", ["enterprise"]), ("31号", ["letter"]), ("补发", ["item"]), ("", []), ("%_\\'\ud800", [])],
)
def test_one_field_searches_everything(
    desk: TemporaryDesk, reader: SQLRegisterReader, words: str, kinds: list[str]
) -> None:
    item(desk, enterprise(desk, "方山县金鑫建材有限公司", legal_representative="李四"))
    assert [found.kind.value for found in reader.search(words)] == kinds
    assert reader.search("ls")[0].matched == "李四"
    assert reader.search("金鑫", limit=1)[0].title == "方山县金鑫建材有限公司"
