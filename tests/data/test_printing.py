"""The paper of a letter: drafts change, confirmed letters never do."""

import hashlib
from io import BytesIO
from pathlib import Path

import pypdf
import pytest

from fangshan_desk.domain.letter_facts import LetterCopy
from fangshan_desk.domain.records.letters import Letter
from fangshan_desk.domain.records.visits import Attachment, AttachmentKind
from fangshan_desk.letters.scanning import read_codes
from fangshan_desk.usecases.kept_facts import letter_facts
from fangshan_desk.usecases.prescribing import edit_draft
from fangshan_desk.usecases.printing import CopyNotThereError, letter_file_name
from tests.helpers.letter_story import letter_story


def words(pdf: bytes) -> str:
    """Everything that can be selected."""
    pages = pypdf.PdfReader(BytesIO(pdf)).pages
    return "".join("".join(page.extract_text().split()) for page in pages)


def test_a_draft_is_printed_as_it_stands_and_not_filed(tmp_path: Path) -> None:
    with letter_story(tmp_path) as story:
        letter = story.draft()
        before = story.pdf(letter)
        story.do(edit_draft, letter_id=letter.id, code="CONT-01", advice="请于本月内补签十二份合同")
        after = story.pdf(letter)
        assert "请于本月内补签十二份合同" in words(after)
        assert before != after
        assert read_codes(after, "a.pdf") == []
        assert story.desk.find(Attachment, subject="letter") == []


def test_a_confirmed_letter_is_printed_once_and_then_byte_by_byte_the_same(tmp_path: Path) -> None:
    with letter_story(tmp_path) as story:
        letter = story.confirmed()
        first = story.pdf(letter)
        [filed] = story.desk.find(Attachment, subject="letter", kind=AttachmentKind.LETTER)
        assert (filed.topic, filed.sha256) == ("onsite", hashlib.sha256(first).hexdigest())
        assert read_codes(first, "a.pdf") == [letter.code_text]
        assert sum(len(page.images) for page in pypdf.PdfReader(BytesIO(first)).pages) == 3
    # Another start of the program, years and versions later.
    with letter_story(tmp_path) as story:
        assert story.pdf(letter) == first


def test_the_sealed_copy_has_the_number_and_the_copy_left_on_site_keeps_none(tmp_path: Path) -> None:
    with letter_story(tmp_path) as story:
        story.reserve()
        letter = story.handed_over()
        story.desk.clock.move(days=2)
        issued = story.issued(letter)
        official, onsite = story.pdf(issued), story.pdf(issued, copy=LetterCopy.ONSITE)
        assert "方人社处方〔2026〕31号" in words(official)
        assert "2026年3月4日" in words(official)
        assert "方人社处方" not in words(onsite)
        assert "2026年3月2日" in words(onsite)
        assert read_codes(official, "a.pdf") == [issued.official_code_text]
        assert read_codes(onsite, "a.pdf") == [issued.code_text]
        assert story.pdf(issued) == official


def test_without_a_number_there_is_no_sealed_copy(tmp_path: Path) -> None:
    with letter_story(tmp_path) as story, pytest.raises(CopyNotThereError):
        story.pdf(story.confirmed(), copy=LetterCopy.OFFICIAL)


def test_a_lost_file_is_made_again_when_it_comes_out_the_very_same(tmp_path: Path) -> None:
    with letter_story(tmp_path) as story:
        letter = story.confirmed()
        first = story.pdf(letter)
        for file in (tmp_path / "attachments").rglob(f"{hashlib.sha256(first).hexdigest()}.bin"):
            file.unlink()
        assert story.pdf(letter) == first


def test_signatures_are_kept_as_files_of_the_letter(tmp_path: Path) -> None:
    with letter_story(tmp_path) as story:
        story.confirmed()
        kept = story.desk.find(Attachment, subject="letter", kind=AttachmentKind.SIGNATURE)
        assert [one.topic for one in kept] == ["enterprise", "visitor_1", "visitor_2"]


def test_the_short_code_on_paper_is_of_the_confirmed_content(tmp_path: Path) -> None:
    with letter_story(tmp_path) as story:
        letter = story.confirmed()
        assert story.desk.services.press.check_words(letter_facts(letter)) in words(story.pdf(letter))


def test_a_file_name_is_understood_and_allowed_everywhere() -> None:
    letter = Letter.__new__(Letter)
    object.__setattr__(letter, "title", "用工处方")
    object.__setattr__(letter, "document_number", "方人社处方〔2026〕31号")
    object.__setattr__(letter, "field_number", "")
    assert letter_file_name(letter, "金鑫/建材:公司") == "用工处方_金鑫-建材-公司_方人社处方〔2026〕31号.pdf"
