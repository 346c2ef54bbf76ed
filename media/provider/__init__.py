"""Words written down by AssemblyAI, for sites whose operator has an account there.

`client` speaks their published API, `result` makes cues of an answer (pure), `orders` keeps what
was handed over, `tasks` is what the worker does. `views` stands where the views of the package
wagtail_transcription would: `package` lets of that package only in what is safe (docs/adr).
"""
