"""The course stays at home: no network, no file outside temporary folders, no other program."""

import subprocess
import sys

import pytest
from course import NOTEBOOKS, ROOT

HELD = """
import os, pathlib, socket, sqlite3, tempfile
import sealed
try:
    {}
except PermissionError:
    assert sealed.reached
else:
    assert not sealed.reached
    print("free")
"""
REFUSED = [
    'socket.create_connection(("192.0.2.1", 80), timeout=1)',
    'socket.getaddrinfo("example.org", 80)',
    'socket.socket().bind(("0.0.0.0", 0))',
    'socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"", ("192.0.2.1", 9))',
    'socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendmsg([b""], [], 0, ("192.0.2.1", 9))',
    'socket.gethostbyaddr("192.0.2.1")',
    'open("a_file", "w")',
    'pathlib.Path("a_file").touch()',
    'os.open("a_file", os.O_CREAT)',
    'os.mkdir("a_folder")',
    'os.rename("a_file", os.path.join(tempfile.gettempdir(), "a_file"))',
    'os.remove("a_file")',
    "os.utime(os.getcwd())",
    'sqlite3.connect("a_file")',
    'os.system("exit")',
]
ALLOWED = [
    'socket.socket().bind(("127.0.0.1", 0))',
    "open(sealed.__file__).close()",
    'open(os.devnull, "w").close()',
    'pathlib.Path(tempfile.mkdtemp(), "a_file").write_text("")',
]


@pytest.mark.parametrize("code", REFUSED + ALLOWED)
def test_the_seal_holds(code, tmp_path, home):
    done = subprocess.run(
        [sys.executable, "-c", HELD.format(code)], cwd=tmp_path, env=home, capture_output=True, text=True
    )
    assert (done.stdout, done.stderr) == ("free\n" if code in ALLOWED else "", "")
    assert not list(tmp_path.glob("a_*"))


@pytest.mark.slow
def test_a_small_storm_leaves_no_error_and_no_drift_and_stays_at_home(home):
    chosen = [str(path) for path in NOTEBOOKS if path.stem[:2] in ("02", "08")]  # between them they have every control
    command = [sys.executable, str(ROOT / "tests" / "storm.py"), *chosen, "--events", "120"]
    done = subprocess.run(command, env=home, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
