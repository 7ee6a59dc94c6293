"""Decodes a picture and writes it anew without EXIF, GPS or comments; runs only in the child."""

import contextlib
import io
import struct
import warnings
from datetime import datetime

from PIL import Image, ImageOps, JpegImagePlugin

from fangshan_desk.data.image_intake.kinds import FileKind
from fangshan_desk.data.image_intake.outcome import Outcome
from fangshan_desk.data.image_intake.refusals import (
    DamagedFileError,
    SeveralPicturesError,
    TooComplicatedError,
    TooManyPixelsError,
)

MOST_PIXELS = 40_000_000
THUMBNAIL_SIDE = 256

_EXIF_PART = 0x8769
_TAKEN_AT = 0x9003
_TAKEN_OFFSET = 0x9011
_JPEG_QUALITY = 90
# Pillow raises all of these for hostile content; anything else ends the child, which also refuses the file.
_BROKEN = (OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, TypeError, struct.error)


def forbid_large_pictures() -> None:
    """Pillow only warns up to twice its limit; make the warning an error."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)


def cleaned(kind: FileKind, data: bytes) -> Outcome:
    """The same picture, upright, with nothing but its pixels."""
    try:
        with Image.open(io.BytesIO(data), formats=[kind.name]) as picture:
            _refuse_many_pixels(picture)
            _refuse_several(picture)
            picture.load()
            return _written_anew(kind, picture)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise TooManyPixelsError(limit=MOST_PIXELS // 10_000) from error
    except MemoryError as error:
        raise TooComplicatedError from error
    except _BROKEN as error:
        raise DamagedFileError from error


def _refuse_many_pixels(picture: Image.Image) -> None:
    if picture.width * picture.height > MOST_PIXELS:
        raise TooManyPixelsError(limit=MOST_PIXELS // 10_000)


def _refuse_several(picture: Image.Image) -> None:
    # Phones append previews to a JPEG: its first picture is the photo.
    if picture.format in ("JPEG", "MPO"):
        return
    # Counting the frames of a TIFF would walk a chain of any length: look for a second only.
    with contextlib.suppress(EOFError):
        picture.seek(1)
        raise SeveralPicturesError
    picture.seek(0)


def _written_anew(kind: FileKind, picture: Image.Image) -> Outcome:
    taken_at = _taken_at(picture)
    target = _target(kind, picture)
    quality = _same_quality(picture) if target is FileKind.JPEG else {}
    plain = _plain_mode(ImageOps.exif_transpose(picture), target)
    # Pillow writes comments and profiles it finds here into the new file.
    plain.info.clear()
    data = io.BytesIO()
    plain.save(data, target.name, **quality)
    return Outcome(
        data=data.getvalue(),
        mime=target,
        width=plain.width,
        height=plain.height,
        thumbnail_png=thumbnail_png(plain),
        taken_at=taken_at,
    )


def thumbnail_png(picture: Image.Image) -> bytes:
    """A PNG that fits a square of 256 pixels; shrinks the picture it is given."""
    if picture.mode.startswith("I;16"):
        # A plain conversion would cut every value above 255 to white.
        picture = picture.convert("I").point(lambda value: value * (1 / 257))
    small = picture.convert("RGBA" if _has_alpha(picture) else "RGB")
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
    small.info.clear()
    data = io.BytesIO()
    small.save(data, "PNG")
    return data.getvalue()


def _target(kind: FileKind, picture: Image.Image) -> FileKind:
    # Text stays sharp: drawings, screenshots and black-and-white scans are written without loss.
    if kind is FileKind.JPEG:
        return FileKind.JPEG
    is_photo = kind in (FileKind.WEBP, FileKind.TIFF) and picture.mode in ("RGB", "YCbCr", "CMYK", "LAB")
    return FileKind.JPEG if is_photo else FileKind.PNG


def _plain_mode(picture: Image.Image, target: FileKind) -> Image.Image:
    if target is FileKind.JPEG:
        return picture if picture.mode in ("L", "RGB") else picture.convert("RGB")
    if picture.mode == "P" or "transparency" in picture.info:
        return picture.convert("RGBA" if "transparency" in picture.info else "RGB")
    if picture.mode in ("1", "L", "LA", "RGB", "RGBA", "I;16"):
        return picture
    return picture.convert("RGBA" if _has_alpha(picture) else "RGB")


def _has_alpha(picture: Image.Image) -> bool:
    return picture.mode in ("LA", "PA", "RGBA", "RGBa", "La")


def _same_quality(picture: Image.Image) -> dict[str, object]:
    if isinstance(picture, JpegImagePlugin.JpegImageFile) and picture.mode in ("L", "RGB"):
        sampling = JpegImagePlugin.get_sampling(picture)
        # The camera's own tables lose least and keep the size.
        return {"qtables": picture.quantization, "subsampling": sampling if sampling >= 0 else 0}
    return {"quality": _JPEG_QUALITY}


def _taken_at(picture: Image.Image) -> str | None:
    exif = picture.getexif().get_ifd(_EXIF_PART)
    written = str(exif.get(_TAKEN_AT, "")).strip("\0 ")
    date, _, time = written.partition(" ")
    offset = str(exif.get(_TAKEN_OFFSET, "")).strip("\0 ")
    for candidate in (f"{date.replace(':', '-')}T{time}{offset}", f"{date.replace(':', '-')}T{time}"):
        with contextlib.suppress(ValueError):
            return datetime.fromisoformat(candidate).isoformat()
    return None
