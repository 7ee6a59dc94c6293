"""Grades for the command line: cases from a file, or one enterprise, each with its sentences."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from fangshan_desk.app.opening import OpenDesk
from fangshan_desk.domain.raw_fields import InvalidInputError
from fangshan_desk.domain.records.register import Enterprise
from fangshan_desk.domain.risk.case import RiskCase
from fangshan_desk.domain.risk.grading import RiskAssessment, grade
from fangshan_desk.domain.risk.parameters import ModelParameters
from fangshan_desk.support.reference_files import read_reference
from fangshan_desk.support.text import Text, chinese_texts
from fangshan_desk.usecases.explaining_grades import Origins, explain_assessment, potential_sentence
from fangshan_desk.usecases.ports import Services, UnitOfWork
from fangshan_desk.usecases.risk_inputs import gather_risk_inputs

Explained = tuple[dict[str, Any], tuple[str, ...]]


def rate_cases(
    cases: Iterable[tuple[str, Mapping[str, Any]]],
) -> Iterator[tuple[str, dict[str, Any], tuple[str, ...]]]:
    """Name, result and sentences of each case; no workspace is needed.

    Raises InvalidInputError naming the case and the key that cannot be used.
    """
    model = ModelParameters.from_mapping(read_reference("risk_model").content)
    text = chinese_texts()
    for name, raw in cases:
        assessment = _graded(name, raw, model)
        yield name, assessment.expected_keys(), _sentences(assessment, {}, text)


def explain_enterprise(desk: OpenDesk, enterprise: str, as_of: date | None = None) -> Explained:
    """The grade of one enterprise, named by id or credit code, as known on a day; nothing is kept."""

    def job(uow: UnitOfWork, services: Services) -> Explained:
        record = _enterprise(enterprise, uow)
        day = as_of or services.clock.today()
        inputs = gather_risk_inputs(record.id, day, uow=uow, services=services)
        assessment = grade(RiskCase.from_mapping(inputs.case), services.risk_model)
        result = {
            "enterprise_id": record.id,
            "as_of": day,
            "model_version": assessment.model_version,
            **assessment.expected_keys(),
        }
        return result, _sentences(assessment, inputs.origins, chinese_texts())

    return desk.transact(job).result


def _graded(name: str, raw: Mapping[str, Any], model: ModelParameters) -> RiskAssessment:
    try:
        return grade(RiskCase.from_mapping(raw), model)
    except InvalidInputError as error:
        path, problem = error.values["path"], error.values["problem"]
        raise InvalidInputError(f"{name}: {path}", str(problem)) from error


def _enterprise(named: str, uow: UnitOfWork) -> Enterprise:
    # A person at the prompt knows the credit code, a program the id.
    same_code = uow.find(Enterprise, uscc=named) if named else []
    return same_code[0] if len(same_code) == 1 else uow.get(Enterprise, named)


def _sentences(assessment: RiskAssessment, origins: Origins, text: Text) -> tuple[str, ...]:
    lines = [line.sentence for line in explain_assessment(assessment, origins, text)]
    rising = potential_sentence(assessment, text)
    return (*lines, rising) if rising else tuple(lines)
