"""Pictures of showcases: made anew from their points, so that nothing of camera, place or maker goes out."""

import hashlib
import io
from dataclasses import dataclass

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from house.ground import stripping
from house.ground.errors import Refused
from house.ground.unreadable import Unreadable

LARGEST = 12 * 1024 * 1024
LARGE, SMALL = 1600, 640  # points across
_KINDS = ("jpg", "jpeg", "png", "webp")


@dataclass(frozen=True, slots=True)
class Made:
    large: bytes
    small: bytes
    width: int
    height: int
    digest: str


def make(data: bytes, name: str) -> Made:
    """Two widths as WebP. Raises `Refused` with what to do instead."""
    if not data:
        raise Refused(_("The file is empty."))
    if len(data) > LARGEST:
        raise Refused(_("The picture is larger than 12 MB."), remedy=_("Make it smaller first."))
    if name.rpartition(".")[2].lower() not in _KINDS:
        raise Refused(_("Give a picture: JPEG, PNG or WebP."))
    try:
        clean = stripping.strip(data, name).data
    except Unreadable as why:
        raise Refused(stripping.sentence(why)) from None
    picture = ImageOps.exif_transpose(Image.open(io.BytesIO(clean)))
    picture = picture.convert("RGBA" if "A" in picture.getbands() else "RGB")
    large = _fit(picture, LARGE)
    return Made(
        _webp(large), _webp(_fit(picture, SMALL)), large.width, large.height,
        hashlib.sha256(clean).hexdigest(),
    )  # fmt: skip


def _fit(picture: Image.Image, width: int) -> Image.Image:
    if picture.width <= width:
        return picture
    height = max(1, round(picture.height * width / picture.width))
    return picture.resize((width, height), Image.Resampling.LANCZOS)


def _webp(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=82, method=4)
    return out.getvalue()
