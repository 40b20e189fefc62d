"""What is in deploy/ holds together: hardening, exit codes, settings, the lock."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import tomllib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest
import yaml

from bot.settings import Settings, SettingsError, StoresError

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
LARGEST = 400_000_000  # bytes of the container
EXPOSED = 2.5  # at most, of the 10 that systemd gives a service without any hardening


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_service_is_hardened(unit: Path) -> None:
    systemd = shutil.which("systemd-analyze")
    if systemd is None:
        pytest.skip("systemd-analyze is not here: how exposed a service is was not measured")
    command = [systemd, "security", "--offline=yes", "--no-pager", str(unit)]
    told = subprocess.run(command, capture_output=True, text=True, check=False).stdout  # noqa: S603
    found = re.search(r"exposure level for \S+: ([\d.]+)", told)
    assert found is not None and float(found[1]) <= EXPOSED, told[-300:]


def test_what_does_not_pass_by_itself_is_not_begun_again() -> None:
    service = (DEPLOY / "systemd" / "voci.service").read_text()
    assert f"RestartPreventExitStatus={SettingsError.code} {StoresError.code}\n" in service


def test_every_setting_that_is_named_exists() -> None:
    known = {f"VOCI_{name.upper()}" for name in Settings.model_fields}
    files = [path for path in DEPLOY.rglob("*") if path.is_file() and path.suffix != ".pyc"]
    named = {name for path in files for name in re.findall(r"VOCI_[A-Z_]+", path.read_text())}
    assert named and named <= known


def test_units_are_what_systemd_reads(tmp_path: Path) -> None:
    systemd = shutil.which("systemd-analyze")
    if systemd is None:
        pytest.skip("systemd-analyze is not here: the units were not read")
    units = [tmp_path / path.name for path in sorted((DEPLOY / "systemd").iterdir())]
    for unit in units:  # a command that is here, in the place of what will be installed
        text = (DEPLOY / "systemd" / unit.name).read_text()
        unit.write_text(text.replace("/opt/voci/.venv/bin/voci", sys.executable))
    command = [systemd, "verify", "--man=no", *map(str, units)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_both_stores_are_copied_every_night_and_not_kept_for_ever() -> None:
    service = (DEPLOY / "systemd" / "voci-backup.service").read_text()
    assert "voci backup " in service and "voci keys backup " in service
    assert "-mtime +14 -delete" in service  # those of the key store go by themselves
    assert "OnCalendar=" in (DEPLOY / "systemd" / "voci-backup.timer").read_text()


# --- containers ---

INSTRUCTIONS = frozenset(
    {"ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "HEALTHCHECK", "RUN"}
    | {"STOPSIGNAL", "USER", "VOLUME", "WORKDIR"}
)


def instructions() -> list[tuple[str, str]]:
    """What the Containerfile does, a line each, as the builder joins them."""
    text = re.sub(r"^#.*\n", "", (DEPLOY / "Containerfile").read_text(), flags=re.MULTILINE)
    lines = re.sub(r"\\\n\s*", "", text).splitlines()
    found = [(line.split(" ", 1)[0], line.split(" ", 1)[1]) for line in lines if line]
    assert {name for name, _ in found} <= INSTRUCTIONS
    return found


def test_the_container_has_no_root_and_installs_wheels_by_the_lock() -> None:
    done = instructions()
    names = [name for name, _ in done]
    last = len(names) - 1 - names[::-1].index("FROM")
    assert ("USER", "voci") in done[last:]
    assert "RUN" not in names[names.index("USER", last) :], (
        "as root, whatever is made belongs to it"
    )
    [install] = [words for name, words in done if name == "RUN" and "${LOCK}" in words]
    assert "--require-hashes" in install and "--only-binary :all:" in install
    assert ("ARG", "LOCK=requirements-core.lock") in done


def test_what_the_container_copies_and_calls_is_there() -> None:
    done = instructions()
    for name, words in done:
        if name == "COPY" and not words.startswith(("--from=build ", "${LOCK} ")):
            assert (ROOT / words.split()[0]).exists(), words
    assert ("ENTRYPOINT", '["voci"]') in done and ("CMD", '["run"]') in done
    [health] = [words for name, words in done if name == "HEALTHCHECK"]
    assert health.endswith('CMD ["voci", "status"]')


def test_the_container_can_be_stopped_before_it_is_ready() -> None:
    assert ("STOPSIGNAL", "SIGINT") in instructions()  # a first process that has no handler yet
    # does not get SIGTERM; Python has one for SIGINT from its beginning


def test_only_what_is_built_is_given_to_the_builder() -> None:
    """What lies about may be secret: `.env` beside the composition, a data folder."""
    lines = (ROOT / ".dockerignore").read_text().splitlines()
    rules = [line for line in lines if line and not line.startswith("#")]
    assert rules[0] == "*"
    given = {rule[1:] for rule in rules if rule.startswith("!")}
    found = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]
    rooms = {name.rstrip("*") for name in found["packages"]["find"]["include"]}
    locks = {"requirements.lock", "requirements-core.lock"}
    assert given == rooms | locks | {"LICENSE", "README.md", "pyproject.toml"}
    assert {"**/.env", "**/*.db*"} <= {*rules[rules.index(f"!{max(given)}") :]}


def test_the_lock_of_the_core_is_a_part_of_the_whole() -> None:
    whole, core = (
        dict(re.findall(r"^(\S+)==(.+?) \\?$", (ROOT / name).read_text(), re.MULTILINE))
        for name in ("requirements.lock", "requirements-core.lock")
    )
    assert "asyncpg" in core and not {"opendp", "matplotlib", "numpy", "typst"} & {*core}
    assert core.items() <= whole.items()


def test_the_composition_leaves_nothing_open() -> None:
    composition = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
    voci = composition["services"]["voci"]
    assert (voci["read_only"], voci["cap_drop"]) == (True, ["ALL"])
    assert voci["security_opt"] == ["no-new-privileges:true"]
    assert (ROOT / voci["build"]["args"]["LOCK"]).exists()
    for name, service in composition["services"].items():
        ports = service.get("ports", [])
        assert name == "proxy" or all(port.startswith("127.0.0.1:") for port in ports), name
        volumes = {volume.partition(":")[0] for volume in service["volumes"]}
        files = {volume for volume in volumes if volume.startswith("./")}
        assert volumes - files <= {*composition["volumes"]}, name
        assert all((DEPLOY / file).is_file() for file in files), name
        assert {*service.get("depends_on", {})} <= {*composition["services"]}, name


def test_the_second_process_has_the_settings_and_the_master_key_of_the_first() -> None:
    services = yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"]
    first, second = services["voci"], services["second"]
    assert (second["profiles"], second["ports"]) == (["several"], [])
    assert second["depends_on"] == {"voci": {"condition": "service_healthy"}}
    own = {"profiles", "ports", "depends_on"}
    assert "image" in first, (
        "each would have an image of its own, and an upgrade leave some as they are"
    )
    assert {**second, **dict.fromkeys(own)} == {**first, **dict.fromkeys(own)}


def test_the_proxy_hands_on_one_path_to_both_and_asks_who_is_alive() -> None:
    services = yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"]
    proxy, given = services["proxy"], services["voci"]["environment"]
    assert (proxy["read_only"], proxy["cap_drop"]) == (True, ["ALL"])
    assert (proxy["profiles"], proxy["ports"]) == (["several"], ["80:80", "443:443"])
    assert given["VOCI_WEBHOOK_URL"] == "".join(
        proxy["environment"][name] for name in ("WEBHOOK_SITE", "WEBHOOK_PATH")
    )
    text = (DEPLOY / "Caddyfile").read_text()
    words = re.sub(r"^#.*\n", "", text, flags=re.MULTILINE).split()
    assert words[0] == "{$WEBHOOK_SITE}" and words[-3:] == ["respond", "404", "}"]
    [path] = [words[at + 1] for at, word in enumerate(words) if word == "handle"]
    assert path == "{$WEBHOOK_PATH}"
    assert " reverse_proxy voci:8080 second:8080 " in " ".join(words)
    assert " health_uri /health " in " ".join(words)


def test_the_proxy_reads_its_file() -> None:
    caddy = shutil.which("caddy")
    if caddy is None:
        pytest.skip("caddy is not here: the Caddyfile was only read")
    command = [caddy, "adapt", "--adapter", "caddyfile", "--config", str(DEPLOY / "Caddyfile")]
    site = {"WEBHOOK_SITE": "https://voci.example.org", "WEBHOOK_PATH": "/telegram-x"}
    done = subprocess.run(  # noqa: S603
        command, capture_output=True, text=True, check=False, env={**os.environ, **site}
    )
    assert done.returncode == 0, done.stderr
    assert '"host":["voci.example.org"]' in done.stdout and '"path":["/telegram-x"]' in done.stdout


class Process(BaseHTTPRequestHandler):
    """What stands in for a process of Voci: each call on a connection of its own."""

    asked: threading.Semaphore

    def do_GET(self) -> None:  # the name that the library looks for
        self.asked.release()
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.do_GET()

    def log_message(self, *_: object) -> None:
        """Nothing: the output is the tests'."""


@contextmanager
def process() -> Iterator[tuple[int, threading.Semaphore]]:
    """Its port, and what is released at each call."""
    asked = threading.Semaphore(0)
    kind = type("Own", (Process,), {"asked": asked})
    with ThreadingHTTPServer(("127.0.0.1", 0), kind) as server:
        serving = threading.Thread(target=server.serve_forever)
        serving.start()
        yield server.server_port, asked
        server.shutdown()
        serving.join()


def test_a_process_that_ends_takes_nothing_along(tmp_path: Path) -> None:
    """What comes to it is sent again, as Telegram does it, and then the other one has it."""
    caddy = shutil.which("caddy")
    if caddy is None:
        pytest.skip("caddy is not here: no call was handed on")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        site = f"http://127.0.0.1:{free.getsockname()[1]}"
    text = (DEPLOY / "Caddyfile").read_text()
    with process() as stays, ExitStack() as until:
        ends = until.enter_context(process())
        for name, (port, _) in (("voci", ends), ("second", stays)):
            text = text.replace(f"{name}:8080", f"127.0.0.1:{port}")
        (tmp_path / "Caddyfile").write_text("{\n\tadmin off\n}\n" + text)
        given = {"WEBHOOK_SITE": site, "WEBHOOK_PATH": "/x", "HOME": str(tmp_path)}
        command = [caddy, "run", "--adapter", "caddyfile", "--config", str(tmp_path / "Caddyfile")]
        proxy = subprocess.Popen(command, stderr=subprocess.DEVNULL, env={**os.environ, **given})  # noqa: S603
        try:
            for _, asked in (ends, stays):  # both are known to be well
                assert asked.acquire(timeout=30)
            until.close()
            with httpx.Client(base_url=site, trust_env=False) as telegram:
                told = [[telegram.post("/x", json={}).status_code for _ in "12"] for _ in range(20)]
        finally:
            proxy.terminate()
            proxy.wait(30)
    assert all(200 in answers for answers in told), told


def test_a_container_copies_both_stores_too() -> None:
    backup = yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"]["backup"]
    assert (backup["ports"], backup["restart"], backup["profiles"]) == ([], "no", ["backup"])
    [script] = backup["command"]
    for words in ("voci backup ", "voci keys backup ", "-mtime +14 -delete"):
        assert words in script
    folders = {volume.rpartition(":")[2] for volume in backup["volumes"]}
    assert folders == {"/data", "/backups", "/key-backups"}
    [made] = [words for name, words in instructions() if name == "RUN" and "install -d" in words]
    assert folders <= {*made.split()}


def test_what_has_a_profile_is_run_with_it() -> None:
    """Without it podman-compose knows no such service."""
    services = yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"]
    profiles = {name: service.get("profiles", []) for name, service in services.items()}
    pages = [*DEPLOY.glob("*"), *(ROOT / "docs").rglob("*.md")]
    told = "".join(page.read_text() for page in pages if page.is_file())
    runs = re.findall(r"podman compose (.*)run --rm (\w+)", told)
    assert runs
    for before, name in runs:
        assert all(f"--profile {profile} " in before for profile in profiles[name]), name


def test_what_lasts_is_there_again_after_the_computer_was() -> None:
    """Podman's own service starts `always` alone; of `unless-stopped` nothing came back."""
    services = yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"]
    lasting = {name: service["restart"] for name, service in services.items() if name != "backup"}
    assert {*lasting.values()} == {"always"}, lasting


def test_two_servers_keep_the_two_stores_apart() -> None:
    services = yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"]
    given = services["voci"]["environment"]
    addresses = (given[name] for name in ("VOCI_DATABASE_URL", "VOCI_KEYS_URL"))
    hosts = {host for address in addresses for host in re.findall(r"@(\w+)/", address)}
    assert hosts == {"main", "keys"}
    assert services["main"]["volumes"] != services["keys"]["volumes"]


def told(*command: str, patience: float = 60) -> str:
    """What a command of the engine says; raises where it fails, or takes too many seconds."""
    done = subprocess.run(  # noqa: S603
        command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True, timeout=patience
    )
    return done.stdout.strip()


def answers(*command: str) -> bool:
    try:
        told(*command)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        return False
    return True


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_the_container_is_built_where_that_can_be() -> None:
    """Where an engine has the base already: no registry is asked for it, but pip asks its index."""
    found = filter(None, map(shutil.which, ("podman", "docker")))
    engine = next((engine for engine in found if answers(engine, "info")), None)
    if engine is None:
        pytest.skip(
            "no container engine answers: the Containerfile was read, but nothing was built"
        )
    [base] = {words.split()[0] for name, words in instructions() if name == "FROM"}
    if not answers(engine, "image", "inspect", base):
        pytest.skip(f"{base} is not here: the Containerfile was read, but nothing was built")
    only = {"podman": ("--pull=never", "--format=docker"), "docker": ()}[Path(engine).name]
    build = (engine, "build", *only, "-f", "deploy/Containerfile", "-t", "voci-test", ".")
    subprocess.run(build, cwd=ROOT, check=True, timeout=1500)  # noqa: S603
    try:
        size = told(engine, "image", "inspect", "--format", "{{.Size}}", "voci-test")
        assert int(size) < LARGEST
        assert '"Healthcheck"' in told(engine, "image", "inspect", "voci-test")
        hardened = ("--read-only", "--cap-drop=ALL", "--security-opt=no-new-privileges")
        run = (engine, "run", "--rm", "--network=none", *hardened, "--tmpfs=/tmp")
        assert told(*run, "voci-test", "--version").startswith("voci ")
        assert told(*run, "--entrypoint=id", "voci-test", "-u") == "10001"
    finally:
        told(engine, "image", "rm", "voci-test")
