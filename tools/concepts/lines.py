"""What read_data_sets.py and read_tagged_pages.py share: lines of statements in the form of gold/concepts.tsv."""
import argparse
import collections
import re

COLUMNS = ['filing', 'statement', 'role_definition', 'label', 'label_role', 'concept', 'periodType', 'balance', 'depth', 'abstract', 'calc_parent', 'calc_weight']
TITLES = {'balance': 'CONSOLIDATED BALANCE SHEETS', 'income': 'CONSOLIDATED STATEMENTS OF INCOME', 'cashflow': 'CONSOLIDATED STATEMENTS OF CASH FLOWS',
          'comprehensive': 'CONSOLIDATED STATEMENTS OF COMPREHENSIVE INCOME'}


def parser(doc, inputs):
    """Arguments that both scripts take: SHARED SCHEMAS OUT, the inputs, --without."""
    made = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ('shared', 'schemas', 'out'):
        made.add_argument(name)
    made.add_argument(inputs, nargs='+')
    made.add_argument('--without', action='append', default=[])
    return made


def measured_companies(shared):
    """The ticker symbols of the companies whose lines the mapper is measured on: nothing may be learned from them here."""
    with open(shared + '/gold/concepts.tsv', encoding='utf-8') as f:
        next(f)
        return {re.split('[-_@]', line.split('\t')[0].split('/')[1].lower())[0] for line in f}


class Official:
    """Properties of concepts, and which item adds to which total in any year."""

    def __init__(self, schemas):
        self.properties = {}
        for f in self._rows(schemas + '/us-gaap.tsv', 6):
            self.properties[f[0]] = f[2], f[3]
        self.totals = collections.defaultdict(set)
        for f in self._rows(schemas + '/us-gaap-calculations.tsv', 3):
            for item in f[2].split():
                self.totals[item].add(f[0])

    @staticmethod
    def _rows(path, columns):
        with open(path, encoding='utf-8') as f:
            for line in f:
                fields = line.rstrip('\n').split('\t')
                if len(fields) >= columns and not line.startswith('#'):
                    yield fields

    def total_of(self, concepts, i):
        """The nearest later concept of the statement that this one officially adds to; concepts are local names, None for a filer's own."""
        totals = self.totals.get(concepts[i], ())
        return next((c for c in concepts[i + 1:] if c in totals), '')


class Writer:
    def __init__(self, path, official):
        self.out = open(path, 'w', encoding='utf-8')
        self.official = official
        self.rows = 0
        print(*COLUMNS, sep='\t', file=self.out)

    def statement(self, filing, kind, rows):
        """rows: (label, local name of the standard concept or None, period type, balance); a heading has the period type 'heading'."""
        concepts = [r[1] for r in rows]
        for i, (label, concept, period, balance) in enumerate(rows):
            heading = period == 'heading'
            name = 'us-gaap:' + concept if concept else 'own:Heading' if heading else 'own:Item'
            total = self.official.total_of(concepts, i) if concept else ''
            print(filing, kind, 'Statement - ' + TITLES[kind], label, '', name, 'duration' if heading else period, balance, 1 if heading else 2,
                  1 if heading else '', 'us-gaap:' + total if total else '', '', sep='\t', file=self.out)
            self.rows += 1
