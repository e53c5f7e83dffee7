"""Settings: one TOML file and the environment (GUICHET_<SECTION>__<NAME>), checked as a whole before anything starts.

The environment wins over the file. A secret may stand in the file, in the environment, or in a file of its own
(`token_file`, `password_file`), which is the safest of the three. No secret is ever shown by repr() or by an error.
"""

import os
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict, SettingsError

from config.reading import Strict, lines_of, read_toml
from domain.errors import OperatorError

PREFIX = "GUICHET_"
CONFIG_VARIABLE = "GUICHET_CONFIG"
"""Names the settings file when the command line does not."""

Language = Literal["fr", "en", "nl"]


class Keys(Strict):
    """The master key that seals everything; made at first start when the file does not exist."""

    file: Path | None = None


class Database(Strict):
    """Where events, letters and cases are kept; the vault of addresses may live in a database apart."""

    url: SecretStr | None = None
    vault_url: SecretStr | None = None


class Telegram(Strict):
    """The citizens' side. Without a token this role is not served.

    webhook_url: the public https address, without a path; what comes there is served by the web role.
    chat_per_s, all_per_s: our own pace under Telegram's published limits; 0 lifts it (a Bot API server of one's own).
    """

    token: SecretStr | None = None
    token_file: Path | None = None
    mode: Literal["polling", "webhook"] = "polling"
    webhook_url: str = ""
    webhook_path: str = ""
    webhook_secret: SecretStr | None = None
    base_url: str = "https://api.telegram.org/bot"
    base_file_url: str = "https://api.telegram.org/file/bot"
    local_mode: bool = False
    proxy: str = ""
    photos: bool = True
    chat_per_s: float = Field(default=1.0, ge=0.0, le=1000.0)
    all_per_s: float = Field(default=30.0, ge=0.0, le=1000.0)


class Matrix(Strict):
    """The officers' side. Without a homeserver this role is not served."""

    homeserver: str = ""
    user_id: str = ""
    password: SecretStr | None = None
    password_file: Path | None = None
    device_name: str = "guichet"
    stray_devices: Literal["refuse", "remove"] = "refuse"
    store_dir: Path | None = None


class Redis(Strict):
    """Live state shared by several processes; without it each process keeps its own."""

    url: SecretStr | None = None


class Web(Strict):
    """The supervisors' site, health and figures."""

    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=0, le=65535)
    public_url: str = ""
    session_minutes: int = Field(default=30, ge=5, le=480)


class Nlu(Strict):
    """The reader. Without a model the rules read alone; past the time limit they answer in its place.

    checkpoint, intent_checkpoint: a folder or a hub's name in the local cache. label_map: its labels to ours.
    """

    enabled: bool = True
    model: Path | None = None
    checkpoint: str = Field(default="builtin", min_length=1)
    intent_checkpoint: str = ""
    label_map: dict[str, str] = Field(default_factory=dict)
    time_limit_ms: int = Field(default=400, ge=10, le=10_000)
    threads: int = Field(default=1, ge=1, le=64)


class Retention(Strict):
    """How long what is not a case is kept; each cell says how long its cases are (config/cells)."""

    contact_days: int = Field(default=30, ge=1, le=365)
    draft_hours: int = Field(default=24, ge=1, le=24 * 7)
    every_minutes: int = Field(default=5, ge=1, le=24 * 60)


class Cells(Strict):
    """Where protocols, questionnaires and catalogues are read from; ours when not set."""

    folder: Path | None = None
    questionnaires: Path | None = None
    locales: Path | None = None
    default: str = "vaucluse"


class Log(Strict):
    """What is logged, and in which form."""

    level: Literal["debug", "info", "warning", "error"] = "info"
    format: Literal["json", "console"] = "json"


class Settings(BaseSettings):
    """Everything an operator sets. grace_s: how long an officer's words wait so that they can be taken back."""

    model_config = SettingsConfigDict(
        extra="forbid",
        frozen=True,
        env_prefix=PREFIX,
        env_nested_delimiter="__",
        hide_input_in_errors=True,
    )

    data_dir: Path = Path("data")
    languages: Annotated[tuple[Language, ...], NoDecode] = ("fr", "en", "nl")
    grace_s: float = Field(default=3.0, ge=0.0, le=60.0)
    zone: str = "Europe/Paris"
    keys: Keys = Keys()
    database: Database = Database()
    telegram: Telegram = Telegram()
    matrix: Matrix = Matrix()
    redis: Redis = Redis()
    web: Web = Web()
    nlu: Nlu = Nlu()
    retention: Retention = Retention()
    cells: Cells = Cells()
    log: Log = Log()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment wins over the file; nothing else is read."""
        return env_settings, init_settings

    @field_validator("languages", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        """ "fr,nl" as the environment writes it."""
        return tuple(part.strip() for part in value.split(",")) if isinstance(value, str) else value

    @property
    def database_url(self) -> str:
        """The set URL, or a file in data_dir."""
        found = self.database.url
        return found.get_secret_value() if found else f"sqlite:///{self.data_dir.absolute() / 'guichet.db'}"

    @property
    def vault_url(self) -> str | None:
        """The vault's own database, None when it lives beside the rest."""
        found = self.database.vault_url
        return found.get_secret_value() if found else None

    @property
    def key_file(self) -> Path:
        """Where the master key is."""
        return self.keys.file or self.data_dir / "master.key"

    @property
    def telegram_token(self) -> str | None:
        """The bot's token, None when this role is not served. Raises OperatorError if its file cannot be read."""
        return secret(self.telegram.token, self.telegram.token_file)

    @property
    def matrix_password(self) -> str | None:
        """The account's password, None when none is set. Raises OperatorError if its file cannot be read."""
        return secret(self.matrix.password, self.matrix.password_file)

    @property
    def redis_url(self) -> str | None:
        """Where Redis is, None when this process keeps its live state itself."""
        return self.redis.url.get_secret_value() if self.redis.url else None


def secret(value: SecretStr | None, file: Path | None) -> str | None:
    """The secret as set, or the first line of its file. Raises OperatorError naming the file, never its content."""
    if value is not None:
        return value.get_secret_value().strip() or None
    if file is None:
        return None
    try:
        return file.read_text(encoding="utf-8").strip() or None
    except (OSError, UnicodeDecodeError) as error:
        raise OperatorError(f"{file}: expected a readable secret file ({type(error).__name__})") from error


# --- loading -------------------------------------------------------------------------------------


def load(path: Path | None = None) -> Settings:
    """Settings from a file and the environment. Raises OperatorError with every fault of form in one message.

    path: the settings file; without it the one that GUICHET_CONFIG names, or none.
    What the settings refer to (files, cells, catalogues) is checked by config.faults.faults.
    """
    named = os.environ.get(CONFIG_VARIABLE)
    path = path or (Path(named) if named else None)
    content = read_toml(path) if path is not None else {}
    unknown = [_unknown(name) for name in sorted(os.environ) if _is_unknown(name)]
    try:
        settings = Settings(**content)
    except ValidationError as error:
        raise OperatorError(_message(path, unknown + lines_of(error))) from None
    except SettingsError:
        whole = [_whole(name) for name in sorted(os.environ) if _is_a_whole_section(name)]
        raise OperatorError(_message(path, unknown + whole)) from None
    if unknown:
        raise OperatorError(_message(path, unknown))
    return settings


def _is_unknown(name: str) -> bool:
    """Whether a variable with our prefix names no setting; sections check their own names."""
    if not name.upper().startswith(PREFIX) or name in (CONFIG_VARIABLE,) or name.startswith(f"{PREFIX}TEST_"):
        return False
    return name[len(PREFIX) :].split("__")[0].lower() not in Settings.model_fields


def _is_a_whole_section(name: str) -> bool:
    field = Settings.model_fields.get(name[len(PREFIX) :].lower()) if name.upper().startswith(PREFIX) else None
    return field is not None and hasattr(field.annotation, "model_fields")


def _whole(name: str) -> str:
    return f"{name} (environment): the settings of a section expected one by one ({name}__NAME); split it"


def _unknown(name: str) -> str:
    return f"{name} (environment): unknown setting; remove it or correct its spelling"


def _message(path: Path | None, lines: list[str]) -> str:
    where = f"{path} and the environment" if path else "the environment"
    return f"settings in {where}: {len(lines)} to correct\n" + "\n".join(f"- {line}" for line in lines)
