#!/usr/bin/env python3
"""How rightly the numbers of filed quarterly and annual reports are read, judged by the tags that their filers gave them.

tagged_pages.py FACTPRESS PAGE... [--errors]

A page is an inline XBRL document as filed. Its tags are hidden (each becomes a comment of the same length, so that every number keeps its
place), the page is read by `factpress extract`, and each number that a tag stood around is held against it: value without its sign, unit, and
period. Printed are, for tables and for prose, how many numbers were compared, how many are right in all three, how many wrong in each,
and how many numbers of tables with a tag were not read at all (most stand within labels). --errors lists what is wrong. Dashes and
numbers in words are not compared, nor are concepts and members.
"""
import bisect
import collections
import concurrent.futures
import decimal
import html
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

TAG = re.compile(rb"<(/?)ix:(\w+)\b([^>]*)>", re.S)
BLANK = re.compile(rb"&(?:#160|nbsp|#36|#40|#8203|#8195|#8194|#8201);")
UNCOMPARED = {"numdash", "zerodash", "fixed-zero", "fixedzero", "fixed-empty", "nocontent"}
NEAR = 200  # bytes between a number's place as told and its tag


def attributes(text):
    found = re.findall(rb'([\w:-]+)\s*=\s*"([^"]*)"', text)
    return {k.decode().lower(): html.unescape(v.decode("utf8", "replace")) for k, v in found}


def contexts_of(page):
    out = {}
    for m in re.finditer(rb"<xbrli:context\b([^>]*)>(.*?)</xbrli:context>", page, re.S):
        start, end, instant = (re.search(name + rb">\s*([\d-]+)", m.group(2)) for name in (rb"startDate", rb"endDate", rb"instant"))
        last = end or instant
        out[attributes(m.group(1))["id"]] = (start.group(1).decode() if start else "", last.group(1).decode() if last else "")
    return out


def units_of(page):
    out = {}
    for m in re.finditer(rb"<xbrli:unit\b([^>]*)>(.*?)</xbrli:unit>", page, re.S):
        measures = [x.decode().strip().split(":")[-1] for x in re.findall(rb"measure>\s*([^<]+)<", m.group(2))]
        out[attributes(m.group(1))["id"]] = "/".join(measures)
    return out


def without_tags(page):
    """The page with its tags hidden, and where each number's tag stood: (begin, end, attributes)."""
    out, tagged, open_tags = bytearray(page), [], []
    header = re.search(rb"<ix:header\b.*?</ix:header>", page, re.S)
    for m in TAG.finditer(page):
        if header and header.start() <= m.start() < header.end():
            continue
        out[m.start():m.end()] = b"<!--" + b"x" * (m.end() - m.start() - 7) + b"-->"
        if not m.group(1):
            if not m.group(3).rstrip().endswith(b"/"):
                open_tags.append((m.group(2), m.end(), attributes(m.group(3))))
            continue
        at = next((k for k in reversed(range(len(open_tags))) if open_tags[k][0] == m.group(2)), None)
        if at is not None:
            name, begin, told = open_tags.pop(at)
            if name.lower() == b"nonfraction":
                tagged.append((begin, m.start(), told))
    if header:
        out[header.start():header.end()] = b"<!--" + re.sub(rb"[^\n]", b"x", page[header.start() + 4:header.end() - 3]) + b"-->"
    return bytes(out), sorted(tagged, key=lambda t: t[0])


def value_of(text, told):
    form = told.get("format", "").split(":")[-1].lower()
    if form in UNCOMPARED or "word" in form:
        return None
    plain = html.unescape(re.sub(r"<[^>]*>", "", text.decode("utf8", "replace")))
    plain = re.sub(r"[,\u00a0\s()$]", "", plain)
    if not re.fullmatch(r"\d*\.?\d+\.?", plain):
        return None
    return decimal.Decimal(plain.rstrip(".")).scaleb(int(told.get("scale") or 0))


def first_digit(page, at):
    """Behind blanks, signs of money, brackets, comments and tags."""
    while at < len(page):
        if page[at:at + 1] in b" \t\r\n$(":
            at += 1
        elif page[at:at + 4] == b"<!--":
            at = page.find(b"-->", at) + 3
        elif page[at:at + 1] == b"<":
            at = page.find(b">", at) + 1
        elif page[at:at + 2] == b"\xc2\xa0":
            at += 2
        elif blank := BLANK.match(page, at):
            at = blank.end()
        else:
            break
    return at


def compare(program, path):
    page = pathlib.Path(path).read_bytes()
    contexts, units = contexts_of(page), units_of(page)
    plain, tagged = without_tags(page)
    with tempfile.NamedTemporaryFile(suffix=".htm") as file:
        file.write(plain)
        file.flush()
        said = subprocess.run([program, "extract", "--format", "json", "-q", file.name], capture_output=True, check=False).stdout
    facts = json.loads(said)[0]["facts"] if said else []
    lines = [0] + [m.end() for m in re.finditer(rb"\n", plain)]
    begins = [t[0] for t in tagged]
    counts, errors, met = collections.Counter(), [], set()
    for f in facts:
        at = first_digit(plain, lines[f["line"] - 1] + f["column"] - 1)
        k = bisect.bisect_right(begins, at) - 1
        while k >= 0 and begins[k] > at - NEAR and not at < tagged[k][1]:
            k -= 1
        if k < 0 or not tagged[k][0] <= at < tagged[k][1]:
            continue
        met.add(k)
        begin, end, told = tagged[k]
        value = value_of(plain[begin:end], told)
        if value is None:
            continue
        unit, period = units.get(told.get("unitref"), "?"), contexts.get(told.get("contextref"), ("", ""))
        wrong = []
        if not f["value"] or abs(decimal.Decimal(f["value"])) != value:
            wrong.append("value")
        if f["unit"] != unit and {f["unit"], unit} - {"pure", "percent"}:
            wrong.append("unit")
        if (f["period_start"], f["period_end"]) != period:
            wrong.append("period")
        counts[f["kind"], "compared"] += 1
        counts[f["kind"], "right"] += not wrong
        for w in wrong:
            counts[f["kind"], w] += 1
        if wrong:
            errors.append((f["line"], f["column"], "+".join(wrong), f["label"], f["printed"], f["value"], f["unit"], "..".join((f["period_start"], f["period_end"])), str(value), unit, "..".join(period), told.get("name", "")))
    for k, (begin, end, told) in enumerate(tagged):
        in_table = plain.rfind(b"<table", 0, begin) > plain.rfind(b"</table", 0, begin)
        if k not in met and in_table and value_of(plain[begin:end], told) is not None:
            counts["table", "not read"] += 1
    return path, counts, errors


def main():
    pages = [a for a in sys.argv[2:] if not a.startswith("--")]
    if not pages:
        sys.exit("usage: tagged_pages.py FACTPRESS PAGE... [--errors]")
    total = collections.Counter()
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for path, counts, errors in pool.map(lambda p: compare(sys.argv[1], p), pages):
            total.update(counts)
            for error in errors if "--errors" in sys.argv else []:
                print(path, *error, sep="\t")
    for kind in ("table", "prose"):
        compared = max(total[kind, "compared"], 1)
        print(f"{kind}: {total[kind, 'compared']:,} compared, {total[kind, 'right']:,} right ({100 * total[kind, 'right'] / compared:.1f}%), wrong in value {total[kind, 'value']:,}, "
              f"in unit {total[kind, 'unit']:,}, in period {total[kind, 'period']:,}" + (f"; {total[kind, 'not read']:,} not read" if kind == "table" else ""))


if __name__ == "__main__":
    main()
