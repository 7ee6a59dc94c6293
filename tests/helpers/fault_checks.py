"""Opens a workspace after a kill the way a person does, and looks for anything that was lost."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from fangshan_desk.app.opening import OpenDesk, open_desk
from fangshan_desk.app.upkeep import check
from fangshan_desk.data.backups import unpack_backup, verify_database
from fangshan_desk.data.engine import DatabaseError
from fangshan_desk.domain.changesets import DELETE
from fangshan_desk.domain.errors import ExpectedError
from fangshan_desk.domain.records.catalogue import BY_NUMBER
from fangshan_desk.domain.records.letters import Letter, NumberBlock
from fangshan_desk.domain.records.visits import Attachment
from fangshan_desk.support.data_key import KeyLabel
from fangshan_desk.support.failures import EnvironmentFailure
from fangshan_desk.support.paths import Workspace
from fangshan_desk.sync.changeset import decode_body, decode_header, decode_leaf
from tests.helpers.fault_ledger import Ledger, all_rows

Content = dict[tuple[int, str], dict[int, Any]]


def snapshot(folder: Path, passphrase: str | None = None) -> Ledger:
    """What the workspace holds before anybody is killed."""
    with open_desk(Workspace(folder), passphrase) as desk:
        return Ledger(desk.transact(lambda uow, _: all_rows(uow)).result)


def losses_after_kill(folder: Path, ledger: Ledger, passphrase: str | None = None) -> list[str]:
    """Everything that is not as it must be; the ledger goes on from what was found."""
    workspace = Workspace(folder)
    try:
        desk = open_desk(workspace, passphrase)
    except (ExpectedError, EnvironmentFailure, DatabaseError, TypeError) as failure:
        # N7: the program starts without a manual step.
        return [f"does not open: {type(failure).__name__} {failure}"]
    with desk:
        found = desk.transact(lambda uow, _: all_rows(uow)).result
        complaints = ledger.losses(found)
        complaints += [finding.sentence for finding in check(desk) if not finding.is_sound]
        complaints += _chain_faults(desk)
        complaints += _number_faults(desk)
        complaints += _unreadable_attachments(desk)
        complaints += _leftovers(workspace)
        complaints += _bad_backups(desk, ledger)
    ledger.settle(found)
    return complaints


def _chain_faults(desk: OpenDesk) -> Iterator[str]:
    """Every row follows from the signed change-sets, and each of them names its officer."""
    content: Content = {}
    for entry in desk.parts.chain.entries(1):
        if not decode_header(entry.header).actor:
            yield f"change-set {entry.sequence} was not sealed in its own transaction"
        for leaf in map(decode_leaf, decode_body(entry.body or b"")):
            _apply(leaf, content)
    stored = _stored_content(desk)
    yield from (f"row {key} is not what its change-sets say" for key in _unequal(content, stored))


def _apply(leaf: Any, content: Content) -> None:
    key = (leaf.table, leaf.row_id)
    if leaf.kind == DELETE:
        content.pop(key, None)
        return
    content.setdefault(key, {}).update({item.column: item.value for item in leaf.fields})


def _stored_content(desk: OpenDesk) -> Content:
    content: Content = {}
    for number, entity in BY_NUMBER.items():
        listed = ", ".join(f'"{column.name}"' for column in entity.columns)
        rows = desk.parts.file.database.raw_writer.execute(f'SELECT id, {listed} FROM "{entity.name}"')
        for row_id, *values in rows.fetchall():
            numbers = (column.number for column in entity.columns)
            content[number, row_id] = dict(zip(numbers, values, strict=True))
    return content


def _unequal(first: Content, second: Content) -> list[tuple[int, str]]:
    plain = [
        {
            key: {column: value for column, value in row.items() if value is not None}
            for key, row in each.items()
        }
        for each in (first, second)
    ]
    keys = plain[0].keys() | plain[1].keys()
    return sorted(key for key in keys if plain[0].get(key) != plain[1].get(key))


def _number_faults(desk: OpenDesk) -> Iterator[str]:
    letters, blocks = desk.transact(lambda uow, _: (uow.find(Letter), uow.find(NumberBlock))).result
    for name in ("document_number", "field_number"):
        given = [getattr(letter, name) for letter in letters if getattr(letter, name)]
        if len(given) != len(set(given)):
            yield f"a {name} was given twice"
    used = sum(block.next - block.first for block in blocks)
    numbered = sum(bool(letter.document_number) for letter in letters)
    if used != numbered:
        yield f"{used} numbers used up, {numbered} letters have one"


def _unreadable_attachments(desk: OpenDesk) -> Iterator[str]:
    for row in desk.transact(lambda uow, _: uow.find(Attachment)).result:
        for sha256 in filter(None, (row.sha256, row.thumbnail_sha256)):
            try:
                desk.parts.attachments.read(sha256)
            except ExpectedError as failure:
                yield f"attachment {row.id}: {type(failure).__name__}"


def _leftovers(workspace: Workspace) -> Iterator[str]:
    for pattern in ("**/*.part", "backups/.backup-*"):
        yield from (f"left over: {path.name}" for path in workspace.folder.glob(pattern))


def _bad_backups(desk: OpenDesk, ledger: Ledger) -> Iterator[str]:
    promised = dict(value for name, value in ledger.facts if name == "backup")
    key = desk.parts.key.sub_key(KeyLabel.DATABASE)
    named = sorted(desk.parts.workspace.backups.glob("*.fsbak"))
    yield from (f"backup {name} is gone" for name in promised.keys() - {path.name for path in named})
    for path in named:
        try:
            sequence = _verified(path, key)
        except ExpectedError:
            yield f"backup {path.name} has its name but cannot be read"
            continue
        if sequence < promised.get(path.name, 0):
            yield f"backup {path.name} is older than promised"
    _keep_newest(named, ledger)


def _verified(path: Path, key: bytes) -> int:
    with TemporaryDirectory() as folder:
        unpack_backup(path, Path(folder) / "restored")
        return verify_database(Path(folder) / "restored" / "desk.db", key)


def _keep_newest(named: Sequence[Path], ledger: Ledger) -> None:
    # Checked once; hundreds of them would make every later check slower.
    for path in named:
        path.unlink()
    ledger.facts = [(name, value) for name, value in ledger.facts if name != "backup"]
