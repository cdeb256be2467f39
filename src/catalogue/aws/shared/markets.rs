//! How the capacity is bought that something runs on, and what would buy spare capacity instead.

use super::machines::{STRATEGY, all_spare};
use crate::facts::{Market, MarketChoice, Record, Value};
use crate::model::{Attr, Body, Text, View};

const SPOT: &str = "Spot capacity";
const FARGATE_SPOT: &str = "Fargate Spot";

/// Of a Batch compute environment, by its `compute_resources`.
///
/// Source: AWS Batch user guide, compute resources: types `EC2`, `SPOT`, `FARGATE` and `FARGATE_SPOT`; read 2026-11-29.
pub(in crate::catalogue::aws) fn jobs(resources: &Body<'_>) -> MarketChoice {
    const TYPE: &str = "compute_resources.type";
    let stated = resources.text("type");
    let market = stated.as_ref().and_then(|kind| match kind.to_ascii_uppercase().as_str() {
        "EC2" | "FARGATE" => Attr::Set(Market::Usual),
        "SPOT" | "FARGATE_SPOT" => Attr::Set(Market::Spare),
        _ => Attr::Unknown(crate::model::Why::Malformed),
    });
    let serverless = stated.known().is_some_and(|kind| kind.to_ascii_uppercase().starts_with("FARGATE"));
    let (spare, advice, kind) = if serverless {
        (FARGATE_SPOT, "set compute_resources.type to FARGATE_SPOT", "FARGATE_SPOT")
    } else {
        (SPOT, "set compute_resources.type to SPOT", "SPOT")
    };
    // What the cloud chooses has no price before.
    let types = resources.get("instance_type").texts().into_known().unwrap_or_default();
    let is_told =
        |one: &Attr<Text>| matches!(one, Attr::Set(name) if name != "optimal" && !name.starts_with("default"));
    let change = (serverless || types.first().is_some_and(is_told)).then(|| (TYPE, Value::Text(kind.into())));
    MarketChoice { attribute: TYPE, market, stated: shown(&stated), spare, batch: true, advice, change }
}

/// Of a group of machines, by its policy of mixed instances.
///
/// Defaults: nothing at first and 100 % beyond that are bought on demand: Amazon EC2 Auto Scaling API reference,
/// `InstancesDistribution`, read 2026-11-29.
pub(in crate::catalogue::aws) fn group(policy: Option<View<'_>>, policies: &[Body<'_>]) -> MarketChoice {
    const POLICY: &str = "mixed_instances_policy";
    const PERCENT: &str = "mixed_instances_policy.instances_distribution.on_demand_percentage_above_base_capacity";
    const ADVICE: &str = "give it a mixed_instances_policy with several machine types, of which none or few are bought on \
                          demand (on_demand_base_capacity, on_demand_percentage_above_base_capacity)";
    let [whole, part] = all_spare();
    let bare = MarketChoice {
        attribute: POLICY,
        market: Attr::Set(Market::Usual),
        stated: "none, so all machines are bought on demand".into(),
        spare: SPOT,
        batch: false,
        advice: ADVICE,
        change: Some((POLICY, whole)),
    };
    let Some(own) = policies.first() else {
        return match policy.map(View::presence) {
            Some(Attr::Unknown(why)) => {
                MarketChoice { market: Attr::Unknown(why), stated: format!("({why})").into(), ..bare }
            }
            _ => bare,
        };
    };
    let distribution = own.block("instances_distribution");
    let of = |name| distribution.as_ref().map_or(Attr::Unset, |distribution| distribution.int(name));
    let percent = of("on_demand_percentage_above_base_capacity");
    // A block that the provider fills is left open.
    let percent = if percent == Attr::Unknown(crate::model::Why::Computed) { Attr::Unset } else { percent };
    let stated = shown(&percent.as_ref().map(|percent| Text::from(format!("{percent} %"))));
    let market = percent.or_default(100).map(|percent| if percent >= 100 { Market::Usual } else { Market::Mixed });
    let change = Some(("mixed_instances_policy.instances_distribution", part));
    MarketChoice { attribute: PERCENT, market, stated, change, ..bare }
}

/// Of a template of machines, by what it says of the market; none where it says nothing.
pub(in crate::catalogue::aws) fn template(
    attribute: &'static str,
    spot: Attr<bool>,
    stated: &Attr<Text>,
) -> Option<MarketChoice> {
    if spot.is_unset() {
        return None;
    }
    let market = spot.map(|spot| if spot { Market::Spare } else { Market::Usual });
    let (stated, advice) = (shown(stated), "let it ask for Spot capacity");
    Some(MarketChoice { attribute, market, stated, spare: SPOT, batch: false, advice, change: None })
}

/// Of nodes of a Kubernetes cluster. Default `ON_DEMAND`: Amazon EKS API reference, `CreateNodegroup`, read 2026-11-29.
pub(in crate::catalogue::aws) fn nodes(capacity_type: &Attr<Text>) -> MarketChoice {
    let market = capacity_type.as_ref().map(|kind| if *kind == "SPOT" { Market::Spare } else { Market::Usual });
    MarketChoice {
        attribute: "capacity_type",
        market: market.or_default(Market::Usual),
        stated: shown(capacity_type),
        spare: SPOT,
        batch: false,
        advice: "set capacity_type to SPOT, with several instance_types",
        change: Some(("capacity_type", Value::Text("SPOT".into()))),
    }
}

/// Which attributes say on what containers run.
pub(in crate::catalogue::aws) struct Says {
    /// The launch type.
    pub(in crate::catalogue::aws) launch: &'static str,
    /// The strategy.
    pub(in crate::catalogue::aws) strategy: &'static str,
    /// Whether a bill depends on the strategy.
    pub(in crate::catalogue::aws) billed: bool,
}

/// Of containers, by their launch type and their strategy; none where they run on somebody's own machines. Unset where the
/// cluster's own strategy decides.
///
/// Source: Amazon ECS API reference, `CreateService`, and Amazon EventBridge API reference, `EcsParameters`; read 2026-11-29.
pub(in crate::catalogue::aws) fn containers(
    launch: &Attr<Text>,
    strategy: View<'_>,
    says: &Says,
) -> Option<MarketChoice> {
    const ADVICE: &str = "give it a capacity_provider_strategy with FARGATE_SPOT in the place of the launch type";
    let one = [("capacity_provider", Value::Text("FARGATE_SPOT".into())), ("weight", Value::Number(1.into()))];
    let change = Value::Blocks(Box::new([Record::new(STRATEGY, &one)]));
    let choice = |attribute, market, stated: Text| {
        let change = says.billed.then(|| (says.strategy, change.clone()));
        Some(MarketChoice { attribute, market, stated, spare: FARGATE_SPOT, batch: false, advice: ADVICE, change })
    };
    if let Attr::Unknown(why) = strategy.presence() {
        return choice(says.strategy, Attr::Unknown(why), format!("({why})").into());
    }
    let items = strategy.visible_blocks();
    if items.is_empty() {
        return match launch {
            Attr::Set(kind) if kind == "FARGATE" => choice(says.launch, Attr::Set(Market::Usual), kind.clone()),
            Attr::Set(kind) if !kind.is_empty() => None,
            Attr::Set(_) | Attr::Unset => choice(says.launch, Attr::Unset, "unset".into()),
            Attr::Unknown(why) => choice(says.launch, Attr::Unknown(*why), format!("({why})").into()),
        };
    }
    let (mut usual, mut spare, mut names) = (false, false, Vec::new());
    for item in &items {
        let name = match item.text("capacity_provider") {
            Attr::Set(name) => name,
            Attr::Unset => continue,
            Attr::Unknown(why) => return choice(says.strategy, Attr::Unknown(why), format!("({why})").into()),
        };
        // Without a base and a weight nothing runs on it, unless it is the only one: API reference, CapacityProviderStrategyItem.
        let none = |field| matches!(item.int(field), Attr::Set(0) | Attr::Unset);
        let idle = items.len() > 1 && none("base") && none("weight");
        match name.as_str() {
            "FARGATE" => usual |= !idle,
            "FARGATE_SPOT" => spare |= !idle,
            _ => return None,
        }
        names.push(name);
    }
    let market = match (usual, spare) {
        (true, true) => Market::Mixed,
        (false, true) => Market::Spare,
        _ => Market::Usual,
    };
    choice(says.strategy, Attr::Set(market), crate::units::listed(names).into())
}

/// Of machines that only work for a cluster, and keep nothing: by the price that somebody bids for spare capacity.
///
/// Source: Amazon EMR management guide, choosing what to launch as Spot Instances: task nodes; read 2026-11-29.
pub(in crate::catalogue::aws) fn task_group(bid: &Attr<Text>) -> MarketChoice {
    let market = match bid {
        Attr::Set(bid) if !bid.is_empty() => Attr::Set(Market::Spare),
        Attr::Set(_) | Attr::Unset => Attr::Set(Market::Usual),
        Attr::Unknown(why) => Attr::Unknown(*why),
    };
    let stated = if bid.is_unset() { "unset, so its machines are bought on demand".into() } else { shown(bid) };
    let change = Some(("bid_price", Value::Text("the on-demand price".into())));
    let advice = "set bid_price, to the on-demand price at most";
    MarketChoice { attribute: "bid_price", market, stated, spare: SPOT, batch: true, advice, change }
}

/// The same of a fleet, by how much of either sort it asks for.
pub(in crate::catalogue::aws) fn task_fleet(usual: &Attr<i64>, spare: &Attr<i64>) -> MarketChoice {
    let market = match (usual, spare) {
        (_, Attr::Unknown(why)) => Attr::Unknown(*why),
        (_, Attr::Unset | Attr::Set(0)) => Attr::Set(Market::Usual),
        (Attr::Unset | Attr::Set(0), _) => Attr::Set(Market::Spare),
        _ => Attr::Set(Market::Mixed),
    };
    let stated = shown(&spare.as_ref().map(|units| Text::from(units.to_string())));
    let advice = "ask for target_spot_capacity in the place of target_on_demand_capacity";
    MarketChoice { attribute: "target_spot_capacity", market, stated, spare: SPOT, batch: true, advice, change: None }
}

fn shown(text: &Attr<Text>) -> Text {
    match text {
        Attr::Set(text) => text.clone(),
        Attr::Unset => "unset".into(),
        Attr::Unknown(why) => format!("({why})").into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Mark;

    const SAYS: Says = Says { launch: "launch_type", strategy: "strategy", billed: true };

    fn market(launch: &Attr<Text>, strategy: &str) -> Option<Attr<Market>> {
        let values = format!(r#"{{ "strategy": {strategy} }}"#);
        let body = Body::new(Some(&values), Mark::No, Mark::No);
        containers(launch, body.get("strategy"), &SAYS).map(|choice| choice.market)
    }

    #[test]
    fn on_what_containers_run() {
        let fargate = Attr::Set(Text::from("FARGATE"));
        let (usual, spot) = (
            r#"{ "capacity_provider": "FARGATE", "weight": 1 }"#,
            r#"{ "capacity_provider": "FARGATE_SPOT", "weight": 3 }"#,
        );
        assert_eq!(market(&fargate, "[]"), Some(Attr::Set(Market::Usual)));
        assert_eq!(market(&Attr::Unset, "[]"), Some(Attr::Unset));
        assert_eq!(market(&Attr::Set("EC2".into()), "[]"), None);
        assert_eq!(market(&Attr::Unset, &format!("[{usual}]")), Some(Attr::Set(Market::Usual)));
        assert_eq!(market(&Attr::Unset, &format!("[{usual}, {spot}]")), Some(Attr::Set(Market::Mixed)));
        assert_eq!(market(&Attr::Unset, &format!("[{spot}]")), Some(Attr::Set(Market::Spare)));
        // Of two, one without a weight does nothing; somebody's own machines are another matter.
        let idle = r#"{ "capacity_provider": "FARGATE_SPOT" }"#;
        assert_eq!(market(&Attr::Unset, &format!("[{usual}, {idle}]")), Some(Attr::Set(Market::Usual)));
        assert_eq!(market(&Attr::Unset, r#"[{ "capacity_provider": "own" }]"#), None);
    }
}
