import re

import pytest
from django.template import Context, Template, defaultfilters, defaulttags, loader_tags

from core.entries import Cover
from core.look.covers import MOTIFS, cover_shapes, disc_rings
from core.look.icons import ICONS
from core.templatetags import look


def render(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


@pytest.mark.parametrize("motif", MOTIFS)
def test_the_same_name_always_gives_the_same_cover(motif: str) -> None:
    assert cover_shapes("joy-on-purpose", motif) == cover_shapes("joy-on-purpose", motif)


@pytest.mark.parametrize("motif", MOTIFS)
def test_every_cover_has_exactly_one_hot_spot(motif: str) -> None:
    assert [ink for ink, _ in cover_shapes("a", motif)].count("hot") == 1


@pytest.mark.parametrize("motif", MOTIFS)
def test_paths_hold_numbers_and_commands_only(motif: str) -> None:
    for _, path in cover_shapes("x" * 300, motif):
        assert re.fullmatch(r"[MLAaHVhvzZ0-9. -]+", path)


@pytest.mark.parametrize("motif", MOTIFS)
def test_names_give_covers_of_their_own(motif: str) -> None:
    drawn = {str(cover_shapes(f"page-{number}", motif)) for number in range(12)}
    assert len(drawn) >= 5


def test_rings_are_as_wide_as_tracks_are_long() -> None:
    short, long = disc_rings([60_000, 120_000], now=1)
    assert float(long.width) > float(short.width)
    assert (short.is_now, long.is_now) == (False, True)


def test_tracks_without_a_length_share_the_record() -> None:
    assert len({ring.width for ring in disc_rings([0, 0, 0])}) == 1


def test_an_empty_series_has_a_bare_record() -> None:
    assert disc_rings([]) == []


@pytest.mark.parametrize("name", ICONS)
def test_icons_hide_from_screen_readers(name: str) -> None:
    assert 'aria-hidden="true"' in render("{% icon name %}", name=name)


def test_an_unknown_icon_is_an_error() -> None:
    with pytest.raises(KeyError):
        render('{% icon "nothing" %}')


def test_a_cover_is_drawn_from_its_name() -> None:
    art = Cover(slug="joy", motif="rings", sleeve="rose")
    assert 'class="cover__hot"' in render("{% cover art %}", art=art)


@pytest.mark.parametrize(
    ("size", "words"),
    [(1, "1 kB"), (120_400, "120 kB"), (1_400_000, "1.4 MB"), (2_148_000_000, "2.1 GB")],
)
def test_sizes_are_written_as_readers_say_them(size: int, words: str) -> None:
    assert render("{{ size|file_size }}", size=size) == words


def test_no_tag_of_ours_replaces_one_of_djangos() -> None:
    """Ours are loaded into every template, Wagtail's too, which rely on Django's."""
    django = [defaultfilters.register, defaulttags.register, loader_tags.register]
    taken = {name for library in django for name in (*library.filters, *library.tags)}
    assert not taken & {*look.register.filters, *look.register.tags}
