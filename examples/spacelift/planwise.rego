# A plan policy of Spacelift: what fails a run of planwise fails the run here, the rest is a warning.
package spacelift

import rego.v1

report := input.third_party_metadata.custom.planwise

deny contains message if {
	some finding in report.findings
	finding.fails_run
	message := sprintf("%s: %s: %s", [finding.rule, finding.address, finding.message])
}

warn contains message if {
	some finding in report.findings
	not finding.fails_run
	finding.status != "resolved"
	message := sprintf("%s: %s: %s", [finding.rule, finding.address, finding.message])
}

# A limit of the bill fails the run without a finding.
deny contains "planwise: the run fails, see its report" if {
	report.summary.failed
	count([finding | some finding in report.findings; finding.fails_run]) == 0
}

# No report is no pass.
deny contains "planwise left no report" if not report.summary
