"""Any laptop tells a genuine letter from an altered, withdrawn or unknown one, without a network."""

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from fangshan_desk.app.checking_codes import CodeFileMissingError, check_codes
from fangshan_desk.app.press import SignedPress
from fangshan_desk.data.readers.letters import SQLLetterReader
from fangshan_desk.domain.letter_facts import PrescriptionFacts
from fangshan_desk.domain.records.letters import Letter
from fangshan_desk.domain.records.people import Device, Parameter
from fangshan_desk.domain.rights import Role
from fangshan_desk.letters.rasterising import render_page
from fangshan_desk.support.certificates import DeviceCertificate, certify
from fangshan_desk.support.signing import SigningKey
from fangshan_desk.usecases.desk import Desk
from fangshan_desk.usecases.issuing import withdraw_letter
from fangshan_desk.usecases.kept_facts import letter_facts
from fangshan_desk.usecases.views.code_checks import CodeFinding, CodeVerdict
from tests.helpers.letter_story import LetterStory, letter_story

OTHER = SigningKey(bytes(range(100, 132)))
COUNTY_SEED = bytes(range(3, 35))
V = CodeVerdict


@dataclass(frozen=True)
class Readers:
    """Only what a check reads."""

    letters: SQLLetterReader


class CheckingDesk:
    """The story's file as another program sees it."""

    def __init__(self, story: LetterStory) -> None:
        self.readers = Readers(SQLLetterReader(story.desk.file.database))
        self.services = story.desk.services


def check(story: LetterStory, subject: str | Path) -> CodeFinding:
    """The one finding."""
    desk: Desk = CheckingDesk(story)  # type: ignore[assignment] # a check needs no more of a desk
    [finding] = check_codes(desk, str(subject))
    return finding


@contextmanager
def story_with_letter(folder: Path, role: Role = Role.HRSS) -> Iterator[tuple[LetterStory, Letter]]:
    """A story and its confirmed letter."""
    with letter_story(folder, role=role) as story:
        yield story, story.confirmed()


def code_of_other(story: LetterStory) -> str:
    """The code of a letter that was made on another laptop and never came here."""
    facts = letter_facts(story.confirmed())
    head = replace(facts.letterhead, field_number="现场-9-20260302-1")
    return SignedPress(OTHER).code_text(replace(facts, letterhead=head))


def other_device(story: LetterStory, **fields: object) -> Device:
    """The other laptop's record."""
    device = Device(id=story.desk.new_id(), number=9, name="二号笔记本", public_key=OTHER.public_key.hex())
    return replace(device, **fields)  # type: ignore[arg-type] # fields of a device


def certificate_for(
    story: LetterStory, device: Device, *, seed: bytes = COUNTY_SEED, days: int = 30
) -> Device:
    """The laptop with the county's certificate."""
    now = story.desk.clock.now_utc()
    certificate = DeviceCertificate(
        device_id=device.id,
        name=device.name,
        public_key=bytes.fromhex(device.public_key),
        valid_from=now - timedelta(days=30),
        valid_to=now + timedelta(days=days),
        county_id="141128",
    )
    signed = certify(certificate, SigningKey(seed)).to_bytes()
    return replace(device, certificate={"value": base64.b64encode(signed).decode()})


def keep_county_key(story: LetterStory) -> None:
    """What enrolment leaves on a laptop."""
    key = SigningKey(COUNTY_SEED).public_key.hex()
    story.desk.keep(Parameter(id=story.desk.new_id(), name="county_public_key", value={"value": key}))


def test_a_pdf_of_ours_is_genuine_and_on_file(tmp_path: Path) -> None:
    with story_with_letter(tmp_path) as (story, letter):
        paper = tmp_path / "处方.pdf"
        paper.write_bytes(story.pdf(letter))
        found = check(story, paper)
        assert (found.verdict, found.is_on_file, found.letter_id) == (V.GENUINE, True, letter.id)
        assert found.facts.enterprise == "方山县金鑫建材有限公司"
        assert (found.facts.item_count, found.facts.amount_fen) == (3, 8_640_000)
        assert letter.field_number in found.sentence
        assert found.plain()["is_genuine"] is True


def test_a_crooked_photo_of_the_paper_is_genuine(tmp_path: Path) -> None:
    with story_with_letter(tmp_path) as (story, letter):
        page = render_page(story.pdf(letter), 0, dpi=150)
        photo = Image.frombuffer("RGB", (page.width, page.height), page.pixels, "raw", "BGRX", 0, 1)
        photo = photo.rotate(4, expand=True, fillcolor=(90, 80, 70))
        photo.save(tmp_path / "a.jpg", quality=70)
        assert check(story, tmp_path / "a.jpg").verdict is V.GENUINE


def test_the_typed_text_of_a_code_is_genuine(tmp_path: Path) -> None:
    with story_with_letter(tmp_path) as (story, letter):
        assert check(story, letter.code_text).verdict is V.GENUINE
        assert check(story, f"  {letter.code_text}\n").verdict is V.GENUINE


def test_one_changed_character_anywhere_fails(tmp_path: Path) -> None:
    with story_with_letter(tmp_path) as (story, letter):
        code = letter.code_text
        for place in range(0, len(code), 7):
            other = "A" if code[place] != "A" else "B"
            changed = code[:place] + other + code[place + 1 :]
            assert not check(story, changed).is_genuine, place


def test_a_forged_letter_signed_with_the_right_key_but_other_content_is_noticed(tmp_path: Path) -> None:
    with story_with_letter(tmp_path) as (story, letter):
        facts = letter_facts(letter)
        assert isinstance(facts, PrescriptionFacts)
        forged = story.desk.services.press.code_text(replace(facts, items=facts.items[:1]))
        found = check(story, forged)
        assert (found.verdict, found.is_genuine) == (V.WRONG_CONTENT, False)


def test_words_changed_under_a_genuine_code_are_noticed(tmp_path: Path) -> None:
    with story_with_letter(tmp_path) as (story, letter):
        story.pdf(letter)
        facts = letter_facts(letter)
        assert isinstance(facts, PrescriptionFacts)
        milder = replace(facts.items[0], finding="个别职工尚未签订合同")
        forged = story.desk.services.press.render(
            replace(facts, items=(milder, *facts.items[1:])), code_text=letter.code_text, signatures={}
        )
        (tmp_path / "a.pdf").write_bytes(forged)
        assert check(story, tmp_path / "a.pdf").verdict is V.WRONG_CONTENT


def test_a_withdrawn_letter_is_called_withdrawn(tmp_path: Path) -> None:
    with story_with_letter(tmp_path, role=Role.HRSS_LEAD) as (story, letter):
        story.do(withdraw_letter, letter_id=letter.id, reason="事实有误")
        assert check(story, letter.code_text).verdict is V.WITHDRAWN


def test_a_laptop_never_heard_of_cannot_be_judged(tmp_path: Path) -> None:
    with letter_story(tmp_path) as story:
        assert check(story, code_of_other(story)).verdict is V.UNKNOWN_DEVICE


def test_a_laptop_without_certificate_is_not_vouched_for(tmp_path: Path) -> None:
    with letter_story(tmp_path) as story:
        keep_county_key(story)
        story.desk.keep(other_device(story))
        found = check(story, code_of_other(story))
        assert (found.verdict, found.facts.device) == (V.UNCERTIFIED, "二号笔记本")


def test_a_certified_laptop_is_believed_without_its_letter_being_here(tmp_path: Path) -> None:
    with letter_story(tmp_path) as story:
        keep_county_key(story)
        story.desk.keep(certificate_for(story, other_device(story)))
        found = check(story, code_of_other(story))
        assert (found.verdict, found.is_on_file) == (V.GENUINE, False)


@pytest.mark.parametrize(("seed", "days"), [(bytes(32), 30), (COUNTY_SEED, -1)])
def test_a_certificate_of_another_county_or_an_expired_one_is_none(
    tmp_path: Path, seed: bytes, days: int
) -> None:
    with letter_story(tmp_path) as story:
        keep_county_key(story)
        story.desk.keep(certificate_for(story, other_device(story), seed=seed, days=days))
        assert check(story, code_of_other(story)).verdict is V.UNCERTIFIED


def test_a_certificate_copied_from_another_laptop_is_none(tmp_path: Path) -> None:
    with letter_story(tmp_path) as story:
        keep_county_key(story)
        stolen = certificate_for(story, other_device(story)).certificate
        story.desk.keep(other_device(story, certificate=stolen))
        assert check(story, code_of_other(story)).verdict is V.UNCERTIFIED


def test_letters_since_the_day_a_laptop_was_revoked_are_doubtful(tmp_path: Path) -> None:
    with letter_story(tmp_path) as story:
        keep_county_key(story)
        revoked = other_device(story, revoked_at=story.desk.clock.now_utc())
        story.desk.keep(certificate_for(story, revoked))
        assert check(story, code_of_other(story)).verdict is V.REVOKED


def test_the_short_code_finds_the_letter_however_it_is_typed(tmp_path: Path) -> None:
    with story_with_letter(tmp_path) as (story, letter):
        short = story.desk.services.press.check_words(letter_facts(letter))
        for typed in (short, short.lower(), short.replace("-", ""), f" {short} "):
            assert check(story, typed).letter_id == letter.id
        assert check(story, "0000-0000").verdict is V.NOT_ON_FILE


def test_a_picture_without_a_code_says_so(tmp_path: Path) -> None:
    with letter_story(tmp_path) as story:
        out = BytesIO()
        Image.new("RGB", (60, 60), "white").save(out, "PNG")
        (tmp_path / "a.png").write_bytes(out.getvalue())
        assert check(story, tmp_path / "a.png").verdict is V.NO_CODE


@pytest.mark.parametrize("subject", ["", "FSD1:", "FSD1:ABC", "随便写的一句话", "x" * 9000])
def test_anything_else_is_refused_in_words(tmp_path: Path, subject: str) -> None:
    with letter_story(tmp_path) as story:
        assert check(story, subject).verdict in (V.MALFORMED, V.NO_CODE)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with letter_story(tmp_path) as story, pytest.raises(CodeFileMissingError):
        check(story, tmp_path / "missing.pdf")
