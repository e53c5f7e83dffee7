"""Everything wrong with a configuration, found at once: what was expected, what came, what to do."""

from collections.abc import Callable, Iterator
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from config.catalogue import LOCALES, FluentCatalogue
from config.cells import CELLS, CellBook, load_cells
from config.needed_keys import needed_keys
from config.questionnaires import QUESTIONNAIRES, load_questionnaires, needed_labels
from config.settings import Settings
from domain.errors import OperatorError
from domain.reading import EntityType, Intent

DATABASES = ("sqlite:", "sqlite+aiosqlite:", "postgresql:", "postgresql+asyncpg:", "postgres:")
SECRET_HEADER = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")
"""What the Bot API allows in a webhook's secret (1 to 256 of these)."""


def faults(settings: Settings) -> list[str]:
    """Every fault of what the settings mean and refer to, [] when all is well. Reads files, opens no connection."""
    checks: tuple[Callable[[Settings], Iterator[str]], ...] = (
        _places, _databases, _telegram, _webhook, _matrix, _redis, _nlu, _texts,
    )  # fmt: skip
    return [fault for check in checks for fault in check(settings)]


def cells_of(settings: Settings) -> CellBook:
    """The cells and questionnaires that the settings name. Raises OperatorError with every fault."""
    questionnaires = load_questionnaires(settings.cells.questionnaires or QUESTIONNAIRES)
    return load_cells(questionnaires, settings.cells.folder or CELLS, settings.cells.default)


def catalogue_of(settings: Settings) -> FluentCatalogue:
    """The catalogues of the languages that the settings name. Raises OperatorError when one is missing or broken."""
    return FluentCatalogue(settings.cells.locales or LOCALES, settings.languages)


# --- places and databases --------------------------------------------------------------------------


def _places(settings: Settings) -> Iterator[str]:
    folder = settings.data_dir
    if folder.exists() and not folder.is_dir():
        yield f"data_dir: a folder expected, {folder} is a file; name another one"
    if not folder.exists() and not _nearest(folder).is_dir():
        yield f"data_dir: {folder} cannot be made; name another one"
    try:
        ZoneInfo(settings.zone)
    except (ZoneInfoNotFoundError, ValueError):
        yield f"zone: an IANA time zone expected (Europe/Paris), {settings.zone!r} came; correct it"
    if settings.languages[:1] != ("fr",):
        yield f"languages: fr expected first, {list(settings.languages)} came; every sentence exists in French first"


def _nearest(folder: Path) -> Path:
    return next((parent for parent in folder.absolute().parents if parent.exists()), Path("/"))


def _databases(settings: Settings) -> Iterator[str]:
    for name, url in (("database.url", settings.database_url), ("database.vault_url", settings.vault_url)):
        if url is not None and not url.startswith(DATABASES):
            yield f"{name}: an address that begins with one of {list(DATABASES)} expected (what came is not shown)"


# --- the two sides -------------------------------------------------------------------------------


def _telegram(settings: Settings) -> Iterator[str]:
    telegram = settings.telegram
    if telegram.token and telegram.token_file:
        yield "telegram: token or token_file expected, both came; keep token_file"
    try:
        token = settings.telegram_token
    except OperatorError as error:
        yield f"telegram.token_file: {error}; make it or correct the path"
        return
    if telegram.token_file and token is None:
        yield "telegram.token_file: a token expected, the file is empty; write the token into it"
    if token is not None and not _looks_like_a_token(token):
        yield "telegram.token: digits, a colon and a key expected (what came is not shown); copy it again"
    for name in ("base_url", "base_file_url"):
        if not getattr(telegram, name).startswith(("http://", "https://")):
            yield f"telegram.{name}: an http or https address expected; correct it"


def _looks_like_a_token(token: str) -> bool:
    head, colon, key = token.partition(":")
    return head.isdigit() and bool(colon) and len(key) >= 3 and not any(c.isspace() for c in key)


def _webhook(settings: Settings) -> Iterator[str]:
    telegram = settings.telegram
    if telegram.mode != "webhook":
        return
    if not telegram.webhook_url.startswith("https://"):
        yield f"telegram.webhook_url: a public https address expected, {telegram.webhook_url!r} came; add it"
    if telegram.webhook_path and not telegram.webhook_path.startswith("/"):
        yield "telegram.webhook_path: a path that begins with / expected; correct it or leave it empty"
    own = telegram.webhook_secret.get_secret_value() if telegram.webhook_secret else ""
    if len(own) > 256 or set(own) - SECRET_HEADER:
        yield "telegram.webhook_secret: 1 to 256 of A-Z a-z 0-9 _ - expected (not shown); or leave it empty"


def _matrix(settings: Settings) -> Iterator[str]:
    matrix = settings.matrix
    if not (matrix.homeserver or matrix.user_id or matrix.password or matrix.password_file):
        return
    if not matrix.homeserver.startswith(("http://", "https://")):
        yield f"matrix.homeserver: an http or https address expected, {matrix.homeserver!r} came; correct it"
    if not (matrix.user_id.startswith("@") and ":" in matrix.user_id):
        yield f"matrix.user_id: an account in full expected (@name:server), {matrix.user_id!r} came; correct it"
    if matrix.password and matrix.password_file:
        yield "matrix: password or password_file expected, both came; keep password_file"
    try:
        if settings.matrix_password is None:
            yield "matrix.password_file: a password expected for the first login, none came; add the file"
    except OperatorError as error:
        yield f"matrix.password_file: {error}; make it or correct the path"


def _redis(settings: Settings) -> Iterator[str]:
    url = settings.redis_url
    if url is not None and not url.startswith(("redis://", "rediss://", "unix://")):
        yield "redis.url: an address that begins with redis:// or rediss:// expected (what came is not shown)"


def _nlu(settings: Settings) -> Iterator[str]:
    """Whether what was chosen can be meant. A checkpoint that cannot read is told by the log and by `guichet check`."""
    nlu = settings.nlu
    if not nlu.enabled:
        return
    if nlu.model is not None and not nlu.model.exists():
        yield f"nlu.model: a model expected at {nlu.model}, nothing is there; correct it or set nlu.enabled = false"
    if nlu.model is not None and nlu.checkpoint != "builtin":
        yield "nlu: model or checkpoint expected, both came; keep one"
    ours = {"", *EntityType, *Intent}
    for label, name in nlu.label_map.items():
        if name not in ours:
            yield f'nlu.label_map: {label}: a type or intent of ours, or "" expected, {name!r} came; correct it'


# --- what is said and asked ------------------------------------------------------------------------


def _texts(settings: Settings) -> Iterator[str]:
    """Cells, questionnaires and catalogues, and whether the catalogues say all that is needed."""
    labels: list[str] = []
    try:
        labels = needed_labels(load_questionnaires(settings.cells.questionnaires or QUESTIONNAIRES).values())
        cells_of(settings)
    except OperatorError as error:
        yield from str(error).splitlines()
    try:
        yield from catalogue_of(settings).faults([*needed_keys(), *labels])
    except OperatorError as error:
        yield from str(error).splitlines()
