"""Searches everything at once: enterprises, letters by number, items by title."""

from sqlalchemy import Connection

from fangshan_desk.data.enterprise_search import EnterpriseSearch
from fangshan_desk.data.search_matching import Fit
from fangshan_desk.usecases.views.register import FoundKind, FoundRecord

_SHARE_OF_OTHERS = 3
_LONGEST = 60
_NAMED = {
    Fit.ALIAS: "alias",
    Fit.REPRESENTATIVE: "representative",
    Fit.CODE: "code",
    Fit.CODE_END: "code",
}
_ENTERPRISE = (
    "SELECT e.name, e.township, e.risk_level, e.legal_representative, e.uscc, e.contact_phone, "
    "(SELECT group_concat(a.name, ' ') FROM enterprise_alias a "
    "WHERE a.enterprise_id = e.id AND a.name <> '') "
    "FROM enterprise e WHERE e.id = ?"
)
_LETTERS = (
    "SELECT l.id, coalesce(nullif(l.document_number, ''), l.field_number), l.kind, l.state, e.name, "
    "e.township FROM letter l LEFT JOIN enterprise e ON e.id = l.enterprise_id WHERE l.rowid IN ("
    "SELECT rowid FROM letter WHERE document_number LIKE ?1 ESCAPE '\\' UNION "
    "SELECT rowid FROM letter WHERE field_number LIKE ?1 ESCAPE '\\') ORDER BY l.id DESC LIMIT ?2"
)
_ITEMS = (
    # Of the newest only: older ones are found through their enterprise.
    "SELECT i.id, i.title, i.state, e.name, e.township FROM "
    "(SELECT id, title, state, enterprise_id FROM rectification_item ORDER BY id DESC LIMIT 3000) i "
    "LEFT JOIN enterprise e ON e.id = i.enterprise_id WHERE i.title LIKE ?1 ESCAPE '\\' LIMIT ?2"
)


def found_records(
    connection: Connection, search: EnterpriseSearch, text: str, *, limit: int
) -> tuple[FoundRecord, ...]:
    """Enterprises first, then letters and items; at least a few of each kind that has any."""
    words = text.strip()[:_LONGEST]
    if not words:
        return ()
    others = [*_letters(connection, words), *_items(connection, words)]
    left = max(limit - len(others), limit // 2)
    enterprises = [
        _enterprise(connection, hit.enterprise_id, hit.fit)
        for hit in search.find(connection, words, limit=left).hits
    ]
    return tuple([*(found for found in enterprises if found is not None), *others][:limit])


def _enterprise(connection: Connection, enterprise_id: str, fit: Fit) -> FoundRecord | None:
    row = connection.exec_driver_sql(_ENTERPRISE, (enterprise_id,)).fetchone()
    if row is None:
        return None
    name, township, level, representative, uscc, phone, aliases = (value or "" for value in row)
    numbers = " ".join(filter(None, (uscc, phone)))
    shown = {"alias": aliases, "representative": representative, "code": numbers}
    return FoundRecord(
        kind=FoundKind.ENTERPRISE,
        id=enterprise_id,
        title=name,
        township=township,
        state=level,
        matched=shown.get(_NAMED.get(fit, ""), ""),
    )


def _letters(connection: Connection, words: str) -> list[FoundRecord]:
    if not any(letter.isdigit() for letter in words):
        return []
    rows = connection.exec_driver_sql(_LETTERS, (_containing(words), _SHARE_OF_OTHERS))
    return [
        FoundRecord(
            kind=FoundKind.LETTER,
            id=row[0],
            title=row[1] or "",
            matched=row[2] or "",
            state=row[3] or "",
            enterprise=row[4] or "",
            township=row[5] or "",
        )
        for row in rows
    ]


def _items(connection: Connection, words: str) -> list[FoundRecord]:
    # A single character, or letters that spell a name, would only find by accident.
    if len(words) < 2 or words.isascii():
        return []
    rows = connection.exec_driver_sql(_ITEMS, (_containing(words), _SHARE_OF_OTHERS))
    return [
        FoundRecord(
            kind=FoundKind.ITEM,
            id=row[0],
            title=row[1] or "",
            state=row[2] or "",
            enterprise=row[3] or "",
            township=row[4] or "",
        )
        for row in rows
    ]


def _containing(words: str) -> str:
    safe = words.encode("utf-8", "ignore").decode()
    for sign in ("\\", "%", "_"):
        safe = safe.replace(sign, "\\" + sign)
    return f"%{safe}%"
