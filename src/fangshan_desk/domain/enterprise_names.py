"""Names of enterprises for matching only (imports 7.2, 7.3); the register keeps the original."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from fangshan_desk.domain.credit_code import check_code, organisation_code
from fangshan_desk.domain.raw_fields import RawFields

_REMOVED = re.compile(r"[\s·.\-_,，。、]")
_BRACKETS = str.maketrans("()[]【】〔〕", "（）（）（）（）")
_BRACKETED = re.compile(r"（([^（）]*)）")
# Thresholds of the matching table: accepted unasked, proposed, and too different for one code.
AUTO_SCORE = 95
SIMILAR_ENOUGH = 0.85
CONFLICT_BELOW = 0.5
_CORE_EQUAL = 85
_LOWEST = 60


@dataclass(frozen=True)
class NameRules:
    """Words that names begin and end with, read from the office's table."""

    regions: tuple[tuple[str, tuple[str, ...]], ...]
    org_forms: tuple[str, ...]
    branch_marks: tuple[str, ...]
    former_mark: str
    dropped: frozenset[str]
    variants: Mapping[int, str]

    @classmethod
    def from_mapping(cls, raw: object) -> "NameRules":
        """The parsed table, or InvalidInputError naming the key."""
        fields = RawFields(raw)
        fields.whole("schema_version")
        variants = fields.inner("variants")
        former, *dropped = fields.texts("dropped_brackets")
        rules = cls(
            regions=tuple((row.text("level"), row.texts("words")) for row in fields.each("regions")),
            org_forms=fields.texts("org_forms"),
            branch_marks=fields.texts("branch_marks"),
            former_mark=former,
            dropped=frozenset(dropped),
            variants=MappingProxyType({ord(old): variants.text(old) for old in variants.names()}),
        )
        fields.done()
        return rules


@dataclass(frozen=True)
class NormalisedName:
    """A name taken apart: ``full`` after cleaning, the most local region, core, form, branch part."""

    full: str
    region: str
    core: str
    org_form: str
    branch: str = ""

    @property
    def is_branch(self) -> bool:
        """Whether this is a branch of another unit."""
        return bool(self.branch)

    @property
    def identity(self) -> tuple[str, str, str]:
        """What two spellings of one name share, the region's spelling left out."""
        return self.core, self.org_form, self.branch


class MatchDecision(StrEnum):
    """What happens with a pair: accepted, proposed to a person, asked about, or no match."""

    AUTO = "auto"
    PROPOSE = "propose"
    CONFLICT = "conflict"
    NONE = "none"


@dataclass(frozen=True, kw_only=True)
class MatchParty:
    """One side of a comparison; ``linked`` are other numbers known to belong to it (7.3, step 2)."""

    name: str
    uscc: str = ""
    legal_representative: str = ""
    phone: str = ""
    township: str = ""
    linked: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Match:
    """The outcome for one pair; ``key`` says in a sentence what the score rests on."""

    score: int
    decision: MatchDecision
    key: str


NO_MATCH = Match(0, MatchDecision.NONE, "match-none")


def clean_name(name: str, rules: NameRules) -> str:
    """Steps 1 and 2: one width, no blanks or points, one kind of brackets, former names dropped."""
    narrow = unicodedata.normalize("NFKC", name).upper().translate(rules.variants).translate(_BRACKETS)
    visible = "".join(sign for sign in narrow if unicodedata.category(sign) not in ("Cf", "Cc"))
    return _BRACKETED.sub(lambda found: _kept_bracket(found, rules), _REMOVED.sub("", visible))


def normalise_name(name: str, rules: NameRules) -> NormalisedName:
    """All five steps; the core is trade name and trade without region and form."""
    full = clean_name(name, rules)
    head, branch = _branch(full, rules)
    region, rest = _region(head, rules)
    form = next((form for form in rules.org_forms if rest.endswith(form) and rest != form), "")
    return NormalisedName(full, region, rest.removesuffix(form), form, branch)


def edit_distance(one: str, other: str) -> int:
    """Insertions, deletions and replacements from one text to the other."""
    row = list(range(len(other) + 1))
    for at, sign in enumerate(one, start=1):
        before, row[0] = row[0], at
        for column, wanted in enumerate(other, start=1):
            cheapest = min(before + (sign != wanted), row[column] + 1, row[column - 1] + 1)
            before, row[column] = row[column], cheapest
    return row[-1]


def similarity(one: str, other: str) -> float:
    """1 − edit distance / length of the longer text; two empty texts are equal."""
    longest = max(len(one), len(other))
    return 1 - edit_distance(one, other) / longest if longest else 1.0


def match_score(row: MatchParty, enterprise: MatchParty, *, rules: NameRules) -> Match:
    """The outcome of the matching table for one row and one register entry."""
    names = normalise_name(row.name, rules), normalise_name(enterprise.name, rules)
    by_number = _by_number(row, enterprise, names)
    return by_number if by_number is not None else _by_name(row, enterprise, names)


def likely_duplicates(
    candidate: MatchParty, others: Iterable[tuple[str, MatchParty]], *, rules: NameRules
) -> tuple[tuple[str, Match], ...]:
    """Ids that may be the same enterprise, best first; pass those a search has found, not the register."""
    matches = [(key, match_score(candidate, other, rules=rules)) for key, other in others]
    likely = [pair for pair in matches if pair[1].decision is not MatchDecision.NONE]
    return tuple(sorted(likely, key=lambda pair: (-pair[1].score, pair[0])))


_Names = tuple[NormalisedName, NormalisedName]


def _by_number(row: MatchParty, enterprise: MatchParty, names: _Names) -> Match | None:
    code, known = _valid_code(row.uscc), _valid_code(enterprise.uscc)
    if code and code == known:
        is_other_unit = names[0].is_branch is not names[1].is_branch
        if is_other_unit or similarity(names[0].core, names[1].core) < CONFLICT_BELOW:
            return Match(100, MatchDecision.CONFLICT, "match-code-other-name")
        return Match(100, MatchDecision.AUTO, "match-code")
    if _numbers(row, code) & _numbers(enterprise, known):
        return Match(98, MatchDecision.AUTO, "match-linked-number")
    if code and known:
        # Two valid codes are two units, however alike their names.
        is_same = names[0].identity == names[1].identity
        return Match(_LOWEST, MatchDecision.PROPOSE, "match-other-code") if is_same else NO_MATCH
    return None


def _by_name(row: MatchParty, enterprise: MatchParty, names: _Names) -> Match:
    one, other = names
    if not one.core or not other.core:
        return NO_MATCH
    if one.identity == other.identity and _fit(one.region, other.region):
        return _same_name(row, enterprise, is_region_equal=one.region == other.region)
    if one.core == other.core:
        is_contradicted = _contradicts(row.township, enterprise.township)
        return Match(_CORE_EQUAL - 10 * is_contradicted, MatchDecision.PROPOSE, "match-core")
    likeness = similarity(one.full, other.full)
    if likeness < SIMILAR_ENOUGH or not row.township or row.township != enterprise.township:
        return NO_MATCH
    span = _CORE_EQUAL - 1 - _LOWEST
    score = _LOWEST + int(span * (likeness - SIMILAR_ENOUGH) / (1 - SIMILAR_ENOUGH))
    return Match(score, MatchDecision.PROPOSE, "match-similar")


def _same_name(row: MatchParty, enterprise: MatchParty, *, is_region_equal: bool) -> Match:
    pairs = (
        (row.legal_representative, enterprise.legal_representative),
        (row.phone, enterprise.phone),
        (row.township, enterprise.township),
    )
    if is_region_equal and any(one and one == other for one, other in pairs):
        return Match(AUTO_SCORE, MatchDecision.AUTO, "match-name-and-more")
    # A new head or phone is common; another township under the same name is another unit more often.
    if any(_contradicts(one, other) for one, other in pairs):
        return Match(_CORE_EQUAL, MatchDecision.PROPOSE, "match-name-contradicted")
    return Match(90, MatchDecision.PROPOSE, "match-name")


def _contradicts(one: str, other: str) -> bool:
    return bool(one and other and one != other)


def _fit(one: str, other: str) -> bool:
    return one == other or not one or not other


def _valid_code(text: str) -> str:
    check = check_code(text)
    return check.code if check.is_valid_credit_code else ""


def _numbers(party: MatchParty, code: str) -> frozenset[str]:
    return party.linked | ({organisation_code(code)} if code else set())


def _kept_bracket(found: "re.Match[str]", rules: NameRules) -> str:
    inside = found.group(1)
    is_dropped = not inside or inside in rules.dropped or inside.startswith(rules.former_mark)
    return "" if is_dropped else found.group(0)


def _branch(full: str, rules: NameRules) -> tuple[str, str]:
    """The unit and its branch: “X有限公司” and “方山分公司”; a name without both has no branch part."""
    mark = next((mark for mark in rules.branch_marks if full.endswith(mark)), "")
    before = full.removesuffix(mark) if mark else ""
    # Longest form first: a "shop" inside the branch's name must not cut before the company's form does.
    form = next((form for form in rules.org_forms if form in before), "")
    cut = before.find(form) + len(form) if form else len(full)
    return full[:cut], full[cut:]


def _region(head: str, rules: NameRules) -> tuple[str, str]:
    """The most local level named at the beginning and the rest; bracketed regions stay in the core."""
    region, rest = "", head
    for level, words in rules.regions:
        word = next((word for word in words if rest.startswith(word)), "")
        if word and rest != word:
            region, rest = level, rest.removeprefix(word)
    return region, rest
