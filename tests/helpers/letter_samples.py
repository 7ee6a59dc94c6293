"""Invented but realistic facts of every kind of letter, built on the shipped checklist and law."""

from datetime import date
from functools import cache
from typing import Any

import yaml

from fangshan_desk.domain.letter_facts import (
    ContactPoint,
    EnterpriseBlock,
    ExtensionApprovalFacts,
    FindingKind,
    LayoffNoticeFacts,
    LegalBasis,
    LetterCopy,
    LetterFacts,
    Letterhead,
    LetterItem,
    OutstandingItem,
    PrescriptionFacts,
    RecheckOpinionFacts,
    RecheckOutcome,
    RecheckResult,
    RectificationRequestFacts,
    ReferralFacts,
    Responsible,
    ServiceReceiptFacts,
    ServiceWay,
    Visitor,
)
from fangshan_desk.support.resources import resource_path

BUREAU = "方山县人力资源和社会保障局"
UNION = "方山县总工会"
FEDERATION = "方山县工商业联合会"
SHORT_NAME = "方山县宏达建筑劳务有限公司"
LONG_NAME = "山西吕梁方山县北川河流域生态综合治理与新型建筑材料工业化生产股份有限公司第三分公司"
RARE_NAMES = "喆堃玥㛃𬭎"
CONTACT = ContactPoint(person="邬晓甯", phone="0358-6021700", email="fsldjc@163.com")
OWNER = Responsible(name="张喆堃", post="副总经理", phone="10013580017")
VISITORS = (
    Visitor(name="李玥㛃", badge_number="晋J14112800123", body=BUREAU),
    Visitor(name="陈𬭎", badge_number="晋J14112800207", body=UNION),
)
LONG_FINDING = (
    "经抽查2023年5月至7月工资支付台账、银行代发回单和考勤表，并询问班组长王犇、木工赵翀等9人，"
    "你单位承建的“城东安置房二期（3#、5#楼）”项目拖欠张喆堃等23名农民工2个月工资，合计286300.00元，"
    "其中最早一笔应于2023年6月15日支付，至检查之日已逾期71日；另有7名劳动者的加班工资43120.50元未按规定计发。"
)


def letterhead(
    *bodies: str,
    number: str = "",
    copied_to: tuple[str, ...] = (),
    issued_on: date = date(2023, 10, 9),
) -> Letterhead:
    """A head of the bureau; without a number it is the on-site state."""
    return Letterhead(
        issuing_body=BUREAU,
        signing_bodies=bodies or (BUREAU,),
        field_number="现场-A1-20230825-3",
        document_number=number,
        issued_on=issued_on,
        copied_to=copied_to,
    )


def enterprise(name: str = SHORT_NAME) -> EnterpriseBlock:
    """An invented enterprise."""
    return EnterpriseBlock(
        name=name,
        uscc="91141128MA0KXYZ23K",
        town="圪洞镇",
        address="方山县圪洞镇滨河北路118号",
        legal_representative="王犇",
        industry="建筑业",
        headcount=128,
    )


@cache
def checklist_items() -> tuple[LetterItem, ...]:
    """Every item of the shipped checklist as it would stand in a letter."""
    checklist = yaml.safe_load(resource_path("reference/checklist.yaml").read_text("utf-8"))
    statutes = yaml.safe_load(resource_path("reference/statutes.yaml").read_text("utf-8"))
    titles = {section["id"]: section["title"] for section in checklist["sections"]}
    articles = {
        (statute["id"], article["number"]): (statute["title"], article["text"])
        for statute in statutes["statutes"]
        for article in statute["articles"]
    }
    kinds = {kind.value for kind in FindingKind}
    return tuple(
        _item(raw, titles, articles) for raw in checklist["items"] if raw["kind"] in kinds and raw["finding"]
    )


def _item(raw: dict[str, Any], titles: dict[str, str], articles: dict[Any, Any]) -> LetterItem:
    bases = tuple(_basis(basis, articles) for basis in raw["legal_basis"] or ())
    return LetterItem(
        code=raw["code"],
        section_title=titles[raw["section"]],
        kind=FindingKind(raw["kind"]),
        finding=_filled(raw["finding"]),
        advice=_filled(raw["advice"] or ""),
        bases=bases,
        deadline=date(2023, 9, 25) if raw["kind"] == "violation" else None,
        owner=OWNER,
        tracker_name="李玥㛃",
        amount_fen=28_630_000 if raw["code"] == "WAGE-01" else 0,
    )


def _basis(raw: dict[str, Any], articles: dict[Any, Any]) -> LegalBasis:
    title, text = articles.get((raw["statute"], raw["article"]), ("", ""))
    number = raw["cite"].partition("》")[2]
    return LegalBasis(
        cite=raw["cite"],
        quote=raw["quote"] or "",
        article_title=f"《{title}》{number}" if title else "",
        article_text=text,
        is_verified=raw["verified"],
    )


def _filled(template: str) -> str:
    plain, _, rest = template.partition("{")
    while rest:
        _, _, rest = rest.partition("}")
        more, _, rest = rest.partition("{")
        plain += "17" + more
    return plain


def items(count: int, kind: FindingKind = FindingKind.VIOLATION) -> tuple[LetterItem, ...]:
    """The first items of one kind; the first violation gets a very long finding."""
    chosen = [item for item in checklist_items() if item.kind is kind][:count]
    if kind is FindingKind.VIOLATION and count > 1:
        values = {name: getattr(chosen[0], name) for name in LetterItem.__dataclass_fields__}
        chosen[0] = LetterItem(**values | {"finding": LONG_FINDING})
    return tuple(chosen)


def prescription(
    violations: int = 1,
    *,
    name: str = SHORT_NAME,
    copy: LetterCopy = LetterCopy.ONSITE,
    extras: int = 1,
    objection: str | None = None,
) -> PrescriptionFacts:
    """A prescription with so many violations, and signals and guidance besides."""
    number = "方人社处方〔2023〕17号" if copy is LetterCopy.OFFICIAL else ""
    return PrescriptionFacts(
        letterhead=letterhead(BUREAU, UNION, FEDERATION, number=number, issued_on=date(2023, 8, 25)),
        enterprise=enterprise(name),
        contact=CONTACT,
        visited_on=date(2023, 8, 25),
        visitors=VISITORS,
        items=(
            *items(violations),
            *items(extras, FindingKind.SIGNAL),
            *items(extras, FindingKind.GUIDANCE),
        ),
        campaign_title="方山县“查风险 强协商 保支付 促和谐”专项行动方案",
        campaign_document="方人社函〔2023〕33号",
        enterprise_representative="赵昇",
        representative_post="劳资专管员",
        report_by=date(2023, 9, 28),
        objection=objection,
        copy=copy,
    )


def rectification_request(count: int = 2, name: str = SHORT_NAME) -> RectificationRequestFacts:
    """Outstanding items, the first about wages."""
    outstanding = tuple(
        OutstandingItem(
            item=item,
            original_deadline=date(2023, 9, 25),
            overdue_days=12,
            was_extended=place == 1,
            concerns_wages=item.code.startswith("WAGE"),
        )
        for place, item in enumerate(items(count))
    )
    return RectificationRequestFacts(
        letterhead=letterhead(number="方人社整建〔2023〕5号"),
        enterprise=enterprise(name),
        contact=CONTACT,
        visited_on=date(2023, 8, 25),
        items=outstanding,
        deadline=date(2023, 10, 20),
        owner=OWNER,
        prescription_number="方人社处方〔2023〕17号",
        prescription_served_on=date(2023, 8, 28),
    )


def recheck_opinion(count: int = 4, name: str = SHORT_NAME) -> RecheckOpinionFacts:
    """One item of every outcome, over and over."""
    outcomes = list(RecheckOutcome)
    results = tuple(
        RecheckResult(
            code=item.code,
            finding=item.finding,
            outcome=outcomes[place % 4],
            result="工资已通过农民工工资专用账户足额支付，银行回单和签收表齐全",
            deadline=date(2023, 10, 20),
            transferred_to="方山县住房和城乡建设局",
        )
        for place, item in enumerate(items(count))
    )
    return RecheckOpinionFacts(
        letterhead=letterhead(BUREAU, UNION, number="方人社复查〔2023〕3号"),
        enterprise=enterprise(name),
        contact=CONTACT,
        rechecked_on=date(2023, 10, 9),
        recheckers=VISITORS,
        prescription_number="方人社处方〔2023〕17号",
        results=results,
        report_received_on=date(2023, 10, 7),
    )


def layoff_notice(name: str = SHORT_NAME) -> LayoffNoticeFacts:
    """Twenty-six of 128."""
    return LayoffNoticeFacts(
        letterhead=letterhead(number="方人社函〔2023〕41号"),
        enterprise=enterprise(name),
        contact=CONTACT,
        informed_on=date(2023, 9, 4),
        planned_count=26,
        latest_explanation_on=date(2023, 9, 8),
        earliest_execution_on=date(2023, 10, 9),
    )


def referral(name: str = SHORT_NAME) -> ReferralFacts:
    """Unpaid wages, with evidence."""
    return ReferralFacts(
        letterhead=letterhead(number="方人社函〔2023〕52号", copied_to=(UNION, "圪洞镇人民政府")),
        enterprise=enterprise(name),
        contact=CONTACT,
        target="方山县劳动保障监察综合行政执法队",
        findings=(LONG_FINDING, "未开设农民工工资专用账户，工资由班组长现金代发。"),
        prescription_number="方人社处方〔2023〕17号",
        prescription_served_on=date(2023, 8, 28),
        rectification_history="2023年10月9日复查时仍未支付，同日送达《限期整改建议书》（方人社整建〔2023〕5号），逾期仍拒不整改",
        evidence=("2023年5月至7月工资支付台账复印件（12页）", "张喆堃等9人询问笔录", "现场照片6张"),
        unpaid_fen=32_942_050,
    )


def service_receipt(name: str = SHORT_NAME) -> ServiceReceiptFacts:
    """Handed over directly."""
    return ServiceReceiptFacts(
        letterhead=letterhead(),
        enterprise=enterprise(name),
        letter_title="劳动用工法治“体检”用工处方",
        letter_number="方人社处方〔2023〕17号",
        page_count=5,
        way=ServiceWay.DIRECT,
        servers=("李玥㛃", "陈𬭎"),
        served_on=date(2023, 8, 28),
        recordings="IMG_0231至IMG_0236",
    )


def extension_approval(name: str = SHORT_NAME) -> ExtensionApprovalFacts:
    """Wages with a plan."""
    return ExtensionApprovalFacts(
        letterhead=letterhead(),
        enterprise=enterprise(name),
        prescription_number="方人社处方〔2023〕17号",
        item_code="WAGE-01",
        finding=LONG_FINDING,
        original_deadline=date(2023, 9, 4),
        requested_deadline=date(2023, 9, 11),
        reason="建设单位2023年8月进度款尚在审核，预计9月8日到账，到账后立即支付。",
        safeguards="已与县总工会和职工代表协商一致，法定代表人王犇签字承诺。",
        repayment_plan="9月8日前支付143150.00元，9月11日前付清余款",
        requested_on=date(2023, 8, 31),
        handler_opinion="情况属实，清偿计划已经职工代表签字，建议同意延期一次。",
        handler_name="李玥㛃",
        handled_on=date(2023, 9, 1),
    )


def one_of_each(name: str = SHORT_NAME) -> dict[str, LetterFacts]:
    """Facts of every kind."""
    samples: tuple[LetterFacts, ...] = (
        prescription(name=name, copy=LetterCopy.OFFICIAL),
        rectification_request(name=name),
        recheck_opinion(name=name),
        layoff_notice(name=name),
        referral(name=name),
        service_receipt(name=name),
        extension_approval(name=name),
    )
    return {facts.kind: facts for facts in samples}
