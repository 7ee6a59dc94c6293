"""Controls with their words already filled in from the texts."""

from PySide6.QtWidgets import QWidget

from fangshan_desk.ui.context import Context
from fangshan_desk.ui.widgets.date_field import DateField
from fangshan_desk.ui.widgets.money_field import MoneyField
from fangshan_desk.ui.widgets.photo_strip import PhotoLabels, PhotoStrip
from fangshan_desk.ui.widgets.preview_pages import PreviewLabels, PreviewPages
from fangshan_desk.ui.widgets.signature_pad import SignaturePad


def date_field(context: Context, parent: QWidget | None = None) -> DateField:
    """A date field that knows today."""
    texts = context.texts
    return DateField(
        today=context.clock.today(),
        calendar_name=texts("shell-calendar"),
        placeholder=texts("shell-date-placeholder"),
        parent=parent,
    )


def money_field(context: Context, parent: QWidget | None = None) -> MoneyField:
    """An amount in yuan that also understands ten thousands of yuan."""
    texts = context.texts
    fen_by_unit = {
        texts("shell-unit-yuan"): 100,
        texts("shell-unit-ten-thousand"): 1_000_000,
        texts("shell-unit-ten-thousand-yuan"): 1_000_000,
    }
    return MoneyField(units=fen_by_unit, placeholder=texts("shell-money-placeholder"), parent=parent)


def preview_pages(context: Context, parent: QWidget | None = None) -> PreviewPages:
    """The pages of a letter."""
    texts = context.texts
    labels = PreviewLabels(
        fit_page=texts("shell-preview-fit-page"),
        fit_width=texts("shell-preview-fit-width"),
        actual=texts("shell-preview-actual"),
        previous_page=texts("shell-preview-previous"),
        next_page=texts("shell-preview-next"),
        page_of=lambda page, pages: texts("shell-preview-page-of", page=page, pages=pages),
    )
    return PreviewPages(labels=labels, parent=parent)


def signature_pad(context: Context, parent: QWidget | None = None) -> SignaturePad:
    """A place to sign."""
    texts = context.texts
    return SignaturePad(prompt=texts("shell-sign-here"), name=texts("shell-signature"), parent=parent)


def photo_strip(context: Context, *, is_read_only: bool = False, parent: QWidget | None = None) -> PhotoStrip:
    """Thumbnails of a record's pictures."""
    texts = context.texts
    labels = PhotoLabels(
        add=texts("shell-photo-add"), open=texts("shell-photo-open"), remove=texts("shell-photo-remove")
    )
    return PhotoStrip(labels=labels, is_read_only=is_read_only, parent=parent)
