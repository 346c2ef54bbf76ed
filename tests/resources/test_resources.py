from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from pypdf import PdfWriter
from wagtail.models import PageViewRestriction

from core.models import PageLink
from home.models import HomePage
from resources.extract import MAX_LETTERS, Unreadable, words_of
from resources.families import cards
from resources.models import ResourcePage
from resources.tasks import extract_text
from tests.factories import make_topic
from tests.media.factories import make_editor
from tests.resources.factories import (
    make_document,
    make_docx,
    make_resource,
    make_resources,
)


def make_family(home: HomePage) -> tuple[ResourcePage, ResourcePage, ResourcePage]:
    original = make_resource(place="Secondary, Leeds", version="3", year=2026)
    year_two = make_resource(
        slug="year-2", original=original, adaptation="Adapted for Year 2", place="Primary, Bradford"
    )
    sites = make_resource(slug="sites", original=original, place="Secondary, Liverpool")
    return original, year_two, sites


def test_the_original_and_every_adaptation_show_as_one_card(home: HomePage) -> None:
    original, year_two, _ = make_family(home)
    (card,) = cards([year_two.pk])
    assert card.title == original.title
    assert [(item.label, item.place) for item in card.versions] == [
        ("Original", "secondary, Leeds"),
        ("Adapted for Year 2", "primary, Bradford"),
        ("Adapted", "secondary, Liverpool"),
    ]


def test_cards_stand_in_the_order_given_and_cost_one_query(
    home: HomePage, django_assert_num_queries: Any
) -> None:
    original, year_two, _ = make_family(home)
    other = make_resource("Another", slug="another")
    assert other.url  # the addresses of sites are known from here on
    with django_assert_num_queries(1):
        found = cards([other.pk, year_two.pk, original.pk])
    assert [card.title for card in found] == ["Another", original.title]
    assert cards([]) == []


def test_a_single_resource_has_no_lineage(home: HomePage) -> None:
    (card,) = cards([make_resource().pk])
    assert card.versions == ()


def test_hidden_members_of_a_family_are_left_out(home: HomePage) -> None:
    original, year_two, sites = make_family(home)
    sites.unpublish()
    PageViewRestriction.objects.create(page=year_two, restriction_type=PageViewRestriction.LOGIN)
    (card,) = cards([original.pk, year_two.pk, sites.pk])
    assert card.versions == ()
    original.unpublish()
    assert cards([original.pk, year_two.pk]) == []


def test_an_adaptation_stands_alone_while_its_original_is_hidden(home: HomePage) -> None:
    original, year_two, _ = make_family(home)
    original.unpublish()
    (card,) = cards([year_two.pk])
    assert [item.label for item in card.versions] == ["Adapted for Year 2", "Adapted"]


def test_the_facts_of_a_resource_are_its_format_version_and_licence(home: HomePage) -> None:
    original, _, _ = make_family(home)
    assert original.facts() == ("DOCX, 37 kB", "Version 3, 2026", "CC BY 4.0")
    link = make_resource("A link", link="https://example.org/paper", licence="")
    assert link.facts() == ("Link",)
    assert link.url_to_take == "https://example.org/paper"


@pytest.mark.parametrize("fields", [{"link": ""}, {"link": "https://example.org", "both": True}])
def test_a_resource_is_a_file_or_a_link_one_of_the_two(
    home: HomePage, fields: dict[str, Any]
) -> None:
    document = make_document() if fields.pop("both", False) else None
    page = ResourcePage(title="x", slug="x", document=document, **fields)
    with pytest.raises(ValidationError, match="one of the two"):
        page.clean()


def test_a_family_is_one_step_deep(home: HomePage) -> None:
    original, year_two, _ = make_family(home)
    page = ResourcePage(title="x", slug="x", link="https://example.org", original=year_two)
    page.clean()
    assert page.original == original
    original.original = make_resource("Older", slug="older")
    with pytest.raises(ValidationError, match="so it is an original"):
        original.clean()


def test_a_resource_is_not_its_own_original(home: HomePage) -> None:
    page = make_resource()
    page.original = page
    with pytest.raises(ValidationError, match="its own original"):
        page.clean()


def test_words_inside_a_document_are_read_for_search(home: HomePage) -> None:
    document = make_document(content=make_docx("Greet at the door", cells=("Who", "When")))
    page = make_resource(document=document)
    extract_text.enqueue(page.pk)
    page.refresh_from_db()
    assert page.extracted_text == "Greet at the door\nWho When"
    assert page.extraction_note == "6 words were read from the file."
    assert "Greet at the door" in page.search_rows()[0].body
    assert page.search_rows()[0].facets["type"] == ("One-page guide",)


def test_a_broken_document_is_noted_and_does_not_fail(home: HomePage) -> None:
    page = make_resource(document=make_document("broken.pdf", b"%PDF-1.7 nonsense"))
    extract_text.enqueue(page.pk)
    page.refresh_from_db()
    assert "could not be read" in page.extraction_note


def test_a_missing_file_and_a_link_are_noted(home: HomePage) -> None:
    page = make_resource()
    assert page.document is not None
    page.document.file.storage.delete(page.document.file.name)
    extract_text.enqueue(page.pk)
    page.refresh_from_db()
    assert page.extraction_note == "The file is missing; upload it again."
    link = make_resource("A link", link="https://example.org")
    extract_text.enqueue(link.pk)
    link.refresh_from_db()
    assert "only this page is searched" in link.extraction_note
    extract_text.enqueue(99_999)


def make_pdf() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("extension", "data", "words"),
    [
        ("txt", b"One\x00 two\n three", "One two three"),
        ("TXT", b"\xff caf\xe9", "\ufffd caf\ufffd"),
        ("csv", b"a,b", "a,b"),
        ("pdf", make_pdf(), ""),
    ],
)
def test_other_formats_are_read_too(extension: str, data: bytes, words: str) -> None:
    assert words_of(extension, data) == words


@pytest.mark.parametrize("extension", ["docx", "pdf"])
@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"%PDF-", b"\x00" * 1000, b"<html>"])
def test_broken_files_are_unreadable_and_nothing_worse(extension: str, data: bytes) -> None:
    with pytest.raises(Unreadable):
        words_of(extension, data)


def test_formats_that_nobody_reads_say_so_and_long_ones_end() -> None:
    with pytest.raises(Unreadable, match="PPTX"):
        words_of("pptx", b"")
    assert len(words_of("txt", b"word " * MAX_LETTERS)) == MAX_LETTERS


def test_a_document_is_as_public_as_its_pages(home: HomePage, client: Client) -> None:
    page = make_resource()
    assert page.document is not None
    url = page.document.url
    assert status_of(client, url) == 200
    page.unpublish()
    assert status_of(client, url) == 404
    client.force_login(make_editor())
    assert status_of(client, url) == 200


def status_of(client: Client, url: str) -> int:
    """Reads a streamed file to its end: the client itself then closes it, and nothing else."""
    response = client.get(url)
    if response.streaming:
        b"".join(response)
    return response.status_code


def test_a_document_without_a_resource_is_wagtails_own_matter(
    home: HomePage, client: Client
) -> None:
    assert status_of(client, make_document().url) == 200


def test_the_page_offers_the_file_and_names_what_belongs_with_it(
    home: HomePage, client: Client
) -> None:
    original, _, _ = make_family(home)
    other = make_resource("Observation sheet", slug="observation")
    PageLink.objects.create(page=original, target=other)
    page = client.get(original.url).content.decode()
    assert original.document is not None
    assert f'href="{original.document.url}"' in page
    assert "Adapted for Year 2" in page
    assert "Observation sheet" in page


def test_the_list_narrows_by_type_and_says_what_it_cannot(home: HomePage, client: Client) -> None:
    make_resource("Guide", slug="guide")
    make_resource("Sheet", slug="sheet", type="worksheet")
    draft = make_resource("Hidden", slug="hidden")
    draft.unpublish()
    url = make_resources().url
    everything = client.get(url).content.decode()
    assert "Guide" in everything
    assert "Hidden" not in everything
    narrowed = client.get(f"{url}?type=worksheet").context["listing"]
    assert [entry.title for entry in narrowed.entries] == ["Sheet"]
    odd = client.get(f"{url}?type=%F0%9F%98%80").content.decode()
    assert "There is no type “😀”" in odd
    assert client.get(f"{url}?page=2").status_code == 404


def test_the_list_costs_the_same_for_one_and_for_three(
    home: HomePage, client: Client, django_assert_max_num_queries: Any
) -> None:
    make_topic("Joy")
    make_resource()
    url = make_resources().url
    client.get(url)
    with django_assert_max_num_queries(9) as one:
        client.get(url)
    for slug in ("b", "c"):
        make_resource(slug=slug)
    with django_assert_max_num_queries(9) as three:
        client.get(url)
    assert len(one) == len(three)
