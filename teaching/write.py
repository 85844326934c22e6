"""Write the pages of this folder that are made from its sources: `python teaching/write.py`."""

import glossary
import guide
import plans
import worksheet
from places import HERE

PAGES = {
    "guide.md": guide.markdown,
    "plans.md": plans.markdown,
    "lecture.md": lambda: guide.script("lecture"),
    "lab.md": lambda: guide.script("lab"),
    "glossary.md": glossary.markdown,
    "worksheet.html": worksheet.worksheet,
    "worksheet_key.html": worksheet.worksheet_key,
}

if __name__ == "__main__":
    made = {name: page() for name, page in PAGES.items()}  # all of them first: an error leaves the pages as they were
    for name, text in made.items():
        (HERE / name).write_text(text, encoding="utf-8", newline="\n")
