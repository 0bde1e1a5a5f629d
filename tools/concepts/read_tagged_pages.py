#!/usr/bin/env python3
"""Lines of statements from inline XBRL documents (10-K and 10-Q as filed), for count_filers.

    tools/concepts/read_tagged_pages.py SHARED SCHEMAS OUT FILE... [--without CIK]...

A row of a table is a line where a number without dimensions is tagged in it; what it is called is the row's first text. The balance sheet, the
income statement, the cash flow and comprehensive income are the first tables that tag what only they have. Left out are the companies that
the mapper is measured on (SHARED/gold/concepts.tsv, known by their trading symbols) and those with a CIK that is given.
"""
import collections
import html
import re

import lines

FACT = re.compile(r'<ix:nonFraction\b([^>]*)>', re.I)
# What tells a statement, the surest first.
TELLING = [('balance', 'Assets'), ('cashflow', 'NetCashProvidedByUsedInOperatingActivities'), ('income', 'EarningsPerShareBasic'),
           ('income', 'EarningsPerShareBasicAndDiluted'), ('income', 'EarningsPerShareDiluted'), ('comprehensive', 'ComprehensiveIncomeNetOfTax'),
           ('comprehensive', 'ComprehensiveIncomeNetOfTaxIncludingPortionAttributableToNoncontrollingInterest')]
LEAST_FACTS = 10           # of a statement
LEAST_CONTINUED, NEAR = 4, 6000   # facts of its continuation, and how many characters further it may begin
NO_HEADING = re.compile(r'months|ended|\bthousands|\bmillions|20\d\d|unaudited', re.I)


def attributes(text):
    return {k.lower(): v for k, v in re.findall(r'([\w:-]+)\s*=\s*"([^"]*)"', text)}


def plain(text):
    text = re.sub(r'<(script|style|sup)\b.*?</\1>', '', text, flags=re.S | re.I)
    return re.sub(r'\s+', ' ', html.unescape(re.sub(r'<[^>]*>', ' ', text))).replace('\u200b', '').strip()


def told(text, name):
    m = re.search(rf'<ix:nonNumeric\b[^>]*name="dei:{name}"[^>]*>(.*?)</ix:', text, re.S)
    return plain(m.group(1)) if m else ''


def contexts(text):
    """By id: whether it is an instant; those with dimensions are left out."""
    found = re.finditer(r'<(?:xbrli:)?context\b[^>]*\bid="([^"]+)"[^>]*>(.*?)</(?:xbrli:)?context>', text, re.S)
    return {m.group(1): 'instant>' in m.group(2) for m in found if 'Member' not in m.group(2)}


def row_of(tr, instants):
    """(label, concept with its prefix, whether an instant) of a line, (label, None, None) of a heading, else nothing."""
    cells = re.findall(r'<td\b.*?</td>', tr, re.S | re.I)
    facts = [attributes(m.group(1)) for m in FACT.finditer(tr)]
    label = ''
    for cell in cells:
        if FACT.search(cell):
            break
        text = plain(cell)
        if text and not re.fullmatch(r'[$()%\u2014-]+', text):
            label = text
            break
    for fact in facts:
        if fact.get('contextref') in instants:
            return label, fact.get('name', ''), instants[fact['contextref']]
    if not facts and label and not any(plain(c) not in ('', label) for c in cells) and not NO_HEADING.search(label):
        return label.rstrip(':'), None, None
    return None


def statements(text, instants):
    found, last, end = collections.OrderedDict(), None, 0
    for m in re.finditer(r'<table\b.*?</table>', text, re.S | re.I):
        rows = [r for r in (row_of(tr, instants) for tr in re.findall(r'<tr\b.*?</tr>', m.group(0), re.S | re.I)) if r]
        names = {r[1] for r in rows if r[1]}
        facts = sum(r[1] is not None for r in rows)
        kind = next((k for k, name in TELLING if 'us-gaap:' + name in names), None)
        if kind and facts >= LEAST_FACTS and kind not in found:
            found[kind], last, end = rows, kind, m.end()
        elif not kind and last in ('balance', 'cashflow') and facts >= LEAST_CONTINUED and m.start() - end < NEAR:
            found[last] += rows
            end = m.end()
    return found


def main():
    args = lines.parser(__doc__, 'files').parse_args()
    official = lines.Official(args.schemas)
    measured = lines.measured_companies(args.shared)
    writer = lines.Writer(args.out, official)
    companies = set()
    for path in sorted(args.files):
        with open(path, encoding='utf-8', errors='replace') as f:
            text = f.read()
        cik = told(text, 'EntityCentralIndexKey').lstrip('0')
        if not cik or cik in args.without or told(text, 'TradingSymbol').lower() in measured:
            continue
        filing = f'page/cik{cik}_{told(text, "DocumentType")}_{told(text, "DocumentFiscalYearFocus")}'
        for kind, rows in statements(text, contexts(text)).items():
            out = []
            for label, name, instant in rows:
                prefix, _, local = (name or '').partition(':')
                standard = local if prefix == 'us-gaap' else None
                balance = official.properties.get(standard, ('', ''))[1]
                out.append((label, standard, 'heading' if name is None else 'instant' if instant else 'duration', balance))
            writer.statement(filing, kind, out)
            companies.add(cik)
    print(f'{len(companies)} companies, {writer.rows} lines')


main()
