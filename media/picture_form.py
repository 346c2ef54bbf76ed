"""The editor's form of a picture: one that cannot be opened is refused in words."""

from typing import Any

from django.core.exceptions import ValidationError
from PIL import Image, UnidentifiedImageError
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

BROKEN = "This picture is broken and cannot be opened. Save it once more as JPEG or PNG."


class PictureField(WagtailImageField):
    def to_python(self, data: Any) -> Any:
        """Wagtail looks at the first bytes only; what follows may be anything."""
        try:
            picture = super().to_python(data)
            if data:
                data.seek(0)
                Image.open(data).load()
                data.seek(0)
        except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as problem:
            raise ValidationError(BROKEN, code="broken") from problem
        return picture


class PictureForm(BaseImageForm):
    file = PictureField(label="File")
