//! Containers on machines that are the cloud's own.

use crate::facts::{Field, Lines, Quantity, Record};
use crate::model::{Attr, Text};
use crate::units::Decimal;

/// What one task takes.
#[derive(Debug)]
pub(in crate::catalogue::aws) struct Task {
    vcpus: Quantity,
    /// In GB.
    memory: Quantity,
    /// In GB, beyond what comes for nothing.
    storage: Quantity,
    platform: Result<Platform, String>,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Platform {
    Linux,
    Arm,
    Windows,
}

/// The prices of one platform, bought in one way: the part's names and its keys.
struct Prices {
    vcpu: (&'static str, &'static str),
    memory: (&'static str, &'static str),
}

/// GB of storage that a task has for nothing: AWS Fargate pricing, ephemeral storage, not looked up again.
const STORAGE_GB: u32 = 20;

impl Task {
    /// What the bill of a task depends on.
    pub(in crate::catalogue::aws) const READS: &'static [Field] = &[
        Field::text("cpu"),
        Field::text("memory"),
        Field::blocks("ephemeral_storage", &[Field::number("size_in_gib")]),
        Field::blocks("runtime_platform", &[Field::text("cpu_architecture"), Field::text("operating_system_family")]),
    ];

    /// What a task definition says.
    ///
    /// Defaults `LINUX` and `X86_64`: Amazon ECS developer guide, task definition parameters, runtime platform, read
    /// 2026-11-29.
    pub(in crate::catalogue::aws) fn of(definition: &Record) -> Self {
        let extra = definition.block("ephemeral_storage").and_then(|storage| storage.number("size_in_gib"));
        let extra = extra.map(|size| size.saturating_sub(Decimal::from(STORAGE_GB)).max(Decimal::ZERO));
        let platform = match definition.block("runtime_platform") {
            Attr::Unset => Ok(Platform::Linux),
            Attr::Unknown(why) => Err(format!("runtime_platform is {why}")),
            Attr::Set(block) => match (block.text("operating_system_family"), block.text("cpu_architecture")) {
                (Attr::Unknown(why), _) => Err(format!("operating_system_family is {why}")),
                (_, Attr::Unknown(why)) => Err(format!("cpu_architecture is {why}")),
                (Attr::Set(system), _) if system.starts_with("WINDOWS") => Ok(Platform::Windows),
                (_, Attr::Set(kind)) if kind == "ARM64" => Ok(Platform::Arm),
                _ => Ok(Platform::Linux),
            },
        };
        Self {
            vcpus: amount("cpu", &definition.text("cpu")),
            memory: amount("memory", &definition.text("memory")),
            storage: Quantity::of("ephemeral_storage.size_in_gib", &extra),
            platform,
        }
    }

    /// A task of which nothing can be told.
    pub(in crate::catalogue::aws) fn unknown(why: &str) -> Self {
        let hidden = || Quantity::Unknown(why.to_owned());
        Self { vcpus: hidden(), memory: hidden(), storage: Decimal::ZERO.into(), platform: Ok(Platform::Linux) }
    }

    /// A task of this size on Linux and x86.
    pub(in crate::catalogue::aws) fn sized(vcpus: Quantity, memory: Quantity) -> Self {
        Self { vcpus, memory, storage: Decimal::ZERO.into(), platform: Ok(Platform::Linux) }
    }

    /// Writes the lines of so many tasks.
    ///
    /// Source: AWS Fargate pricing, not looked up again.
    pub(in crate::catalogue::aws) fn bill(&self, lines: &mut Lines, count: &Quantity, spot: bool) {
        let (platform, hidden) = match &self.platform {
            Ok(platform) => (*platform, None),
            Err(why) => (Platform::Linux, Some(Quantity::Unknown(why.clone()))),
        };
        let each = |quantity: &Quantity| hidden.clone().unwrap_or_else(|| quantity.clone().times(count.clone()));
        let Prices { vcpu, memory } = prices(platform, spot);
        lines.capacity(memory.0, "GB", memory.1, each(&self.memory));
        lines.capacity(vcpu.0, "CPU", vcpu.1, each(&self.vcpus));
        if platform == Platform::Windows {
            let key = "AmazonECS/Fargate-Windows-OS-Hours:perCPU";
            lines.capacity("Windows license per vCPU per hour", "CPU", key, each(&self.vcpus));
        }
        let none = matches!(&self.storage, Quantity::Known(amounts) if amounts.maximum.is_zero());
        if !none {
            let key = "AmazonECS/Fargate-EphemeralStorage-GB-Hours (beyond 20 GB)";
            lines.capacity("Ephemeral storage per GB per hour", "GB", key, each(&self.storage));
        }
    }
}

const fn prices(platform: Platform, spot: bool) -> Prices {
    let (vcpu, memory) = match (platform, spot) {
        (Platform::Linux, false) => (
            ("Per vCPU per hour", "AmazonECS/Fargate-vCPU-Hours:perCPU (linux x86)"),
            ("Per GB per hour", "AmazonECS/Fargate-GB-Hours (linux x86)"),
        ),
        (Platform::Linux, true) => (
            ("Per vCPU per hour (spot)", "AmazonECS/SpotUsage-Fargate-vCPU-Hours:perCPU"),
            ("Per GB per hour (spot)", "AmazonECS/SpotUsage-Fargate-GB-Hours"),
        ),
        (Platform::Arm, false) => (
            ("Per vCPU per hour (ARM)", "AmazonECS/Fargate-ARM-vCPU-Hours:perCPU"),
            ("Per GB per hour (ARM)", "AmazonECS/Fargate-ARM-GB-Hours"),
        ),
        (Platform::Arm, true) => (
            ("Per vCPU per hour (ARM, spot)", "AmazonECS/SpotUsage-Fargate-ARM-vCPU-Hours:perCPU"),
            ("Per GB per hour (ARM, spot)", "AmazonECS/SpotUsage-Fargate-ARM-GB-Hours"),
        ),
        // There is no spare capacity with Windows: AWS Fargate pricing, Spot, not looked up again.
        (Platform::Windows, _) => (
            ("Per vCPU per hour (Windows)", "AmazonECS/Fargate-Windows-vCPU-Hours"),
            ("Per GB per hour (Windows)", "AmazonECS/Fargate-Windows-GB-Hours"),
        ),
    };
    Prices { vcpu, memory }
}

/// A task's size: `256` and `.25 vCPU` are a quarter, as are `256` and `0.25 GB`.
fn amount(name: &str, text: &Attr<&Text>) -> Quantity {
    match text {
        Attr::Set(text) => size_in_words(text)
            .map_or_else(|| Quantity::Unknown(format!("{name} is not a size: {text}")), Quantity::from),
        Attr::Unset => Quantity::Unknown(format!("{name} is not set")),
        Attr::Unknown(why) => Quantity::Unknown(format!("{name} is {why}")),
    }
}

/// A number of 1,024ths, or a number with its unit.
pub(in crate::catalogue::aws) fn size_in_words(text: &str) -> Option<Decimal> {
    let text = text.trim().to_ascii_lowercase();
    for unit in ["vcpu", "gb"] {
        if let Some(number) = text.strip_suffix(unit) {
            return number.trim_end().parse().ok();
        }
    }
    text.parse::<Decimal>().ok().map(|number| number / Decimal::from(1024))
}

#[cfg(test)]
mod tests {
    use super::size_in_words;

    #[test]
    fn sizes_in_both_spellings() {
        for (text, expected) in [
            ("256", Some("0.25")),
            (".25 vCPU", Some("0.25")),
            ("2048", Some("2")),
            ("30GB", Some("30")),
            ("much", None),
        ] {
            assert_eq!(size_in_words(text).map(|size| size.normalize().to_string()).as_deref(), expected, "{text}");
        }
    }
}
