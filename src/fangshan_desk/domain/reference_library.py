"""Checklist and statutes in one object, checked against each other once when the program starts."""

from collections.abc import Mapping
from dataclasses import dataclass

from fangshan_desk.domain.checklist.items import Checklist
from fangshan_desk.domain.checklist.parsing import parse_checklist
from fangshan_desk.domain.reference_reading import BrokenReferenceError
from fangshan_desk.domain.statutes import StatuteLibrary, parse_statutes

_DIGEST_SHOWN = 8


@dataclass(frozen=True, slots=True)
class ReferenceLibrary:
    """The rules a check is made with, and the SHA-256 of the files they were read from."""

    checklist: Checklist
    statutes: StatuteLibrary
    checklist_sha256: str
    statutes_sha256: str

    @property
    def version(self) -> str:
        """Names this very text of both files in at most 40 characters, for visits and letters."""
        digests = f"{self.checklist_sha256[:_DIGEST_SHOWN]}.{self.statutes_sha256[:_DIGEST_SHOWN]}"
        return f"{self.checklist.version}+{digests}"


def build_reference_library(
    raw_checklist: Mapping[str, object],
    raw_statutes: Mapping[str, object],
    *,
    checklist_sha256: str,
    statutes_sha256: str,
) -> ReferenceLibrary:
    """The library of two raw files, or BrokenReferenceError naming the place that is wrong."""
    checklist = parse_checklist(raw_checklist)
    statutes = parse_statutes(raw_statutes)
    for item in checklist.items:
        for basis in item.legal_basis:
            if basis.statute not in statutes:
                raise BrokenReferenceError(place=item.code, problem=f"legal_basis: no {basis.statute}")
    return ReferenceLibrary(checklist, statutes, checklist_sha256, statutes_sha256)
