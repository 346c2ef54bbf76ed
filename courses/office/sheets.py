"""Rows as a file for spreadsheets. No cell is ever a formula; no file lies whole in memory."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from tempfile import TemporaryFile
from typing import Any

from django.db.models import TextChoices
from django.http import FileResponse, StreamingHttpResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from courses.text import csv_cell, is_formula, sheet_cell
from courses.when import local

Row = Iterable[object]


class SheetFormat(TextChoices):
    CSV = "csv", "CSV"
    XLSX = "xlsx", "XLSX"


@dataclass(frozen=True, slots=True)
class Sheet:
    """`name` is the file's, without its ending. `rows` are read once, as the file is written."""

    name: str
    headings: tuple[str, ...]
    rows: Iterable[Row]


def sheet_response(sheet: Sheet, wanted: SheetFormat) -> StreamingHttpResponse | FileResponse:
    """A download that neither browsers nor anything on the way may keep."""
    make = {SheetFormat.CSV: csv_response, SheetFormat.XLSX: xlsx_response}[wanted]
    response = make(sheet)
    response["Content-Disposition"] = f'attachment; filename="{sheet.name}.{wanted.value}"'
    response["Cache-Control"] = "no-store, private"
    return response


class Echo:
    """A file for the csv module that hands each line back."""

    def write(self, line: str) -> str:
        return line


def csv_response(sheet: Sheet) -> StreamingHttpResponse:
    return StreamingHttpResponse(csv_lines(sheet), content_type="text/csv; charset=utf-8")


def csv_lines(sheet: Sheet) -> Iterator[str]:
    """Every cell in quotes."""
    writer = csv.writer(Echo(), quoting=csv.QUOTE_ALL)
    yield "\ufeff"  # so that spreadsheets read the file as UTF-8
    yield writer.writerow(sheet.headings)
    for row in sheet.rows:
        yield writer.writerow([csv_cell(csv_value(value)) for value in row])


def csv_value(value: object) -> object:
    return f"{local(value):%Y-%m-%d %H:%M}" if isinstance(value, datetime) else value


def xlsx_response(sheet: Sheet) -> FileResponse:
    """Written row by row to a file on disk, which is deleted when it was sent."""
    book = Workbook(write_only=True)
    page = book.create_sheet("People")
    page.freeze_panes = "B2"
    page.append([xlsx_cell(page, heading) for heading in sheet.headings])
    for row in sheet.rows:
        page.append([xlsx_cell(page, value) for value in row])
    file = TemporaryFile()  # noqa: SIM115 (the response closes it)
    book.save(file)
    file.seek(0)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return FileResponse(file, content_type=kind)


def xlsx_cell(page: Any, value: object) -> Any:
    """Numbers and times as such, everything else as text, whatever it looks like."""
    if isinstance(value, datetime):
        cell = WriteOnlyCell(page, local(value).replace(tzinfo=None))
        cell.number_format = "yyyy-mm-dd hh:mm"
        return cell
    if isinstance(value, Decimal | int):
        return WriteOnlyCell(page, value)
    cell = WriteOnlyCell(page, sheet_cell(value))
    cell.data_type = "s"
    cell.quotePrefix = is_formula(cell.value)  # it stays text also when somebody edits the cell
    return cell
