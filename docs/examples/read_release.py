#!/usr/bin/env python3
"""Reads a release of Gloss: checks every file against SHA256SUMS, then counts gold spans by split and label.

Needs nothing but Python 3.9.

    python3 read_release.py FOLDER                          a release that was downloaded
    GLOSS_TOKEN=... python3 read_release.py URL FOLDER      fetches it first; URL is .../api/v1/projects/ID/releases/N
"""
import collections
import hashlib
import json
import os
import pathlib
import sys
import urllib.parse
import urllib.request


def fetch(url: str, folder: pathlib.Path) -> None:
    """Downloads every file, and goes on where an earlier download broke off."""
    headers = {"Authorization": "Bearer " + os.environ["GLOSS_TOKEN"]}
    with urllib.request.urlopen(urllib.request.Request(url, headers=headers)) as answer:
        release = json.load(answer)
    if release["state"] != "ready":
        sys.exit(f"Release {release['number']} is {release['state']}.")
    folder.mkdir(parents=True, exist_ok=True)
    for file in release["files"]:
        path = folder / file["name"]
        have = path.stat().st_size if path.exists() else 0
        if have >= file["size"]:
            continue
        more = {**headers, "Range": f"bytes={have}-", "If-Range": f'"{file["sha256"]}"'}
        request = urllib.request.Request(f"{url}/files/{urllib.parse.quote(file['name'])}", headers=more)
        with urllib.request.urlopen(request) as answer, open(path, "ab" if answer.status == 206 else "wb") as out:
            while piece := answer.read(1 << 20):
                out.write(piece)


def check(folder: pathlib.Path) -> int:
    """Every file is what it was when the release was made, or this ends here."""
    lines = (folder / "SHA256SUMS").read_text("utf-8").splitlines()
    for line in lines:
        expected, name = line.split("  ", 1)
        digest = hashlib.sha256()
        with open(folder / name, "rb") as file:
            while piece := file.read(1 << 20):
                digest.update(piece)
        if digest.hexdigest() != expected:
            sys.exit(f"{name} is not what it was when the release was made.")
    return len(lines)


def articles(path: pathlib.Path):
    with open(path, encoding="utf-8", newline="\n") as lines:
        for line in lines:
            article = json.loads(line)
            if "text" in article:  # the first line is about the project
                yield article


def main() -> None:
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    folder = pathlib.Path(sys.argv[-1])
    if len(sys.argv) == 3:
        fetch(sys.argv[1].rstrip("/"), folder)
    print(f"{check(folder)} files are as they were made.")
    for path in sorted(folder.glob("*.jsonl")):
        if path.name in ("index.jsonl", "changes.jsonl") or ".standoff." in path.name:
            continue
        labels = collections.Counter()
        for article in articles(path):
            for span in (article.get("gold") or {}).get("spans", []):
                # Offsets are code points, as Python's strings count.
                assert article["text"][span["start"] : span["end"]] == span["quote"]
                labels[span["label"]] += 1
        print(f"{path.name}: {sum(labels.values())} gold spans: {dict(labels)}")


if __name__ == "__main__":
    main()
