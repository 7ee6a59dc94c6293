"""Pictures and documents that try to hurt whoever opens them, and a few good ones to compare with."""

import io
import struct
import zipfile
import zlib

import pikepdf
from PIL import Image


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack("!I", len(content)) + name + content + struct.pack("!I", zlib.crc32(name + content))


def png(width: int, height: int, *, rows: bytes, extra: bytes = b"") -> bytes:
    """A one-bit PNG whose header may promise anything."""
    header = struct.pack("!IIBBBBB", width, height, 1, 0, 0, 0, 0)
    start = b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + extra
    return start + _chunk(b"IDAT", zlib.compress(rows, 9)) + _chunk(b"IEND", b"")


def huge_one_bit_png() -> bytes:
    """12 KB that unpack to 10 000 × 10 000 pixels."""
    return png(10_000, 10_000, rows=bytes((10_000 // 8 + 1) * 10_000))


def forged_header_png() -> bytes:
    """Promises 60 000 × 60 000 pixels and holds none."""
    return png(60_000, 60_000, rows=b"")


def text_bomb_png() -> bytes:
    """A comment of 80 MB packed into a few KB."""
    packed = zlib.compress(bytes(80 * 1024 * 1024), 9)
    return png(8, 8, rows=bytes(16), extra=_chunk(b"zTXt", b"Comment\0\0" + packed))


def tiff_frame_bomb(frames: int = 20_000) -> bytes:
    """A chain of small pages, as a multi-page scan or a bomb has."""
    data = bytearray(b"II*\0" + struct.pack("<I", 8))
    tags = ((256, 1), (257, 1), (258, 1), (259, 1), (262, 1), (273, 8), (277, 1), (278, 1), (279, 1))
    size = 2 + 12 * len(tags) + 4
    for index in range(frames):
        following = len(data) + size if index + 1 < frames else 0
        data += struct.pack("<H", len(tags))
        for tag, value in tags:
            data += struct.pack("<HHII", tag, 4, 1, value)
        data += struct.pack("<I", following)
    return bytes(data)


def gif_frame_bomb(frames: int = 500) -> bytes:
    """An animation."""
    first = Image.new("P", (64, 64))
    rest = [Image.new("P", (64, 64), index % 256) for index in range(1, frames)]
    target = io.BytesIO()
    first.save(target, "GIF", save_all=True, append_images=rest)
    return target.getvalue()


def photo(*, width: int = 640, height: int = 480, gps: bool = True, quality: int = 90) -> bytes:
    """A JPEG as a phone writes it: lying on its side, with time, place, model and a comment."""
    picture = Image.effect_noise((width, height), 40).convert("RGB")
    picture.paste((220, 20, 20), (0, 0, width // 4, height // 4))
    exif = Image.Exif()
    exif[0x0110] = "SECRET-MODEL"
    exif[0x0112] = 6
    exif.get_ifd(0x8769)[0x9003] = "2026:03:01 10:11:12"
    if gps:
        place = exif.get_ifd(0x8825)
        place[1], place[2], place[29] = "N", (37.0, 53.0, 11.0), "2026:03:01"
    target = io.BytesIO()
    picture.save(target, "JPEG", quality=quality, exif=exif, comment=b"SECRET-COMMENT")
    return target.getvalue()


def truncated_photo() -> bytes:
    """A copy that stopped half-way."""
    whole = photo()
    return whole[: len(whole) // 2]


def zip_named_jpg() -> bytes:
    """A zip archive."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("photo.jpg", bytes(10_000_000))
    return target.getvalue()


def pdf(*, pages: int = 1) -> pikepdf.Pdf:
    """Empty A4 pages."""
    document = pikepdf.Pdf.new()
    for _ in range(pages):
        document.add_blank_page(page_size=(595, 842))
    return document


def saved(document: pikepdf.Pdf, **options: object) -> bytes:
    """The bytes of a document."""
    target = io.BytesIO()
    document.save(target, **options)  # type: ignore[arg-type]  # options pass through untyped
    return target.getvalue()


def _with_open_action(action: pikepdf.Dictionary) -> pikepdf.Pdf:
    document = pdf()
    document.Root.OpenAction = document.make_indirect(action)
    return document


def _script() -> pikepdf.Dictionary:
    return pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))


def pdf_with_script() -> bytes:
    """Runs JavaScript when opened."""
    return saved(_with_open_action(_script()))


def pdf_with_packed_script() -> bytes:
    """The same inside a compressed object stream, where a search for the word finds nothing."""
    options = {"object_stream_mode": pikepdf.ObjectStreamMode.generate, "compress_streams": True}
    packed = saved(_with_open_action(_script()), **options)
    assert b"JavaScript" not in packed
    return packed


def pdf_with_escaped_script() -> bytes:
    """The same with the name written in hexadecimal."""
    plain = saved(_with_open_action(_script()), object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return plain.replace(b"/JavaScript", b"/J#61v#61Script").replace(b"/JS", b"/#4aS")


def pdf_with_script_on_a_link() -> bytes:
    """JavaScript in the additional actions of an annotation."""
    document = pdf()
    link = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Link,
        Rect=[0, 0, 10, 10],
        AA=pikepdf.Dictionary(U=_script()),
    )
    document.pages[0].Annots = pikepdf.Array([link])
    return saved(document)


def pdf_with_launch() -> bytes:
    """Starts a program when opened."""
    return saved(_with_open_action(pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("cmd.exe"))))


def pdf_encrypted(*, user: str) -> bytes:
    """Needs a password to open, or (with an empty one) only forbids printing."""
    return saved(pdf(), encryption=pikepdf.Encryption(owner="owner", user=user))


def pdf_with_shared_pages() -> bytes:
    """1 KB with a page tree that names one page a million times over, in six levels."""
    document = pdf()
    level = document.pages[0].obj
    for _ in range(6):
        kids = pikepdf.Array([level] * 10)
        level = document.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Pages, Kids=kids, Count=10))
    document.Root.Pages = level
    return saved(document).replace(b"/Count 10 ", b"/Count 1000000 ")


def pdf_with_forged_count() -> bytes:
    """300 pages that claim to be one."""
    whole = saved(pdf(pages=300), object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return whole.replace(b"/Count 300", b"/Count 1  ")


def pdf_truncated() -> bytes:
    """Half a document."""
    whole = saved(pdf(pages=20))
    return whole[: len(whole) // 3]


def pdf_object_bomb(unpacked: int = 2 * 1024**3) -> bytes:
    """A few MB whose one object stream unpacks to 2 GB."""
    packer = zlib.compressobj(1)
    pieces = [packer.compress(b"1 0 <</Type/Catalog/Pages 2 0 R>>")]
    pieces += [packer.compress(b" " * 1024**2) for _ in range(unpacked // 1024**2)]
    body = b"".join([*pieces, packer.flush()])
    stream = b"/Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream"
    objects = {
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 10 10]>>",
        4: b"<</Type/ObjStm/N 1/First 4" + stream % (len(body), body),
    }
    data = bytearray(b"%PDF-1.5\n")
    table = [struct.pack(">BIB", 0, 0, 255), struct.pack(">BIB", 2, 4, 0)]
    for number, content in objects.items():
        table.append(struct.pack(">BIB", 1, len(data), 0))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(data)
    table.append(struct.pack(">BIB", 1, start, 0))
    rows = zlib.compress(b"".join(table))
    data += b"5 0 obj\n<</Type/XRef/Size 6/W[1 4 1]/Root 1 0 R" + stream % (len(rows), rows)
    return bytes(data + b"\nendobj\nstartxref\n%d\n%%%%EOF\n" % start)
