"""Every field of every table is declared; nothing is declared that is not there."""

from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import Model

from privacy.declared import Account, Address, Erasure, Person
from privacy.page import markdown
from privacy.registry import TABLES, declare

ROOT = Path(__file__).parents[2]
MODELS = [model for model in apps.get_models() if not model._meta.proxy]
PEOPLE = [(label, person) for label, table in TABLES.items() for person in table.people]


def fields_of(model: type[Model]) -> set[str]:
    meta = model._meta
    return {field.name for field in (*meta.local_fields, *meta.local_many_to_many)}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_field_of_a_table_is_declared(model: type[Model]) -> None:
    table = TABLES.get(model._meta.label)
    assert table is not None, f"Declare {model._meta.label} in a privacy.py."
    undeclared = sorted(fields_of(model) - set(table.declared))
    assert undeclared == [], f"Declare these fields of {model._meta.label}."


@pytest.mark.parametrize("label", sorted(TABLES))
def test_nothing_is_declared_that_is_not_there(label: str) -> None:
    table = TABLES[label]
    if table.optional:
        return
    assert sorted(set(table.declared) - fields_of(apps.get_model(label))) == []


@pytest.mark.parametrize("label", sorted(TABLES))
def test_a_field_is_personal_or_not_and_never_both(label: str) -> None:
    table = TABLES[label]
    personal = {field.name for person in table.people for field in person.fields}
    assert personal & set(table.nothing) == set()
    assert len(table.nothing) == len(set(table.nothing))


@pytest.mark.parametrize(("label", "person"), PEOPLE)
def test_every_way_to_a_person_leads_to_an_address(label: str, person: Person) -> None:
    model = apps.get_model(label)
    if isinstance(person.found, Account):
        path = f"{person.found.path}__email" if person.found.path else "email"
        model._base_manager.filter(**{path: ""})
    if isinstance(person.found, Address):
        assert person.found.paths
        for path in person.found.paths:
            model._base_manager.filter(**{path: ""})


@pytest.mark.parametrize(("label", "person"), PEOPLE)
def test_a_declaration_says_how_long_and_why(label: str, person: Person) -> None:
    assert person.kept
    assert person.fields
    for field in person.fields:
        assert field.words
        assert bool(field.why) == (field.erasure is Erasure.STAYS)


@pytest.mark.parametrize(("label", "person"), PEOPLE)
def test_a_row_is_deleted_or_changed_and_not_both(label: str, person: Person) -> None:
    ends = {field.erasure for field in person.fields}
    assert Erasure.WITH_ROW not in ends or ends == {Erasure.WITH_ROW}


def test_a_table_is_declared_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        declare("core.Enquiry")


def test_the_page_for_the_data_protection_officer_is_up_to_date() -> None:
    assert (ROOT / "docs/operating/privacy.md").read_text() == markdown()
