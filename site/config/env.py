"""The one reader of the environment: every variable, its type, its default and what it does.

The table in docs/operating/settings.md is made from this class; a test keeps the two alike.
"""

from pathlib import Path
from typing import Annotated

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

ROOT = Path(__file__).resolve().parents[2]


class Environment(BaseSettings):
    """What the operator sets. An empty variable counts as not set."""

    model_config = SettingsConfigDict(env_ignore_empty=True, frozen=True, extra="ignore")

    secret_key: str = Field("", description="Signs sessions and links. Required in production.")
    site_url: str = Field(
        "http://localhost:8000", description="The public address, used in mails, feeds and cards."
    )
    allowed_hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="Host names the site answers to, parted by commas. Required in production."
    )
    data_dir: Path = Field(
        ROOT / "var", description="Where the SQLite file, uploads and collected static files live."
    )
    database_url: str = Field(
        "",
        description="`postgresql://user:password@host/name`. Not set: SQLite in the data folder.",
    )
    elasticsearch_url: str = Field(
        "", description="Address of an Elasticsearch 8 node. Not set: search in the database."
    )
    s3_bucket: str = Field(
        "",
        description="Bucket for uploads; keys and endpoint come from the variables of boto3 itself"
        " (`AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_ENDPOINT_URL_S3`). Not set: disk.",
    )
    max_upload_gb: float = Field(
        10, gt=0, description="The biggest film or sound that is taken, in GB (1,000 MB)."
    )
    accel_redirect: str = Field(
        "",
        description="Path of nginx's internal location over the uploads, such as `/uploads/`: nginx"
        " then sends the files that the site allows. Not set: the site sends them itself.",
    )
    email_url: str = Field(
        "",
        description="`smtp://user:password@host:587/?tls=True`. Not set: mails are written as files"
        " to the data folder.",
    )
    email_from: str = Field(
        "Dixons OpenSource <library@localhost>", description="Sender of every mail."
    )
    trusted_proxies: int = Field(
        0,
        ge=0,
        le=9,
        description="How many proxies of yours stand before the site, each of which adds to"
        " `X-Forwarded-For`; the last sets `X-Forwarded-Proto`. Not set: both headers are ignored.",
    )
    speech_model_dir: Path | None = Field(
        None,
        description="Folder of a Whisper model in CTranslate2 form (docs/operating/hearing.md). Not"
        " set: the site does not write down speech by itself.",
    )
    speech_threads: int = Field(
        2, ge=1, le=64, description="How many processors listening may use, at low priority."
    )
    speech_at_upload: bool = Field(
        True,
        description="Where there is a speech model: a recording without words is written down as"
        " soon as it was uploaded. False: only when an editor asks for it.",
    )
    assemblyai_api_key: str = Field(
        "",
        description="Key of an account at AssemblyAI, which then writes down recordings that an"
        " editor sends there (docs/operating/assemblyai.md). Not set: nothing leaves the server.",
    )
    assemblyai_url: str = Field(
        "https://api.eu.assemblyai.com", description="Their server: the one in the EU."
    )
    assemblyai_models: Annotated[tuple[str, ...], NoDecode] = Field(
        ("universal-3-5-pro", "universal-2"),
        description="Their speech models, best first, parted by commas; they retire one now and"
        " then and say so in the answer.",
    )
    assemblyai_webhook: bool = Field(
        False,
        description="Let them call `SITE_URL` when they are done, if it can be reached from the"
        " internet. Not set: the site asks them.",
    )
    assemblyai_delete: bool = Field(
        True, description="Delete recording and words there as soon as the words are here."
    )
    debug: bool = Field(
        False, description="Pages with details of an error, and reload on change; development only."
    )
    log_level: str = Field("INFO", description="How much is logged: DEBUG, INFO, WARNING, ERROR.")

    @field_validator("allowed_hosts", "assemblyai_models", mode="before")
    @classmethod
    def split_commas(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @field_validator("accel_redirect")
    @classmethod
    def between_slashes(cls, value: str) -> str:
        return f"/{value.strip('/')}/" if value.strip("/") else ""

    @field_validator("site_url", "assemblyai_url")
    @classmethod
    def without_slash(cls, value: str) -> str:
        if not value.startswith(("http://", "https://")):
            raise ValueError("begin with http:// or https://")
        return value.rstrip("/")


env = Environment()
