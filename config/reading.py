"""TOML files read into checked records; what is wrong with them is said in sentences, all at once."""

import tomllib
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from domain.errors import OperatorError

Record = TypeVar("Record", bound=BaseModel)

SECRET_WORDS = ("token", "password", "secret", "url", "key")
"""A setting whose name holds one of these may carry a secret: what came is never repeated in a message."""


class Strict(BaseModel):
    """A record that refuses unknown keys and cannot be changed."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


def read_toml(path: Path) -> dict[str, Any]:  # Any: TOML values of every kind, checked by the record
    """The file's content. Raises OperatorError when it cannot be read or is not TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise OperatorError(f"{path}: expected a readable file ({type(error).__name__})") from error
    except tomllib.TOMLDecodeError as error:
        raise OperatorError(f"{path}: expected TOML, {error}") from error


def read_record(path: Path, kind: type[Record]) -> Record:
    """The file as a record. Raises OperatorError with every fault of the file."""
    content = read_toml(path)
    try:
        return kind.model_validate(content)
    except ValidationError as error:
        raise OperatorError("\n".join(f"{path.name}: {line}" for line in lines_of(error))) from error


def lines_of(error: ValidationError) -> list[str]:
    """One line a fault: where, what was expected, what came (unless it may be a secret), what to do."""
    return [_line(detail) for detail in error.errors(include_url=False)]


def _line(detail: ErrorDetails) -> str:
    where = ".".join(map(str, detail["loc"])) or "(whole file)"
    if detail["type"] == "extra_forbidden":
        return f"{where}: unknown key; remove it or correct its spelling"
    if detail["type"] == "missing":
        return f"{where}: a value is expected, none came; add it"
    return f"{where}: {detail['msg']}, {_came(where, detail['input'])}; correct it"


def _came(where: str, value: object) -> str:
    if any(word in where.lower() for word in SECRET_WORDS):
        return "something else came (not shown)"
    return f"{value!r} came" if isinstance(value, str | int | float | bool) else f"a {type(value).__name__} came"
