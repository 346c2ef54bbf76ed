"""The place in the form of a recording that the package's panel hangs on."""

from django import forms


class ProviderPart(forms.Form):
    """It shows and asks; what comes back with the form has no part in what is saved."""

    transcription = forms.CharField(required=False, disabled=True, label="Words by AssemblyAI")
