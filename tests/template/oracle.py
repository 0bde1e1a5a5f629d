#!/usr/bin/env python3
"""Holds the template language against Jinja2: renders tests/cases/template/*.txt and generated templates by both.

usage: oracle.py CASE_RUNNER [--random N] [--verbose]
"""
import glob
import os
import random
import subprocess
import sys
import tempfile

import jinja2

HERE = os.path.dirname(os.path.abspath(__file__))
CASES = os.path.join(HERE, "..", "cases", "template")


def row(label, value, segment):
    return {"label": label, "value": value, "segment": segment}


CONTEXT = {
    "name": "World", "html": "<b>\"x\" & 'y'</b>", "n": 42, "zero": 0, "neg": -7, "half": 2.5, "yes": True, "no": False,
    "nothing": None, "empty": "", "text": "The quick brown fox jumps over the lazy dog", "uni": "Été €ü", "items": [3, 1, 2],
    "words": ["pear", "Apple", "fig", "apple"], "none_list": [], "pair": (1, "two"), "map": {"b": 2, "a": 1, "C": 3},
    "rows": [row("Revenue", 100, "us"), row("Cost", -60, "us"), row("Other", 5, "eu")],
    "tree": [{"name": "a", "children": [{"name": "b", "children": []}, {"name": "c", "children": []}]}, {"name": "d", "children": []}],
    "nested": {"a": {"b": [10, 20, 30]}},
}


class Case:
    def __init__(self, name):
        self.name, self.text, self.main, self.files, self.options = name, "", "main.txt", {}, {}
        self.error, self.deviates, self.output = False, None, None

    def section(self, kind, argument, body):
        body = body[:-1]
        if kind == "main":
            self.text = body
        elif kind == "file":
            self.files[argument] = body
        elif kind == "options":
            for word in argument.split():
                if word in ("trim_blocks", "lstrip_blocks", "keep_trailing_newline"):
                    self.options[word] = True
                else:
                    self.main = "main." + word
        elif kind == "error":
            self.error = True
        elif kind == "deviates":
            self.deviates = argument
        elif kind == "output":
            self.output = body


def read_cases(path):
    cases, kind, argument, body = [], None, "", ""
    for line in open(path, encoding="utf-8", newline=""):
        bare = line.rstrip("\n")
        if bare.startswith(("=== ", "--- ")):
            if cases:
                cases[-1].section(kind, argument, body)
            body = ""
            if bare.startswith("=== "):
                cases.append(Case(bare[4:]))
                kind, argument = "main", ""
            else:
                kind, _, argument = bare[4:].partition(" ")
        else:
            body += line
    if cases:
        cases[-1].section(kind, argument, body)
    return cases


def by_jinja(case):
    loader = jinja2.DictLoader({**case.files, case.main: case.text})
    env = jinja2.Environment(loader=loader, undefined=jinja2.StrictUndefined, extensions=["jinja2.ext.loopcontrols", "jinja2.ext.do"],
                             autoescape=lambda name: bool(name) and name.endswith((".html", ".xml")), **case.options)
    try:
        return "ok", env.get_template(case.main).render(CONTEXT)
    except RecursionError:
        return "error", "RecursionError"
    except Exception as e:  # what Python raises from within a template is its error case
        return "error", "%s: %s" % (type(e).__name__, e)


def by_ours(runner, path):
    out = subprocess.run([runner, path], stdout=subprocess.PIPE, check=True).stdout
    results, at = {}, 0
    while at < len(out):
        end = out.index(b"\n", at)
        head = out[at:end].decode()
        words = head.split(" ")
        size = int(words[-1])
        text = out[end + 1:end + 1 + size].decode("utf-8", "replace")
        if words[-2] == "ok":
            results[" ".join(words[1:-2])] = ("ok", text, None)
        else:
            line, column, code = words[-4:-1]
            results[" ".join(words[1:-5])] = ("error", text, (int(line), int(column), code))
        at = end + 1 + size + 1
    return results


def judge(case, ours, reasons):
    """None where all is well, else what is wrong."""
    kind, text, place = ours
    wanted_kind, wanted = by_jinja(case)
    if kind == "error" and place[0] < 1:
        return "our error has no place: " + text
    if kind == "error" and place[2] in ("template.not-found",) and wanted_kind == "error":
        pass
    if case.deviates:
        if case.deviates not in reasons:
            return "the deviation '%s' is not documented" % case.deviates
        if (kind, text) == (wanted_kind, wanted) or (kind == wanted_kind == "error"):
            return "marked as deviating, but Jinja2 does the same"
        if case.error and kind != "error":
            return "expected our error, got %r" % text
        if not case.error and (kind != "ok" or text != case.output):
            return "expected %r, got %s %r" % (case.output, kind, text)
        return None
    if wanted_kind != kind:
        return "jinja2 %s %r, ours %s %r" % (wanted_kind, wanted, kind, text)
    if case.error != (kind == "error"):
        return "expected %s, both gave %s %r" % ("an error" if case.error else "output", kind, text)
    if kind == "ok" and text != wanted:
        return "jinja2 %r\n      ours   %r" % (wanted, text)
    return None


class Generator:
    """Random templates of a small grammar: mostly valid, over the shared context."""

    def __init__(self, seed):
        self.r = random.Random(seed)

    def pick(self, *options):
        return self.r.choice(options)

    def number(self, depth):
        if depth <= 0:
            return self.pick("n", "neg", "zero", "items[0]", "items|length", "3", "17", "-2", "loop_n", "map.a", "nested.a.b[1]")
        a, b = self.number(depth - 1), self.number(depth - 1)
        return self.pick("(%s + %s)" % (a, b), "(%s - %s)" % (a, b), "(%s * %s)" % (a, b), "%s|abs" % a, "(%s if %s else %s)" % (a, self.boolean(depth - 1), b),
                         "(%s // 7)" % a, "(%s %% 5)" % a, "[%s, %s]|max" % (a, b), "[%s, %s, 1]|sum" % (a, b), "(-%s)" % a)

    def string(self, depth):
        if depth <= 0:
            return self.pick("name", "text", "uni", "empty", "'a-b c'", "\"it's\"", "words[1]", "rows[0].label")
        a = self.string(depth - 1)
        return self.pick("%s|upper" % a, "%s|lower" % a, "%s|title" % a, "%s|capitalize" % a, "(%s ~ %s)" % (a, self.pick(self.string(depth - 1), self.number(depth - 1))),
                         "%s|replace('a', 'o')" % a, "%s|trim" % a, "%s|truncate(9)" % a, "%s|center(12)" % a, "%s[1:4]" % a, "%s[::-1]" % a, "(%s + 'z')" % a,
                         "%s|reverse" % a, "%s|wordwrap(8)" % a, "%s|indent(2)" % a, "(%s).split()|join('-')" % a, "(%s * 2)" % a, "%s|e" % a, "%s|default('d')" % a)

    def sequence(self, depth):
        if depth <= 0:
            return self.pick("items", "words", "[1, 2, 3]", "none_list", "map", "pair", "range(4)|list", "[name, n, none, true]")
        a = self.sequence(depth - 1)
        return self.pick("%s|list" % a, "%s|reverse|list" % a, "%s|batch(2)|list" % a, "%s|slice(2)|list" % a, "items|sort", "words|sort(reverse=true)", "%s|unique|list" % a,
                         "%s|map('string')|list" % a, "items|select('odd')|list", "words|reject('in', ['fig'])|list", "map|dictsort", "rows|map(attribute='label')|list",
                         "rows|selectattr('value', 'gt', 0)|list", "(%s|list)[1:]" % a, "rows|groupby('segment')|map('first')|list", "map.items()|list")

    def boolean(self, depth):
        if depth <= 0:
            return self.pick("yes", "no", "n", "empty", "items", "nothing", "missing is defined", "n is even", "name is string", "items is iterable", "nothing is none")
        a, b = self.boolean(depth - 1), self.boolean(depth - 1)
        return self.pick("not %s" % a, "(%s and %s)" % (a, b), "(%s or %s)" % (a, b), "(%s < %s)" % (self.number(0), self.number(depth - 1)), "(1 <= %s < 50)" % self.number(depth - 1),
                         "(%s == %s)" % (self.string(0), self.string(depth - 1)), "(%s in items)" % self.number(0), "('a' not in %s)" % self.string(depth - 1))

    def expression(self, depth):
        return self.pick(self.number, self.string, self.sequence, self.boolean)(depth)

    def body(self, depth):
        return "".join(self.statement(depth) for _ in range(self.r.randint(1, 3)))

    def statement(self, depth):
        d = self.pick("", "", "", "-")
        if depth <= 0 or self.r.random() < 0.4:
            return self.pick("text\n", " <i> ", "\n  ", "{{%s %s %s}}" % (d, self.expression(2), d), "{# note #}")
        b = self.body(depth - 1)
        return self.pick(
            "{%%%s if %s %s%%}%s{%% elif %s %%}%s{%% else %%}%s{%% endif %%}" % (d, self.boolean(2), d, b, self.boolean(1), self.body(depth - 1), self.body(0)),
            "{%% for x in %s %%}%s{{ loop.index }}{{ x }}{%% if loop.last %%}.{%% endif %%}%s{%% else %%}none{%% endfor %%}" % (self.sequence(1), d and " ", b),
            "{%% for k, v in map|dictsort if v %s %d %%}{{ k }}={{ v }}{{ loop.revindex0 }}%s{%% endfor %%}" % (self.pick(">", "<", "=="), self.r.randint(0, 3), b),
            "{%% set loop_n = %s %%}%s{{ loop_n }}" % (self.number(1), b),
            "{%% set block %%}%s{%% endset %%}{{ block|length }}" % b,
            "{%% with loop_n = %s %%}%s{%% endwith %%}{{ loop_n }}" % (self.number(1), b),
            "{%% filter upper %%}%s{%% endfilter %%}" % b,
            "{%% macro m(a, b=2) %%}%s{{ a }}{{ b }}{%% endmacro %%}{{ m(%s) }}" % (b, self.number(1)),
            "{% raw %}{{ raw }}{% endraw %}" + b,
            "{%% for i in range(5) %%}{%% if i == %d %%}{%% %s %%}{%% endif %%}{{ i }}%s{%% endfor %%}" % (self.r.randint(0, 5), self.pick("break", "continue"), b))

    def template(self):
        return "{% set loop_n = 5 %}" + self.body(3)


def main():
    runner = sys.argv[1]
    verbose = "--verbose" in sys.argv
    count = int(sys.argv[sys.argv.index("--random") + 1]) if "--random" in sys.argv else 400
    passed, failures = 0, []
    reasons = set()
    with open(os.path.join(CASES, "deviations.md"), encoding="utf-8") as f:
        for line in f:
            if line.startswith("## "):
                reasons.add(line[3:].strip())
    used = set()
    for path in sorted(glob.glob(os.path.join(CASES, "*.txt"))):
        results = by_ours(runner, path)
        for case in read_cases(path):
            used.add(case.deviates)
            wrong = judge(case, results[case.name], reasons) if case.name in results else "no result"
            passed += wrong is None
            if wrong:
                failures.append("%s: %s: %s\n      template %r" % (os.path.basename(path), case.name, wrong, case.text))
    for key in sorted(reasons - used):
        failures.append("deviations.md: no case shows '%s'" % key)
    fixed, errors = passed, sum(c.error for p in glob.glob(os.path.join(CASES, "*.txt")) for c in read_cases(p))
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "random.txt")
        with open(path, "w", encoding="utf-8") as f:
            for seed in range(count):
                f.write("=== random %d\n%s\n--- options %s\n" % (seed, Generator(seed).template(), ["txt", "html", "trim_blocks lstrip_blocks"][seed % 3]))
        results = by_ours(runner, path)
        for case in read_cases(path):
            case.error = by_jinja(case)[0] == "error"
            wrong = judge(case, results[case.name], reasons)
            passed += wrong is None
            if wrong:
                failures.append("%s: %s\n      template %r" % (case.name, wrong, case.text))
    for f in failures if verbose else failures[:25]:
        print("FAILED", f)
    print("%d written cases (%d of them errors), %d generated" % (fixed + sum("random" not in f.split(":")[0] for f in failures), errors, count))
    print("%d passed, %d failed" % (passed, len(failures)))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
