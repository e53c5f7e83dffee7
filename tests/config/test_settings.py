"""Settings: read from one file and the environment, every fault in one message, no secret ever shown."""

from pathlib import Path

import pytest

from config.catalogue import LOCALES
from config.faults import catalogue_of, cells_of, faults
from config.settings import Settings, load
from domain.errors import OperatorError

TOKEN = "123456:not-a-real-token-for-tests"
PASSWORD = "correct horse battery staple"


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No variable of the machine speaks, and the working folder is empty."""
    import os

    for name in [name for name in os.environ if name.upper().startswith("GUICHET_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def _write(folder: Path, text: str) -> Path:
    file = folder / "guichet.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_without_anything_the_house_runs_on_one_machine() -> None:
    settings = load()
    assert faults(settings) == []
    assert settings.database_url.startswith("sqlite:////")
    assert (settings.telegram_token, settings.matrix_password, settings.redis_url) == (None, None, None)
    assert cells_of(settings).default().id == "vaucluse"
    assert catalogue_of(settings).languages == ("fr", "en", "nl")


def test_the_environment_wins_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = _write(
        tmp_path, 'languages = ["fr"]\ngrace_s = 5\n[web]\nport = 9000\nhost = "::1"\n[log]\nlevel = "debug"\n'
    )
    monkeypatch.setenv("GUICHET_WEB__PORT", "9001")
    monkeypatch.setenv("GUICHET_LANGUAGES", "fr,nl")
    settings = load(file)
    assert (settings.web.port, settings.web.host, settings.log.level) == (9001, "::1", "debug")
    assert settings.languages == ("fr", "nl")
    assert settings.grace_s == 5.0


def test_the_file_may_be_named_by_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUICHET_CONFIG", str(_write(tmp_path, "[retention]\ndraft_hours = 12\n")))
    assert load().retention.draft_hours == 12


@pytest.mark.parametrize(("name", "value"), [("LABEL_MAP__LOC", "lieu"), ("LABEL_MAP", '{"LOC": "lieu"}')])
def test_a_table_may_come_from_the_environment(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"GUICHET_NLU__{name}", value)
    assert {label.upper(): ours for label, ours in load().nlu.label_map.items()} == {"LOC": "lieu"}
    assert faults(load()) == []


def test_secrets_come_from_the_environment_or_from_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "password").write_text(PASSWORD + "\n", encoding="utf-8")
    monkeypatch.setenv("GUICHET_TELEGRAM__TOKEN", TOKEN)
    monkeypatch.setenv("GUICHET_MATRIX__PASSWORD_FILE", str(tmp_path / "password"))
    settings = load()
    assert (settings.telegram_token, settings.matrix_password) == (TOKEN, PASSWORD)


def test_no_secret_is_shown_by_a_settings_object(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TELEGRAM__TOKEN", "TELEGRAM__WEBHOOK_SECRET", "MATRIX__PASSWORD", "DATABASE__URL",
                 "DATABASE__VAULT_URL", "REDIS__URL"):  # fmt: skip
        monkeypatch.setenv(f"GUICHET_{name}", f"{TOKEN}-{name}")
    settings = load()
    for shown in (repr(settings), str(settings), str(settings.model_dump()), settings.model_dump_json()):
        assert TOKEN not in shown


def test_every_fault_of_form_is_in_one_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Unknown keys of the file and of the environment, wrong values, and never what a secret held."""
    file = _write(
        tmp_path, f'couleur = 1\n[telegram]\ntoken = ["{TOKEN}"]\nmode = "pigeon"\n[web]\nport = 99999\nlumiere = 1\n'
    )
    monkeypatch.setenv("GUICHET_TELEGRAME__TOKEN", TOKEN)
    monkeypatch.setenv("GUICHET_MATRIX__HOMESERVEUR", "https://m.example")
    with pytest.raises(OperatorError) as caught:
        load(file)
    message = str(caught.value)
    for expected in ("couleur: unknown key", "telegram.token", "telegram.mode", "'pigeon' came", "web.port",
                     "99999 came", "web.lumiere: unknown key",
                     "GUICHET_TELEGRAME__TOKEN (environment): unknown setting",
                     "matrix.homeserveur: unknown key", "7 to correct"):  # fmt: skip
        assert expected in message
    assert TOKEN not in message


def test_a_section_given_whole_is_named_without_its_content(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUICHET_TELEGRAM", f"token={TOKEN}")
    with pytest.raises(OperatorError) as caught:
        load()
    assert "GUICHET_TELEGRAM (environment): the settings of a section expected one by one" in str(caught.value)
    assert TOKEN not in str(caught.value)


def test_a_file_that_is_not_there_or_not_toml_is_said(tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match="expected a readable file"):
        load(tmp_path / "absent.toml")
    with pytest.raises(OperatorError, match="expected TOML"):
        load(_write(tmp_path, "[web\n"))


def test_every_fault_of_meaning_is_listed_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`guichet check` tells all of them, with what was expected, what came and what to do."""
    (tmp_path / "data").write_text("a file, not a folder", encoding="utf-8")
    (tmp_path / "empty").write_text("", encoding="utf-8")
    file = _write(
        tmp_path,
        'data_dir = "data"\nzone = "Paris"\nlanguages = ["nl", "fr"]\n'
        f'[database]\nurl = "mysql://u:{PASSWORD}@h/x"\n'
        '[telegram]\ntoken_file = "empty"\nmode = "webhook"\nwebhook_url = "http://h"\nwebhook_path = "x"\n'
        'webhook_secret = "é"\nbase_url = "ftp://h"\n'
        '[matrix]\nhomeserver = "m.example"\nuser_id = "bot"\npassword_file = "absent"\n'
        '[redis]\nurl = "http://r"\n[cells]\ndefault = "jura"\n'
        '[nlu]\nmodel = "absent.onnx"\ncheckpoint = "org/x"\nlabel_map = { LOC = "lieux" }\n',
    )
    found = "\n".join(faults(load(file)))
    for expected in ("data_dir: a folder expected", "zone: an IANA time zone expected", "languages: fr expected first",
                     "database.url: an address", "telegram.token_file: a token expected", "telegram.webhook_url",
                     "telegram.webhook_path", "telegram.webhook_secret", "telegram.base_url", "matrix.homeserver",
                     "matrix.user_id", "matrix.password_file: absent: expected a readable secret file", "redis.url",
                     "nlu.model", "nlu: model or checkpoint expected, both came", "nlu.label_map: LOC: a type",
                     "'lieux' came", "default cell: one of ['vaucluse'] expected, 'jura' came"):  # fmt: skip
        assert expected in found
    assert PASSWORD not in found


def test_a_token_that_is_not_one_is_refused_without_being_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUICHET_TELEGRAM__TOKEN", "hello-secret")
    (fault,) = faults(load())
    assert fault.startswith("telegram.token: digits, a colon and a key expected")
    assert "hello-secret" not in fault


def test_a_catalogue_that_lacks_a_label_or_a_language_is_a_fault(tmp_path: Path) -> None:
    questionnaires = tmp_path / "questionnaires"
    questionnaires.mkdir()
    (questionnaires / "stupefiants.toml").write_text(
        'name = "stupefiants"\n[[questions]]\nfact = "lieu"\nrequired = true\n[questions.answers]\ngare = "la gare"\n',
        encoding="utf-8",
    )
    file = _write(tmp_path, f'[cells]\nquestionnaires = "{questionnaires}"\n')
    assert faults(load(file)) == ["locales/fr: answer-label-lieu-gare is missing, add it"]


def test_a_missing_folder_of_catalogues_is_a_fault(tmp_path: Path) -> None:
    assert "expected to hold .ftl files" in "\n".join(
        faults(load(_write(tmp_path, f'[cells]\nlocales = "{tmp_path}"\n')))
    )


def test_settings_cannot_be_changed_after_the_start() -> None:
    with pytest.raises(ValueError, match="frozen"):
        Settings().grace_s = 1.0


EXAMPLE = LOCALES.parent / "guichet.example.toml"


def test_the_example_file_changes_nothing() -> None:
    assert load(EXAMPLE) == load()


def test_every_setting_is_named_in_the_example_file() -> None:
    """An operator finds each setting there with a word of explanation."""
    text = EXAMPLE.read_text(encoding="utf-8")
    for section, field in Settings.model_fields.items():
        names = getattr(field.annotation, "model_fields", None)
        assert f"[{section}]" in text if names else f"# {section} = " in text
    rare = {"base_url", "base_file_url", "local_mode", "webhook_path", "webhook_secret", "token", "password",
            "device_name", "store_dir"}  # fmt: skip
    for section in ("telegram", "matrix", "web", "nlu", "retention", "cells", "log", "keys", "database", "redis"):
        named = set(getattr(Settings.model_fields[section].annotation, "model_fields", {})) - rare
        assert [name for name in sorted(named) if f"# {name} = " not in text] == []
