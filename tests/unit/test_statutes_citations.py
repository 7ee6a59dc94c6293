"""Citations as letters write them."""

import pytest

from fangshan_desk.domain.citations import article_words, full_citation, number_words, short_citation
from fangshan_desk.support.text import chinese_texts
from tests.helpers.reference import reference_library, shipped_checklist

TEXT = chinese_texts()
LIBRARY = reference_library().statutes
# Cited with its full title: the document number alone says nothing to the reader.
CITED_IN_FULL = "wage_refusal_interpretation"
NO_MARKS = str.maketrans("", "", "《》")


def bases() -> list[tuple[str, str | None, str]]:
    found = {
        (basis.statute, basis.article, basis.cite)
        for item in shipped_checklist().items
        for basis in item.legal_basis
    }
    return sorted(found, key=str)


def test_the_short_citation_is_the_one_of_the_checklist() -> None:
    for statute, article, cite in bases():
        cited = LIBRARY.statute(statute)
        if statute == CITED_IN_FULL:
            assert full_citation(cited, article, text=TEXT).translate(NO_MARKS) == cite
        else:
            assert short_citation(cited, article, text=TEXT) == cite


@pytest.mark.parametrize(
    ("statute", "article", "expected"),
    [
        ("labour_contract_law", "82", "《中华人民共和国劳动合同法》第八十二条"),
        ("criminal_law", "276-1", "《中华人民共和国刑法》第二百七十六条之一"),
        ("company_law_2018", "18", "《中华人民共和国公司法》（2018年修正）第十八条"),
        (
            "wage_conversion_2025",
            "全文",
            "《人力资源社会保障部关于职工全年月平均工作时间和工资折算问题的通知》（人社部发〔2025〕2号）",
        ),
        (
            "fangshan_notice_2023_33",
            "三(二)",
            "《关于印发〈全县劳动用工“查风险 强协商 保支付 促和谐”专项行动实施方案〉的通知》"
            "（方人社函〔2023〕33号）第三部分（二）",
        ),
        ("inspection_impl_rules", None, "《关于实施〈劳动保障监察条例〉若干规定》（劳动保障部令第25号）"),
    ],
)
def test_the_full_citation_carries_title_document_number_and_article(
    statute: str, article: str | None, expected: str
) -> None:
    assert full_citation(LIBRARY.statute(statute), article, text=TEXT) == expected


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "一"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (99, "九十九"),
        (100, "一百"),
        (101, "一百零一"),
        (110, "一百一十"),
        (276, "二百七十六"),
        (1000, "一千"),
        (1001, "一千零一"),
        (1010, "一千零一十"),
        (1259, "一千二百五十九"),
        (9999, "九千九百九十九"),
    ],
)
def test_numbers_are_written_as_articles_are_counted(number: int, words: str) -> None:
    assert number_words(number, text=TEXT) == words


@pytest.mark.parametrize("number", [0, 10000])
def test_numbers_no_article_has_are_refused(number: int) -> None:
    with pytest.raises(ValueError, match=str(number)):
        number_words(number, text=TEXT)


def test_a_whole_text_has_no_article_words() -> None:
    assert article_words(None, text=TEXT) == ""
    assert article_words("全文", text=TEXT) == ""
