"""What is in a wheel: all of the package and its data, and nothing else.

Run as ``python tests/wheel.py CHECKOUT WHEEL``; the standard library is enough.
"""

from __future__ import annotations

import configparser
import subprocess
import sys
import tomllib
from pathlib import Path
from zipfile import ZipFile

NEEDED = {  # a word of the complaint -> a file without which something is missing
    "types": "smsform/py.typed",
    "catalogue": "smsform/words/chinese/cli.py",
    "service": "smsform/providers/__init__.py",
}


def main(checkout: Path, wheel: Path) -> None:
    """Exit with a sentence when something is missing, or too much."""
    with ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if not name.endswith("/")}
        [info] = {name.split("/")[0] for name in names if ".dist-info/" in name}
        entries = configparser.ConfigParser()
        entries.read_string(archive.read(f"{info}/entry_points.txt").decode())
    listing = ["git", "-C", str(checkout), "ls-files", "smsform"]
    committed = set(subprocess.check_output(listing, text=True).split())
    packed = {name for name in names if not name.startswith(info)}
    if missing := committed - packed:
        sys.exit(f"not in the wheel: {', '.join(sorted(missing))}")
    if strange := packed - committed:
        sys.exit(f"only in the wheel: {', '.join(sorted(strange))}")
    for what, name in NEEDED.items():
        if name not in packed:
            sys.exit(f"the wheel lacks its {what}: {name}")
    if not any(name.startswith("smsform/report/page/") for name in packed):
        sys.exit("the wheel lacks the page")
    project = tomllib.loads((checkout / "pyproject.toml").read_text())["project"]
    wanted = {"console_scripts": project["scripts"], **project.get("entry-points", {})}
    found = {group: dict(entries[group]) for group in entries.sections()}
    if found != wanted:
        sys.exit(f"entry points: {found} instead of {wanted}")
    print(f"{wheel.name}: {len(packed)} files, entry points {sorted(found)}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
