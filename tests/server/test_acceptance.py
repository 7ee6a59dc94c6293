"""What enters the log, what is put aside and why, and what the records then show; on both databases."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from fangshan_desk.domain.changesets import FieldChange, Part, RowChange
from fangshan_desk.domain.records.catalogue import BY_NAME
from fangshan_desk.domain.records.visits import Answer
from fangshan_desk.domain.rights import Body, Role
from fangshan_desk.server.acceptance import Acceptance, Taken
from fangshan_desk.server.applying import Applier
from fangshan_desk.server.handing_out import HandingOut
from fangshan_desk.server.quarantining import Quarantine
from fangshan_desk.server.store.backend import Backend
from fangshan_desk.server.store.devices import Assignment, EnrolledDevice
from fangshan_desk.server.store.incidents import RELEASED, Incident
from fangshan_desk.server.store.sessions import SQLStore
from fangshan_desk.support.identifiers import IdentifierSource
from fangshan_desk.support.signing import SigningKey, VerifyingKey
from fangshan_desk.sync.changeset import withhold
from fangshan_desk.sync.opening import pack_entry, unpack_entry
from fangshan_desk.sync.protocol import read_receipt
from tests.helpers.clocks import FixedClock
from tests.helpers.laptops import Laptop, delete, insert, leaves, new_row_id, place, update

COUNTY_KEY = SigningKey(bytes(range(32)))
ENTERPRISE = BY_NAME["enterprise"].number
HEADCOUNT = BY_NAME["enterprise"].by_name["headcount"].number


@dataclass
class County:
    """The parts of a server that need no network."""

    store: SQLStore
    clock: FixedClock = field(default_factory=FixedClock)

    def __post_init__(self) -> None:
        new_id = IdentifierSource(self.clock)
        self.acceptance = Acceptance(
            self.store,
            key=COUNTY_KEY,
            quarantine=Quarantine(new_id=new_id, now_ms=self.now_ms),
            now_ms=self.now_ms,
        )
        self.applier = Applier(self.store, new_id=new_id, now_ms=self.now_ms)
        self.handing_out = HandingOut(self.store)

    def now_ms(self) -> int:
        return int(self.clock.now_utc().timestamp() * 1000)

    def enrol(self, laptop: Laptop, role: Role = Role.HRSS, *townships: str) -> EnrolledDevice:
        """Let a laptop in."""
        assignment = Assignment(
            officer=laptop.name, body=Body.HRSS, role=role, townships=townships, number=laptop.number
        )
        device = EnrolledDevice(
            device=laptop.device,
            name=laptop.name,
            officer_id="",
            assignment=assignment,
            public_key=laptop.key.public_key,
            certificate=b"",
            enrolled_ms=1,
        )
        self.store.write(lambda session: session.devices.put(device))
        return device

    def push(self, *entries: bytes, relayed_by: Laptop | None = None) -> Taken:
        """Take entries in and merge them."""
        by = relayed_by.device if relayed_by else place(entries[0])[0]
        taken = self.acceptance.take(entries, relayed_by=by)
        self.applier.catch_up()
        return taken

    def shown(self, entity: str, row_id: str) -> dict[str, object]:
        """What the merged record shows."""
        key = (BY_NAME[entity].number, row_id)
        names = {column.number: column.name for column in BY_NAME[entity].columns}
        contents = self.store.read(lambda session: session.records.contents([key])).get(key, {})
        return {names.get(number, str(number)): value for number, value in contents.items()}

    def incidents(self) -> list[Incident]:
        return self.store.read(lambda session: session.incidents.all())

    def reasons(self) -> list[str]:
        return sorted(item.reason for item in self.incidents())

    def sequence(self, laptop: Laptop) -> int:
        return dict(self.store.read(lambda session: session.chains.vector())).get(laptop.device, 0)

    def waits(self, laptop: Laptop) -> str | None:
        return self.store.read(lambda session: session.chains.places()[laptop.device].waits_for)


@pytest.fixture
def county(store: SQLStore) -> County:
    return County(store)


@pytest.fixture
def laptop(county: County) -> Laptop:
    """An enrolled laptop of the bureau."""
    made = Laptop("一号", 1)
    county.enrol(made)
    return made


@pytest.fixture
def second(county: County) -> Laptop:
    made = Laptop("二号", 2)
    county.enrol(made)
    return made


def test_what_is_pushed_is_kept_merged_and_receipted(county: County, laptop: Laptop) -> None:
    row = new_row_id()
    entries = [
        laptop.seal(insert("enterprise", row, name="甲公司", headcount=3)),
        laptop.seal(update("enterprise", row, headcount=4)),
    ]
    taken = county.push(*entries)
    assert (taken.kept, taken.known, taken.refused) == (2, 0, [])
    receipt = read_receipt(taken.receipts[laptop.device], VerifyingKey(COUNTY_KEY.public_key).verify)
    assert receipt is not None
    assert (receipt.device, receipt.sequence) == (laptop.device, 2)
    assert receipt.digest == laptop.head.digest
    assert county.shown("enterprise", row) == {"name": "甲公司", "headcount": 4}


def test_the_same_bytes_again_get_the_same_receipt(county: County, laptop: Laptop) -> None:
    entry = laptop.seal(insert("enterprise", new_row_id(), name="甲公司"))
    first = county.push(entry)
    county.clock.move(hours=1)
    again = county.push(entry)
    assert (again.kept, again.known) == (0, 1)
    assert again.receipts == first.receipts
    assert county.reasons() == []


def test_another_body_under_a_known_number_is_refused_and_raises_an_alarm(
    county: County, laptop: Laptop
) -> None:
    row = new_row_id()
    kept = laptop.seal(insert("enterprise", row, name="甲公司"))
    twin = Laptop("一号的旧备份", 1)
    other = twin.seal(insert("enterprise", row, name="乙公司"))
    county.push(kept)
    taken = county.push(other, other)
    assert [item.reason for item in taken.refused] == ["fork", "fork"]
    assert laptop.device not in taken.receipts
    assert county.reasons() == ["fork"]
    alarms = county.store.read(lambda session: session.incidents.events(alarms_only=True))
    assert [alarm.kind for alarm in alarms] == ["entry-fork"]
    assert county.shown("enterprise", row) == {"name": "甲公司"}


def test_entries_in_any_order_within_a_push_find_their_places(county: County, laptop: Laptop) -> None:
    row = new_row_id()
    entries = [laptop.seal(insert("enterprise", row, name="甲公司"))]
    entries += [laptop.seal(update("enterprise", row, laptop.last_version, headcount=n)) for n in range(9)]
    random.Random(4).shuffle(entries)
    assert county.push(*entries, *entries).kept == 10
    assert county.shown("enterprise", row)["headcount"] == 8


def test_a_gap_is_named_and_nothing_is_put_aside(county: County, laptop: Laptop) -> None:
    entries = [laptop.seal(insert("enterprise", new_row_id(), name="甲公司")) for _ in range(3)]
    taken = county.push(entries[0], entries[2])
    assert [(item.reason, item.sequence) for item in taken.refused] == [("gap", 3)]
    assert taken.have == {laptop.device: 1}
    assert county.reasons() == []
    assert county.push(*entries).kept == 2


def test_an_unknown_laptop_is_put_aside_until_the_county_vouches_for_it(
    county: County, laptop: Laptop
) -> None:
    stranger = Laptop("谁的", 9)
    entry = stranger.seal(insert("enterprise", new_row_id(), name="甲公司"))
    taken = county.push(entry, relayed_by=laptop)
    assert [item.reason for item in taken.refused] == ["unknown-device"]
    assert county.reasons() == ["unknown-device"]
    county.enrol(stranger)
    assert county.push(entry, relayed_by=laptop).kept == 1


def forge_signature(entry: bytes) -> bytes:
    parts = unpack_entry(entry)
    return pack_entry(parts._replace(signature=bytes(64)))


def swap_body(entry: bytes) -> bytes:
    other = unpack_entry(Laptop("x", 1).seal(insert("enterprise", new_row_id(), name="乙公司")))
    return pack_entry(unpack_entry(entry)._replace(body=other.body))


@pytest.mark.parametrize(
    ("forge", "reason"),
    [
        (forge_signature, "signature"),
        (swap_body, "content"),
        (lambda _: b"\x00 no entry", "unreadable"),
        (lambda entry: entry[:-5], "unreadable"),
        (lambda entry: entry.replace("甲公司".encode(), "乙公司".encode()), "content"),
    ],
)
def test_what_proves_nothing_is_put_aside_and_a_good_copy_still_comes(
    county: County, laptop: Laptop, forge: Callable[[bytes], bytes], reason: str
) -> None:
    row = new_row_id()
    good = laptop.seal(insert("enterprise", row, name="甲公司"))
    after = laptop.seal(update("enterprise", row, headcount=5))
    taken = county.push(forge(good), after, relayed_by=laptop)
    assert reason in [item.reason for item in taken.refused]
    assert county.reasons() == [reason]
    assert county.sequence(laptop) == 0
    county.push(forge(good), relayed_by=laptop)
    assert county.reasons() == [reason]
    assert county.push(good, after).kept == 2
    assert county.shown("enterprise", row)["headcount"] == 5


def test_a_clock_that_does_not_rise_is_put_aside(county: County, laptop: Laptop) -> None:
    first = laptop.seal(insert("enterprise", new_row_id(), name="甲公司"))
    laptop.head = type(laptop.head)(laptop.device, 1, 1, laptop.head.hlc - 10_000_000_000, laptop.head.digest)
    laptop.clock_ms -= 100_000
    second_entry = laptop.seal(insert("enterprise", new_row_id(), name="乙公司"))
    assert [item.reason for item in county.push(first, second_entry).refused] == ["clock"]


def test_a_broken_link_is_a_fork(county: County, laptop: Laptop) -> None:
    county.push(laptop.seal(insert("enterprise", new_row_id(), name="甲公司")))
    laptop.head = type(laptop.head)(laptop.device, 1, 1, laptop.head.hlc, bytes(32))
    entry = laptop.seal(insert("enterprise", new_row_id(), name="乙公司"))
    assert [item.reason for item in county.push(entry).refused] == ["fork"]


def test_a_revoked_laptop_adds_nothing_more(county: County, laptop: Laptop, second: Laptop) -> None:
    before = laptop.seal(insert("enterprise", new_row_id(), name="甲公司"))
    later = laptop.seal(insert("enterprise", new_row_id(), name="乙公司"))
    county.push(before)
    county.store.write(
        lambda session: session.devices.revoke(laptop.device, after=1, reason="lost", now_ms=9)
    )
    taken = county.push(before, later, relayed_by=second)
    assert (taken.known, [item.reason for item in taken.refused]) == (1, ["revoked"])
    assert county.reasons() == ["revoked"]


def test_a_copy_with_gaps_never_becomes_the_countys_only_one(county: County, laptop: Laptop) -> None:
    row = new_row_id()
    entry = unpack_entry(laptop.seal(insert("enterprise", row, name="甲公司")))
    shown = [leaf for leaf in leaves(pack_entry(entry)) if leaf is not None]
    partial = pack_entry(entry._replace(body=withhold(entry.seed, shown, {0}), seed=b""))
    taken = county.push(partial)
    assert [item.reason for item in taken.refused] == ["withheld"]
    assert county.reasons() == []
    assert county.push(pack_entry(entry)).kept == 1
    assert county.push(partial).known == 1


def test_two_laptops_that_typed_at_once_leave_both_values(
    county: County, laptop: Laptop, second: Laptop
) -> None:
    row = new_row_id()
    county.push(laptop.seal(insert("enterprise", row, name="甲公司", headcount=1)))
    county.push(laptop.seal(update("enterprise", row, headcount=2)))
    second.clock_ms += 60_000
    county.push(second.seal(update("enterprise", row, headcount=3)))
    assert county.shown("enterprise", row)["headcount"] == 3
    assert county.store.read(lambda session: session.records.conflicts()) == 1


def test_a_change_waits_for_the_row_and_the_value_it_stands_on(
    county: County, laptop: Laptop, second: Laptop
) -> None:
    row = new_row_id()
    made = laptop.seal(insert("enterprise", row, name="甲公司", headcount=1))
    raised = laptop.seal(update("enterprise", row, headcount=2))
    on_top = second.seal(update("enterprise", row, laptop.last_version, headcount=3))
    assert county.push(on_top).kept == 1
    assert county.waits(second) == "row"
    county.push(made)
    assert county.waits(second) == "parent"
    county.push(raised)
    assert county.waits(second) is None
    assert county.shown("enterprise", row)["headcount"] == 3
    assert county.store.read(lambda session: session.records.conflicts()) == 0


def test_a_delete_goes_around_as_a_change(county: County, laptop: Laptop) -> None:
    row = new_row_id()
    county.push(laptop.seal(insert("enterprise", row, name="甲公司", headcount=1)))
    county.push(laptop.seal(update("enterprise", row, headcount=2)))
    county.push(laptop.seal(delete("enterprise", row, headcount=laptop.last_version)))
    assert county.store.read(lambda session: session.records.counts()) == {}


def test_a_transaction_of_several_parts_is_merged_as_a_whole(county: County, laptop: Laptop) -> None:
    first, later = new_row_id(), new_row_id()
    parts = laptop.seal_parts(
        (insert("enterprise", first, name="甲公司"),),
        (insert("visit", later, enterprise_id=first), update("enterprise", first, headcount=2)),
    )
    after = laptop.seal(update("enterprise", first, laptop.last_version, headcount=7))
    county.push(parts[0])
    assert county.waits(laptop) == "part"
    assert county.shown("enterprise", first) == {}
    county.push(parts[1], after)
    assert county.waits(laptop) is None
    assert county.shown("enterprise", first)["headcount"] == 7
    assert county.shown("visit", later) == {"enterprise_id": first}


def test_parts_that_do_not_follow_one_another_are_named_and_passed_over(
    county: County, laptop: Laptop
) -> None:
    row = new_row_id()
    lost = laptop.seal(insert("enterprise", new_row_id(), name="甲公司"), part=Part(bytes(16), 0, 2))
    single = laptop.seal(insert("enterprise", row, name="乙公司"))
    county.push(lost, single)
    assert county.reasons() == ["parts"]
    assert county.shown("enterprise", row) == {"name": "乙公司"}


def test_unknown_tables_columns_and_leaves_are_kept(county: County, laptop: Laptop) -> None:
    row = new_row_id()
    newer = RowChange(1, ENTERPRISE, row, (FieldChange(1, "甲公司", ()), FieldChange(900, "新栏", ())))
    table = RowChange(1, 7777, row, (FieldChange(1, "新表", ()),))
    entry = laptop.seal(newer, table)
    assert county.push(entry).kept == 1
    assert county.shown("enterprise", row) == {"name": "甲公司", "900": "新栏"}
    device = county.enrol(laptop)
    assert county.handing_out.page(device, {}).entries == (entry,)


def test_what_a_role_may_not_make_is_held_and_holds_up_nothing_else(county: County, laptop: Laptop) -> None:
    union, row = Laptop("工会", 3), new_row_id()
    county.enrol(union, Role.FTU)
    fact = new_row_id()
    county.push(laptop.seal(insert("enterprise", row, name="甲公司")))
    taken = county.push(
        union.seal(insert("shared_fact", fact, enterprise_id=row, source="tax", facts={})),
        union.seal(update("shared_fact", fact, provider="x")),
        union.seal(update("enterprise", row, headcount=9)),
    )
    assert [(item.reason, item.is_held) for item in taken.refused] == [("rights", True)] * 2
    assert taken.kept == 3
    assert county.shown("shared_fact", fact) == {}
    assert county.shown("enterprise", row)["headcount"] == 9
    assert county.reasons() == ["rights", "rights"]


def test_what_stands_on_a_held_change_is_held_with_it(county: County, laptop: Laptop) -> None:
    federation, letter, row = Laptop("工商联", 4), new_row_id(), new_row_id()
    county.enrol(federation, Role.FIC)
    county.push(laptop.seal(insert("enterprise", row, name="甲公司")))
    county.push(federation.seal(insert("letter", letter, kind="prescription", enterprise_id=row, title="x")))
    county.push(federation.seal(update("letter", letter, objection="y")))
    assert county.reasons() == ["rights", "rights"]
    assert county.waits(federation) is None
    for item in county.incidents():
        county.store.write(
            lambda session, item=item: session.incidents.decide(  # type: ignore[misc]  # bound at once
                item.id, verdict=RELEASED, made_by="x", now_ms=1
            )
        )
    county.push(federation.seal(update("letter", letter, title="z")))
    assert county.reasons() == ["rights", "rights"]


def test_a_grade_set_by_hand_is_the_bureaus(county: County, laptop: Laptop) -> None:
    guide, row, grade = Laptop("指导员", 5), new_row_id(), new_row_id()
    county.enrol(guide, Role.GUIDE)
    county.push(laptop.seal(insert("enterprise", row, name="甲公司")))
    county.push(guide.seal(insert("risk_assessment", grade, enterprise_id=row, level="red")))
    assert county.reasons() == []
    county.push(guide.seal(update("risk_assessment", grade, override_level="blue")))
    assert county.reasons() == ["rights"]


def test_quarantine_takes_only_so_much_from_one_laptop(
    county: County, laptop: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fangshan_desk.server.quarantining.PUT_ASIDE_A_DAY", 1000)
    for number in range(6):
        county.push(b"junk %d" % number + bytes(400), relayed_by=laptop)
    kept = [county.store.read(lambda session, i=i: session.incidents.get(i.id)) for i in county.incidents()]  # type: ignore[misc]  # bound at once
    assert len(kept) == 6
    assert sum(len(item.content) for item in kept if item) < 1600


def test_an_answer_of_many_laptops_ends_the_same_in_any_order(backend: Backend, county_name: str) -> None:
    """Shuffled, doubled and cut pushes: the records do not depend on it."""
    row, seen = new_row_id(), []
    laptops = [Laptop(str(number), number) for number in range(1, 5)]
    entries = [laptops[0].seal(insert("check_answer", row, visit_id=new_row_id(), code="RULE-03"))]
    base = laptops[0].last_version
    for laptop in laptops:
        for answer in (Answer.COMPLIANT, Answer.VIOLATED):
            parent = laptop.last_version if laptop.head.sequence > (laptop is laptops[0]) else base
            parents = () if parent == base else (parent,)
            entries.append(laptop.seal(update("check_answer", row, *parents, answer=answer)))
    for seed in range(3):
        county = County(SQLStore(backend, f"{county_name}-{seed}"))
        for laptop in laptops:
            county.enrol(laptop)
        chance = random.Random(seed)
        waiting = [*entries, *entries]
        while waiting:
            chance.shuffle(waiting)
            some = [waiting.pop() for _ in range(min(3, len(waiting)))]
            taken = county.push(*some, relayed_by=laptops[0])
            waiting += [
                entry
                for entry in some
                if any((item.device, item.sequence) == place(entry) for item in taken.refused)
            ]
        assert county.reasons() == []
        state = county.store.write(lambda session: session.records.load([(22, row)])[22, row].state)
        seen.append((state.value(3), state.heads, state.losing))
    assert seen[0] == seen[1] == seen[2]
    assert len(seen[0][1][3]) == 4
