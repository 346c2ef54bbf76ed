"""Speech written down on this server: words with their times, then captions.

`words` and `captions` are pure. `engine` is the one module that knows faster-whisper; it runs in a
process of its own (`child`), which `process` starts and listens to. `tasks` is what the worker
does, `views` and `panel` are what an editor sees. Without the package or a model folder the site
runs as before, and says in the admin what is missing.
"""
