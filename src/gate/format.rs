//! The files that are read, and how each comes to hold what a gate asks for.

use super::metric::{Metric, Percentile};

/// A kind of file.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Format {
    /// What k6 hands to `handleSummary`, as JSON.
    K6Summary,
    /// What k6 writes for `--summary-export`.
    K6Export,
    /// The same with `--new-machine-readable-summary`.
    K6Machine,
    /// What k6 writes for `--out json`: one sample a line.
    K6Lines,
    /// Locust's `_stats.csv`.
    Locust,
    /// Gatling's `js/stats.json` or `js/global_stats.json`.
    Gatling,
    /// The `statistics.json` of `JMeter`'s dashboard.
    JMeter,
}

impl Format {
    /// Its name in machine-readable output.
    pub const fn key(self) -> &'static str {
        match self {
            Self::K6Summary => "k6-summary",
            Self::K6Export => "k6-summary-export",
            Self::K6Machine => "k6-machine-readable-summary",
            Self::K6Lines => "k6-json-lines",
            Self::Locust => "locust-stats-csv",
            Self::Gatling => "gatling-stats",
            Self::JMeter => "jmeter-statistics",
        }
    }

    /// Its name for people.
    pub const fn name(self) -> &'static str {
        match self {
            Self::K6Summary => "k6 summary",
            Self::K6Export => "k6 summary export",
            Self::K6Machine => "k6 machine-readable summary",
            Self::K6Lines => "k6 samples",
            Self::Locust => "Locust statistics",
            Self::Gatling => "Gatling statistics",
            Self::JMeter => "JMeter statistics",
        }
    }

    /// How to come by endpoints where a file of this kind has none.
    pub(super) const fn how_to_get_parts(self) -> &'static str {
        match self {
            Self::K6Summary | Self::K6Export | Self::K6Machine => {
                "k6's summary has only the parts that a threshold of the test names, such as \
                 'http_req_duration{name:/checkout}': add one, or give the file of --out json"
            }
            Self::K6Lines => {
                "k6's samples have only the parts that their tags tell: give the requests of the test a `name` tag, and leave \
                 `name` in systemTags"
            }
            Self::Locust => {
                "Locust's table has only the row of all requests together: give PREFIX_stats.csv as Locust wrote it"
            }
            Self::Gatling => {
                "js/global_stats.json has only all requests together: give js/stats.json of the same report"
            }
            Self::JMeter => {
                "the dashboard has only the entry of all samplers together: give statistics.json as JMeter wrote it"
            }
        }
    }

    /// How to come by what a file of this kind lacks.
    pub fn how_to_get(self, metric: Metric) -> String {
        match (self, metric) {
            (Self::K6Summary | Self::K6Export, Metric::Percentile(percentile)) => trend_stats(percentile),
            (Self::K6Machine, Metric::Percentile(percentile)) => format!(
                "k6's machine-readable summary holds P90 and P95 and no other percentile: run k6 with \
                 --new-machine-readable-summary=false and {}, or give the file of `--out json`",
                option(percentile)
            ),
            (Self::K6Lines, Metric::Percentile(_)) => {
                "every percentile comes of the samples of http_req_duration: let the test make HTTP requests".to_owned()
            }
            (Self::K6Summary | Self::K6Export | Self::K6Machine | Self::K6Lines, Metric::ErrorRate) => {
                "the error rate is the metric http_req_failed, which k6 writes since 0.31.0: use a newer k6".to_owned()
            }
            (Self::K6Summary | Self::K6Export | Self::K6Machine, Metric::Throughput) => {
                "the throughput is the metric http_reqs with the run's duration: leave k6's own metrics in the summary"
                    .to_owned()
            }
            (Self::K6Lines, Metric::Throughput) => {
                "the throughput is that between the first and the last request: let the test make more than one".to_owned()
            }
            (Self::Locust, Metric::Percentile(percentile)) => format!(
                "Locust writes N/A where it has no answer to count, and only the percentiles of PERCENTILES_TO_REPORT: add \
                 {} to locust.stats.PERCENTILES_TO_REPORT",
                percentile.fraction().normalize()
            ),
            (Self::Gatling, Metric::Percentile(_)) => "Gatling writes the four percentiles of its charting.indicators \
                 (percentile1 to percentile4): set one of them to it in gatling.conf, and name all four with --percentiles"
                .to_owned(),
            (Self::JMeter, Metric::Percentile(_)) => "JMeter writes the three percentiles aggregate_rpt_pct1 to \
                 aggregate_rpt_pct3: set one of them to it in user.properties, and name all three with --percentiles"
                .to_owned(),
            (Self::Locust | Self::Gatling | Self::JMeter, _) => {
                "give the file as the tool wrote it, with all its columns".to_owned()
            }
        }
    }
}

fn option(percentile: Percentile) -> String {
    let own = percentile.to_string().to_lowercase();
    let own = own.trim_start_matches('p');
    let more = if ["90", "95", "99"].contains(&own) { String::new() } else { format!(",p({own})") };
    format!("--summary-trend-stats=\"avg,min,med,max,p(90),p(95),p(99){more}\"")
}

fn trend_stats(percentile: Percentile) -> String {
    format!("run k6 with {}: without it a summary holds P90 and P95 only", option(percentile))
}
