"""Each server answers as the real thing: the least that the other service tests rely on."""

import os
import smtplib
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import boto3
import psycopg
import pytest
from elasticsearch import Elasticsearch
from elasticsearch.helpers import bulk

ENGLISH = {"properties": {"title": {"type": "text", "analyzer": "english"}}}


def needs(variable: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(not os.environ.get(variable), reason=f"{variable} names no server")


@pytest.fixture
def elasticsearch() -> Iterator[Elasticsearch]:
    with Elasticsearch(os.environ["ELASTICSEARCH_URL"]) as client:
        yield client


@pytest.fixture
def index(elasticsearch: Elasticsearch) -> Iterator[str]:
    name = f"smoke-{uuid4().hex}"
    elasticsearch.indices.create(index=name, mappings=ENGLISH)
    yield name
    elasticsearch.indices.delete(index=name)


@needs("DATABASE_URL")
def test_postgresql_answers_in_utf8_and_lets_us_create_databases() -> None:
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        row = connection.execute(
            "SELECT current_setting('server_encoding'), lower('ÉCOLE'), rolcreatedb"
            " FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
    assert row == ("UTF8", "école", True)


@needs("DATABASE_URL")
def test_postgresql_stems_british_english() -> None:
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        row = connection.execute(
            "SELECT to_tsvector('english', 'Behaviours of pupils')"
            " @@ to_tsquery('english', 'behaviour')"
        ).fetchone()
    assert row == (True,)


@needs("ELASTICSEARCH_URL")
def test_elasticsearch_finds_the_stem_of_a_word_written_in_bulk(
    elasticsearch: Elasticsearch, index: str
) -> None:
    titles = ["Teaching routines", "Reading for pleasure", "Coaching teachers"]
    actions = [{"_index": index, "_id": str(n), "title": title} for n, title in enumerate(titles)]
    assert bulk(elasticsearch, actions, refresh="wait_for") == (3, [])
    hits = elasticsearch.search(
        index=index,
        query={"match": {"title": "routine"}},
        highlight={"fields": {"title": {}}},
    )["hits"]["hits"]
    assert [(hit["_id"], hit["highlight"]["title"]) for hit in hits] == [
        ("0", ["Teaching <em>routines</em>"])
    ]


@needs("ELASTICSEARCH_URL")
def test_elasticsearch_takes_the_analysers_that_the_search_backend_declares(
    elasticsearch: Elasticsearch,
) -> None:
    filters = {"edgengram": {"type": "edge_ngram", "min_gram": 2, "max_gram": 15}}
    analyser = {"tokenizer": "standard", "filter": ["asciifolding", "lowercase", "edgengram"]}
    normaliser = {"type": "custom", "filter": ["lowercase", "asciifolding"]}
    tokenizers = {
        "ngram_tokenizer": {"type": "ngram", "min_gram": 3, "max_gram": 15},
        "edgengram_tokenizer": {"type": "edge_ngram", "min_gram": 2, "max_gram": 15},
    }
    name = f"smoke-{uuid4().hex}"
    settings = {
        "max_ngram_diff": 12,
        "analysis": {
            "filter": filters,
            "tokenizer": tokenizers,
            "analyzer": {"prefixes": analyser},
            "normalizer": {"plain": normaliser},
        },
    }
    elasticsearch.indices.create(index=name, settings=settings)
    try:
        tokens = elasticsearch.indices.analyze(index=name, analyzer="prefixes", text="Élan")
        plain = elasticsearch.indices.analyze(index=name, normalizer="plain", text="Élan")
    finally:
        elasticsearch.indices.delete(index=name)
    assert [token["token"] for token in tokens["tokens"]] == ["el", "ela", "elan"]
    assert [token["token"] for token in plain["tokens"]] == ["elan"]


@needs("S3_BUCKET")
def test_s3_keeps_an_object_and_gives_a_part_of_it() -> None:
    client, bucket, key = boto3.client("s3"), os.environ["S3_BUCKET"], f"smoke/{uuid4().hex}"
    client.put_object(Bucket=bucket, Key=key, Body=b"0123456789", ContentType="video/mp4")
    try:
        whole = client.get_object(Bucket=bucket, Key=key)
        part = client.get_object(Bucket=bucket, Key=key, Range="bytes=2-4")
        assert (whole["Body"].read(), whole["ContentType"]) == (b"0123456789", "video/mp4")
        assert (part["Body"].read(), part["ContentRange"]) == (b"234", "bytes 2-4/10")
    finally:
        client.delete_object(Bucket=bucket, Key=key)


@needs("TEST_MAIL_DIR")
def test_a_mail_arrives_in_the_folder_with_its_envelope() -> None:
    server = urlsplit(os.environ["EMAIL_URL"])
    message = EmailMessage()
    message["Subject"] = f"Café at ten, {uuid4().hex}"
    message.set_content("See you there.")
    with smtplib.SMTP(server.hostname or "", server.port or 25) as connection:
        connection.send_message(
            message, "office@example.org", ["a@example.org", "blind@example.org"]
        )
    files = Path(os.environ["TEST_MAIL_DIR"], "new").glob("*.eml")
    mails = [message_from_bytes(file.read_bytes(), policy=default) for file in files]
    [arrived] = [mail for mail in mails if mail["Subject"] == message["Subject"]]
    assert arrived["X-MailFrom"] == "office@example.org"
    assert arrived["X-RcptTo"] == "a@example.org, blind@example.org"
    assert arrived.get_content().splitlines() == ["See you there."]
