import itertools
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from fangshan_desk.data.enterprise_search import EnterpriseSearch, SearchResult
from fangshan_desk.data.pinyin_readings import all_readings
from fangshan_desk.data.search_index import SMALL_QUEUE, prepare_search, refresh_all
from fangshan_desk.data.search_matching import Fit
from fangshan_desk.domain.records.register import Enterprise, EnterpriseAlias
from tests.helpers.desk_files import TemporaryDesk, temporary_desk

NAMES = (
    "方山县金鑫建材有限公司",
    "吕梁恒达煤业有限公司",
    "方山县顺通货运服务部",
    "山西绿野农业开发有限公司",
    "重庆银行长治分行",
    "方山县解家乐单曾饭店",
    "方山县KTV301量贩（个体工商户）",
    "方山县圪洞镇永盛砖厂",
)
CODE = "91141128MA0K1T2C0E"


def fill(desk: TemporaryDesk) -> None:
    prepare_search(desk.file.database, ["方山县", "山西", "吕梁", "圪洞镇"])
    desk.keep(*(Enterprise(id=desk.new_id(), name=name) for name in NAMES))
    desk.keep(
        Enterprise(
            id=desk.new_id(),
            name="大武镇富民养殖场",
            uscc=CODE,
            contact_phone="0358-602 2345",
            legal_representative="仇单于",
        )
    )


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TemporaryDesk]:
    """A desk that tests only look at."""
    with temporary_desk(tmp_path_factory.mktemp("county")) as opened:
        fill(opened)
        yield opened


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[TemporaryDesk]:
    """A desk of its own for a test that changes it."""
    with temporary_desk(tmp_path) as opened:
        fill(opened)
        yield opened


def look(desk: TemporaryDesk, query: str, limit: int = 50) -> SearchResult:
    """A search with no memory of earlier ones."""
    return EnterpriseSearch(desk.file.database)(query, limit=limit)


def found(desk: TemporaryDesk, query: str) -> list[str]:
    """Names of the hits, best first."""
    names = {item.id: item.name for item in desk.find(Enterprise)}
    return [names[hit.enterprise_id] for hit in look(desk, query).hits]


@pytest.mark.parametrize("name", NAMES[:6])
def test_every_reading_of_every_character_finds_the_name_by_initials(
    county: TemporaryDesk, name: str
) -> None:
    readings = all_readings(name)
    for start in range(len(name) - 3):
        initials = [sorted({reading[0] for reading in readings[item]}) for item in name[start : start + 4]]
        for letters in itertools.product(*initials):
            assert name in found(county, "".join(letters)), letters


@pytest.mark.parametrize("name", NAMES[:6])
def test_whole_spellings_find_the_name_whatever_the_reading(county: TemporaryDesk, name: str) -> None:
    readings = all_readings(name)
    chance = random.Random(name)
    for _ in range(25):
        start = chance.randrange(len(name))
        spelt = "".join(chance.choice(readings[item]) for item in name[start : start + chance.randint(1, 9)])
        assert name in found(county, spelt[: chance.randint(2, len(spelt))]), spelt


@pytest.mark.parametrize("name", NAMES[:6])
def test_every_fragment_of_characters_finds_the_name(county: TemporaryDesk, name: str) -> None:
    for start, end in itertools.combinations(range(len(name) + 1), 2):
        assert name in found(county, name[start:end])


@pytest.mark.parametrize(
    "query",
    [CODE, "0e", "c0E", "1T2C0E", "91141128MA0", "ma0k1t", "602", "03586022345", "0358-6022345", "2345"],
)
def test_code_and_phone_are_found_by_head_tail_and_middle(county: TemporaryDesk, query: str) -> None:
    assert "大武镇富民养殖场" in found(county, query)


@pytest.mark.parametrize("query", ["仇", "仇单", "qsy", "qdy", "chou", "chouchan", "单于"])
def test_the_legal_representative_is_found(county: TemporaryDesk, query: str) -> None:
    assert found(county, query) == ["大武镇富民养殖场"]
    assert look(county, query).hits[0].fit is Fit.REPRESENTATIVE


@pytest.mark.parametrize("query", ["金鑫 建材", "jxjc 方山", "建材　JINXIN", "jin xin jian cai", "金x建cai"])
def test_words_are_all_needed_and_may_mix_kinds(county: TemporaryDesk, query: str) -> None:
    assert found(county, query) == ["方山县金鑫建材有限公司"]
    assert found(county, query + " 煤业") == []


@pytest.mark.parametrize("query", ["ktv", "KTV301", "ｋｔｖ", "301", "(个体", "县k", "量贩（个体"])
def test_latin_letters_digits_and_brackets_in_a_name_are_found(county: TemporaryDesk, query: str) -> None:
    assert "方山县KTV301量贩（个体工商户）" in found(county, query)


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("lvliang", "吕梁恒达煤业有限公司"),
        ("llhd", "吕梁恒达煤业有限公司"),
        ("zhuanc", "方山县圪洞镇永盛砖厂"),
        ("yszhch", "方山县圪洞镇永盛砖厂"),
        ("fushzhuan", ""),
    ],
)
def test_initials_of_two_letters_and_unfinished_syllables_count(
    county: TemporaryDesk, query: str, name: str
) -> None:
    assert found(county, query)[:1] == ([name] if name else [])


@pytest.mark.parametrize(
    "query",
    [
        "",
        "   ",
        "*",
        '"',
        "'",
        "NEAR(",
        "金 AND",
        "a OR b NOT c",
        "fragments:金",
        "^金",
        "{a b}:c",
        "-金",
        "--",
        ";DROP TABLE enterprise",
        "\0",
        "金\0鑫",
        "\ud800",
        "%_",
        "金" * 1_000_000,
        "a" * 1_000_000,
        "a " * 500_000,
        "1" * 1_000_000,
        "xian" * 250,
        "\u202e\u200b",
        "😀",
    ],
)
def test_hostile_text_is_harmless(county: TemporaryDesk, query: str) -> None:
    look(county, query)
    assert found(county, "金鑫建材") == ["方山县金鑫建材有限公司"]


def test_the_name_behind_the_countys_name_comes_first(desk: TemporaryDesk) -> None:
    desk.keep(
        Enterprise(id=desk.new_id(), name="方山县大金鑫超市"),
        Enterprise(id=desk.new_id(), name="金鑫建材"),
        Enterprise(id=desk.new_id(), name="方山县百货", legal_representative="金鑫"),
        Enterprise(id=desk.new_id(), name="金鑫"),
    )
    expected = ["金鑫", "金鑫建材", "方山县金鑫建材有限公司", "方山县大金鑫超市", "方山县百货"]
    assert found(desk, "金鑫") == expected
    assert found(desk, "jinxin")[0] == "金鑫"
    assert set(found(desk, "jx")) >= set(expected)


def test_letters_that_end_a_code_come_after_names(desk: TemporaryDesk) -> None:
    desk.keep(Enterprise(id=desk.new_id(), name="方山县百货", uscc="91141128MA0K1T2JXJ"))
    assert found(desk, "jxj") == ["方山县金鑫建材有限公司", "方山县百货"]
    assert found(desk, "2jxj") == ["方山县百货"]


def test_a_cut_result_says_so_and_keeps_the_best(desk: TemporaryDesk) -> None:
    desk.keep(*(Enterprise(id=desk.new_id(), name=f"方山县大金鑫{number}店") for number in range(40)))
    result = look(desk, "金鑫", limit=5)
    assert result.is_cut
    assert len(result.hits) == 5
    assert result.hits[0].fit is Fit.NAME_START
    assert not look(desk, "金鑫建材", limit=5).is_cut


def test_what_is_saved_is_found_at_once_under_its_new_name_only(desk: TemporaryDesk) -> None:
    enterprise = desk.find(Enterprise, name="方山县顺通货运服务部")[0]
    with desk.transaction() as uow:
        uow.update(enterprise, name="方山县宏远物流中心")
        uow.commit()
    assert found(desk, "hyuanwl") == ["方山县宏远物流中心"]
    assert found(desk, "顺通货运") == []


def test_what_is_rolled_back_is_not_found(desk: TemporaryDesk) -> None:
    with desk.transaction() as uow:
        uow.insert(Enterprise(id=desk.new_id(), name="方山县未保存商行"))
    assert found(desk, "未保存") == []
    assert look(desk, "未保存").waiting == 0


def test_a_merged_or_deleted_enterprise_is_found_no_more(desk: TemporaryDesk) -> None:
    kept, dropped, removed = desk.find(Enterprise)[:3]
    with desk.transaction() as uow:
        uow.update(dropped, merged_into_id=kept.id)
        uow.insert(EnterpriseAlias(id=desk.new_id(), enterprise_id=kept.id, name=dropped.name, code="SB-778"))
        uow.delete(removed)
        uow.commit()
    assert found(desk, removed.name) == []
    assert found(desk, dropped.name) == [kept.name]
    assert found(desk, "hengdamy") == [kept.name]
    assert look(desk, dropped.name).hits[0].fit is Fit.ALIAS
    assert found(desk, "b778") == [kept.name]


def test_a_name_that_moves_or_goes_is_followed(desk: TemporaryDesk) -> None:
    first, second = desk.find(Enterprise)[:2]
    alias = EnterpriseAlias(id=desk.new_id(), enterprise_id=first.id, name="老字号百味斋")
    desk.keep(alias)
    assert found(desk, "bwz") == [first.name]
    with desk.transaction() as uow:
        uow.update(alias, enterprise_id=second.id)
        uow.commit()
    assert found(desk, "bwz") == [second.name]
    with desk.transaction() as uow:
        uow.delete(alias)
        uow.commit()
    assert found(desk, "bwz") == []


def _many(desk: TemporaryDesk, count: int) -> list[Enterprise]:
    return [Enterprise(id=desk.new_id(), name=f"批量导入第{number}号商行") for number in range(count)]


def test_a_long_queue_waits_for_the_background_and_is_searched_plainly(desk: TemporaryDesk) -> None:
    desk.keep(*_many(desk, SMALL_QUEUE + 1))
    assert look(desk, "第7号").waiting == SMALL_QUEUE + 1
    assert found(desk, "第7号") == ["批量导入第7号商行"]
    assert found(desk, "金鑫") == ["方山县金鑫建材有限公司"]
    assert found(desk, "pldr") == []


def test_the_background_works_the_queue_off_and_tells_how_far_it_is(desk: TemporaryDesk) -> None:
    desk.keep(*_many(desk, 1000))
    steps: list[tuple[int, int]] = []
    assert refresh_all(desk.file.database, lambda *step: steps.append(step), lambda: False) == 1000
    assert steps == [(400, 1000), (800, 1000), (1000, 1000)]
    assert look(desk, "pldrd7hsh").waiting == 0
    assert found(desk, "pldrd7hsh") == ["批量导入第7号商行"]


def test_a_cancelled_background_keeps_its_queue(desk: TemporaryDesk) -> None:
    desk.keep(*_many(desk, 500))
    answers = iter([False, True])
    assert refresh_all(desk.file.database, lambda *_: None, lambda: next(answers)) == 400
    assert look(desk, "商行").waiting == 100


def test_another_list_of_county_names_queues_everything(desk: TemporaryDesk) -> None:
    prepare_search(desk.file.database, ["方山县", "山西", "吕梁", "圪洞镇"])
    assert look(desk, "金").waiting == 0
    prepare_search(desk.file.database, ["方山县"])
    assert look(desk, "金").waiting == len(NAMES) + 1


def test_a_search_knows_the_readings_that_came_since_its_last(desk: TemporaryDesk) -> None:
    search = EnterpriseSearch(desk.file.database)
    assert search("ghdp").hits == ()
    desk.keep(Enterprise(id=desk.new_id(), name="桂花大排档"))
    assert len(search("ghdp").hits) == 1


def test_the_index_passes_its_own_check(desk: TemporaryDesk) -> None:
    connection = desk.file.database.raw_writer
    connection.execute("INSERT INTO search_fragment(search_fragment) VALUES ('integrity-check')")
    entries = connection.execute("SELECT count(*) FROM search_entry").fetchone()[0]
    assert entries == len(NAMES) + 1


def test_a_search_may_be_narrowed_to_some_enterprises(desk: TemporaryDesk) -> None:
    hotel = desk.find(Enterprise, name="方山县解家乐单曾饭店")[0]
    with desk.file.database.reading() as connection:
        search = EnterpriseSearch(desk.file.database)
        result = search.find(connection, "方山", among={hotel.id})
    assert [hit.enterprise_id for hit in result.hits] == [hotel.id]
