#pragma once

namespace factpress::batch {

struct Job;
struct Context;

/// Reads back every rendered output from its bytes and validates it: XBRL and inline XBRL against schemas, the generated
/// taxonomy, XBRL 2.1, dimensions and calculations; inline, JSON and CSV against the instance, fact by fact. What fails is
/// said to the job's sink and taken out of its outputs, so that nothing invalid is ever written.
void check_outputs(Job& job, const Context& context);

}  // namespace factpress::batch
