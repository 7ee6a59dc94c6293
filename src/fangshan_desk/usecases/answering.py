"""Answering check items; every answer is one transaction, so nothing that was entered can be lost."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from fangshan_desk.domain.checklist import (
    ApplicableSection,
    CheckItem,
    Checklist,
    CheckResult,
    Inputs,
    ItemKind,
    applicable_sections,
    confirmable_rest,
    judge,
    plain_inputs,
    read_inputs,
    restore_inputs,
)
from fangshan_desk.domain.checklist.parameters import Parameters
from fangshan_desk.domain.errors import ExpectedError
from fangshan_desk.domain.records.people import Parameter
from fangshan_desk.domain.records.register import Enterprise
from fangshan_desk.domain.records.visits import Answer, CheckAnswer, Visit, VisitStep
from fangshan_desk.usecases.ports import Services, UnitOfWork
from fangshan_desk.usecases.visiting import (
    is_letter_confirmed,
    open_visit,
    remember_place,
    visit_date,
)


class OverrideReasonError(ExpectedError):
    """An answer against the figures, or "not applicable", needs a reason: ``code``."""

    key = "visit-override-reason-needed"


class AnswersFrozenError(ExpectedError):
    """The enterprise has confirmed the prescription, so the answers it rests on stay as they are."""

    key = "visit-answers-frozen"


class ItemNotAskedError(ExpectedError):
    """The item does not concern this enterprise or was not in force that day: ``code``."""

    key = "visit-item-not-asked"


def answer_item(
    *,
    visit_id: str,
    code: str,
    chosen: Answer | None = None,
    inputs: Mapping[str, object] | None = None,
    reason: str = "",
    note: str | None = None,
    uow: UnitOfWork,
    services: Services,
) -> CheckAnswer:
    """Keep the answer to one item; ``inputs`` replace the stored ones when given.

    ``chosen`` None leaves the judgement to the figures. Raises OverrideReasonError, InvalidInputError.
    """
    visit = _answerable_visit(visit_id, uow, services)
    item = _asked_item(visit, code, uow, services)
    stored = _stored(visit_id, code, uow)
    typed = read_inputs(item, inputs) if inputs is not None else inputs_of(item, stored)
    result = judge(
        item,
        typed,
        visit_date=visit_date(visit, services),
        parameters=dated_parameters(uow, services),
        chosen=chosen,
        reason=reason,
    )
    if result.needs_reason or (chosen is Answer.NOT_APPLICABLE and not reason.strip()):
        raise OverrideReasonError(code=code)
    fields: dict[str, Any] = {
        "answer": result.answer,
        "inputs": plain_inputs(typed) or None,
        "computed": result.computed,
        "is_overridden": result.is_overridden,
        "reason": reason.strip(),
        "note": note if note is not None else (stored.note if stored else ""),
        "answered_at": services.clock.now_utc(),
        "answered_by": services.actor.id,
    }
    if stored is None:
        answer = CheckAnswer(id=services.new_id(), visit_id=visit_id, code=code, **fields)
        uow.insert(answer)
    else:
        answer = uow.update(stored, **fields)
    visit = uow.update(visit, step=VisitStep.HEALTH_CHECK, current_item=code)
    remember_place(visit, uow)
    _feed_register(visit, item, typed, uow)
    return answer


def clear_answer(*, visit_id: str, code: str, uow: UnitOfWork, services: Services) -> None:
    """Take back an answer given by mistake."""
    _answerable_visit(visit_id, uow, services)
    stored = _stored(visit_id, code, uow)
    if stored is not None:
        uow.delete(stored)


def confirm_rest_of_section(
    *, visit_id: str, section: str, uow: UnitOfWork, services: Services
) -> Sequence[str]:
    """Answer "compliant" for what is left of a section; returns the codes answered."""
    visit = open_visit(visit_id, uow, services)
    results = results_of(visit, uow, services)
    items = [
        item
        for applicable in sections_of(visit, uow, services)
        if applicable.section.code == section
        for item in applicable.items
    ]
    rest = confirmable_rest(items, results)
    for item in rest:
        answer_item(visit_id=visit_id, code=item.code, chosen=Answer.COMPLIANT, uow=uow, services=services)
    return [item.code for item in rest]


def sections_of(visit: Visit, uow: UnitOfWork, services: Services) -> tuple[ApplicableSection, ...]:
    """What this visit asks, by the enterprise's categories and the visit's day."""
    enterprise = uow.get(Enterprise, visit.enterprise_id)
    return applicable_sections(
        services.reference.checklist,
        enterprise.categories,
        on=visit_date(visit, services),
        core_only=visit.is_quick_check,
    )


def results_of(visit: Visit, uow: UnitOfWork, services: Services) -> dict[str, CheckResult]:
    """The judged answers of a visit by item code."""
    return judged_answers(
        answers_of(visit.id, uow),
        services.reference.checklist,
        day=visit_date(visit, services),
        parameters=dated_parameters(uow, services),
    )


def judged_answers(
    answers: Mapping[str, CheckAnswer], checklist: Checklist, *, day: date, parameters: Parameters
) -> dict[str, CheckResult]:
    """Stored answers judged anew; what another edition asked is kept, but this one cannot judge it."""
    return {
        code: judge(
            checklist.items_by_code[code],
            inputs_of(checklist.items_by_code[code], answer),
            visit_date=day,
            parameters=parameters,
            chosen=chosen_of(answer),
            reason=answer.reason,
        )
        for code, answer in answers.items()
        if code in checklist.items_by_code
    }


def chosen_of(answer: CheckAnswer) -> Answer | None:
    """What a person decided, None where the figures speak."""
    return answer.answer if answer.answer is not answer.computed else None


def answers_of(visit_id: str, uow: UnitOfWork) -> dict[str, CheckAnswer]:
    """The newest answer to each item; two laptops may have answered the same one."""
    newest: dict[str, CheckAnswer] = {}
    for answer in sorted(uow.find(CheckAnswer, visit_id=visit_id), key=lambda each: each.answered_at):
        newest[answer.code] = answer
    return newest


def inputs_of(item: CheckItem, answer: CheckAnswer | None) -> Inputs:
    """The typed inputs of a stored answer."""
    return restore_inputs(item, answer.inputs) if answer is not None and answer.inputs else {}


def dated_parameters(uow: UnitOfWork, services: Services) -> Parameters:
    """The checklist's parameters with the office's own values over them."""
    return office_parameters(services.reference.checklist, uow.find(Parameter))


def office_parameters(checklist: Checklist, entries: Iterable[Parameter]) -> Parameters:
    """The shipped parameters with these values over them."""
    parameters = checklist.parameters
    for entry in entries:
        if entry.name in parameters.names and "value" in entry.value:
            parameters = parameters.with_value(
                entry.name,
                Decimal(str(entry.value["value"])),
                first_day=entry.valid_from,
                last_day=entry.valid_to,
            )
    return parameters


def _answerable_visit(visit_id: str, uow: UnitOfWork, services: Services) -> Visit:
    visit = open_visit(visit_id, uow, services)
    if is_letter_confirmed(visit_id, uow):
        raise AnswersFrozenError
    return visit


def _asked_item(visit: Visit, code: str, uow: UnitOfWork, services: Services) -> CheckItem:
    for applicable in sections_of(visit, uow, services):
        for item in applicable.items:
            if item.code == code:
                return item
    raise ItemNotAskedError(code=code)


def _stored(visit_id: str, code: str, uow: UnitOfWork) -> CheckAnswer | None:
    found = uow.find(CheckAnswer, visit_id=visit_id, code=code)
    return max(found, key=lambda answer: answer.answered_at, default=None)


# Basic figures asked on site are facts of the register too.
_REGISTER_FIELDS = {
    "headcount": "headcount",
    "union_exists": "union_exists",
    "acfic_member": "is_federation_member",
}


def _feed_register(visit: Visit, item: CheckItem, typed: Inputs, uow: UnitOfWork) -> None:
    if item.kind is not ItemKind.INFO:
        return
    fields = {field: typed[name] for name, field in _REGISTER_FIELDS.items() if typed.get(name) is not None}
    if fields:
        uow.update(uow.get(Enterprise, visit.enterprise_id), **fields)
