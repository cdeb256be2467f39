//! The gate: what a load test measured, against limits and against an earlier run.
//!
//! Each tool writes another file, so each has its reader; what they read is one [`Run`]. [`judge`] asks it.

mod baseline;
mod error;
mod format;
mod gatling;
mod input;
mod jmeter;
mod judge;
mod k6_lines;
mod k6_machine;
mod k6_summary;
mod limit;
mod locust;
mod metric;
mod node;
mod quantiles;
mod refuse;
mod run;
mod slo;
mod tally;

pub use baseline::Baseline;
pub use error::GateError;
pub use format::Format;
pub use input::{Options, Source, read};
pub use judge::{Against, Check, Comparison, Judged, Judgement, Terms, Trend, judge};
pub use limit::{Allowance, Bound, EndpointLimit, Limit, Origin, defaults, positions};
pub use metric::{Metric, Percentile};
pub use run::{Endpoint, Measures, OwnThreshold, Reading, Run};
pub use slo::{Asked, limits as slo_limits};
