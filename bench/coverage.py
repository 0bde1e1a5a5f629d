#!/usr/bin/env python3
"""What is recognised and proved in each release of a folder, as a Markdown table.

coverage.py FACTPRESS FOLDER: counts from `extract --format tsv` and `check --format tsv`, one row a release.
"""
import collections
import pathlib
import subprocess
import sys

MAIN = ("income", "balance", "cashflow", "equity")


def rows_of(program, command, path):
    said = subprocess.run([program, command, "--format", "tsv", str(path)], capture_output=True, text=True, check=False).stdout
    return [line.split("\t") for line in said.splitlines()[1:] if line]


def main():
    if len(sys.argv) != 3:
        sys.exit("usage: coverage.py FACTPRESS FOLDER")
    program, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    heads = ["release", "statements", "table facts", "prose facts", "table checks proved", "contradicted", "unproved", "claims proved", "contradicted", "unproved"]
    print("| " + " | ".join(heads) + " |")
    print("| :--- | :--- |" + " ---: |" * (len(heads) - 2))
    total = collections.Counter()
    for path in sorted(p for p in folder.iterdir() if p.suffix in (".md", ".txt", ".htm", ".html") and p.stem != "README"):
        facts = rows_of(program, "extract", path)
        checks = rows_of(program, "check", path)
        kinds = {f[1] for f in facts if f[0] == "table"}
        count = collections.Counter((("claim" if c[0] == "claim" else "table"), c[1]) for c in checks)
        cells = [sum(f[0] == "table" for f in facts), sum(f[0] == "prose" for f in facts)]
        cells += [count[group, verdict] for group in ("table", "claim") for verdict in ("proved", "contradicted", "unproved")]
        total.update(dict(enumerate(cells)))
        print(f"| {path.stem} | {', '.join(k for k in MAIN if k in kinds)} | " + " | ".join(f"{c:,}" for c in cells) + " |")
    print("| **All** | | " + " | ".join(f"{total[i]:,}" for i in range(len(heads) - 2)) + " |")


if __name__ == "__main__":
    main()
