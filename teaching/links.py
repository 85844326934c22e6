"""Print the links to give to a class: `python teaching/links.py`, or with yours, `... links.py https://hub.school.edu`.

Who owns the repository stands in the last two lines of the README and nowhere else: all links are made from there.
"""

import re
import sys
from pathlib import Path
from urllib.parse import quote, urlsplit

README = Path(__file__).parents[1] / "README.md"
PLACEHOLDER = "OWNER"
BINDER = (
    r"^\[binder\]: (?P<link>(?P<folder>https://mybinder\.org/v2/gh/(?P<owner>[^/]+)/(?P<name>[^/]+)/(?P<branch>\S+)"
    r"\?urlpath=lab/tree/notebooks/)(?P<notebook>\S+))$"
)


def placed(readme):
    """Return the parts of the Binder link and the web edition's address; two times None while they name no owner."""
    web = re.search(r"^\[web\]: (\S+)$", readme, flags=re.MULTILINE)
    binder = re.search(BINDER, readme, flags=re.MULTILINE)
    if not web or not binder or PLACEHOLDER in web[1] + binder["owner"]:
        return None, None
    return binder, web[1]


def links(readme, hub=None):
    """Return each link by its name; a link that can't lead anywhere is a `ValueError`."""
    binder, web = placed(readme)
    if not binder:
        raise ValueError(f"The README names no owner yet: put yours in place of {PLACEHOLDER} in its last two lines.")
    found = {"web edition": web, "Binder": binder["link"]}
    if not hub:
        return found
    if urlsplit(hub).scheme not in ("http", "https") or not urlsplit(hub).netloc:
        raise ValueError(f"{hub} is not the address of a hub, which looks like https://hub.school.edu.")
    asked = {
        "repo": f"https://github.com/{binder['owner']}/{binder['name']}",
        "branch": binder["branch"],
        "urlpath": f"lab/tree/{binder['name']}/notebooks/{binder['notebook']}?autodecode",
    }
    query = "&".join(f"{key}={quote(value, safe='')}" for key, value in asked.items())
    return {**found, "hub": f"{hub.rstrip('/')}/hub/user-redirect/git-pull?{query}"}


if __name__ == "__main__":
    try:
        found = links(README.read_text(encoding="utf-8"), *sys.argv[1:2])
    except ValueError as problem:
        sys.exit(str(problem))
    for name, link in found.items():
        print(f"{name}: {link}")
