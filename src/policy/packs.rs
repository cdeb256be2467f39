//! Policies that come with the program.

/// A policy that is built in.
#[derive(Clone, Copy, Debug)]
pub struct Pack {
    /// What it is called on the command line.
    pub name: &'static str,
    /// What it is for, in one line.
    pub summary: &'static str,
    /// Its text.
    pub text: &'static str,
}

/// All of them. The first is what planwise goes by unless it is told otherwise: the rules' own defaults, as a test says.
pub static PACKS: [Pack; 3] = [
    Pack {
        name: "default",
        summary: "what planwise goes by unless it is told otherwise",
        text: include_str!("../../policies/default.yaml"),
    },
    Pack {
        name: "strict",
        summary: "more headroom, milder problems count, and what cannot be told has to be declared or exempted",
        text: include_str!("../../policies/strict.yaml"),
    },
    Pack {
        name: "waf-pp",
        summary: "severities as the WAF++ catalogue gives them to its WAF-PERF controls",
        text: include_str!("../../policies/waf-pp.yaml"),
    },
];

/// The pack with this name.
pub fn pack(name: &str) -> Option<&'static Pack> {
    PACKS.iter().find(|pack| pack.name == name)
}
