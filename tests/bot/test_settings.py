"""Wrong settings: the setting is named, with what is wrong and an example."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import EXAMPLES, Settings, SettingsError, load

TOKEN = "123456789:AAE-abcdefghijklmnopqrstuvwx"


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"VOCI_{name.upper()}", raising=False)


def test_only_the_token_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOCI_BOT_TOKEN", TOKEN)
    settings = load()
    assert settings.mode == "polling"
    assert settings.in_data_dir(settings.database_url).endswith("/data/voci.db")
    assert settings.master_key_path == Path("data/master.key")
    assert TOKEN not in repr(settings)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BOT_TOKEN", None),
        ("BOT_TOKEN", "hello"),
        ("TELEGRAM_API_URL", "telegram.org"),
        ("DATABASE_URL", "mysql://x"),
        ("KEYS_URL", "keys.db"),
        ("OPERATORS", "anna,12"),
        ("MODE", "pull"),
        ("LISTEN", "8080"),
        ("LISTEN", "localhost:99999"),
        ("LOG_FORMAT", "xml"),
        ("TICK_SECONDS", "0"),
        ("TICK_SECONDS", "soon"),
    ],
)
def test_each_wrong_setting_is_named(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str | None
) -> None:
    monkeypatch.setenv("VOCI_BOT_TOKEN", TOKEN)
    if value is None:
        monkeypatch.delenv(f"VOCI_{name}")
    else:
        monkeypatch.setenv(f"VOCI_{name}", value)
    with pytest.raises(SettingsError) as caught:
        load()
    [problem] = caught.value.problems
    assert problem.startswith(f"VOCI_{name}: ")
    assert f"For example: VOCI_{name}={EXAMPLES[name.lower()]}" in problem


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"VOCI_WEBHOOK_SECRET": "0123456789abcdef"}, "VOCI_WEBHOOK_URL"),
        *(
            (
                {"VOCI_WEBHOOK_URL": "https://voci.example/t", "VOCI_WEBHOOK_SECRET": secret},
                "VOCI_WEBHOOK_SECRET: anybody can guess this one",
            )
            for secret in ("a-long-random-word", "a" * 16, "12" * 20)
        ),
        ({"VOCI_WEBHOOK_URL": "https://voci.example/t"}, "VOCI_WEBHOOK_SECRET: needed"),
        (
            {"VOCI_WEBHOOK_URL": "https://voci.example/t", "VOCI_WEBHOOK_SECRET": "short"},
            "VOCI_WEBHOOK_SECRET: needed",
        ),
    ],
)
def test_a_webhook_wants_its_address_and_secret(
    monkeypatch: pytest.MonkeyPatch, given: dict[str, str], named: str
) -> None:
    for name, value in {"VOCI_BOT_TOKEN": TOKEN, "VOCI_MODE": "webhook", **given}.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        load()
    assert caught.value.problems[0].startswith(named)


def test_no_secret_stands_where_settings_are_printed() -> None:
    settings = load(
        bot_token=TOKEN,
        mode="webhook",
        webhook_url="https://voci.example/t",
        webhook_secret="0123456789abcdef",
        database_url="postgresql://voci:pass-1@host/voci",
        keys_url="postgresql://voci:pass-2@host/keys",
    )
    for printed in (repr(settings), str(settings), f"{settings}", repr([settings])):
        for secret in (TOKEN, "0123456789abcdef", "pass-1", "pass-2"):
            assert secret not in printed


def test_a_settings_file_is_read(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(f"VOCI_BOT_TOKEN={TOKEN}\nVOCI_OPERATORS=1, 2\n")
    (tmp_path / ".env").chmod(0o600)
    assert load().operators == (1, 2)


def test_every_setting_has_an_example() -> None:
    assert set(EXAMPLES) == set(Settings.model_fields)
