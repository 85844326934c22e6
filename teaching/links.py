"""Print the links to give to a class: `python teaching/links.py`, or with yours, `... links.py https://hub.school.edu`.

Who owns the repository stands in the last two lines of the README and nowhere else: all links are made from there.
"""

import re
import sys
from pathlib import Path
from urllib.parse import quote, urlsplit

README = Path(__file__).parents[1] / "README.md"
PLACEHOLDER = "OWNER"


def links(readme, hub=None):
    """Return each link by its name; a link that can't lead anywhere is a `ValueError`."""
    web, binder = (re.search(rf"^\[{name}\]: (\S+)$", readme, flags=re.MULTILINE)[1] for name in ("web", "binder"))
    owner, name, branch, notebook = re.search(r"/gh/(.+?)/(.+?)/(.+)\?urlpath=lab/tree/(.+)", binder).groups()
    if owner == PLACEHOLDER:
        raise ValueError(f"The README names no owner yet: put yours in place of {PLACEHOLDER} in its last two lines.")
    if not hub:
        return {"web edition": web, "Binder": binder}
    if urlsplit(hub).scheme not in ("http", "https") or not urlsplit(hub).netloc:
        raise ValueError(f"{hub} is not the address of a hub, which looks like https://hub.school.edu.")
    asked = {
        "repo": f"https://github.com/{owner}/{name}",
        "branch": branch,
        "urlpath": f"lab/tree/{name}/{notebook}?autodecode",
    }
    query = "&".join(f"{key}={quote(value, safe='')}" for key, value in asked.items())
    return {"web edition": web, "Binder": binder, "hub": f"{hub.rstrip('/')}/hub/user-redirect/git-pull?{query}"}


if __name__ == "__main__":
    try:
        found = links(README.read_text(encoding="utf-8"), *sys.argv[1:2])
    except ValueError as problem:
        sys.exit(str(problem))
    for name, link in found.items():
        print(f"{name}: {link}")
