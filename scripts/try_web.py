"""Serves a corpus with an installed Gongmun and opens its pages in Chromium: do its own component files load?

python scripts/try_web.py COMMAND CORPUS
"""

import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

from playwright.sync_api import sync_playwright

PLACES = ("", "annotations", "releases", "overview", "help")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


def main(command, corpus):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    server = subprocess.Popen([command, "--corpus", corpus, "web", "--port", str(port), "--no-browser"])
    try:
        wait_for(url, server)
        open_pages(url)
    finally:
        server.kill()
        server.wait()


def wait_for(url, server):
    for _ in range(600):
        if server.poll() is not None:
            sys.exit("The server ended by itself.")
        try:
            urllib.request.urlopen(url + "/health").close()
            return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    sys.exit("The server did not answer within a minute.")


def open_pages(url):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        page = browser.new_page()
        wrong = []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        for place in PLACES:
            page.goto(f"{url}/{place}")
            page.wait_for_selector(".gm-head", timeout=60_000)
            page.wait_for_selector(".gm main", timeout=60_000)
            print(f"/{place}: {page.title()}")
        page.goto(f"{url}/?q=동의")
        page.click(".gm-finding-open", timeout=60_000)
        page.wait_for_selector(".gm-viewer-page[data-ready=true]", timeout=60_000)
        print(f"a hit: {page.title()}")
        browser.close()
    if wrong:
        sys.exit("\n".join(wrong))


main(*sys.argv[1:])
