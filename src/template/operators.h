#pragma once
#include "template/ast.h"
#include "template/machine.h"

namespace factpress::tmpl {

/// + - * / // % ** with Python's meaning on exact numbers, strings and lists. A quotient that has no end is rounded half to
/// even to 28 significant digits.
Value binary(Machine& m, Op op, const Value& a, const Value& b);
Value negated(Machine& m, const Value& v);
/// == != < <= > >= in not_in
bool compare(Machine& m, Op op, const Value& a, const Value& b);
/// Order for sort, min and max: <0, 0, >0. Fails for values without an order. Strings by ASCII-folded case unless `case_sensitive`.
int order(Machine& m, const Value& a, const Value& b, bool case_sensitive = true);
bool contains(Machine& m, const Value& container, const Value& item);
Value slice(Machine& m, const Value& v, const Value& start, const Value& stop, const Value& step);
/// The items of anything that can be looped over, strings by character; fails for others.
std::vector<Value> items_of(Machine& m, const Value& v);
/// a / b as division does it.
Decimal quotient(Machine& m, const Decimal& a, const Decimal& b);
/// Fails for a number with more than 1000 digits before or after the point.
void check_number(Machine& m, const Decimal& d);

}  // namespace factpress::tmpl
