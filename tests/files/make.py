"""Makes the PDF files beside it. Needs LibreOffice, a Chinese font, and from pip: pillow img2pdf pikepdf.

The tests read the committed files; this is only run to change them. All people in them are made up.
"""

import io
import pathlib
import subprocess

import img2pdf
import pikepdf
from PIL import Image, ImageDraw, ImageFont

HERE = pathlib.Path(__file__).parent
FONT = subprocess.run(
    ["fc-match", "-f", "%{file}", "Noto Sans CJK SC"], check=True, capture_output=True, text=True
).stdout


def text():
    """A certificate of insurance as an office program prints it: text, with a subset of a Chinese font."""
    subprocess.run(
        ["soffice", "--headless", "--infilter=HTML (StarWriter)", "--convert-to", "pdf:writer_pdf_Export", "--outdir", HERE]
        + [HERE / "insurance.html"],
        check=True,
    )


def page(number):
    """A page as a scanner sees it: 200 dpi, grey."""
    picture = Image.new("L", (1654, 2339), 250)
    draw = ImageDraw.Draw(picture)
    font = ImageFont.truetype(FONT, 60)
    draw.text((200, 200), f"劳动合同 第{number}页", font=font, fill=20)
    draw.text((200, 400), "甲方：示例职业技术学院", font=font, fill=20)
    draw.text((200, 500), "乙方：示例甲", font=font, fill=20)
    draw.rectangle((200, 800, 1400, 2000), outline=20, width=8)
    return picture


def bilevel(picture):
    return picture.convert("1", dither=Image.Dither.NONE)


def bytes_of(picture, dpi=(200, 200), **options):
    to = io.BytesIO()
    picture.save(to, dpi=dpi, **options)
    return to.getvalue()


def scan():
    """Four pages of pictures: JPEG, CCITT group 4, JPEG 2000, Flate."""
    size = img2pdf.get_layout_fun((img2pdf.mm_to_pt(210), img2pdf.mm_to_pt(297)))
    pages = [
        bytes_of(page(1), format="JPEG", quality=20),
        bytes_of(bilevel(page(2)), format="TIFF", compression="group4"),
        bytes_of(page(3).resize((827, 1170)), format="JPEG2000", irreversible=True, quality_mode="rates", quality_layers=[40]),
        bytes_of(bilevel(page(4)).convert("L"), format="PNG"),
    ]
    (HERE / "scan.pdf").write_bytes(img2pdf.convert(pages, layout_fun=size, nodate=True))


def locked():
    """The certificate with a password to open it, and with one only against changes."""
    for name, user in [("locked.pdf", "geheim"), ("guarded.pdf", "")]:
        with pikepdf.open(HERE / "insurance.pdf") as pdf:
            pdf.save(HERE / name, encryption=pikepdf.Encryption(owner="owner", user=user, R=6))


def truncated():
    whole = (HERE / "insurance.pdf").read_bytes()
    (HERE / "truncated.pdf").write_bytes(whole[: len(whole) * 6 // 10])


if __name__ == "__main__":
    text()
    scan()
    locked()
    truncated()
