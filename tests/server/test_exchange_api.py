"""Hello, push, pull, attachments and enrolment over the real HTTP server; on both databases."""

import base64
import hashlib
from datetime import UTC, datetime

import httpx
import pytest

from fangshan_desk.domain.records.visits import AttachmentKind
from fangshan_desk.domain.rights import Body, Role
from fangshan_desk.server.store.blobs import CHUNK_BYTES
from fangshan_desk.server.store.devices import Assignment
from fangshan_desk.support.certificates import (
    DeviceCertificate,
    certificate_problem,
    certify,
    read_certificate,
)
from fangshan_desk.support.signing import SigningKey, VerifyingKey
from fangshan_desk.sync.protocol import Preface, Receipt, read_receipt, sign_receipt, write_bundle
from tests.helpers.clocks import FixedClock
from tests.helpers.laptops import Laptop, insert, new_row_id, place, update
from tests.helpers.running_county import RunningCounty


def test_the_server_introduces_itself(running: RunningCounty) -> None:
    hello = httpx.get(f"{running.url}/v1/hello", trust_env=False).json()
    assert hello["county"] == running.county.county
    assert hello["public_key"] == running.county.keys.signing.public_key.hex()
    assert (hello["epoch"], hello["bundle_version"], hello["changeset_version"]) == (1, 1, 1)


def test_two_laptops_end_with_the_same_change_sets(running: RunningCounty) -> None:
    first, second = (running.client(Laptop(name, number)) for name, number in (("一号", 1), ("二号", 2)))
    row = new_row_id()
    entries = [first.laptop.seal(insert("enterprise", row, name="甲公司"))]
    entries.append(first.laptop.seal(update("enterprise", row, headcount=3)))
    entries.append(second.laptop.seal(update("enterprise", row, headcount=4)))
    assert first.push(*entries[:2]).json()["kept"] == 2
    assert second.push(entries[2]).json()["kept"] == 1
    pulled = first.pull({first.laptop.device: 2})
    assert (pulled.entries, pulled.is_last) == ([entries[2]], True)
    pulled = second.pull({second.laptop.device: 1})
    assert pulled.entries == entries[:2]
    assert pulled.preface.vector == {first.laptop.device: 2, second.laptop.device: 1}


def test_a_push_is_answered_with_receipts(running: RunningCounty) -> None:
    client = running.client(Laptop("一号", 1))
    answer = client.push(client.laptop.seal(insert("enterprise", new_row_id(), name="甲公司"))).json()
    (data,) = answer["receipts"]
    receipt = read_receipt(base64.b64decode(data), VerifyingKey(client.public_key).verify)
    assert receipt is not None
    assert (receipt.device, receipt.sequence, receipt.digest) == (
        client.laptop.device,
        1,
        client.laptop.head.digest,
    )
    assert answer["have"] == [{"device": client.laptop.device.hex(), "sequence": 1}]
    # The reply was lost: hello brings the receipt again.
    hello = client.post("/v1/hello", {}).json()
    assert hello["receipt"] == data


def test_a_large_evening_comes_in_pages(running: RunningCounty) -> None:
    client, other = running.client(Laptop("一号", 1)), running.client(Laptop("二号", 2))
    entries = [
        client.laptop.seal(insert("enterprise", new_row_id(), name="甲公司", note="x" * 500))
        for _ in range(40)
    ]
    assert client.push(*entries).json()["kept"] == 40
    have: dict[bytes, int] = {}
    pages, seen = 0, list[bytes]()
    while True:
        pulled = other.pull(have, most_bytes=3000)
        seen += pulled.entries
        have.update(place(entry) for entry in pulled.entries)
        pages += 1
        if pulled.is_last:
            break
    assert seen == entries
    assert pages > 3


def test_named_entries_are_sent_again(running: RunningCounty) -> None:
    client = running.client(Laptop("一号", 1))
    entries = [client.laptop.seal(insert("enterprise", new_row_id(), name="甲公司")) for _ in range(5)]
    client.push(*entries)
    own = client.laptop.device.hex()
    answer = client.post("/v1/entries", {"ranges": [{"device": own, "first": 2, "last": 3}]})
    assert client.read(answer).entries == entries[1:3]
    answer = client.post("/v1/entries", {"ranges": [{"device": own, "first": 9, "last": 9}]})
    assert client.read(answer).entries == []


def test_a_fork_is_answered_with_409_and_the_rest_is_taken(running: RunningCounty) -> None:
    client, other = running.client(Laptop("一号", 1)), running.client(Laptop("二号", 2))
    client.push(client.laptop.seal(insert("enterprise", new_row_id(), name="甲公司")))
    twin = Laptop("一号的旧备份", 1).seal(insert("enterprise", new_row_id(), name="乙公司"))
    good = other.laptop.seal(insert("enterprise", new_row_id(), name="丙公司"))
    answer = other.push(twin, good)
    assert answer.status_code == 409
    said = answer.json()
    assert (said["code"], said["kept"]) == ("fork", 1)
    assert [item["reason"] for item in said["refused"]] == ["fork"]
    assert said["refused"][0]["message"].startswith("同一编号")
    assert len(said["receipts"]) == 1
    # Both sides see it: the laptop that brought it and the one whose number it carries.
    for each in (client, other):
        (found,) = each.request("GET", "/v1/quarantine").json()
        assert (found["reason"], found["device"]) == ("fork", client.laptop.device.hex())


def test_nothing_usable_is_answered_with_422(running: RunningCounty) -> None:
    client = running.client(Laptop("一号", 1))
    stranger = Laptop("谁的", 9).seal(insert("enterprise", new_row_id(), name="甲公司"))
    answer = client.push(stranger)
    assert (answer.status_code, answer.json()["code"]) == (422, "refused")
    assert client.post("/v1/hello", {}).json()["quarantine"][0]["reason"] == "unknown-device"


def test_only_a_gap_is_no_reason_to_complain(running: RunningCounty) -> None:
    client = running.client(Laptop("一号", 1))
    client.laptop.seal(insert("enterprise", new_row_id(), name="甲公司"))
    answer = client.push(client.laptop.seal(insert("enterprise", new_row_id(), name="乙公司")))
    assert answer.status_code == 200
    assert answer.json()["refused"][0]["reason"] == "gap"


def test_the_countys_certificate_vouches_for_a_laptop_the_server_does_not_know(
    running: RunningCounty,
) -> None:
    client, stranger = running.client(Laptop("一号", 1)), Laptop("二号", 2)
    entry = stranger.seal(insert("enterprise", new_row_id(), name="甲公司"))

    def certified(key: SigningKey) -> bytes:
        stands_for = DeviceCertificate(
            device_id=stranger.device_id,
            name="二号",
            public_key=stranger.key.public_key,
            valid_from=datetime(2026, 1, 1, tzinfo=UTC),
            valid_to=datetime(2027, 1, 1, tzinfo=UTC),
            county_id=client.county,
        )
        return certify(stands_for, key).to_bytes()

    assert client.push(entry, certificates=[certified(stranger.key), b"none"]).status_code == 422
    own = certified(running.county.keys.signing)
    assert client.push(entry, certificates=[own]).json()["kept"] == 1


def test_every_laptop_learns_of_the_others(running: RunningCounty) -> None:
    client, other = running.client(Laptop("一号", 1)), running.client(Laptop("二号", 2))
    found = client.request("GET", "/v1/devices").json()["devices"]
    assert [item["device"] for item in found] == [client.laptop.device.hex(), other.laptop.device.hex()]
    for item in found:
        signed = read_certificate(base64.b64decode(item["certificate"]))
        assert signed is not None
        assert certificate_problem(signed, client.public_key, county_id=client.county) is None


def test_hello_compares_the_vectors(running: RunningCounty) -> None:
    client = running.client(Laptop("一号", 1))
    entry = client.laptop.seal(insert("enterprise", new_row_id(), name="甲公司"))
    client.push(entry)
    own = client.laptop.device.hex()
    claim = {"device": own, "sequence": 1, "digest": client.laptop.head.digest.hex()}
    said = client.post("/v1/hello", {"vector": [claim]}).json()
    assert said["vector"] == [claim]
    assert (said["forks"], said["is_laptop_restored"]) == ([], False)
    assert said["assignment"]["role"] == "hrss"
    forked = client.post("/v1/hello", {"vector": [{**claim, "digest": "00" * 32}]}).json()
    assert forked["forks"] == [{"device": own, "sequence": 1}]
    assert client.post("/v1/hello", {"vector": []}).json()["is_laptop_restored"]


def test_a_wrong_clock_is_told_and_stops_nothing(running: RunningCounty, clock: FixedClock) -> None:
    client = running.client(Laptop("一号", 1))
    wall = int(clock.now_utc().timestamp() * 1000) - 10 * 365 * 86_400_000
    assert client.post("/v1/hello", {"wall_ms": wall}).json()["clock_offset_ms"] == 10 * 365 * 86_400_000
    client.laptop.clock_ms = wall
    assert (
        client.push(client.laptop.seal(insert("enterprise", new_row_id(), name="甲公司"))).json()["kept"] == 1
    )


def test_a_server_that_was_set_back_notices_by_its_own_receipt(running: RunningCounty) -> None:
    client = running.client(Laptop("一号", 1))
    client.push(client.laptop.seal(insert("enterprise", new_row_id(), name="甲公司")))
    key = running.county.keys.signing
    lost = Receipt(device=client.laptop.device, sequence=7, digest=bytes(32), epoch=1, received_ms=1)
    given = base64.b64encode(sign_receipt(lost, key.sign)).decode()
    assert client.post("/v1/hello", {"receipt": given}).json()["epoch"] == 2
    # The next laptop comes with an older receipt of the same life: that is known by now.
    assert client.post("/v1/hello", {"receipt": given}).json()["epoch"] == 2
    forged = base64.b64encode(sign_receipt(lost, client.laptop.key.sign)).decode()
    assert client.post("/v1/hello", {"receipt": forged}).json()["epoch"] == 2
    events = running.county.store.read(lambda session: session.incidents.events(alarms_only=True))
    assert [item.kind for item in events] == ["server-set-back"]


def test_a_code_lets_in_one_laptop_and_answers_it_twice(running: RunningCounty, clock: FixedClock) -> None:
    laptop, thief = running.client(Laptop("一号", 1), None), running.client(Laptop("别人", 2), None)
    given = Assignment(officer="王五", body=Body.TOWN, role=Role.TOWN, townships=("141128001",))
    secret = running.county.enrolment.make_code(given)
    first = laptop.enrol(secret)
    assert first.status_code == 200
    assert first.json()["assignment"] == {
        "officer": "王五",
        "body": "town",
        "role": "town",
        "townships": ["141128001"],
        "number": 1,
    }
    assert laptop.enrol(secret).json() == first.json()
    signed = read_certificate(base64.b64decode(first.json()["certificate"]))
    assert signed is not None
    assert signed.certificate.public_key == laptop.laptop.key.public_key
    assert thief.enrol(secret).json()["code"] == "code-used"
    assert thief.enrol(bytes(10)).json()["code"] == "code-unknown"
    late = running.county.enrolment.make_code(given)
    clock.move(days=8)
    assert thief.enrol(late).json()["code"] == "code-expired"


def test_only_the_holder_of_the_key_is_let_in(running: RunningCounty) -> None:
    secret = running.county.enrolment.make_code(Assignment(officer="x", body=Body.HRSS, role=Role.HRSS))
    client = running.client(Laptop("一号", 1), None)
    answer = client.enrol(secret, public_key=Laptop("x", 2).key.public_key.hex())
    assert (answer.status_code, answer.json()["code"]) == (401, "signature")


def test_a_revoked_laptop_gets_nothing_from_the_next_request_on(running: RunningCounty) -> None:
    client, other = running.client(Laptop("一号", 1)), running.client(Laptop("二号", 2))
    early = client.laptop.seal(insert("enterprise", new_row_id(), name="甲公司"))
    client.push(early)
    running.county.enrolment.revoke(client.laptop.device, reason="lost")
    for method, target in (
        ("POST", "/v1/hello"),
        ("POST", "/v1/pull"),
        ("POST", "/v1/push"),
        ("POST", "/v1/entries"),
        ("POST", "/v1/blobs/missing"),
        ("GET", f"/v1/blobs/{'00' * 32}/0"),
        ("PUT", f"/v1/blobs/{'00' * 32}/0"),
        ("GET", "/v1/devices"),
        ("GET", "/v1/quarantine"),
    ):
        answer = client.request(method, target)
        assert (answer.status_code, answer.json()["code"]) == (410, "device-revoked"), target
    late = client.laptop.seal(insert("enterprise", new_row_id(), name="乙公司"))
    assert other.push(early, late).json()["refused"][0]["reason"] == "revoked"
    assert other.pull().entries == [early]


def photo(size: int) -> tuple[str, bytes]:
    """An attachment and its name."""
    content = bytes(number % 251 for number in range(size))
    return hashlib.sha256(content).hexdigest(), content


def test_a_photo_goes_on_where_it_was_cut(running: RunningCounty) -> None:
    sender, receiver = running.client(Laptop("一号", 1)), running.client(Laptop("二号", 2))
    name, content = photo(CHUNK_BYTES * 2 + 77)
    row, visit = new_row_id(), new_row_id()
    enterprise = new_row_id()
    sender.push(
        sender.laptop.seal(insert("enterprise", enterprise, name="甲公司")),
        sender.laptop.seal(insert("visit", visit, enterprise_id=enterprise)),
        sender.laptop.seal(
            insert(
                "attachment",
                row,
                subject="visit",
                subject_id=visit,
                kind=AttachmentKind.PHOTO,
                sha256=name,
                size=len(content),
                media_type="image/jpeg",
            )
        ),
    )
    assert sender.post("/v1/hello", {}).json()["blobs_wanted"] == [name]
    offer = {"blobs": [{"sha256": name, "size": len(content)}]}
    assert sender.post("/v1/blobs/missing", offer).json()["blobs"][0]["missing"] == [0, 1, 2]
    chunks = [content[start : start + CHUNK_BYTES] for start in range(0, len(content), CHUNK_BYTES)]
    for number in (2, 0):
        assert sender.request("PUT", f"/v1/blobs/{name}/{number}", body=chunks[number]).status_code == 200
    assert receiver.request("GET", f"/v1/blobs/{name}/0").json()["code"] == "blob-unknown"
    assert sender.post("/v1/blobs/missing", offer).json()["blobs"][0]["missing"] == [1]
    done = sender.request("PUT", f"/v1/blobs/{name}/1", body=chunks[1]).json()
    assert done == {"sha256": name, "missing": [], "is_complete": True}
    assert sender.request("PUT", f"/v1/blobs/{name}/1", body=chunks[1]).json() == done
    got = [receiver.request("GET", f"/v1/blobs/{name}/{number}") for number in range(3)]
    assert b"".join(answer.content for answer in got) == content
    assert got[0].headers["X-Fangshan-Size"] == str(len(content))
    assert sender.post("/v1/hello", {}).json()["blobs_wanted"] == []


def test_a_photo_that_is_not_what_its_name_says_is_sent_anew(running: RunningCounty) -> None:
    client = running.client(Laptop("一号", 1))
    name, content = photo(100)
    client.post("/v1/blobs/missing", {"blobs": [{"sha256": name, "size": 100}]})
    answer = client.request("PUT", f"/v1/blobs/{name}/0", body=content[::-1])
    assert (answer.status_code, answer.json()["code"]) == (422, "blob-damaged")
    assert client.request("PUT", f"/v1/blobs/{name}/0", body=content).json()["is_complete"]


def test_a_photo_nobody_may_see_does_not_exist(running: RunningCounty) -> None:
    sender = running.client(Laptop("一号", 1))
    union = running.client(Laptop("工会", 2), Role.FTU)
    name, content = photo(50)
    sender.post("/v1/blobs/missing", {"blobs": [{"sha256": name, "size": 50}]})
    sender.request("PUT", f"/v1/blobs/{name}/0", body=content)
    assert sender.request("GET", f"/v1/blobs/{name}/0").content == content
    # No record names it yet: only who sent it knows of it.
    assert union.request("GET", f"/v1/blobs/{name}/0").json()["code"] == "blob-unknown"


@pytest.mark.parametrize("target", ["/v1/health", "/v1/ready", "/metrics"])
def test_the_state_is_told_to_everybody(running: RunningCounty, target: str) -> None:
    answer = httpx.get(running.url + target, trust_env=False)
    assert answer.status_code == 200


def test_the_figures_count_what_happened(running: RunningCounty) -> None:
    client = running.client(Laptop("一号", 1))
    client.push(client.laptop.seal(insert("enterprise", new_row_id(), name="甲公司")))
    lines = httpx.get(f"{running.url}/metrics", trust_env=False).text.splitlines()
    assert "fangshan_changesets 1" in lines
    assert 'fangshan_requests_total{route="/v1/push",status="200"} 1' in lines
    assert 'fangshan_entries_total{outcome="kept"} 1' in lines


def test_a_bundle_of_somebody_else_is_not_taken(running: RunningCounty) -> None:
    client, other = running.client(Laptop("一号", 1)), Laptop("别人", 2)
    bundle = write_bundle([], Preface(sender=other.device), other.key.sign)
    answer = client.request("POST", "/v1/push", body=bundle)
    assert (answer.status_code, answer.json()["code"]) == (400, "bundle")
