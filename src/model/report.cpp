#include "model/report.h"

namespace factpress::model {

const std::string& Concept::label(LabelRole role) const {
  const std::string* standard_text = &name.local;
  for (const Label& l : labels) {
    if (l.role == role) return l.text;
    if (l.role == LabelRole::standard) standard_text = &l.text;
  }
  return *standard_text;
}

std::string_view to_string(Verdict v) {
  switch (v) {
    case Verdict::proved: return "proved";
    case Verdict::contradicted: return "contradicted";
    case Verdict::unproved: return "unproved";
  }
  return "";
}

std::string_view to_string(CheckKind k) {
  switch (k) {
    case CheckKind::footing: return "footing";
    case CheckKind::balance: return "balance";
    case CheckKind::tie: return "tie";
    case CheckKind::claim: return "claim";
    case CheckKind::reconciliation: return "reconciliation";
    case CheckKind::per_share: return "per-share";
  }
  return "";
}

}  // namespace factpress::model
