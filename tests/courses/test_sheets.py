"""Downloads: every cell is what was typed, none is a formula, each download is noted."""

import csv
from io import BytesIO, StringIO
from itertools import cycle, product
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from wagtail.models import ModelLogEntry

from courses.models import Booking, Cohort, Organisation, Place
from courses.office.exports import HEADINGS
from courses.text import is_formula, sheet_cell
from tests.courses.factories import make_registration
from tests.courses.many import fill_with_people

STARTS = [
    "=",
    "+",
    "-",
    "@",
    "\t=",
    "\r\n=",
    " =",
    "\u00a0=",
    "\u200b=",
    "\ufeff=",
    "\uff1d",
    "\uff0b",
    "|",
    "%",
]
BODIES = [
    'HYPERLINK("https://evil.example","x")',
    "cmd|' /C calc'!A0",
    "1+1",
    "SUM(A1:A9)*cmd",
    "x;=1+1",
    'x","=1+1',
    "x\n=1+1",
    "\ud7ff\ufffe\uffff\x0b\x1f",
    "👩‍👩‍👧 Zoë",
    "a" * 90,
]
LIVE = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20", "|", "%")


def hostile(number: int) -> list[str]:
    """Each beginning with each body, all different, some without the beginning."""
    rows = zip(range(number), cycle(product(BODIES, ["", *STARTS])), strict=False)
    return [f"{start}{body}{index}" for index, (body, start) in rows]


@pytest.fixture
def attacked(cohort: Cohort) -> Cohort:
    """500 people with something hostile in every field of text that comes out again."""
    fill_with_people(cohort, 500)
    for place, words in zip(Place.objects.order_by("pk"), hostile(500), strict=True):
        Place.objects.filter(pk=place.pk).update(name=words[:120], email=words[:250])
    for booking, words in zip(Booking.objects.order_by("pk"), hostile(251), strict=True):
        fields: dict[str, Any] = {
            "booker_name": words[:120],
            "booker_email": words[:250],
            "purchase_order": words[:60],
            "invoice_number": words[:40],
        }
        Booking.objects.filter(pk=booking.pk).update(**fields)
    for organisation, words in zip(Organisation.objects.order_by("pk"), hostile(51), strict=True):
        Organisation.objects.filter(pk=organisation.pk).update(
            name=words[:160], postcode=words[:12], urn=words[:8]
        )
    return cohort


def download(client: Client, name: str, *args: Any, asked: str = "") -> Any:
    answer: Any = client.get(f"{reverse(f'courses_office:{name}', args=args)}?{asked}")
    assert answer.status_code == 200
    body = b"".join(answer.streaming_content)
    return answer, body


def csv_table(body: bytes, **dialect: Any) -> list[list[str]]:
    return list(csv.reader(StringIO(body.decode("utf-8-sig")), **dialect))


@pytest.mark.parametrize(
    ("name", "args"),
    [("roster_sheet", True), ("invoices_sheet", False)],
    ids=["roster", "invoices"],
)
def test_no_cell_of_either_file_is_a_formula(
    organiser: Client, attacked: Cohort, name: str, args: bool
) -> None:
    of = (attacked.pk,) if args else ()
    _, body = download(organiser, name, *of, "csv", asked="state=all")
    table = csv_table(body)
    assert len(table) == (501 if args else 252)
    assert {len(row) for row in table} == {len(table[0])}
    cells = [cell for row in table for cell in row]
    assert not [cell for cell in cells if cell.lstrip("\u200b\ufeff\u00a0 ").startswith(LIVE)]
    assert not [cell for cell in cells if "\n" in cell or "\r" in cell or "\t" in cell]
    for row in csv_table(body, delimiter=";"):  # as a spreadsheet in other countries splits it
        assert not any(cell.startswith(LIVE) for cell in row)
    _, body = download(organiser, name, *of, "xlsx", asked="state=all")
    page = load_workbook(BytesIO(body)).active
    rows = list(page.iter_rows())
    assert len(rows) == len(table)
    kinds = {cell.data_type for row in rows for cell in row}
    assert "f" not in kinds
    for row in rows[1:]:
        for cell in row:
            if cell.data_type == "s":
                assert cell.quotePrefix == is_formula(cell.value)


def test_what_was_typed_comes_back(organiser: Client, attacked: Cohort) -> None:
    _, body = download(organiser, "roster_sheet", attacked.pk, "xlsx", asked="sort=booked")
    rows = load_workbook(BytesIO(body)).active.iter_rows(min_row=2, values_only=True)
    stored = Place.objects.order_by("-pk").values_list("name", flat=True)
    assert [row[0] or "" for row in rows] == [sheet_cell(name) for name in stored]


def test_money_and_times_are_numbers_and_times(organiser: Client, cohort: Cohort) -> None:
    make_registration(cohort)
    _, body = download(organiser, "roster_sheet", cohort.pk, "xlsx")
    (row,) = load_workbook(BytesIO(body)).active.iter_rows(min_row=2)
    found = dict(zip(HEADINGS, row, strict=True))
    assert (found["Price"].value, found["Price"].data_type) == (500, "n")
    assert found["Booked on"].data_type == "d"
    assert found["Name"].value == "Person 1"


def test_a_download_holds_whom_the_filter_finds_and_is_noted(
    organiser: Client, cohort: Cohort
) -> None:
    fill_with_people(cohort, 40)
    answer, body = download(organiser, "roster_sheet", cohort.pk, "csv", asked="mail=failed")
    assert [row[0] for row in csv_table(body)] == ["Name", "Teacher 0029"]
    assert answer["Cache-Control"].startswith("no-store, private")
    assert answer["Content-Disposition"] == f'attachment; filename="{cohort.slug}.csv"'
    (entry,) = ModelLogEntry.objects.filter(action="courses.export")
    assert (entry.user.username, entry.data["people"], entry.data["format"]) == (
        "organiser",
        1,
        "CSV",
    )
    assert "Teacher" not in str(entry.data)


def test_a_download_of_many_reads_them_in_parts(
    organiser: Client, cohort: Cohort, django_assert_max_num_queries: Any
) -> None:
    fill_with_people(cohort, 2_000)
    with django_assert_max_num_queries(20):
        _, body = download(organiser, "roster_sheet", cohort.pk, "csv")
    assert len(csv_table(body)) == 2_001


def test_no_other_ending_is_a_page(organiser: Client, cohort: Cohort) -> None:
    url = reverse("courses_office:roster_sheet", args=[cohort.pk, "csv"])
    assert organiser.get(url.replace(".csv", ".xls"), follow=True).status_code == 404
    assert organiser.post(url).status_code == 405
