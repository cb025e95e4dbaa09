"""Print the path of a working uv, fetching one into .tools/ where the machine has none.

Run by the Makefile with whatever python3 there is, so: standard library only, Python 3.8 and
later, and no environment needed. Fetched by pip where python3 has it, else straight from the
index's wheel; both against the hashes in deploy/uv.lock.txt.
"""

import hashlib
import html.parser
import os
import pathlib
import platform
import re
import shutil
import stat
import subprocess
import sys
import sysconfig
import urllib.parse
import urllib.request
import zipfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
TOOLS = ROOT / ".tools"
LOCK = ROOT / "deploy" / "uv.lock.txt"
# The index that pip uses when nothing else is set; a setting always wins.
DEFAULT_INDEX = "https://" + ".".join(("pypi", "org")) + "/simple"


def works(uv):
    """Return whether this uv runs here (a pyenv shim may be there and yet refuse)."""
    try:
        return subprocess.run([uv, "--version"], cwd=ROOT, capture_output=True).returncode == 0
    except OSError:
        return False


def with_pip():
    """Install uv into .tools/ with pip. Returns whether that worked."""
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(TOOLS / "uv")]
    command += ["--upgrade", "--no-deps", "--require-hashes", "-r", str(LOCK)]
    try:
        return subprocess.run(command, stdout=sys.stderr, stderr=subprocess.DEVNULL).returncode == 0
    except OSError:
        return False


class Links(html.parser.HTMLParser):
    """Collects the links of an index page."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        if tag == "a":
            self.found.append(dict(attrs).get("href") or "")


def index_pages():
    """Return the addresses to look for uv, settings first."""
    names = ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "PIP_INDEX_URL")
    bases = [os.environ[name] for name in names if os.environ.get(name)] or [DEFAULT_INDEX]
    return [base.rstrip("/") + "/uv/" for base in bases]


def fits(wheel):
    """Return whether a wheel's name fits this machine."""
    machine = platform.machine().lower()
    machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(machine, machine)
    if sys.platform == "darwin":
        machine = {"aarch64": "arm64"}.get(machine, machine)
        return "macosx" in wheel and machine in wheel
    libc = (
        "musllinux" if "musl" in (sysconfig.get_config_var("HOST_GNU_TYPE") or "") else "manylinux"
    )
    return libc in wheel and machine in wheel


def with_wheel():
    """Fetch uv's wheel with the standard library. Returns whether that worked."""
    text = LOCK.read_text()
    version = re.search(r"uv==([0-9.]+)", text).group(1)
    hashes = set(re.findall(r"sha256:([0-9a-f]{64})", text))
    for page in index_pages():
        request = urllib.request.Request(page, headers={"Accept": "text/html"})
        with urllib.request.urlopen(request) as answer:
            links = Links()
            links.feed(answer.read().decode())
            base = answer.geturl()
        for link in links.found:
            name = urllib.parse.urlparse(link).path.rsplit("/", 1)[-1]
            if not (
                name.startswith("uv-" + version + "-") and name.endswith(".whl") and fits(name)
            ):
                continue
            with urllib.request.urlopen(urllib.parse.urljoin(base, link)) as answer:
                data = answer.read()
            if hashlib.sha256(data).hexdigest() in hashes:
                return unpack(data)
    return False


def unpack(data):
    """Write the program in a wheel to .tools/uv/bin. Returns True."""
    target = TOOLS / "uv" / "bin" / "uv"
    target.parent.mkdir(parents=True, exist_ok=True)
    wheel = TOOLS / "uv.whl"
    wheel.write_bytes(data)
    with zipfile.ZipFile(wheel) as archive:
        member = next(n for n in archive.namelist() if n.endswith("/scripts/uv"))
        target.write_bytes(archive.read(member))
    wheel.unlink()
    target.chmod(target.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)
    return True


def main():
    """Print the path, or one sentence and what to do."""
    own = str(TOOLS / "uv" / "bin" / "uv")
    for uv in (os.environ.get("UV"), shutil.which("uv"), own):
        if uv and works(uv):
            print(uv)
            return 0
    print("Fetching uv, which sets up the two Python environments ...", file=sys.stderr)
    reason = ""
    for fetch in (with_pip, with_wheel):
        try:
            if fetch() and works(own):
                print(own)
                return 0
        except (OSError, ValueError, AttributeError, StopIteration, zipfile.BadZipFile) as error:
            reason = " (%s)" % type(error).__name__
    print(
        "uv could not be fetched%s. Check the network, or install uv yourself and run make again."
        % reason,
        file=sys.stderr,
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
