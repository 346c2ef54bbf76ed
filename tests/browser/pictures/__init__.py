"""The pictures of README.md and docs/editors, taken from the running product.

`python -m tests.browser.pictures` starts the site with its demo library in a folder of its own,
does the weekly job as an editor does it, and takes every picture anew. The talk that is made
before the camera is one of the demo library, taken away first and made again by hand.
"""
