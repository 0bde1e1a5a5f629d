#!/usr/bin/env python3
"""The program as scripts see it: exit codes, what goes to which stream, what is written, and that it is always the same.

usage: run.py FACTPRESS SAMPLES GOLDEN [--update]

GOLDEN holds what `extract` and `check` print for each sample, as they were looked at by eye; --update writes it anew.
"""
import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import zipfile

TOOL, SAMPLES, GOLDEN = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2]).resolve(), pathlib.Path(sys.argv[3]).resolve()
UPDATE = "--update" in sys.argv
passed = failed = 0


# Runs keep compiled packages in the user's cache folder: a test has one of its own.
CACHE = tempfile.TemporaryDirectory()
ENVIRONMENT = {**os.environ, "XDG_CACHE_HOME": CACHE.name}


def run(*args, stdin=b"", cwd=None, env=None):
    return subprocess.run([TOOL, *map(str, args)], input=stdin, capture_output=True, cwd=cwd, timeout=120, env={**ENVIRONMENT, **(env or {})})


def check(name, good, detail=""):
    global passed, failed
    if good:
        passed += 1
    else:
        failed += 1
        print(f"FAILED {name}: {detail}")


def expect(name, result, code, out=(), err=()):
    text_out, text_err = result.stdout.decode("utf-8", "replace"), result.stderr.decode("utf-8", "replace")
    check(name, result.returncode == code, f"exit {result.returncode}, expected {code}\n{text_out[:300]}\n{text_err[:600]}")
    for what in out:
        check(f"{name}: stdout holds {what!r}", what in text_out, text_out[:500])
    for what in err:
        check(f"{name}: stderr holds {what!r}", what in text_err, text_err[:500])


def digest(folder):
    return {str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(folder.rglob("*")) if p.is_file()}


def usage(tmp):
    expect("version", run("--version"), 0, out=["factpress "])
    expect("help", run("--help"), 0, out=["build", "extract", "check", "validate"])
    for command in ("build", "extract", "check", "validate", "convert", "render", "suite", "explain", "taxonomy"):
        expect(f"help of {command}", run(command, "--help"), 0, out=["--help"])
    expect("no command", run(), 2)
    expect("unknown command", run("biuld", "x"), 2, err=["did you mean build?"])
    expect("unknown option", run("extract", "--formt", "tsv", SAMPLES), 2, err=["did you mean --format?"])
    expect("bad choice", run("extract", "--format", "xml", SAMPLES), 2)
    expect("explain", run("explain", "input.empty"), 0, out=["input.empty", "What to do"])
    expect("explain unknown", run("explain", "input.emty"), 2, err=["did you mean input.empty?"])
    expect("explain all", run("explain"), 0, out=["input.empty", "xbrldie:PrimaryItemDimensionallyInvalidError"])


def bad_inputs(tmp):
    good = SAMPLES / "northreach-2016-q3.md"
    (tmp / "empty.txt").write_bytes(b"")
    (tmp / "binary.txt").write_bytes(b"%PDF-1.4\0\0\x01\x02" * 50)
    (tmp / "latin.txt").write_bytes("Ames \u2013 caf\u00e9 \u201cquoted\u201d earned $5 million".encode("cp1252"))
    (tmp / "prose.md").write_text("# Nothing here\n\nNo numbers at all.\n")
    (tmp / "void").mkdir()
    expect("missing", run("extract", tmp / "missing.md"), 2, err=["input.unreadable", "missing.md"])
    expect("empty", run("extract", tmp / "empty.txt"), 2, err=["input.empty"])
    expect("binary", run("extract", tmp / "binary.txt"), 2, err=["input.binary"])
    expect("windows-1252", run("extract", tmp / "latin.txt"), 0, err=["input.encoding"])
    expect("prose without numbers", run("extract", tmp / "prose.md"), 0)
    expect("folder without releases", run("build", tmp / "void", "-o", tmp / "o1"), 2, err=["input.no-release"])
    result = run("extract", tmp / "missing.md", good)
    expect("other inputs go on", result, 2, out=["Lease operating expense"], err=["input.unreadable"])
    expect("a folder as output file", run("build", good, "-o", tmp / "empty.txt"), 1, err=["batch.not-written"])
    (tmp / "a").mkdir()
    (tmp / "b").mkdir()
    shutil.copy(good, tmp / "a" / "x.md")
    shutil.copy(good, tmp / "b" / "x.md")
    expect("two inputs of one name", run("build", tmp / "a" / "x.md", tmp / "b" / "x.md", "-o", tmp / "o2"), 2, err=["batch.same-name"])
    check("the first of them is built", (tmp / "o2" / "x" / "facts.json").is_file())


def results(tmp):
    good = SAMPLES / "northreach-2016-q3.md"
    by_path, by_stdin = run("extract", good), run("extract", "-", stdin=good.read_bytes())
    header = by_path.stdout.decode().splitlines()[0].split("\t")
    check("columns of extract", header == "kind statement section label concept period_start period_end unit dimensions value decimals printed line column".split(), header)
    check("standard input gives the same facts", by_path.stdout == by_stdin.stdout)
    facts = json.loads(run("extract", "--format", "json", good).stdout)
    check("extract as JSON", len(facts) == 1 and len(facts[0]["facts"]) == len(by_path.stdout.decode().splitlines()) - 1)
    expect("check, clean", run("check", "--format", "tsv", good), 0, out=["check\tverdict\tline\tcolumn\tdetail", "footing\tproved"])
    wrong = SAMPLES / "calderwood-2015-q3-with-errors.md"
    expect("check, contradicted", run("check", "--format", "tsv", wrong), 0, out=["contradicted"], err=["check.footing"])
    expect("check, strict", run("check", "--strict", wrong), 1, out=["contradicted"], err=["error"])
    for log, begin in (("json", b"["), ("sarif", b"{")):
        result = run("check", "--log", log, wrong)
        check(f"log as {log}", json.loads(result.stderr) and result.stderr.startswith(begin))
    run("check", "--log", "sarif", "--log-file", tmp / "log.sarif", wrong)
    log = json.loads((tmp / "log.sarif").read_text())
    check("SARIF has results with places", log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] > 0)


def builds(tmp):
    one, two, again = tmp / "one", tmp / "two", tmp / "again"
    expect("build, -j1", run("build", SAMPLES, "-o", one, "-j", "1"), 0)
    expect("build, -j2", run("build", SAMPLES, "-o", two, "-j", "2"), 0)
    check("-j1 and -j2 give the same bytes", digest(one) == digest(two))
    shutil.copytree(one, again)
    expect("build again", run("build", SAMPLES, "-o", again), 0)
    check("a second run gives the same bytes", digest(one) == digest(again))
    for folder in sorted(p for p in one.iterdir() if p.is_dir()):
        names = {p.name for p in folder.iterdir()}
        for name in ("index.html", "report.md", "facts.json", "facts.csv", "facts-metadata.json", "audit.json"):
            check(f"{folder.name} has {name}", name in names)
        for ending in (".xml", ".xsd", "_lab.xml", "_pre.xml", "_cal.xml", ".htm", ".xbri"):
            check(f"{folder.name} has {ending}", any(n.endswith(ending) for n in names), sorted(names))
        check(f"{folder.name} has no leftovers", not any(n.endswith(".tmp") for n in names))
        json.loads((folder / "audit.json").read_text())
        instance = next(p for p in folder.glob("*.xml") if not p.stem.endswith(("_lab", "_pre", "_cal", "_def")))
        converted = tmp / f"{folder.name}.xml"
        expect(f"{folder.name}: JSON converts", run("convert", folder / "facts.json", tmp / f"{folder.name}.csv"), 0)
        expect(f"{folder.name}: inline converts", run("convert", next(folder.glob("*.htm")), converted), 0)
        check(f"{folder.name}: conversion wrote a file", converted.is_file() and instance.is_file())
    expect("an unknown syntax to convert to", run("convert", next(one.glob("*/facts.json")), tmp / "x.docx"), 2, err=["cli.cannot-write"])
    expect("a snapshot that is not there", run("validate", next(one.glob("*/facts.json")), "--snapshot", "x"), 1, err=["snapshot.unreadable"])
    expect("standalone profile", run("build", SAMPLES, "-o", tmp / "alone", "--profile", "standalone"), 0)
    for folder in sorted(p for p in (tmp / "alone").iterdir() if p.is_dir()):
        instance = next(p for p in folder.glob("*.xml") if not p.stem.endswith(("_lab", "_pre", "_cal", "_def")))
        expect(f"{folder.name}: standalone validates with nothing at hand", run("validate", instance), 0)
    expect("outputs named before the input", run("build", "--only", "md", SAMPLES / "northreach-2016-q3.md", "-o", tmp / "named"), 0)
    expect("only some outputs", run("build", SAMPLES / "northreach-2016-q3.md", "--only", "json,md", "-o", tmp / "some"), 0)
    names = sorted(p.name for p in (tmp / "some" / "northreach-2016-q3").iterdir())
    check("--only writes those alone", names == ["facts.json", "report.md"], names)


def folders(tmp):
    """The folder for outputs, however it is named."""
    release = SAMPLES / "northreach-2016-q3.md"
    expect("a plain folder", run("build", release, "-o", "plain", cwd=tmp), 0)
    wanted = digest(tmp / "plain")
    for number, name in enumerate((".", "./", "./x", "y/", "y//z", "../up", "a/../b", "with space", "per%20cent", "ho#sh", "q?", tmp / "c" / ".." / "d")):
        here = tmp / f"in{number}" / "deep"
        here.mkdir(parents=True)
        expect(f"-o {name}", run("build", release, "-o", name, cwd=here), 0)
        check(f"-o {name} gives the same bytes", digest(here / name) == wanted, sorted(digest(here / name)))


def broken_outputs(tmp):
    """Whatever a template does wrong must be found before anything is written."""
    sample = SAMPLES / "harborline-2019-q1.md"
    breaks = {
        "xbrl/instance.xml": [('decimals="{{ p.decimals }}"', ''), ('{{ p.value_text }}</{{ p.name }}>', '{{ p.value_text }}0</{{ p.name }}>'),
                              ('contextRef="{{ p.context_ref }}"', 'contextRef="nowhere"'), ('<{{ p.name }} id', '<xbrli:{{ p.name }} id')],
        "xbrl/calculation.xml": [('weight="{{ a.weight }}"', 'weight="0"')],
        "xbrl/presentation.xml": [('parent-child', 'child-parent')],
        "xbrl/schema.xsd": [('xbrli:periodType="', 'xbrli:periodKind="')],
        "inline/document.htm": [('</body>', '<ix:hidden/></body>'), ('scale="', 'scale="1')],
        "json/facts.json": [('"value": ', '"valu": '), ('"facts"', '"fact"')],
        "csv/facts.csv": [('{{ p.csv_value }}', '{{ p.csv_value }}0'), (',decimals,value', ',value')],
    }
    noted = {  # of a release with footnotes
        "xbrl/instance.xml": [('xlink:href="#{{ id }}"', 'xlink:href="#{{ id }}x"'), ('{{ n.text }}</link:footnote>', '</link:footnote>')],
        "inline/document.htm": [('toRefs="{{ n.id }}"', 'toRefs="nowhere"'), ('<ix:relationship fromRefs', '<ix:relationship from')],
        "json/facts.json": [('"links": {"footnote"', '"links": {"foot"'), ('"footnote": {"_": {{ p.footnotes }}}', '')],
        "csv/facts-metadata.json": [('"linkGroups"', '"linkGroup"')],
        "csv/notes.csv": [('{{ n.text }}', '{{ n.text }}.')],
    }
    every = [(sample, *item) for item in breaks.items()] + [(SAMPLES / "bramble-2021-q2.htm", *item) for item in noted.items()]
    for sample, name, edits in every:
        shipped = run("templates", "show", name).stdout.decode()
        for number, (old, new) in enumerate(edits):
            check(f"{name} holds {old!r}", old in shipped)
            folder = tmp / f"{sample.stem}-{name.replace('/', '-')}-{number}"
            (folder / "templates" / name).parent.mkdir(parents=True)
            (folder / "templates" / name).write_text(shipped.replace(old, new))
            result = run("build", sample, "--templates", folder / "templates", "-o", folder / "out")
            expect(f"{name} broken by {new!r}", result, 1, err=["batch.output-invalid"])
            left = sorted(p.name for p in (folder / "out").rglob("*") if p.is_file())
            check(f"{name} broken by {new!r}: nothing invalid was written", left in ([], ["audit.json"]), left)


def findings(tmp):
    text = (SAMPLES / "harborline-2019-q1.md").read_text()
    wrong = tmp / "per-share.md"
    wrong.write_text(text.replace("| Basic | $ 0.43 |", "| Basic | $ 0.53 |"))
    check("the sample has the per-share row", wrong.read_text() != text)
    expect("a per-share amount that is not its quotient", run("check", wrong), 0, out=["per-share"], err=["check.per-share"])
    expect("claims that the tables contradict", run("check", SAMPLES / "calderwood-2015-q3-with-errors.md"), 0, err=["check.claim", "check.footing"])
    text = (SAMPLES / "northreach-2016-q3.md").read_text()
    table = """Northreach Energy Corp.  \nSelected Operating Costs  \n(Unaudited)\n\n\tThree Months Ended September 30,\t\n\t2016\t2015
Lease operating expense\t\\$ 14,820,116\t\\$ 15,310,442\nProduction taxes\t9,214,805\t3,011,490\nTotal\t24,034,921\t18,321,932\n\n*Forward-looking"""
    (tmp / "twice.md").write_text(text.replace("*Forward-looking", table, 1))
    expect("one item printed with two values", run("extract", tmp / "twice.md"), 0, err=["check.tie", "assemble.duplicate", "mapping.doubtful"])
    (tmp / "adjusted.md").write_text(text.replace("*Forward-looking", table.replace("Selected Operating Costs", "Selected Operating Costs - Pro Forma"), 1))
    other = run("extract", tmp / "adjusted.md")
    check("an adjusted statement has numbers of its own", b"assemble.duplicate" not in other.stderr, other.stderr.decode()[:600])


def snapshots(tmp):
    mill = pathlib.Path(__file__).resolve().parent.parent / "cases" / "xbrl"
    package, image, report = tmp / "mill.zip", tmp / "mill.fps", tmp / "report.xml"
    def pack(schema):
        with zipfile.ZipFile(package, "w") as z:
            z.writestr("p/META-INF/taxonomyPackage.xml", "<tp:taxonomyPackage xmlns:tp='http://xbrl.org/2016/taxonomy-package' xml:lang='en'>"
                       "<tp:identifier>http://mill.example/p</tp:identifier><tp:name>Mill</tp:name><tp:version>1</tp:version></tp:taxonomyPackage>")
            z.writestr("p/META-INF/catalog.xml", "<catalog xmlns='urn:oasis:names:tc:entity:xmlns:xml:catalog'>"
                       "<rewriteURI uriStartString='http://mill.example/t/' rewritePrefix='../t/'/></catalog>")
            z.writestr("p/t/mill.xsd", schema)
    schema = (mill / "mill.xsd").read_text()
    pack(schema)
    report.write_text((mill / "report.xml").read_text().replace('xlink:href="mill.xsd"', 'xlink:href="http://mill.example/t/mill.xsd"').replace(">3</m:Sacks>", ">3.5</m:Stacks>"))
    expect("malformed report", run("validate", report, "--package", package), 1)
    report.write_text(report.read_text().replace("m:Stacks>", "m:Sacks>"))
    expect("compile", run("taxonomy", "compile", package, "-o", image), 0, err=["documents"])
    made = image.read_bytes()
    run("taxonomy", "compile", package, "-o", image)
    check("compiling is deterministic", image.read_bytes() == made)
    expect("compile with a report that is not there", run("taxonomy", "compile", package, "--report", tmp / "none.xml", "-o", tmp / "none.fps"), 2, err=["none.xml"])
    expect("compile with a report", run("taxonomy", "compile", package, "--report", report, "-o", tmp / "all.fps"), 0, err=["taxonomies of reports: 1,"])
    expect("compile: no package", run("taxonomy", "compile", tmp / "none.zip", "-o", tmp / "none.fps"), 2)
    expect("compile: no output", run("taxonomy", "compile", package), 2)
    expect("compile: output that cannot be written", run("taxonomy", "compile", package, "-o", "/proc/none/x.fps"), 2)
    logs = ("--log", "json", "--log-file")
    cold = run("validate", report, "--package", package, "--no-cache", *logs, tmp / "cold.json")
    check("cold run keeps nothing", not list(pathlib.Path(CACHE.name).rglob("*.fps")))
    before = run("validate", "--package", package, "--no-cache", report)
    check("an input may follow an option", (before.returncode, before.stdout) == (cold.returncode, cold.stdout), before.stderr.decode())
    for name, args in (("snapshot", ["--snapshot", image]), ("both", ["--snapshot", image, "--package", package]), ("with the report", ["--snapshot", tmp / "all.fps", "--no-cache"]), ("again", ["--snapshot", image]), ("first", ["--package", package]), ("kept", ["--package", package])):
        found = run("validate", report, *args, *logs, tmp / f"{name}.json")
        check(f"{name}: the same verdict", (found.returncode, found.stdout, found.stderr) == (cold.returncode, cold.stdout, cold.stderr), found.stderr.decode())
        check(f"{name}: the same findings", (tmp / f"{name}.json").read_bytes() == (tmp / "cold.json").read_bytes())
    check("a run keeps what it parsed", len(list(pathlib.Path(CACHE.name).rglob("*.fps"))) == 1)
    check("nothing half written stays", not list(pathlib.Path(CACHE.name).rglob("*.tmp")))
    for name, bad in (("cut", made[: len(made) // 2]), ("tampered", made[:200] + bytes([made[200] ^ 1]) + made[201:]), ("foreign", made[:8] + b"\x63" + made[9:])):
        (tmp / "bad.fps").write_bytes(bad)
        expect(f"{name} snapshot", run("validate", report, "--snapshot", tmp / "bad.fps", "--package", package), cold.returncode, err=["snapshot.version" if name == "foreign" else "snapshot.damaged"])
    expect("missing snapshot", run("validate", report, "--snapshot", tmp / "none.fps", "--package", package), 1, err=["snapshot.unreadable"])
    home = {"XDG_CACHE_HOME": "", "HOME": str(tmp / "home")}
    run("validate", report, "--package", package, env=home)
    check("the cache is in the home folder where none is set", len(list((tmp / "home" / ".cache" / "factpress").glob("*.fps"))) == 1)
    expect("no cache folder at all", run("validate", report, "--package", package, env={"XDG_CACHE_HOME": "", "HOME": ""}), cold.returncode)
    expect("a cache folder that cannot be written", run("validate", report, "--package", package, env={"XDG_CACHE_HOME": "/proc/none"}), cold.returncode)
    pack(schema.replace('name="Sacks" id="Sacks" type="xbrli:decimalItemType"', 'name="Sacks" id="Sacks" type="xbrli:integerItemType"'))
    for args in (["--snapshot", image], ["--snapshot", image, "--package", package]):
        expect("stale snapshot", run("validate", report, *args), 1, err=["snapshot.stale", "schema.value"])
    expect("the cache knows contents", run("validate", report, "--package", package), 1, err=["schema.value"])


def given(tmp):
    """[release] of a mapping file: what a release does not tell of itself."""
    (tmp / "bare.md").write_text("# Pine Ridge Reports Good Results\n\nPine Ridge said that revenues were $20.5 million.\n")
    expect("a release without a day", run("build", tmp / "bare.md", "-o", tmp / "bare"), 0)
    names = sorted(p.name for p in (tmp / "bare" / "bare").iterdir())
    check("its outputs are undated", "pineridge-undated.xml" in names, str(names))
    text = "".join(p.read_text("utf-8", "replace") for p in (tmp / "bare" / "bare").iterdir() if p.suffix != ".xbri")
    check("no day is made up", "1970" not in text and "DocumentPeriodEndDate" not in text)
    (tmp / "given.toml").write_text('[release]\nname = "Pine Ridge Power Company"\ncik = "92122"\nticker = "PRP"\nperiod-end = 2004-12-31\nfiscal-quarter = 4\n')
    expect("a mapping file tells the rest", run("build", tmp / "bare.md", "-o", tmp / "given", "--map", tmp / "given.toml"), 0)
    report = tmp / "given" / "bare" / "prp-20041231.xml"
    check("the report is named by it", report.exists())
    expect("that no key is told is told", run("check", tmp / "bare.md", "--explain"), 0, err=["assemble.no-key"])
    check("its entity has the key", report.exists() and '<xbrli:identifier scheme="http://www.sec.gov/CIK">0000092122<' in report.read_text())
    check("its revenues have the period", report.exists() and ">20500000<" in report.read_text() and "<xbrli:startDate>2004-10-01<" in report.read_text())
    (tmp / "other.md").write_text((tmp / "bare.md").read_text())
    expect("one period for two releases", run("check", tmp / "bare.md", tmp / "other.md", "--map", tmp / "given.toml"), 2, err=["cli.one-release"])
    (tmp / "told.md").write_text("# Pine Ridge Reports Results\n\nDENVER, January 25, 2005 -- Pine Ridge Corp. (NYSE: PRC) said today that revenues for the fourth quarter "
                                 "were $2.72 billion, compared with $2.52 billion in the same period a year ago, an increase of 8.0 percent.\n")
    expect("a release without tables", run("build", tmp / "told.md", "-o", tmp / "told"), 0)
    page = (tmp / "told" / "told" / "index.html").read_text("utf-8")
    check("its page shows what the text states", 'id="key-figures"' in page and "up 8%" in page and "$2.72 billion" in page)
    check("its page has no empty table", "Arithmetic of the tables" not in page and "by the numbers of the same sentence" in page)
    (tmp / "slip.md").write_text((tmp / "told.md").read_text().replace("8.0 percent", "9.0 percent"))
    expect("a change that its sentence belies", run("check", tmp / "slip.md"), 0, out=["unproved", "7.94%"], err=["prose.arithmetic"])
    dates = lambda: {p.name: p.stat().st_mtime_ns for p in (tmp / "told" / "told").iterdir()}
    before = dates()
    again = run("build", tmp / "told.md", "-o", tmp / "told")
    check("what is the same already is not written again", again.returncode == 0 and dates() == before, str(dates()))
    check("and is told of", len(again.stdout.decode().split()) == len(before), again.stdout.decode())
    (tmp / "told" / "told" / "report.md").write_text("other")
    expect("what was changed is", run("build", tmp / "told.md", "-o", tmp / "told"), 0)
    check("written again", "8.0 percent" in (tmp / "told" / "told" / "report.md").read_text("utf-8"))
    (tmp / "key.toml").write_text('[release]\ncik = "92122"\n')
    expect("one key for two releases", run("check", tmp / "bare.md", tmp / "other.md", "--map", tmp / "key.toml"), 0)


def golden(tmp):
    for sample in sorted(SAMPLES.iterdir()):
        if sample.suffix not in (".md", ".txt", ".htm"):
            continue
        for command in ("extract", "check"):
            result = run(command, "--format", "tsv", sample.name, cwd=SAMPLES).stdout.decode()
            path = GOLDEN / f"{sample.stem}.{command}.tsv"
            if UPDATE:
                path.write_text(result)
            expected = path.read_text() if path.is_file() else ""
            lines, wanted = result.splitlines(), expected.splitlines()
            differ = [f"  expected {w}\n  found    {l}" for w, l in zip(wanted + [""] * len(lines), lines + [""] * len(wanted)) if w != l]
            check(f"{command} of {sample.name} is as expected", result == expected, "\n" + "\n".join(differ[:3]))


def main():
    with tempfile.TemporaryDirectory() as folder:
        for part in (usage, bad_inputs, results, findings, given, snapshots, golden, builds, folders, broken_outputs):
            tmp = pathlib.Path(folder) / part.__name__
            tmp.mkdir()
            part(tmp)
    print(f"{passed} passed, {failed} failed")
    return failed != 0


sys.exit(main())
