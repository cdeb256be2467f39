//! The template of an SLO, in the principle's own shape.

use std::io::{self, Write};

/// Writes the template for a service; `address` is what it stands for in the plan.
///
/// The numbers are those of design principle DP5 (WAF2p/framework, design-principles.adoc, read 2026-11-29).
pub fn slo_template(service: &str, address: &str, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "# What {address} is to achieve. The numbers are a start: agree on them before the first deployment."
    )?;
    writeln!(out, "service: \"{service}\"")?;
    out.write_all(BODY.as_bytes())
}

const BODY: &str = r#"slos:
  - name: "availability"
    sli: "success_rate"
    target: 99.9
    unit: "percent"
    window: "30d"
  - name: "latency_p95"
    sli: "request_latency_p95"
    target: 200
    unit: "ms"
    window: "30d"
  - name: "latency_p99"
    sli: "request_latency_p99"
    target: 500
    unit: "ms"
    window: "30d"
error_budget:
  period: "30d"
  policy: "feature_freeze_on_exhaustion"
# What alerts on it, if no alarm in the plan does: how fast the budget is used up.
# alert_policy:
#   burn_rate_fast: { window: "1h", burn_rate: 14.4 }
#   burn_rate_slow: { window: "6h", burn_rate: 6 }
"#;
