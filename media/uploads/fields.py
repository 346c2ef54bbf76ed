"""The field of a form that takes a film: as a plain file, or by the token of an upload."""

from typing import TYPE_CHECKING, Any, TypeGuard

from django import forms
from django.core.exceptions import ValidationError
from django.core.files import File
from django.forms.utils import flatatt
from django.template.loader import get_template
from django.urls import reverse

from media.mime import ENDINGS

if TYPE_CHECKING:
    from media.models import Upload


class Arrived(File):
    """A finished upload in the place of a file: its bytes lie in the store already."""

    def __init__(self, upload: "Upload") -> None:
        super().__init__(None, name=upload.name)
        self.upload = upload
        self.size = upload.size


class Token(str):
    """What a form holds in the place of a file that came in parts."""


def has_arrived(file: Any) -> bool:
    return isinstance(getattr(file, "file", None) if file else None, Arrived)


def take(content: Arrived) -> str:
    from media.uploads import services

    return services.claim(content.upload)


def is_token(value: Any) -> TypeGuard[Token]:
    return isinstance(value, Token)


class FilmWidget(forms.ClearableFileInput):
    """A plain file field, which the script turns into one that uploads at once, in parts."""

    template_name = "media/film_field.html"
    user: Any = None

    class Media:
        js = [forms.Script("js/upload.js", type="module")]
        css = {"all": ["css/upload.css"]}

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        chosen = super().value_from_datadict(data, files, name)
        token = data.get(f"{name}-upload", "")
        return Token(token) if token and not chosen else chosen

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return bool(super().value_omitted_from_data(data, files, name)) and not data.get(
            f"{name}-upload"
        )

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        upload = self.upload(value)
        context = super().get_context(name, None if is_token(value) else value, attrs)
        context["widget"] |= {
            "upload": upload,
            "begin": reverse("uploads:begin"),
            "attributes": flatatt({**context["widget"]["attrs"], "accept": ",".join(ENDINGS)}),
        }
        return context

    def _render(self, template_name: str, context: dict[str, Any], renderer: Any = None) -> Any:
        """By the site's own templates; Django's form renderer knows only those of apps."""
        return get_template(template_name).render(context)

    def upload(self, value: Any) -> "Upload | None":
        """The upload that a form brought back, so that an error elsewhere does not lose it."""
        from media.uploads import problems, services

        if not is_token(value):
            return None
        try:
            return services.find(user=self.user, token=value)
        except problems.Gone:
            return None


class FilmField(forms.FileField):
    widget = FilmWidget

    def for_user(self, user: Any) -> None:
        """Whose uploads the field takes."""
        self.user = self.widget.user = user

    def bound_data(self, data: Any, initial: Any) -> Any:
        """A file that was chosen is lost with the page; an upload is shown again."""
        return data if is_token(data) else initial

    def clean(self, data: Any, initial: Any = None) -> Any:
        from media.uploads import problems, services

        try:
            if is_token(data):
                return Arrived(self.finished(data))
            file = super().clean(data, initial)
            if data and file:
                services.check_size(file.size)
        except problems.UploadProblem as problem:
            raise ValidationError(str(problem)) from problem
        return file

    def finished(self, token: Token) -> "Upload":
        from media.uploads import services

        upload = services.find(user=getattr(self, "user", None), token=token)
        if upload.state != upload.State.ARRIVED:
            raise ValidationError("This file has not arrived whole. Choose it again to go on.")
        return upload
