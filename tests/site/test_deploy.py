"""The files for hosts in `deploy/`: each is run here as far as it can be without its host."""

from __future__ import annotations

import gzip
import http.client
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import pytest
import yaml

from tests.conftest import ROOT, copy_project
from tests.site.conftest import PLAYBOOK, run
from tests.site.nginx import DEPLOY, program, serving

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="these hosts run Linux"),
    pytest.mark.xdist_group("hosts"),
]


class Answer(NamedTuple):
    """What a server says."""

    status: int
    headers: dict[str, str]
    body: bytes


def ask(address: str, path: str, method: str = "GET", **headers: str) -> Answer:
    host = urlsplit(address).netloc
    connection = http.client.HTTPConnection(host, timeout=20)
    try:
        connection.request(method, path, headers={k.replace("_", "-"): v for k, v in headers.items()})
        answer = connection.getresponse()
        return Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
    finally:
        connection.close()


def release(folder: Path, site: Path) -> Path:
    """A release as `deploy/publish.sh` and the container lay it: the site, and its policy beside it."""
    current = folder / "current"
    shutil.copytree(site, current / "site")
    made = run([str(DEPLOY / "csp.py"), str(site)], ROOT, dict(os.environ))
    assert made.returncode == 0
    (current / "policy.conf").write_text(made.stdout, "utf-8")
    return current


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, environment: dict[str, str]) -> Path:
    """A site with its exports, built for the root of a host."""
    root = copy_project(tmp_path_factory.mktemp("whole") / "project")
    built = run([*PLAYBOOK, "build"], root, environment)
    assert built.returncode == 0, built.stdout
    return root / "site"


@pytest.fixture(scope="module")
def at_root(tmp_path_factory: pytest.TempPathFactory, whole: Path) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("root")
    with serving(folder / "nginx", release(folder, whole), "playbook") as address:
        yield address


@pytest.fixture(scope="module")
def below(tmp_path_factory: pytest.TempPathFactory, environment: dict[str, str]) -> Iterator[str]:
    """A site that was built for /mlops/, served there."""
    folder = tmp_path_factory.mktemp("below")
    root = copy_project(folder / "project")
    built = run([*PLAYBOOK, "build"], root, {**environment, "SITE_URL": "https://wiki.example.com/mlops/"})
    assert built.returncode == 0, built.stdout
    with serving(folder / "nginx", release(folder, root / "site"), "sub-path") as address:
        yield f"{address}/mlops"


@pytest.fixture(scope="module")
def contained(tmp_path_factory: pytest.TempPathFactory, whole: Path) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("container")
    with serving(folder / "nginx", release(folder, whole), "container") as address:
        yield address


@pytest.fixture(params=["at_root", "below", "contained"])
def server(request: pytest.FixtureRequest) -> str:
    found: str = request.getfixturevalue(request.param)
    return found


def get(address: str, path: str, method: str = "GET", **headers: str) -> Answer:
    return ask(address, urlsplit(address).path + path, method, **headers)


# --- nginx ------------------------------------------------------------------------------------


def test_every_file_of_the_site_is_served(server: str, whole: Path) -> None:
    names = [path.relative_to(whole).as_posix() for path in whole.rglob("*.*")]
    wrong = {
        name: get(server, f"/{name}").status for name in names if name not in ("404.html", "sitemap.xml")
    }
    assert {name: status for name, status in wrong.items() if status != 200} == {}
    assert len(wrong) > 200


def test_a_folder_is_its_page_and_without_its_slash_it_leads_there(server: str) -> None:
    path = urlsplit(server).path
    assert b"<h1" in get(server, "/grow/choosing/").body
    moved = get(server, "/grow/choosing")
    assert (moved.status, moved.headers["location"]) == (301, f"{path}/grow/choosing/")
    assert get(server, "/").status == 200
    if path:
        root = get(server, "")
        assert (root.status, root.headers["location"]) == (301, f"{path}/")


def test_what_is_not_there_gets_our_page_and_its_status(server: str) -> None:
    for missing in (
        "/nowhere/",
        "/nowhere.js",
        "/assets/",
        "/assets/javascripts/bundle.00000000.min.js",
        "/404.html/x",
    ):
        answer = get(server, missing)
        assert answer.status in (403, 404), missing
        if answer.status == 404 and missing != "/assets/":
            assert b"<h1>404" in answer.body, missing
            assert answer.headers["content-type"] == "text/html; charset=utf-8"


def test_texts_come_compressed_to_those_who_take_it(server: str, whole: Path) -> None:
    for name in ("grow/choosing/index.html", "assets/sheets/sheet.js", "search/search_index.json", "llms.txt",
                 "organization/raci/index.md"):  # fmt: skip
        answer = get(server, f"/{name}", Accept_Encoding="gzip")
        assert answer.headers["content-encoding"] == "gzip", name
        assert "accept-encoding" in answer.headers["vary"].lower()
        plain = get(server, f"/{name}")
        assert "content-encoding" not in plain.headers
        assert gzip.decompress(answer.body) == plain.body
        assert len(answer.body) < len(plain.body) / 2, name


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("index.html", "text/html; charset=utf-8"),
        ("assets/playbook.js", "text/javascript; charset=utf-8"),
        ("assets/vendor/docx.mjs", "text/javascript; charset=utf-8"),
        ("assets/playbook.css", "text/css; charset=utf-8"),
        ("organization/raci/index.md", "text/markdown; charset=utf-8"),
        ("export/playbook.json", "application/json; charset=utf-8"),
        ("export/raci.csv", "text/csv; charset=utf-8"),
        ("export/raci.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("templates/raci-sheet.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ],
)  # fmt: skip
def test_each_file_has_its_type(server: str, name: str, expected: str) -> None:
    assert get(server, f"/{name}").headers["content-type"] == expected


def test_no_file_of_the_site_has_a_type_that_nginx_does_not_know(at_root: str, whole: Path) -> None:
    known = set(
        re.findall(
            r"[a-z0-9]+(?=[ ;])",
            re.search(r"types \{(.*?)\}", (DEPLOY / "nginx/site.conf").read_text("utf-8"), re.DOTALL)[1],
        )
    )  # type: ignore[index]
    endings = {path.suffix[1:] for path in whole.rglob("*") if path.is_file()}
    assert endings <= known


def test_what_changes_is_asked_for_again_and_what_cannot_is_kept(server: str, whole: Path) -> None:
    page = get(server, "/grow/choosing/")
    assert page.headers["cache-control"] == "no-cache"
    again = get(server, "/grow/choosing/", If_None_Match=page.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert get(server, "/assets/playbook.js").headers["cache-control"] == "no-cache"
    [bundle] = whole.glob("assets/javascripts/bundle.*.min.js")
    kept = get(server, f"/{bundle.relative_to(whole).as_posix()}")
    assert kept.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert get(server, "/nowhere/").headers["cache-control"] == "no-cache"


def test_every_answer_has_the_headers_that_keep_others_out(server: str, whole: Path) -> None:
    [bundle] = whole.glob("assets/javascripts/bundle.*.min.js")
    for path in (
        "/",
        "/assets/playbook.js",
        "/nowhere/",
        f"/{bundle.relative_to(whole).as_posix()}",
    ):
        headers = get(server, path).headers
        policy = headers["content-security-policy"]
        assert "script-src 'self' 'sha256-" in policy
        assert not re.search(r"script-src[^;]*unsafe", policy)
        assert "http" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert "camera=()" in headers["permissions-policy"]
        assert not re.search(r"\d", headers["server"])


def test_nothing_can_be_written_and_nothing_beside_the_site_be_read(server: str) -> None:
    assert {get(server, "/", method).status for method in ("POST", "PUT", "DELETE")} == {405}
    path = urlsplit(server).path
    assert ask(server, f"{path}/../policy.conf").status in (400, 404)
    assert ask(server, f"{path}/%2e%2e/policy.conf").status in (400, 404)
    assert ask(server, f"{path}../policy.conf").status in (400, 404)


# --- the policy ---------------------------------------------------------------------------------


def test_the_policy_names_each_script_that_stands_in_a_page_once(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "index.html").write_text(
        "<script>one < 1 && two()</script><SCRIPT src=x.js></SCRIPT>", "utf-8"
    )
    (tmp_path / "a/index.html").write_text(
        '<script>one < 1 && two()</script><script type="application/json">{"a": 1}</script>'
        '<script type="module">import "./x.js"</script>', "utf-8",
    )  # fmt: skip
    made = run([str(DEPLOY / "csp.py"), str(tmp_path)], ROOT, dict(os.environ)).stdout
    assert made.startswith("add_header Content-Security-Policy \"default-src 'self'; ")
    assert re.findall(r"'sha256-([^']*)'", made) == [digest('import "./x.js"'), digest("one < 1 && two()")]


def digest(text: str) -> str:
    """By OpenSSL, so that nobody marks their own homework."""
    openssl = ["openssl", "dgst", "-sha256", "-binary"]
    made = subprocess.run(openssl, input=text.encode(), capture_output=True, check=True)
    return (
        subprocess.run(["base64"], input=made.stdout, capture_output=True, check=True).stdout.decode().strip()
    )


def test_without_a_site_there_is_no_policy(tmp_path: Path) -> None:
    result = run([str(DEPLOY / "csp.py"), str(tmp_path)], ROOT, dict(os.environ))
    assert (result.returncode, result.stdout) == (
        2,
        "Usage: csp.py FOLDER, where FOLDER holds a built site\n",
    )


# --- a plain server --------------------------------------------------------------------------------


@pytest.fixture
def sent(tmp_path: Path) -> Callable[[dict[str, str]], subprocess.CompletedProcess[str]]:
    """Publish a made-up site into a folder of this machine, as an hour that goes on."""
    program("rsync")
    root = tmp_path / "project"
    (root / "deploy").mkdir(parents=True)
    for name in ("publish.sh", "csp.py"):
        shutil.copy(DEPLOY / name, root / "deploy" / name)
    (tmp_path / "bin").mkdir()
    hours = iter(range(10, 24))

    def publish(files: dict[str, str]) -> subprocess.CompletedProcess[str]:
        shutil.rmtree(root / "site", ignore_errors=True)
        for name, text in files.items():
            path = root / "site" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        date = tmp_path / "bin" / "date"
        date.write_text(f"#!/bin/sh\necho 20261125-{next(hours)}0000\n", "utf-8")
        date.chmod(0o755)
        return subprocess.run(
            ["bash", "deploy/publish.sh", str(tmp_path / "www")], cwd=root, encoding="utf-8", check=False, umask=0o077,
            env={**os.environ, "PATH": f"{date.parent}:{os.environ['PATH']}", "PYTHON": sys.executable},
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip

    return publish


def test_a_release_takes_the_old_ones_place_and_what_is_the_same_stays_the_same_file(
    sent, tmp_path: Path
) -> None:
    www = tmp_path / "www"
    first = sent({"index.html": "one", "a/same.html": "same"})
    assert first.returncode == 0, first.stdout
    assert "reload nginx" in first.stdout
    before = (www / "current/site/a/same.html").stat()
    assert sent({"index.html": "two", "a/same.html": "same"}).stdout.startswith("Published 20261125-110000")
    after = (www / "current/site/a/same.html").stat()
    assert (www / "current/site/index.html").read_text("utf-8") == "two"
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert (www / "current").is_symlink()
    # The web server may read it, whatever umask the publisher has.
    assert {path.stat().st_mode & 0o777 for path in (www / "current/site").rglob("*") if path.is_file()} == {
        0o644
    }
    assert (www / "current/policy.conf").stat().st_mode & 0o777 == 0o644
    assert (www / "current/site/a").stat().st_mode & 0o777 == 0o755


def test_the_last_five_releases_stay(sent, tmp_path: Path) -> None:
    for number in range(7):
        assert sent({"index.html": str(number)}).returncode == 0
    kept = sorted(path.name for path in (tmp_path / "www/releases").iterdir())
    assert [name[:11] for name in kept] == [f"20261125-{hour}" for hour in range(12, 17)]
    assert (tmp_path / "www/current/site/index.html").read_text("utf-8") == "6"


def test_a_site_that_is_not_built_leaves_the_old_release(sent, tmp_path: Path) -> None:
    sent({"index.html": "one"})
    result = sent({"llms.txt": "x"})
    assert result.returncode == 1
    assert result.stdout == "site/ is not built; run 'make build' first.\n"
    assert (tmp_path / "www/current/site/index.html").read_text("utf-8") == "one"


def test_another_machine_is_reached_by_ssh_with_the_same_words(sent, tmp_path: Path) -> None:
    ssh = tmp_path / "bin" / "ssh"
    # Like the real one: options, the host, and the rest as one line for a shell. rsync calls it, too.
    ssh.write_text(
        '#!/bin/sh\nwhile [ "${1#-}" != "$1" ]; do [ "$1" = -l ] && shift; shift; done\necho "$1" >> "$0.log"; shift\nexec sh -c "$*"\n',
        "utf-8",
    )
    ssh.chmod(0o755)
    script = tmp_path / "project/deploy/publish.sh"
    result = sent({"index.html": "one"})
    shutil.rmtree(tmp_path / "www")
    result = subprocess.run(
        ["bash", str(script), f"ada@www.example.com:{tmp_path}/www of ours"], encoding="utf-8", check=False,
        env={**os.environ, "PATH": f"{ssh.parent}:{os.environ['PATH']}", "PYTHON": sys.executable},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    assert result.returncode == 0, result.stdout
    assert (tmp_path / "www of ours/current/site/index.html").read_text("utf-8") == "one"
    assert set(Path(f"{ssh}.log").read_text("utf-8").split()) == {"ada@www.example.com", "www.example.com"}


# --- a container --------------------------------------------------------------------------------


def instructions() -> list[tuple[str, str]]:
    """The Containerfile's instructions, each on one line."""
    text = (DEPLOY / "container/Containerfile").read_text("utf-8")
    text = re.sub(r"^#.*\n", "", text, flags=re.MULTILINE).replace("\\\n", " ")
    return [(line.partition(" ")[0], line.partition(" ")[2].strip()) for line in text.splitlines() if line]


def stand_ins(folder: Path) -> dict[str, str]:
    """An environment in which `pip` and `venv` do nothing, and the project's packages are there already.

    What they would do is tried by everybody who runs these tests: the same lines set up `.venv`.
    """
    folder.mkdir()
    python = (
        f'#!/bin/sh\nif [ "$1 $2" = "-m pip" ] || [ "$1 $2" = "-m venv" ]; then echo "$*" >> "{folder}/log"; exit 0; fi\n'
        f'exec "{sys.executable}" "$@"\n'
    )
    playbook = f'#!/bin/sh\nexec "{sys.executable}" -c "from macros.cli import run; run()" "$@"\n'
    for name, text in {
        "python": python,
        "python3": python,
        "playbook": playbook,
        "apt-get": "#!/bin/sh\n",
    }.items():
        (folder / name).write_text(text, "utf-8")
        (folder / name).chmod(0o755)
    keep = {name: value for name, value in os.environ.items() if name in ("HOME", "LANG", "TMPDIR")}
    return {**keep, "PATH": f"{folder}:/usr/bin:/bin"}


def fresh(folder: Path, path: Path) -> Path:
    """The project's committed files and those about to be, in a new folder, with `.venv` standing in."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, check=True
    ).stdout.decode()  # fmt: skip
    for name in filter(None, listed.split("\0")):
        if not name.startswith("tests/") and (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    (folder / ".venv").mkdir()
    (folder / ".venv/bin").symlink_to(path)
    return folder


def shell(script: str, cwd: Path, environment: dict[str, str]) -> str:
    done = subprocess.run(
        ["bash", "-e", "-c", script], cwd=cwd, env=environment, encoding="utf-8", check=False,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    return done.stdout


def test_the_containers_first_stage_builds_the_site_from_what_it_copies(tmp_path: Path) -> None:
    environment = stand_ins(tmp_path / "bin") | {"SITE_URL": "https://wiki.example.com/", "REPO_URL": ""}
    work = tmp_path / "work"
    work.mkdir()
    [first, second] = [index for index, (word, _) in enumerate(instructions()) if word == "FROM"]
    for word, rest in instructions()[first:second]:
        if word == "COPY":
            *sources, target = rest.split()
            for source in sources:
                goal = work / target / Path(source).name if target.endswith("/") else work / target
                goal.parent.mkdir(parents=True, exist_ok=True)
                if (ROOT / source).is_dir():
                    shutil.copytree(ROOT / source, goal, ignore=shutil.ignore_patterns("__pycache__"))
                else:
                    shutil.copy(ROOT / source, goal)
        elif word == "RUN":
            shell(rest, work, environment)
    assert "--require-hashes -r requirements/base.txt" in (tmp_path / "bin/log").read_text("utf-8")
    assert (work / "site/export/raci.xlsx").is_file()
    assert "sha256-" in (work / "policy.conf").read_text("utf-8")


def test_the_containers_second_stage_has_what_nginx_reads_and_no_rights() -> None:
    [_, second] = [index for index, (word, _) in enumerate(instructions()) if word == "FROM"]
    last = instructions()[second:]
    copied = " ".join(rest for word, rest in last if word == "COPY")
    named = re.findall(r"(?:include|root) (\S+);", "".join(
        (DEPLOY / name).read_text("utf-8") for name in ("container/nginx.conf", "nginx/site.conf", "nginx/headers.conf")
    ))  # fmt: skip
    for name in set(named):
        assert name in copied or f"nginx/{Path(name).name} " in copied, name
    assert ("USER", "101:101") in last
    assert not [word for word, _ in last if word == "RUN"]
    sources = [
        each for word, rest in last if word == "COPY" and "--from" not in rest for each in rest.split()[:-1]
    ]
    assert all((ROOT / source).is_file() for source in sources)


def test_what_the_container_copies_is_not_kept_from_it() -> None:
    kept = (DEPLOY / "container/Containerfile.dockerignore").read_text("utf-8").splitlines()
    assert kept[0] == "*"
    for word, rest in instructions():
        if word == "COPY" and "--from" not in rest:
            for source in rest.split()[:-1]:
                assert f"!{source}" in kept or f"!{source.split('/')[0]}" in kept, source


# --- GitLab, Forgejo, Woodpecker --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "schema"),
    [
        ("gitlab-ci.yml", "gitlab-ci"),
        ("woodpecker.yml", "woodpecker-ci"),
        ("forgejo.yml", "github-workflows"),
    ],
)
def test_a_pipeline_is_valid_by_its_hosts_schema(name: str, schema: str) -> None:
    # Forgejo's workflows are GitHub's, and it has no schema of its own.
    flags = ["--data-transform", "gitlab-ci"] if schema == "gitlab-ci" else []
    result = run(
        ["-m", "check_jsonschema", *flags, "--builtin-schema", f"vendor.{schema}", str(DEPLOY / name)],
        ROOT, dict(os.environ),
    )  # fmt: skip
    assert result.returncode == 0, result.stdout


def test_gitlab_checks_builds_and_hands_the_site_over(tmp_path: Path) -> None:
    pipeline = yaml.safe_load((DEPLOY / "gitlab-ci.yml").read_text("utf-8"))
    environment = stand_ins(tmp_path / "bin")
    root = fresh(tmp_path / "clone", tmp_path / "bin")
    lines = [
        *pipeline["default"]["before_script"],
        *pipeline["check"]["script"],
        *pipeline["pages"]["script"],
    ]
    given = {
        "CI_PAGES_URL": "https://acme.pages.example.com/mlops",
        "CI_PROJECT_URL": "https://git.example.com/a/b",
    }
    shell("\n".join(lines), root, environment | given)
    assert pipeline["pages"]["artifacts"]["paths"] == ["public"]
    assert f"{given['CI_PAGES_URL']}/grow/choosing/" in (root / "public/sitemap.xml").read_text("utf-8")
    assert given["CI_PROJECT_URL"] in (root / "public/index.html").read_text("utf-8")


def forgejo(step: dict[str, Any]) -> str:
    return str(step.get("run", ""))


@pytest.mark.parametrize("host", ["forgejo", "woodpecker"])
def test_a_branch_takes_the_site_and_keeps_no_old_one(tmp_path: Path, host: str) -> None:
    pipeline = yaml.safe_load((DEPLOY / f"{host}.yml").read_text("utf-8"))
    environment = stand_ins(tmp_path / "bin")
    root = fresh(tmp_path / "clone", tmp_path / "bin")
    pages = tmp_path / "a" / "b.git"
    shell(f"git init --quiet --bare '{pages}'", tmp_path, environment)
    if host == "forgejo":
        lines = [forgejo(step) for step in pipeline["jobs"]["publish"]["steps"]]
        given = {"SERVER": f"file://{tmp_path}", "REPOSITORY": "a/b", "TOKEN": "t"}
        # A file has no user: the address is the one difference.
        lines = [line.replace("token:$TOKEN@", "") for line in lines]
    else:
        lines = [line for step in pipeline["steps"] for line in step["commands"]]
        given = {"PAGES_REMOTE": f"file://{pages}"}
    for _ in range(2):
        shell("\n".join(lines), root, environment | given | {"SITE_URL": "https://acme.example.com/"})
    assert shell("git rev-list --count pages", pages, environment) == "1\n"
    names = shell("git ls-tree -r --name-only pages", pages, environment).splitlines()
    assert {"index.html", "templates/raci-sheet.xlsx", "404.html"} <= set(names)


def test_a_branch_that_is_refused_is_told_without_the_token(tmp_path: Path) -> None:
    environment = stand_ins(tmp_path / "bin")
    for name in ("deploy", "site"):
        (tmp_path / name).mkdir()
    shutil.copy(DEPLOY / "branch.sh", tmp_path / "deploy/branch.sh")
    (tmp_path / "site/index.html").write_text("x", "utf-8")
    done = subprocess.run(
        ["bash", "deploy/branch.sh", "file:///nowhere/secret-token", "pages"], cwd=tmp_path, env=environment,
        encoding="utf-8", check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (1, "The branch 'pages' was not taken.\n")


def test_no_pipeline_installs_what_is_not_locked() -> None:
    for name in ("gitlab-ci.yml", "woodpecker.yml", "forgejo.yml", "container/Containerfile"):
        text = (DEPLOY / name).read_text("utf-8")
        for line in re.findall(r"pip install (.*)", text):
            assert (
                "--require-hashes -r requirements/base.txt" in line
                or "--no-deps --no-build-isolation -e ." in line
            )
