"""Three browser engines with the same four verbs: open a page, run a script in it, press a key, go back.

Chromium is driven by Playwright, Firefox by its own Marionette, WebKit by the driver that comes with WebKitGTK.
"""

import os
import shutil
import socket
import subprocess
from contextlib import contextmanager
from glob import glob
from tempfile import TemporaryDirectory


class Chromium:
    """Playwright's page."""

    def __init__(self, page):
        self.page = page

    def open(self, url):
        self.page.goto(url)

    def run(self, body, *values):
        return self.page.evaluate(f"values => (function () {{ {body} }})(...values)", values)

    def press(self, css, key):
        self.page.locator(css).first.press({" ": "Space"}.get(key, key))

    def back(self):
        self.page.go_back()


class Firefox:
    """A session of Marionette."""

    def __init__(self, session):
        self.open, self.session, self.back = session.navigate, session, session.go_back

    def run(self, body, *values):
        return self.session.execute_script(body, script_args=values, sandbox=None)  # as the page's own

    def press(self, css, key):
        self.session.find_element("css selector", css).send_keys(CODES.get(key, key))


class WebKit:
    """A driver of Selenium."""

    def __init__(self, driver):
        self.open, self.driver, self.back = driver.get, driver, driver.back

    def run(self, body, *values):
        return self.driver.execute_script(body, *values)

    def press(self, css, key):
        self.driver.find_element("css selector", css).send_keys(CODES.get(key, key))


# the keys of the WebDriver standard
CODES = {"ArrowLeft": "\ue012", "ArrowRight": "\ue014", "Enter": "\ue007"}


class MissingError(Exception):
    """An engine that is not on this machine."""


def program(*names):
    """Return the path of the first of these programs that is here."""
    found = next(filter(None, map(shutil.which, names)), None)
    if not found:
        raise MissingError(f"{' or '.join(names)} is not on this machine")
    return found


@contextmanager
def firefox():
    """Firefox without a window, and without its calls home."""
    from marionette_driver.marionette import Marionette

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    prefs = {"network.captive-portal-service.enabled": False, "network.connectivity-service.enabled": False}
    with TemporaryDirectory() as folder:
        where = {"port": port, "gecko_log": f"{folder}/log"}  # it would write one beside the tests
        session = Marionette(bin=program("firefox-esr", "firefox"), headless=True, prefs=prefs, **where)
        try:
            session.start_session()
            yield Firefox(session)
        finally:
            session.cleanup()


@contextmanager
def webkit():
    """The small browser that comes with WebKitGTK, on a screen in memory."""
    from selenium import webdriver

    driver, screen = program("WebKitWebDriver"), program("Xvfb")
    options = webdriver.WebKitGTKOptions()
    options.binary_location = program(*sorted(glob("/usr/lib/*/webkit2gtk-4.*/MiniBrowser")), "MiniBrowser")
    options.add_argument("--automation")
    with subprocess.Popen([screen, "-displayfd", "1", "-nolisten", "tcp"], stdout=subprocess.PIPE, text=True) as shown:
        try:
            place = {**os.environ, "DISPLAY": f":{shown.stdout.readline().strip()}"}
            service = webdriver.WebKitGTKService(driver, env=place)
            with webdriver.WebKitGTK(options=options, service=service) as browser:
                yield WebKit(browser)
        finally:
            shown.terminate()
