"""The studio turns the scripts in `demo/talks/` into sound, captions, film and papers.

It knows nothing of Django, and the site knows nothing of it: they meet in `demo/media/`.
"""
