"""Signing, photos, pages and messages."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from fangshan_desk.ui.widgets.buttons import SecondaryButton
from fangshan_desk.ui.widgets.figures import Band, BarChart, BigNumber, RiskBar, ShareBar
from fangshan_desk.ui.widgets.icons import line_icon
from fangshan_desk.ui.widgets.messages import EmptyState, MessageKind, MessageStrip, ProgressStrip
from fangshan_desk.ui.widgets.palette import Tone
from fangshan_desk.ui.widgets.photo_strip import Photo, PhotoLabels, PhotoStrip, _Thumbnail
from fangshan_desk.ui.widgets.preview_pages import ACTUAL_WIDTH, PreviewLabels, PreviewPages, Zoom
from fangshan_desk.ui.widgets.signature_pad import SignaturePad

Show = Callable[[QWidget], QWidget]
LABELS = PreviewLabels("整页", "页宽", "100%", "上一页", "下一页", lambda page, pages: f"{page}/{pages}")
SCALE = [Band(1, Tone.BLUE), Band(1, Tone.YELLOW), Band(1, Tone.ORANGE), Band(1, Tone.RED)]


def sheet(width: int = 595, height: int = 842) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    return image


def draw(pad: SignaturePad, *points: tuple[int, int]) -> None:
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(*points[0]))
    for point in points[1:]:
        QTest.mouseMove(pad, QPoint(*point))
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(*points[-1]))


@pytest.fixture
def pad(shown: Show) -> SignaturePad:
    made = SignaturePad(prompt="请签名", name="签名区")
    made.resize(400, 200)
    shown(made)
    return made


def test_a_dot_is_no_signature(pad: SignaturePad) -> None:
    draw(pad, (50, 50), (52, 51))
    assert pad.is_blank()
    assert pad.png() == b""


def test_a_signature_is_cropped_to_its_ink_on_a_clear_ground(pad: SignaturePad) -> None:
    draw(pad, (50, 50), (100, 60), (150, 50))
    image = QImage.fromData(pad.png(scale=2.0))
    assert image.hasAlphaChannel()
    assert QColor(image.pixelColor(0, 0)).alpha() == 0
    assert 200 <= image.width() <= 240
    assert 40 <= image.height() <= 60


def test_strokes_keep_place_pressure_and_time(pad: SignaturePad) -> None:
    draw(pad, (50, 50), (100, 60))
    draw(pad, (60, 90), (120, 90))
    strokes = pad.strokes()
    assert len(strokes) == 2
    assert (strokes[0][0].x, strokes[0][0].y) == (50, 50)
    assert all(0 < point.pressure <= 1 for stroke in strokes for point in stroke)
    assert strokes[1][0].ms >= strokes[0][0].ms


def test_the_last_stroke_can_be_taken_back(pad: SignaturePad) -> None:
    told: list[bool] = []
    pad.changed.connect(lambda: told.append(True))
    draw(pad, (50, 50), (100, 60))
    draw(pad, (60, 90), (120, 90))
    QTest.keyClick(pad, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(pad.strokes()) == 1
    QTest.keyClick(pad, Qt.Key.Key_Delete)
    assert pad.strokes() == ()
    assert len(told) == 4


def test_a_stroke_that_leaves_the_pad_stays_in_the_picture(pad: SignaturePad) -> None:
    draw(pad, (380, 100), (900, 500))
    assert all(point.x <= pad.width() and point.y <= pad.height() for point in pad.strokes()[0])


def test_pages_are_shown_whole_wide_or_at_their_size(shown: Show) -> None:
    view = PreviewPages(labels=LABELS)
    view.resize(600, 500)
    shown(view)
    view.set_pages([sheet(), sheet()])
    shown(view)
    widths = {}
    for zoom in Zoom:
        view.set_zoom(zoom)
        widths[zoom] = view._pages[0].width()
    assert widths[Zoom.PAGE] < widths[Zoom.WIDTH] < widths[Zoom.ACTUAL] == ACTUAL_WIDTH


def test_the_page_in_view_is_counted(shown: Show) -> None:
    view = PreviewPages(labels=LABELS)
    view.resize(600, 500)
    shown(view)
    assert view.page_number() == 0
    view.set_pages([sheet(), sheet(), sheet()])
    view.set_zoom(Zoom.WIDTH)
    shown(view)
    assert view.page_number() == 1
    view.show_page(3)
    assert view.page_number() == 3


def test_the_owner_learns_how_sharp_a_page_must_be(shown: Show) -> None:
    view = PreviewPages(labels=LABELS)
    wanted: list[int] = []
    view.width_wanted.connect(wanted.append)
    view.resize(600, 500)
    view.set_pages([sheet()])
    view.set_zoom(Zoom.ACTUAL)
    shown(view)
    QTest.qWait(200)
    assert wanted[-1] == round(ACTUAL_WIDTH * view.devicePixelRatioF())


@pytest.fixture
def strip(shown: Show) -> PhotoStrip:
    made = PhotoStrip(labels=PhotoLabels("添加", "查看", "移除"))
    made.set_photos([Photo("a", sheet(40, 30)), Photo("b", sheet(30, 40))])
    shown(made)
    return made


def test_a_thumbnail_opens_and_can_be_removed(strip: PhotoStrip) -> None:
    opened: list[str] = []
    removed: list[str] = []
    strip.photo_opened.connect(opened.append)
    strip.photo_removed.connect(removed.append)
    tiles = strip.findChildren(_Thumbnail)
    QTest.mouseClick(tiles[0], Qt.MouseButton.LeftButton)
    QTest.keyClick(tiles[1], Qt.Key.Key_Delete)
    assert (opened, removed) == (["a"], ["b"])


def test_files_can_be_dropped(strip: PhotoStrip) -> None:
    dropped: list[list[str]] = []
    strip.files_dropped.connect(dropped.append)
    content = QMimeData()
    content.setUrls([QUrl.fromLocalFile("/tmp/a.jpg"), QUrl("https://example.org/b.jpg")])
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        content,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    strip.dropEvent(event)
    assert dropped == [["/tmp/a.jpg"]]


def test_a_picture_can_be_pasted(strip: PhotoStrip) -> None:
    pasted: list[QImage] = []
    strip.image_pasted.connect(pasted.append)
    QGuiApplication.clipboard().setImage(sheet(20, 10))
    QTest.keyClick(strip, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert [(image.width(), image.height()) for image in pasted] == [(20, 10)]
    QGuiApplication.clipboard().setText("no picture")
    assert not strip.paste()


def test_news_goes_away_by_itself_and_trouble_stays(shown: Show) -> None:
    holder = QWidget()
    strip = MessageStrip(close_name="关闭", parent=holder)
    shown(holder)
    strip.show_message("已保存", kind=MessageKind.SUCCESS)
    assert strip._timer.isActive()
    strip.show_message("没有保存", kind=MessageKind.ERROR)
    assert not strip._timer.isActive()
    strip.show_message("已打印", kind=MessageKind.INFO, next_step="登记送达")
    assert not strip._timer.isActive()
    assert strip.sentence() == "已打印"


def test_the_next_step_closes_the_strip_and_is_told(shown: Show) -> None:
    holder = QWidget()
    strip = MessageStrip(close_name="关闭", parent=holder)
    shown(holder)
    told: list[bool] = []
    strip.next_step_chosen.connect(lambda: told.append(True))
    strip.show_message("已打印", next_step="登记送达")
    button = strip.findChild(SecondaryButton)
    assert isinstance(button, SecondaryButton)
    button.click()
    assert told == [True]
    assert strip.sentence() == ""


def test_a_job_is_cancelled_once(shown: Show) -> None:
    strip = ProgressStrip(cancel_caption="取消")
    shown(strip)
    told: list[bool] = []
    strip.cancelled.connect(lambda: told.append(True))
    strip.show_progress(3, 10, sentence="上传 3/10")
    button = strip.findChild(SecondaryButton)
    assert isinstance(button, SecondaryButton)
    button.click()
    button.click()
    assert told == [True]
    strip.start("下一件")
    assert button.isEnabled()


def test_an_empty_place_offers_what_to_do(shown: Show) -> None:
    state = EmptyState("还没有走访", hint="按 Ctrl+N", action="新建走访", icon="visit")
    shown(state)
    told: list[bool] = []
    state.action_chosen.connect(lambda: told.append(True))
    button = state._action
    button.click()
    assert told == [True]
    state.show_words("没有符合条件的走访")
    assert not button.isVisible()


def test_figures_say_their_numbers_aloud(shown: Show) -> None:
    number = BigNumber("46", unit="/ 60 户", caption="已体检")
    chart = BarChart()
    chart.set_bars([("7月", 37), ("8月", 46)])
    scale = RiskBar(SCALE)
    scale.set_position(1.7, description="红色 72 分")
    shares = ShareBar()
    shares.set_bands(SCALE, description="红 27 户")
    for widget in (number, chart, scale, shares):
        shown(widget)
    assert number.accessibleName() == "已体检 46 / 60 户"
    assert chart.accessibleName() == "7月 37, 8月 46"
    assert (scale.accessibleName(), shares.accessibleName()) == ("红色 72 分", "红 27 户")


def test_the_marker_stands_where_the_case_stands(shown: Show) -> None:
    scale = RiskBar(SCALE)
    scale.resize(200, 16)
    scale.set_position(0.75)
    shown(scale)
    image = scale.grab().toImage()
    ratio = image.width() / 200
    marker = QColor(image.pixel(round(149 * ratio), round(8 * ratio)))
    beside = QColor(image.pixel(round(180 * ratio), round(8 * ratio)))
    assert marker.lightness() < 60
    assert beside.red() > 150 > beside.blue()


def test_an_unknown_icon_is_empty_and_a_known_one_is_drawn(desk_app: object) -> None:
    assert line_icon("no-such-icon", colour="#000000").isNull()
    picture = line_icon("sync", colour="#ff0000").pixmap(32, 32).toImage()
    painted = {picture.pixelColor(x, y).name() for x in range(32) for y in range(32)}
    assert "#ff0000" in painted
