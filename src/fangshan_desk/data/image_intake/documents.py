"""Looks through a PDF, which is kept as it is or refused; runs only in the child."""

import contextlib
import io
from collections.abc import Iterable, Iterator

import pikepdf
import pypdfium2

from fangshan_desk.data.image_intake.kinds import FileKind
from fangshan_desk.data.image_intake.outcome import Outcome
from fangshan_desk.data.image_intake.pictures import THUMBNAIL_SIDE, thumbnail_png
from fangshan_desk.data.image_intake.refusals import (
    ActiveDocumentError,
    DamagedFileError,
    EncryptedDocumentError,
    TooComplicatedError,
    TooManyPagesError,
)

MOST_PAGES = 200
_MOST_OBJECTS = 100_000
_ACTIVE_KEYS = frozenset({"/JS", "/JavaScript", "/XFA"})
_ACTIVE_ACTIONS = frozenset({"/JavaScript", "/Launch", "/Rendition", "/ImportData"})


def examined(data: bytes) -> Outcome:
    """The document unchanged, after both readers agree that it is harmless."""
    try:
        return _drawn(data)
    except pypdfium2.PdfiumError as error:
        raise DamagedFileError from error
    except MemoryError as error:
        raise TooComplicatedError from error


def _drawn(data: bytes) -> Outcome:
    with contextlib.closing(_opened(data)) as document:
        pages = len(document)
        if pages > MOST_PAGES:
            raise TooManyPagesError(pages=pages, limit=MOST_PAGES)
        if pages < 1:
            raise DamagedFileError
        _refuse_bad_structure(data)
        page = document[0]
        width, height = page.get_size()
        longest = max(width, height)
        if not (min(width, height) > 0 and longest < float("inf")):
            raise DamagedFileError
        bitmap = page.render(scale=THUMBNAIL_SIDE / longest, may_draw_forms=False)
        return Outcome(
            data=data,
            mime=FileKind.PDF,
            width=round(width),
            height=round(height),
            pages=pages,
            thumbnail_png=thumbnail_png(bitmap.to_pil()),
        )


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        # One error for all reasons: the other reader tells a password from damage.
        with _structure(data):
            raise


def _structure(data: bytes) -> pikepdf.Pdf:
    try:
        pdf = pikepdf.Pdf.open(io.BytesIO(data), suppress_warnings=True)
    except pikepdf.PasswordError as error:
        raise EncryptedDocumentError from error
    except pikepdf.PdfError as error:
        raise DamagedFileError from error
    if pdf.is_encrypted:
        pdf.close()
        raise EncryptedDocumentError
    return pdf


def _refuse_bad_structure(data: bytes) -> None:
    with _structure(data) as pdf:
        if len(pdf.objects) > _MOST_OBJECTS:
            raise TooComplicatedError
        try:
            # The page tree may promise fewer pages than it holds.
            found = len(pdf.pages)
            is_active = any(_is_active(each) for each in _dictionaries(pdf.objects))
        except (pikepdf.PdfError, AttributeError, KeyError, ValueError, TypeError) as error:
            raise DamagedFileError from error
    if found > MOST_PAGES:
        raise TooManyPagesError(pages=found, limit=MOST_PAGES)
    if is_active:
        raise ActiveDocumentError


def _dictionaries(roots: Iterable[pikepdf.Object]) -> Iterator[pikepdf.Object]:
    waiting = list(roots)
    while waiting:
        found = waiting.pop()
        if isinstance(found, pikepdf.Dictionary | pikepdf.Stream):
            holder = found.stream_dict if isinstance(found, pikepdf.Stream) else found
            yield holder
            children: Iterable[pikepdf.Object] = holder.as_dict().values()
        elif isinstance(found, pikepdf.Array):
            children = found.as_list()
        else:
            continue
        # Indirect children come along as roots of their own.
        waiting += [child for child in children if _is_direct_container(child)]


def _is_direct_container(child: pikepdf.Object) -> bool:
    return isinstance(child, pikepdf.Dictionary | pikepdf.Array) and not child.is_indirect


def _is_active(dictionary: pikepdf.Object) -> bool:
    keys = dictionary.keys()
    return not _ACTIVE_KEYS.isdisjoint(keys) or ("/S" in keys and str(dictionary["/S"]) in _ACTIVE_ACTIONS)
