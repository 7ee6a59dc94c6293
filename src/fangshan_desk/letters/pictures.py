"""Pictures on paper: signatures given on the screen, and the verification code as vectors."""

from io import BytesIO
from typing import TYPE_CHECKING, Any

from fangshan_desk.letters import styles

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_WIDEST_PIXELS = 800


def draw_picture(canvas: "Canvas", png: bytes, corner: tuple[float, float], box: tuple[float, float]) -> None:
    """A signature in a box with its upper left corner at the point, whole and in proportion."""
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    with Image.open(BytesIO(png)) as picture:
        picture.thumbnail((_WIDEST_PIXELS, _WIDEST_PIXELS))
        stroke = picture.convert("RGBA")
    paper = Image.new("RGBA", stroke.size, "white")
    paper.alpha_composite(stroke)
    grey = paper.convert("L")
    scale = min(box[0] * 0.9 / grey.width, min(box[1] * 0.9, styles.SIGNATURE_HEIGHT) / grey.height)
    width, height = grey.width * scale, grey.height * scale
    left = corner[0] + (box[0] - width) / 2
    bottom = corner[1] - (box[1] + height) / 2
    canvas.drawImage(ImageReader(grey), left, bottom, width, height)


def draw_code(canvas: "Canvas", text: str, corner: tuple[float, float], side: float) -> None:
    """A QR code with its upper left corner at the point, as whole-number rectangles under one scale."""
    modules = code_modules(text)
    count = len(modules)
    canvas.saveState()
    canvas.translate(corner[0], corner[1] - side)
    canvas.scale(side / count, side / count)
    rectangles = [
        f"{start} {count - 1 - number} {length} 1 re"
        for number, row in enumerate(modules)
        for start, length in _dark_runs(row)
    ]
    canvas.addLiteral("0 g " + " ".join(rectangles) + " f")
    canvas.restoreState()


def code_modules(text: str) -> list[bytes]:
    """The QR code row by row, one byte a module: dark below 128."""
    import zxingcpp

    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    image: Any = code.to_image(scale=1, add_quiet_zones=False)
    count = image.shape[0]
    pixels = bytes(memoryview(image).cast("B"))
    return [pixels[row * count : (row + 1) * count] for row in range(count)]


def _dark_runs(row: bytes) -> list[tuple[int, int]]:
    runs, start = [], None
    for place, value in enumerate(row + b"\xff"):
        if value < 0x80 and start is None:
            start = place
        elif value >= 0x80 and start is not None:
            runs.append((start, place - start))
            start = None
    return runs
