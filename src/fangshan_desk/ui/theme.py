"""Fonts, icons and the style sheet, put in place once when the application starts."""

import re

from PySide6.QtCore import QDir, QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from fangshan_desk.support.resources import resource_path
from fangshan_desk.ui.widgets import palette
from fangshan_desk.ui.widgets.icons import ICON_PREFIX

# What a Chinese Windows or Linux desk has; ours comes after, for machines that have none.
SYSTEM_FAMILIES = (
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Noto Sans SC",
)
OWN_FONT = "fonts/fsd-hei.ttf"
_TOKEN = re.compile(r"@(\w+)@")


def style_sheet() -> str:
    """The style sheet with every token replaced; an unknown token is an error."""
    known = palette.tokens()
    source = resource_path("ui/styles/desk.qss").read_text(encoding="utf-8")
    return _TOKEN.sub(lambda token: known[token.group(1)], source)


def text_families(*, prefer_own: bool = False) -> list[str]:
    """The families to write with, best first; loads our own font where the system has none."""
    installed = set(QFontDatabase.families())
    system = [family for family in SYSTEM_FAMILIES if family in installed]
    if system and not prefer_own:
        return system
    own = QFontDatabase.addApplicationFont(str(resource_path(OWN_FONT)))
    return [*QFontDatabase.applicationFontFamilies(own), *system]


def apply_theme(app: QApplication, *, prefer_own_font: bool = False) -> None:
    """Gives the application its looks; call before the first window."""
    QDir.setSearchPaths(ICON_PREFIX, [str(resource_path("icons"))])
    app.setStyle(QStyleFactory.create("Fusion"))
    app.setFont(_base_font(prefer_own=prefer_own_font))
    app.setPalette(_palette())
    app.setStyleSheet(style_sheet())


def translate_dialogs(app: QApplication) -> bool:
    """Qt's own dialogs in Chinese; says whether the translation was found."""
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    translator = QTranslator(app)
    return translator.load("qtbase_zh_CN", folder) and app.installTranslator(translator)


def _base_font(*, prefer_own: bool) -> QFont:
    font = QFont()
    font.setFamilies(text_families(prefer_own=prefer_own))
    font.setPixelSize(palette.BASE_PIXELS)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setStyleStrategy(QFont.StyleStrategy.PreferAntialias)
    return font


def _palette() -> QPalette:
    colours = QPalette()
    role = QPalette.ColorRole
    for part, colour in {
        role.Window: palette.SURFACE,
        role.WindowText: palette.TEXT,
        role.Base: palette.CARD,
        role.AlternateBase: palette.HEADER,
        role.Text: palette.TEXT,
        role.PlaceholderText: palette.TEXT_HINT,
        role.Button: palette.CARD,
        role.ButtonText: palette.TEXT,
        role.Highlight: palette.PRIMARY,
        role.HighlightedText: "#ffffff",
        role.Link: palette.PRIMARY,
        role.Accent: palette.PRIMARY,
    }.items():
        colours.setColor(part, QColor(colour))
    return colours
