"""The same release in another layout, or printed by other habits, gives the same facts.

Each Markdown sample is written anew with its tables as pipes, tabs, HTML and fixed-width text; and as HTML with numbers, labels, dates and
headers as other houses print them. What `extract` finds in the tables (label, period, unit, value) must be the same.
usage: layouts.py FACTPRESS SAMPLES
"""
import html
import pathlib
import re
import subprocess
import sys
import tempfile

TOOL, SAMPLES = sys.argv[1], pathlib.Path(sys.argv[2])


def facts(path):
    out = subprocess.run([TOOL, "extract", str(path)], capture_output=True, text=True, timeout=120).stdout.splitlines()
    head = out[0].split("\t")
    rows = [dict(zip(head, line.split("\t"))) for line in out[1:]]
    return sorted(tuple(r[c] for c in ("label", "period_start", "period_end", "unit", "dimensions", "value")) for r in rows if r["kind"] == "table")


def is_row(line):
    return "\t" in line or line.strip().startswith("|")


def blocks(text):
    """Runs of lines that are rows of a table, or are not."""
    run = []
    for line in text.split("\n"):
        if run and is_row(line) != is_row(run[-1]):
            yield is_row(run[-1]), run
            run = []
        run.append(line)
    if run:
        yield is_row(run[-1]), run


def plain(text):
    return text.replace("\\$", "$").replace("**", "")


def rows_of(lines):
    rows = []
    for line in lines:
        if "|" in line and re.fullmatch(r"[\s|:\-]+", line):
            continue
        cells = [c.strip() for c in line.strip().strip("|").split("|")] if line.strip().startswith("|") else line.split("\t")
        rows.append([plain(c) for c in cells])
    width = max(map(len, rows))
    return [r + [""] * (width - len(r)) for r in rows]


def as_pipes(rows):
    lines = ["| " + " | ".join(c.replace("$", "\\$") for c in r) + " |" for r in rows]
    return lines[:1] + ["|" + "---|" * len(rows[0])] + lines[1:]


def as_tabs(rows):
    return ["\t".join(c.replace("$", "\\$") for c in r) for r in rows]


def as_html(rows):
    return ["<table>"] + ["<tr>" + "".join(f"<td>{html.escape(c)}</td>" for c in r) + "</tr>" for r in rows] + ["</table>"]


def as_text(rows):
    """Columns as wide as their widest cell; a header over several columns stands over their middle."""
    count = len(rows[0])
    widths = [max(len(r[i].strip()) for r in rows if i == 0 or len(r[i]) < 20) for i in range(count)]
    lines, body = [], False
    for r in rows:
        body = body or (r[0].strip() != "" and any(re.search(r"\d", c) for c in r[1:]))
        line, i = r[0].rstrip().ljust(widths[0]), 1
        while i < count:
            end = i + 1
            if not body and r[i].strip() and not re.fullmatch(r"\d{4}", r[i].strip()):
                while end < count and not r[end].strip():
                    end += 1
            width = sum(widths[i:end]) + 3 * (end - i - 1)
            line += "   " + (r[i].strip().center(width) if end > i + 1 else r[i].strip().rjust(width))
            i = end
        lines.append(line.rstrip())
    return lines


def prose_as_html(lines):
    out, paragraph = [], []
    for line in lines + [""]:
        short = line.startswith("#") or 0 < len(line) < 80
        if (not line.strip() or short) and paragraph:
            out.append("<p>" + html.escape(" ".join(paragraph)) + "</p>")
            paragraph = []
        if short and line.strip():
            out.append("<p><b>" + html.escape(re.sub("^#+ ", "", plain(line))) + "</b></p>")
        elif line.strip():
            paragraph.append(plain(line))
    return out


LAYOUTS = {
    "pipes": ("md", as_pipes, lambda lines: lines),
    "tabs": ("md", as_tabs, lambda lines: lines),
    "tabs in plain text": ("txt", as_tabs, lambda lines: lines),
    "HTML": ("htm", as_html, prose_as_html),
    "fixed-width text": ("txt", as_text, lambda lines: [re.sub("^#+ ", "", plain(l)) for l in lines]),
}

MONTHS = "January February March April May June July August September October November December".split()
LENGTHS = {"Three": 3, "Six": 6, "Nine": 9, "Twelve": 12}


def is_number(cell):
    return re.fullmatch(r"\(?\$? ?\(?[\d,.]+%?\)?%?", cell.strip()) is not None


def of_numbers(change):
    """Changes the cells of numbers alone."""
    return lambda rows: [r[:1] + [change(c) if is_number(c) else c for c in r[1:]] for r in rows]


def losses(form):
    return of_numbers(lambda c: re.sub(r"^(\$?) ?\((\$?) ?([\d,.]+)\)$", lambda m: form(m[1] or m[2], m[3]), c.strip()))


def first_of_body(rows):
    return next((i for i, r in enumerate(rows) if r[0].strip() and any(is_number(c) and not re.fullmatch(r"(19|20)\d\d", c.strip()) for c in r[1:])), 0)


def leaders(rows):
    return [[r[0] + " ........" if i >= first_of_body(rows) and any(map(is_number, r[1:])) else r[0], *r[1:]] for i, r in enumerate(rows)]


def notes(rows):
    """A column of numbers of notes beside the labels."""
    head = first_of_body(rows) - 1
    while head > 0 and not any(c.strip() for c in rows[head][1:]):
        head -= 1
    return [[r[0], "Note" if i == head else str(i) if i > head + 1 and i % 3 == 0 and any(map(is_number, r[1:])) else "", *r[1:]] for i, r in enumerate(rows)]


def dates(form):
    pattern = re.compile(r"\b(" + "|".join(MONTHS) + r") (\d{1,2}), ?((?:19|20)\d\d)\b")
    return lambda text: pattern.sub(lambda m: form(MONTHS.index(m[1]) + 1, int(m[2]), int(m[3])), text)


def durations(form):
    return lambda text: re.sub(r"\b(Three|Six|Nine|Twelve) Months Ended\b", lambda m: form(m[1]), text)


def same(value):
    return value


# name: what is done to the rows of a table, what to all texts
FORMS = {
    "losses with a minus": (losses(lambda sign, digits: f"-{sign}{digits}"), same),
    "losses with a minus behind the sign": (losses(lambda sign, digits: f"{sign}\u2212{digits}"), same),
    "losses with the sign in the bracket": (losses(lambda sign, digits: f"({sign}{digits})"), same),
    "an unclosed bracket": (losses(lambda sign, digits: f"({sign}{digits}"), same),
    "no separators": (of_numbers(lambda c: c.replace(",", "")), same),
    "groups a thin blank apart": (of_numbers(lambda c: c.replace(",", "\u2009")), same),
    "dots that lead to the numbers": (leaders, same),
    "an empty margin": (lambda rows: [["", *r] for r in rows], same),
    "a column of notes": (notes, same),
    "blank rows": (lambda rows: [x for r in rows for x in (r, [""] * len(r))], same),
    "no blank rows": (lambda rows: [r for r in rows if any(c.strip() for c in r)], same),
    "empty columns between": (lambda rows: [[x for c in r for x in (c, "")] for r in rows], same),
    "days before months": (same, dates(lambda m, d, y: f"{d} {MONTHS[m - 1]} {y}")),
    "short months": (same, dates(lambda m, d, y: f"{MONTHS[m - 1][:3]} {d}, {y}")),
    "dates in digits": (same, dates(lambda m, d, y: f"{m}/{d}/{y}")),
    "dates in few digits": (same, dates(lambda m, d, y: f"{m:02}/{d:02}/{y % 100:02}")),
    "dates by ISO 8601": (same, dates(lambda m, d, y: f"{y}-{m:02}-{d:02}")),
    "months in digits": (same, durations(lambda n: f"{LENGTHS[n]} Months Ended")),
    "months ending": (same, durations(lambda n: f"{n} Months Ending")),
    "months to a day": (same, durations(lambda n: f"{n} Months to")),
    "periods of months": (same, durations(lambda n: f"{n}-Month Period Ended")),
}

failed = passed = 0


def compare(path, name, lines, expected):
    global failed, passed
    path.write_text("\n".join(lines))
    found = facts(path)
    if found == expected:
        passed += 1
        return
    failed += 1
    print(f"{path.name} as {name}: {len(found)} facts, not {len(expected)}")
    for fact in [f for f in expected if f not in found][:5]:
        print("  missing", fact)
    for fact in [f for f in found if f not in expected][:5]:
        print("  extra  ", fact)


with tempfile.TemporaryDirectory() as folder:
    for sample in sorted(SAMPLES.glob("*.md")):
        expected = facts(sample)
        if not expected:
            sys.exit(f"{sample.name}: no facts in its tables; the test would show nothing")
        pieces = [(table, rows_of(run) if table else run) for table, run in blocks(sample.read_text())]
        for name, (ending, table, prose) in LAYOUTS.items():
            lines = []
            for is_table, run in pieces:
                lines += ["", *table(run), ""] if is_table else prose(run)
            compare(pathlib.Path(folder) / f"{sample.stem}.{ending}", name, lines, expected)
        for name, (of_rows, of_text) in FORMS.items():
            lines = []
            for is_table, run in pieces:
                lines += as_html([[of_text(c) for c in r] for r in of_rows(run)]) if is_table else prose_as_html([of_text(line) for line in run])
            compare(pathlib.Path(folder) / f"{sample.stem}.htm", name, lines, sorted((of_text(f[0]), *f[1:]) for f in expected))
print(f"{passed} passed, {failed} failed")
sys.exit(failed != 0)
