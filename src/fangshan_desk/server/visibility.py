"""Which leaves of the log a laptop may get: decided here for every record and field, never on the laptop.

Two walls. The circle of readers that follows from table and columns is written into the log as a bit for each
role, and the database itself hides what the bit is missing from. What depends on the record (a member of the
federation, a township, the kind of a letter) is asked of the merged records.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Protocol

from fangshan_desk.domain.changesets import RowChange, Stored
from fangshan_desk.domain.disclosure import (
    ENTITY_SCOPES,
    LETTER_MEASURES,
    leaf_readers,
    narrow_fields,
)
from fangshan_desk.domain.records.catalogue import BY_NAME, BY_NUMBER
from fangshan_desk.domain.records.letters import LetterKind
from fangshan_desk.domain.rights import MATRIX, Measure, Reach, Right, Role
from fangshan_desk.server.store.backend import SERVER

# The numbers stand in the log: never use one for another role.
ROLE_BITS: Mapping[Role, int] = {
    Role.HRSS: 1 << 0,
    Role.HRSS_LEAD: 1 << 1,
    Role.INSPECTOR: 1 << 2,
    Role.FTU: 1 << 3,
    Role.FTU_LEAD: 1 << 4,
    Role.FIC: 1 << 5,
    Role.TOWN: 1 << 6,
    Role.GUIDE: 1 << 7,
    Role.COORD: 1 << 8,
}
EVERYBODY = sum(ROLE_BITS.values()) | SERVER
# For these the matrix, or the place of an attachment, lets it depend on the record.
_ASKS_RECORDS = frozenset({Role.INSPECTOR, Role.FIC, Role.TOWN, Role.GUIDE, Role.COORD})
_PARENTS = ("enterprise_id", "letter_id", "visit_id", "first_id")
# Deeper than any record is nested; a circle must not hold up an exchange.
_MOST_STEPS = 6
Key = tuple[int, str]
Contents = Mapping[int, Stored]


class KnowsRecords(Protocol):
    """The merged records by key, column numbers to values; what is not known is left out."""

    def contents(self, keys: Iterable[Key]) -> Mapping[Key, Contents]:
        """Several at once."""
        ...


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: the role and the townships that the county's server gave to this laptop."""

    role: Role
    townships: frozenset[str] = frozenset()

    @property
    def audience(self) -> int:
        """The bit that stands for the role."""
        return ROLE_BITS[self.role]

    @property
    def asks_records(self) -> bool:
        """Whether the circle of readers alone does not decide."""
        return self.role in _ASKS_RECORDS


def audience_of(change: RowChange) -> int:
    """The bits of the roles that may read every part of this change, and the server's."""
    return _bits(leaf_readers(change))


@cache
def _bits(roles: frozenset[Role]) -> int:
    return sum(ROLE_BITS[role] for role in roles) | SERVER


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rights ask of one record."""

    measure: Measure | None
    is_member: bool | None = None
    township: str = ""


@dataclass
class RecordRights:
    """Answers for one reader and one batch of changes; ask `prepare` first."""

    reader: Reader
    records: KnowsRecords
    _known: dict[Key, Contents] = field(default_factory=dict)

    def prepare(self, keys: Iterable[Key]) -> None:
        """Load these records and everything they belong to."""
        wanted = set(keys)
        for _ in range(_MOST_STEPS):
            wanted -= self._known.keys()
            if not wanted:
                return
            found = self.records.contents(wanted)
            self._known.update({key: found.get(key, {}) for key in wanted})
            wanted = {parent for key in wanted if (parent := _parent(key, self._known[key]))}

    def may_read(self, change: RowChange) -> bool:
        """Whether this reader may see the change of this record."""
        facts = self._facts((change.table, change.row_id))
        if facts is None:
            return False
        narrow = narrow_fields(change.table)
        measures = {narrow[item.column].measure for item in change.fields if item.column in narrow}
        if facts.measure is not None:
            measures.add(facts.measure)
        return all(self._reaches(measure, facts) for measure in measures)

    def may_read_record(self, key: Key) -> bool:
        """Whether this reader may see that the record is there."""
        facts = self._facts(key)
        return facts is not None and (facts.measure is None or self._reaches(facts.measure, facts))

    def _reaches(self, measure: Measure, facts: Facts) -> bool:
        cell = MATRIX[measure][self.reader.role]
        if cell.right is Right.NONE:
            return False
        if cell.reach is Reach.MEMBERS:
            return facts.is_member is True
        if cell.reach is Reach.OWN_TOWNSHIP:
            return facts.township in self.reader.townships
        return True

    def _facts(self, key: Key) -> Facts | None:
        """None for a record that is not known here yet: it may turn out to be anybody's."""
        table = key[0]
        if table not in BY_NUMBER:
            return None
        line = list(self._line(key))
        if not all(self._known.get(each) for each in line):
            return None
        letter = next((self._known[each] for each in line if each[0] == _LETTER), None)
        if letter is not None and letter.get(_LETTER_KIND) not in _KINDS:
            return None
        enterprise = next((self._known[each] for each in line if each[0] == _ENTERPRISE), {})
        is_member = enterprise.get(_MEMBER)
        return Facts(
            measure=_letter_measure(letter) if letter and line[0][0] in _OF_LETTERS else _measure(line),
            is_member=None if is_member is None else bool(is_member),
            township=str(enterprise.get(_TOWNSHIP) or ""),
        )

    def _line(self, key: Key) -> Iterator[Key]:
        """The record, what it belongs to, and so on up to the enterprise."""
        place: Key | None = key
        for _ in range(_MOST_STEPS):
            if place is None:
                return
            yield place
            place = _parent(place, self._known.get(place, {}))


def _letter_measure(letter: Contents) -> Measure:
    return LETTER_MEASURES.get(LetterKind(str(letter[_LETTER_KIND])), Measure.PRESCRIPTION_ISSUE)


def _measure(line: Iterable[Key]) -> Measure | None:
    scopes = (ENTITY_SCOPES[BY_NUMBER[table].name] for table, _ in line if table in BY_NUMBER)
    return next((scope.measure for scope in scopes if scope is not None), None)


def _parent(key: Key, content: Contents) -> Key | None:
    for column, table in _parent_columns(key[0]):
        if isinstance(found := content.get(column), str) and found:
            return table, found
    subject = _subject_columns(key[0])
    if subject is None:
        return None
    name, found = content.get(subject[0]), content.get(subject[1])
    return (BY_NAME[str(name)].number, str(found)) if name in BY_NAME and found else None


@cache
def _parent_columns(table: int) -> tuple[tuple[int, int], ...]:
    """(column, table it refers to), the nearest to the enterprise first."""
    if table not in BY_NUMBER:
        return ()
    names = BY_NUMBER[table].by_name
    columns = (names[name] for name in _PARENTS if name in names)
    return tuple(
        (column.number, BY_NAME[column.references].number) for column in columns if column.references
    )


@cache
def _subject_columns(table: int) -> tuple[int, int] | None:
    names = BY_NUMBER[table].by_name if table in BY_NUMBER else {}
    return (names["subject"].number, names["subject_id"].number) if "subject" in names else None


_ENTERPRISE = BY_NAME["enterprise"].number
_MEMBER = BY_NAME["enterprise"].by_name["is_federation_member"].number
_TOWNSHIP = BY_NAME["enterprise"].by_name["township"].number
_LETTER = BY_NAME["letter"].number
_LETTER_KIND = BY_NAME["letter"].by_name["kind"].number
_KINDS = frozenset(kind.value for kind in LetterKind)
_OF_LETTERS = frozenset(
    BY_NAME[name].number
    for name in ("letter", "letter_signature", "letter_service", "attachment", "transition")
)
