"""Checks the codes of letters without a network: by the keys, certificates and letters on this laptop."""

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path

from fangshan_desk.app.code_wording import finding
from fangshan_desk.app.device_keys import DeviceKeys
from fangshan_desk.domain.errors import ExpectedError
from fangshan_desk.domain.letter_facts import LetterCopy
from fangshan_desk.domain.records.letters import Letter
from fangshan_desk.domain.records.visits import AttachmentKind
from fangshan_desk.domain.states.prescription import PrescriptionState
from fangshan_desk.letters.check_words import check_words, is_same_check
from fangshan_desk.letters.errors import MalformedCodeError
from fangshan_desk.letters.rasterising import page_texts
from fangshan_desk.letters.scanning import read_codes
from fangshan_desk.letters.verification_code import PREFIX, CodeRecord, Verdict, check_code, parse_code
from fangshan_desk.usecases.desk import Desk
from fangshan_desk.usecases.views.code_checks import CodeFinding, CodeVerdict

_SHORT_CODE = re.compile(r"\s*[0-9A-Za-z]{4}\W?[0-9A-Za-z]{4}\s*")
_FILE_ENDING = re.compile(r"\.(pdf|png|jpe?g|txt)\s*$", re.IGNORECASE)
_LARGEST_FILE = 40 * 1024 * 1024


class CodeFileMissingError(ExpectedError):
    """There is no such file, or it cannot be read: ``file``."""

    key = "code-file-missing"


class CodeFileTooLargeError(ExpectedError):
    """The file is larger than any letter: ``file``, ``limit``."""

    key = "code-file-too-large"


def check_codes(desk: Desk, subject: str) -> list[CodeFinding]:
    """Check a file (PDF, picture, text), the code's text, or the short code; never empty."""
    return list(DeskCodeChecker(desk).check(subject))


class DeskCodeChecker:
    """`usecases.views.code_checks.CodeChecker` for one open desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def check(self, subject: str) -> Sequence[CodeFinding]:
        """``subject`` is a file's path, the code's text, or the short code; never empty."""
        path = _existing_file(subject)
        if path is not None:
            return self.check_bytes(_content_of(path), path.name)
        if _SHORT_CODE.fullmatch(subject):
            return [self._short(subject.strip())]
        if _FILE_ENDING.search(subject) and PREFIX not in subject:
            raise CodeFileMissingError(file=subject)
        text = subject.strip()
        codes = [text] if text.startswith(PREFIX) else read_codes(subject.encode(), "text")
        return self._judged(codes, paper=b"")

    def check_bytes(self, data: bytes, file_name: str) -> Sequence[CodeFinding]:
        """A picture or document at hand, such as one from the clipboard."""
        return self._judged(read_codes(data, file_name), paper=data)

    def _judged(self, codes: Sequence[str], *, paper: bytes) -> Sequence[CodeFinding]:
        if not codes:
            return [finding(CodeVerdict.NO_CODE, self._desk)]
        readers = self._desk.readers.letters
        services = self._desk.services
        keys = DeviceKeys(
            readers.devices(),
            readers.county_keys(),
            services.device,
            offset_minutes=services.clock.offset_minutes(),
        )
        return [self._finding(code, keys, paper) for code in codes]

    def _finding(self, code: str, keys: DeviceKeys, paper: bytes) -> CodeFinding:
        try:
            record, _, _ = parse_code(code)
        except MalformedCodeError:
            return finding(CodeVerdict.MALFORMED, self._desk, code=code)
        letter = self._letter_of(record)
        signed = check_code(code, lambda mark: keys.entry(mark, signed_on=record.issued_on))
        verdict = _refined(signed, record, letter)
        if verdict is CodeVerdict.GENUINE and self._contradicts(paper, record, letter):
            verdict = CodeVerdict.WRONG_CONTENT
        device = keys.device(record.device_id)
        return finding(verdict, self._desk, code=code, record=record, letter=letter, device=device)

    def _letter_of(self, record: CodeRecord) -> Letter | None:
        letters = self._desk.readers.letters.letters_numbered(record.number)
        confirmed = [letter for letter in letters if letter.content_hash]
        same = [letter for letter in confirmed if letter.content_hash == record.content_digest.hex()]
        return next(iter(same or confirmed), None)

    def _contradicts(self, paper: bytes, record: CodeRecord, letter: Letter | None) -> bool:
        """Whether the words of a PDF are not those the code was made for; a scan has no words to compare."""
        if not paper[:1024].lstrip().startswith(b"%PDF"):
            return False
        filed = self._filed_paper(letter, record) if letter is not None else b""
        if filed and hashlib.sha256(filed).digest() == hashlib.sha256(paper).digest():
            return False
        words = _words(paper)
        # Another program may have lost the letters' meaning; then only eyes can compare.
        if _bare(record.number) not in words:
            return False
        digest = record.content_digest
        if digest.hex()[:8] not in words and check_words(digest) not in words:
            return True
        return bool(filed) and words != _words(filed)

    def _filed_paper(self, letter: Letter, record: CodeRecord) -> bytes:
        page = self._desk.readers.letters.letter(letter.id)
        copy = LetterCopy.OFFICIAL if record.number == letter.document_number else LetterCopy.ONSITE
        for one in page.attachments if page else ():
            if one.kind is AttachmentKind.LETTER and one.topic == copy.value:
                try:
                    return self._desk.services.attachments.read(one.sha256)
                except ExpectedError:
                    return b""
        return b""

    def _short(self, typed: str) -> CodeFinding:
        readers = self._desk.readers.letters
        for letter_id, digest in readers.digests():
            if is_same_check(typed, bytes.fromhex(digest)):
                page = readers.letter(letter_id)
                letter = page.letter if page else None
                is_withdrawn = letter is not None and letter.state is PrescriptionState.WITHDRAWN
                verdict = CodeVerdict.WITHDRAWN if is_withdrawn else CodeVerdict.GENUINE
                return finding(verdict, self._desk, code=typed, letter=letter)
        return finding(CodeVerdict.NOT_ON_FILE, self._desk, code=typed)


_FROM_SIGNATURE = {
    Verdict.ALTERED: CodeVerdict.ALTERED,
    Verdict.UNKNOWN_DEVICE: CodeVerdict.UNKNOWN_DEVICE,
    Verdict.REVOKED: CodeVerdict.REVOKED,
    Verdict.UNCERTIFIED: CodeVerdict.UNCERTIFIED,
    Verdict.MALFORMED: CodeVerdict.MALFORMED,
    Verdict.GENUINE: CodeVerdict.GENUINE,
}


def _refined(signed: Verdict, record: CodeRecord, letter: Letter | None) -> CodeVerdict:
    if signed in (Verdict.ALTERED, Verdict.UNKNOWN_DEVICE, Verdict.MALFORMED) or letter is None:
        return _FROM_SIGNATURE[signed]
    if letter.content_hash != record.content_digest.hex():
        return CodeVerdict.WRONG_CONTENT
    if letter.state is PrescriptionState.WITHDRAWN:
        return CodeVerdict.WITHDRAWN
    return _FROM_SIGNATURE[signed]


def _existing_file(subject: str) -> Path | None:
    path = Path(subject.strip())
    try:
        return path if path.is_file() else None
    except (OSError, ValueError):
        # Too long or with a forbidden character: a code, no path.
        return None


def _content_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise CodeFileTooLargeError(file=path.name, limit=_LARGEST_FILE // 1024 // 1024)
        return path.read_bytes()
    except OSError as problem:
        raise CodeFileMissingError(file=path.name) from problem


def _words(pdf: bytes) -> str:
    return _bare("".join(page_texts(pdf)))


def _bare(text: str) -> str:
    return "".join(text.split())
