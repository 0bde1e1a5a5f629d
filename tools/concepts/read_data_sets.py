#!/usr/bin/env python3
"""Lines of statements from the SEC's Financial Statement Data Sets, for count_filers.

    tools/concepts/read_data_sets.py SHARED SCHEMAS OUT FOLDER... [--without NAME]... [--part K/N | --but K/N]

Each FOLDER is an unpacked quarter: sub.txt and pre.txt, and tag.txt where it is at hand (it tells period types and balances; without it
SCHEMAS/us-gaap.tsv does). Of each company the latest annual report counts, else the latest quarterly one, that has a balance sheet, an income
statement and a cash flow. Left out are the companies that the mapper is measured on (SHARED/gold/concepts.tsv, known by the name of their
instance) and those whose instance has a NAME (their ticker symbol). --part takes the companies whose CIK modulo N is K alone, --but the others: to count
some and measure on the rest.
"""
import collections
import csv
import os
import re

import lines

KINDS = {'BS': 'balance', 'IS': 'income', 'CF': 'cashflow', 'CI': 'comprehensive'}


def rows(path):
    with open(path, encoding='utf-8', errors='replace') as f:
        yield from csv.DictReader(f, delimiter='\t', quoting=csv.QUOTE_NONE)


def read(folders):
    filings, tags, shown = {}, {}, collections.defaultdict(dict)
    for folder in folders:
        for r in rows(folder + '/sub.txt'):
            filings[r['adsh']] = r
        if os.path.exists(folder + '/tag.txt'):
            for r in rows(folder + '/tag.txt'):
                tags[r['tag'], r['version']] = r
        for r in rows(folder + '/pre.txt'):
            if r['stmt'] in KINDS and r['inpth'] != '1':
                shown[r['adsh']].setdefault((int(r['report']), int(r['line'])), r)
    return filings, tags, shown


def choose(filings, shown, excluded):
    """By company the filing that counts."""
    out_of = {f['cik'] for f in filings.values() if re.split('[-_]', f['instance'].lower())[0] in excluded}
    best = {}
    for number, f in filings.items():
        kinds = {r['stmt'] for r in shown[number].values()}
        if f['cik'] in out_of or not {'BS', 'IS', 'CF'} <= kinds:
            continue
        rank = f['form'].startswith('10-K'), f['filed'], number
        best[f['cik']] = max(best.get(f['cik'], rank), rank)
    return {cik: rank[2] for cik, rank in best.items()}


def share(text):
    k, n = text.split('/')
    return int(k), int(n)


def main():
    parser = lines.parser(__doc__, 'folders')
    parser.add_argument('--part', type=share)
    parser.add_argument('--but', type=share)
    args = parser.parse_args()
    official = lines.Official(args.schemas)
    filings, tags, shown = read(args.folders)
    chosen = choose(filings, shown, lines.measured_companies(args.shared) | {n.lower() for n in args.without})
    if args.part:
        chosen = {c: f for c, f in chosen.items() if int(c) % args.part[1] == args.part[0]}
    if args.but:
        chosen = {c: f for c, f in chosen.items() if int(c) % args.but[1] != args.but[0]}
    writer = lines.Writer(args.out, official)

    def line(r):
        standard = r['version'].startswith('us-gaap')
        tag = tags.get((r['tag'], r['version']))
        if tag:
            period = {'I': 'instant', 'D': 'duration'}.get(tag['iord'], '')
            balance = {'C': 'credit', 'D': 'debit'}.get(tag['crdr'], '')
        else:
            period, balance = (official.properties.get(r['tag']) if standard else None) or ('instant' if r['stmt'] == 'BS' else 'duration', '')
        return r['plabel'].strip(), r['tag'] if standard else None, period, balance

    for cik, number in sorted(chosen.items(), key=lambda c: int(c[0])):
        statements = collections.defaultdict(list)
        for (report, _), r in sorted(shown[number].items()):
            statements[report, r['stmt']].append(line(r))
        for (_, kind), statement in sorted(statements.items()):
            writer.statement(f'sec/cik{int(cik)}_{filings[number]["period"][:4]}', KINDS[kind], statement)
    print(f'{len(chosen)} companies, {writer.rows} lines')


main()
