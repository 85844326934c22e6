"""A small storm over every page of the web edition; the long one is `python tests/web_storm.py SITE`."""

import pytest

pytest.importorskip("playwright.sync_api")
from web_storm import PAGES, flat, storm

EVENTS = 24  # on each page


@pytest.mark.parametrize("name", PAGES)
def test_a_small_storm_leaves_no_error_and_no_drift_and_nothing_behind(browser, site, name):
    before, after = storm(browser, site, name, EVENTS, [15, PAGES.index(name)])
    assert flat(before, after, EVENTS)
