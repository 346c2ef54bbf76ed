"""The editor's form of a framework: links between aims and strands must lead somewhere."""

from typing import Any

from wagtail.admin.forms import WagtailAdminPageForm


class FrameworkForm(WagtailAdminPageForm):
    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        strands = [title for title in self.typed("strands", "title") if title]
        known = {title.casefold() for title in strands}
        for lines in self.typed("aims", "strand_titles"):
            for line in filter(None, map(str.strip, lines.splitlines())):
                if line.casefold() not in known:
                    there = ", ".join(strands) or "none yet"
                    self.add_error(None, f"There is no strand “{line}”. There are: {there}.")
        return cleaned

    def typed(self, formset: str, field: str) -> list[str]:
        """What stands in `field` of every row that is kept."""
        forms = self.formsets[formset].forms
        for form in forms:
            form.is_valid()
        kept = [form for form in forms if not form.cleaned_data.get("DELETE")]
        return [(form.cleaned_data.get(field) or "").strip() for form in kept]
