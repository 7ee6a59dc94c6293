"""What the letters say, sentence by sentence, without any paper."""

import re
from dataclasses import replace
from datetime import date

import pytest

from fangshan_desk.domain.letter_facts import (
    FindingKind,
    LegalBasis,
    LetterCopy,
    LetterFacts,
    PrescriptionFacts,
    RecheckOutcome,
    Responsible,
)
from fangshan_desk.letters.content.model import (
    DottedLine,
    Enclosures,
    Form,
    Level,
    Signature,
    Text,
)
from fangshan_desk.letters.content.titles import title_lines
from fangshan_desk.letters.content.wording import Wording
from fangshan_desk.letters.errors import UnknownLetterKindError
from fangshan_desk.letters.pdf import letter_content
from fangshan_desk.support.text import chinese_texts
from tests.helpers import letter_samples

WORDING = Wording(chinese_texts())


def _words(facts: LetterFacts) -> str:
    return "\n".join(letter_content(facts.kind, facts).texts())


def _headings(facts: LetterFacts) -> list[str]:
    blocks = letter_content(facts.kind, facts).blocks
    return [block.text for block in blocks if isinstance(block, Text) and block.level is Level.HEADING]


@pytest.mark.parametrize(
    ("number", "numeral"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (35, "三十五"), (99, "九十九")]
)
def test_numerals_are_chinese(number: int, numeral: str) -> None:
    assert WORDING.numeral(number) == numeral


def test_dates_have_no_leading_zeros_and_a_missing_one_leaves_room() -> None:
    assert WORDING.written(date(2023, 8, 5)) == "2023年8月5日"
    assert re.fullmatch(r"　+年　+月　+日", WORDING.written(None))


def test_amounts_have_two_decimals_and_no_grouping() -> None:
    assert WORDING.amount(9_000_000) == "90000.00元"
    assert WORDING.amount(5) == "0.05元"


@pytest.mark.parametrize("kind", letter_samples.one_of_each())
def test_no_sentence_has_a_doubled_mark_or_an_unfilled_value(kind: str) -> None:
    words = _words(letter_samples.one_of_each()[kind])
    assert not re.search(r"。。|，，|；。|，。|。（|：。|\{|\}|None", words), words


def test_parts_are_numbered_without_gaps() -> None:
    assert _headings(letter_samples.prescription(2)) == [
        "一、基本情况",
        "二、存在问题、依据和建议",
        "三、风险提示",
        "四、改进建议",
        "五、有关事项",
    ]
    assert _headings(letter_samples.prescription(0, extras=0)) == [
        "一、基本情况",
        "二、存在问题、依据和建议",
        "三、有关事项",
    ]


def test_without_violations_nothing_is_demanded() -> None:
    facts = letter_samples.prescription(0, extras=1)
    words = _words(facts)
    assert "本次“体检”未发现违反劳动法律法规的问题。" in words
    assert "整改负责人" not in words
    assert "依法处理" not in words
    assert "整改事项清单" not in words


def _with_basis(basis: LegalBasis) -> PrescriptionFacts:
    facts = letter_samples.prescription(1, extras=0)
    return replace(facts, items=(replace(facts.items[0], bases=(basis,)),))


@pytest.mark.parametrize("kind", [FindingKind.VIOLATION, FindingKind.GUIDANCE])
def test_an_unverified_basis_never_reaches_the_paper(kind: FindingKind) -> None:
    basis = LegalBasis(
        cite="《某未核条例》第九条", quote="未核引文", article_title="未核标题", article_text="未核全文"
    )
    facts = _with_basis(basis)
    facts = replace(facts, items=(replace(facts.items[0], kind=kind),))
    words = _words(facts)
    assert "未核" not in words
    assert "依据：" not in words
    verified = replace(facts.items[0], bases=(replace(basis, is_verified=True),))
    assert "《某未核条例》第九条" in _words(replace(facts, items=(verified,)))


def test_a_quotation_inside_a_quotation_takes_single_marks() -> None:
    basis = LegalBasis(cite="《某法》第一条", quote="所称“工资”，是指货币。", is_verified=True)
    assert "依据：《某法》第一条规定：“所称‘工资’，是指货币”。" in _words(_with_basis(basis))


def test_each_cited_article_stands_once_in_full() -> None:
    facts = letter_samples.prescription(12, extras=3)
    annex = letter_content(facts.kind, facts).annexes[1]
    titles = [
        block.text for block in annex.blocks if isinstance(block, Text) and block.level is Level.ARTICLE_TITLE
    ]
    assert "《中华人民共和国劳动合同法》第十条" in titles
    assert len(titles) == len(set(titles))


def test_risk_alerts_cite_nothing_so_their_articles_stay_out() -> None:
    facts = letter_samples.prescription(0, extras=0)
    alert = letter_samples.items(1, FindingKind.SIGNAL)
    assert alert[0].printable_bases
    assert not letter_content(facts.kind, replace(facts, items=alert)).annexes


def test_the_onsite_copy_is_unsealed_and_carries_the_receipt() -> None:
    onsite = letter_content("prescription", letter_samples.prescription(1))
    official = letter_content("prescription", letter_samples.prescription(1, copy=LetterCopy.OFFICIAL))
    assert onsite.subtitle == "（现场告知联）"
    assert onsite.number == "现场-A1-20230825-3"
    assert any(isinstance(block, DottedLine) for block in onsite.blocks)
    assert [block.is_sealed for block in onsite.blocks if isinstance(block, Signature)] == [False]
    assert official.subtitle == ""
    assert official.number == "方人社处方〔2023〕17号"
    assert not any(isinstance(block, DottedLine | Form) for block in official.blocks)
    assert [block.is_sealed for block in official.blocks if isinstance(block, Signature)] == [True]


@pytest.mark.parametrize(
    ("objection", "sentence"),
    [
        (None, "☐无异议　☐异议如下："),
        ("", "☑无异议　☐异议如下："),
        ("工资已补发。", "☐无异议　☑异议如下：工资已补发。"),
    ],
)
def test_the_receipt_states_the_objection(objection: str | None, sentence: str) -> None:
    assert sentence in _words(letter_samples.prescription(1, objection=objection))


def test_the_receipt_has_a_box_for_every_visitor() -> None:
    facts = letter_samples.prescription(1)
    three = replace(facts, visitors=(*facts.visitors, facts.visitors[0]))
    signers = [
        cell.signer
        for block in letter_content("prescription", three).blocks
        if isinstance(block, Form)
        for row in block.rows
        for cell in row.cells
        if cell.signer
    ]
    assert signers == ["enterprise", "visitor_1", "visitor_2", "visitor_3", "witness"]


def test_an_item_without_deadline_and_owner_makes_no_empty_promise() -> None:
    facts = letter_samples.prescription(1, extras=0)
    item = replace(facts.items[0], deadline=None, owner=Responsible(), advice="请补签合同")
    words = _words(replace(facts, items=(item,)))
    assert "建议：请补签合同。" in words
    assert "前完成" not in words


def test_a_single_enclosure_has_no_number() -> None:
    content = letter_content("rectification_request", letter_samples.rectification_request())
    enclosures = [block.names for block in content.blocks if isinstance(block, Enclosures)]
    assert enclosures == [("整改事项清单",)]
    assert content.annexes[0].label == "附件"


def test_the_wage_warning_stands_only_beside_wage_items() -> None:
    facts = letter_samples.rectification_request(12)
    assert "加付赔偿金" in _words(facts)
    assert "加付赔偿金" not in _words(letter_samples.rectification_request(2))


def test_a_request_from_the_start_names_no_prescription() -> None:
    facts = replace(letter_samples.rectification_request(), prescription_number="")
    assert "《用工处方》" not in _words(facts)
    assert "下列事项应当尽快整改" in _words(facts)


def test_the_recheck_counts_every_outcome_it_has() -> None:
    facts = letter_samples.recheck_opinion(8)
    assert _headings(facts) == [
        "一、已完成整改、予以销号的事项（2项）",
        "二、未达到整改要求的事项（2项）",
        "三、批准延期的事项（2项）",
        "四、移送有关部门处理的事项（2项）",
    ]
    closed = replace(facts, results=facts.results_of(RecheckOutcome.VERIFIED), is_complete=True)
    assert _headings(closed) == ["一、已完成整改、予以销号的事项（2项）"]
    assert "本次“体检”整改工作结束" in _words(closed)


def test_the_layoff_share_is_left_out_without_a_headcount() -> None:
    facts = letter_samples.layoff_notice()
    assert "拟裁减人员26人（职工总数128人，占20.3%）。" in _words(facts)
    unknown = replace(facts, enterprise=replace(facts.enterprise, headcount=None))
    assert "拟裁减人员26人。" in _words(unknown)


def test_a_referral_goes_to_its_target() -> None:
    content = letter_content("referral", letter_samples.referral())
    assert content.addressee == "方山县劳动保障监察综合行政执法队："
    assert content.copied_to == "抄送：方山县总工会，圪洞镇人民政府。"
    assert [annex.title for annex in content.annexes] == ["证据材料清单"]


def test_long_titles_break_where_the_meaning_breaks() -> None:
    assert title_lines("限期整改建议书") == "限期整改建议书"
    title = title_lines(chinese_texts()("letter-referral-title", enterprise=letter_samples.LONG_NAME))
    lines = title.split("\n")
    assert all(len(line) <= 19 for line in lines)
    assert lines[-1].endswith("线索的函")
    assert "|" not in title


def test_facts_of_another_kind_are_refused() -> None:
    with pytest.raises(UnknownLetterKindError):
        letter_content("referral", letter_samples.layoff_notice())
    with pytest.raises(UnknownLetterKindError):
        letter_content("greeting", letter_samples.layoff_notice())
