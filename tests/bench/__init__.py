"""Benchmarks: figures with goals, outside the test suite. `make bench`, or one of them by
`python -m tests.bench search_common_word`; `--list` names them.

How to add one: in a file `tests/bench/bench_<subject>.py` write a function without parameters that
returns a figure, and register it with its goal. The function's name is the benchmark's.

    @benchmark(at_most(3, "times the bare statement"))
    def search_common_word() -> float:
        library = make_library(1_000)
        return ratio(lambda: find("school"), lambda: bare("school"))

- A goal is a RATIO to something measured in the same run (`ratio` takes turns and compares the
  best times), so that it holds on a slow machine as well; or a count that no machine changes.
- Each benchmark gets a database of its own, migrated and empty, and a folder for uploads; nothing
  has to be put back. What is costly and needs no database may be kept by `functools.cache`.
- `databases=True`: it is run on SQLite, and where DATABASE_URL is set on that server, too.
- `needs="ELASTICSEARCH_URL"`: it is left out, and said to be, where that variable is not set;
  `unless=` takes a function that gives the reason to leave it out, or nothing.
- An exception is a goal missed; its reason is printed.
"""
