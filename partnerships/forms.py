"""The editor's form of a case study: it names the figure that lacks its year or source."""

from typing import Any

from wagtail.admin.forms import WagtailAdminPageForm

from partnerships.figures import gaps


class CaseStudyForm(WagtailAdminPageForm):
    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        for form in self.formsets["outcomes"].forms:
            if form.has_changed() or form.instance.pk:
                for sentence in self.gaps_of(form):
                    self.add_error(None, sentence)
        return cleaned

    def gaps_of(self, form: Any) -> list[str]:
        form.is_valid()
        typed = form.cleaned_data
        if typed.get("DELETE"):
            return []
        texts = {name: typed.get(name) or "" for name in ("after_year", "source", "before_year")}
        return gaps(
            what=form["metric"].value() or "",
            value=form["after"].value(),
            year=form["after_year"].value() or "",
            source=texts["source"],
            before=form["before"].value(),
            before_year=form["before_year"].value() or "",
        )
