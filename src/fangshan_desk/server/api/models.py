"""Requests and replies in JSON; ids and digests are hexadecimal, signed things base64."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Hex16 = Annotated[str, Field(pattern="^[0-9a-f]{32}$", examples=["0190f3a0000070008000000000000001"])]
Hex32 = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
Base64 = Annotated[str, Field(pattern="^[A-Za-z0-9+/]*={0,2}$", max_length=8192)]
Sequence = Annotated[int, Field(ge=0, lt=2**53)]
_MOST_DEVICES = 20_000


class Message(BaseModel):
    """Unknown fields are ignored: a newer laptop may send more."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class Problem(Message):
    """Why a request was not answered."""

    code: str = Field(description="For programs; never renamed.")
    message: str = Field(description="For people, in Chinese.")
    retry: bool = Field(description="Whether the same request may succeed later.")


class ServerHello(Message):
    """What a laptop needs to know before it signs anything."""

    county: str
    server: Hex16
    public_key: Hex32
    epoch: int
    server_time_ms: int
    challenge: str = Field(
        description="To be signed with requests; a refusal of an old one brings a new one."
    )
    bundle_version: int
    changeset_version: int
    schema_version: int
    largest_request: int
    chunk_bytes: int
    largest_blob: int


class Claim(Message):
    """How far somebody's chain goes, and the digest of its newest entry."""

    device: Hex16
    sequence: Sequence
    digest: Hex32


class Hello(Message):
    """The laptop's side of an exchange."""

    wall_ms: Sequence = 0
    vector: list[Claim] = Field(default=[], max_length=_MOST_DEVICES)
    receipt: Base64 | None = Field(default=None, description="The newest one for the laptop's own chain.")


class Place(Message):
    """Names one change-set."""

    device: Hex16
    sequence: Sequence


class RefusedEntry(Message):
    """A change-set that was not taken, or taken but held back."""

    device: str
    sequence: int
    reason: str
    message: str
    is_held: bool = False


class Assignment(Message):
    """What the county gave to this laptop."""

    officer: str
    body: str
    role: str
    townships: list[str]
    number: int


class HelloReply(Message):
    """The server's side of an exchange."""

    epoch: int
    server_time_ms: int
    clock_offset_ms: int = Field(description="Server's time minus the laptop's.")
    assignment: Assignment
    vector: list[Claim]
    forks: list[Place]
    is_laptop_restored: bool = Field(description="The server has more of this laptop than the laptop itself.")
    receipt: Base64 | None
    quarantine: list[RefusedEntry]
    blobs_wanted: list[Hex32]


class PushReply(Message):
    """What became of a bundle; only a receipt means delivered."""

    code: str = Field(default="", description="A problem's code when something was refused outright.")
    message: str = ""
    kept: int
    known: int
    refused: list[RefusedEntry]
    receipts: list[Base64]
    have: list[Place]


class Pull(Message):
    """What the laptop has; the reply is a bundle with what it lacks."""

    have: list[Place] = Field(default=[], max_length=_MOST_DEVICES)
    most_bytes: int = Field(default=4 * 1024 * 1024, ge=1, le=16 * 1024 * 1024)


class EntryRange(Message):
    """Some change-sets of one chain."""

    device: Hex16
    first: Annotated[int, Field(ge=1, lt=2**53)]
    last: Annotated[int, Field(ge=1, lt=2**53)]


class Wanted(Message):
    """Change-sets to be sent again, as they may be seen now."""

    ranges: list[EntryRange] = Field(max_length=1000)


class BlobOffer(Message):
    """An attachment the laptop has."""

    sha256: Hex32
    size: Sequence


class BlobOffers(Message):
    """Several at once."""

    blobs: list[BlobOffer] = Field(max_length=500)


class BlobProgress(Message):
    """Numbers of the chunks that are still missing."""

    sha256: Hex32
    missing: list[int]
    is_complete: bool


class BlobProgresses(Message):
    """Several at once."""

    blobs: list[BlobProgress]


class Enrol(Message):
    """A new laptop asks to be let in."""

    secret: Annotated[str, Field(pattern="^[0-9a-f]{20}$")]
    device: Hex16
    public_key: Hex32
    proof: Annotated[str, Field(pattern="^[0-9a-f]{128}$")]
    name: str = Field(default="", max_length=60)
    officer_id: str = Field(default="", max_length=36)


class Enrolled(Message):
    """The county stands for the laptop from now on."""

    county: str
    public_key: Hex32
    epoch: int
    certificate: Base64
    assignment: Assignment


class KnownDevice(Message):
    """A laptop of the county, with what proves its key."""

    device: Hex16
    number: int
    name: str
    certificate: Base64
    revoked_ms: int | None


class KnownDevices(Message):
    """All of them."""

    devices: list[KnownDevice]


class State(Message):
    """Whether the server works."""

    state: str
