//! Block storage: what a volume costs, by its type, its size and what is provisioned beyond.

use crate::facts::{Field, Lines, Quantity, Record};
use crate::model::{Attr, Text};
use crate::units::Decimal;

/// What the bill of a disk depends on, in a block of a machine or of a template.
///
/// What is left open shows as known only after apply: then the image's snapshot decides, or the cloud's default.
pub(in crate::catalogue::aws) const DISK: &[Field] = &[
    Field::text("volume_type").left_open(),
    Field::number("volume_size").left_open(),
    Field::number("iops").left_open(),
    Field::number("throughput").left_open(),
    Field::text("snapshot_id").left_open(),
    Field::text("device_name").left_open(),
];

/// A disk.
#[derive(Clone, Debug)]
pub(in crate::catalogue::aws) struct Disk {
    pub(in crate::catalogue::aws) kind: Attr<Text>,
    /// In GB.
    pub(in crate::catalogue::aws) size: Quantity,
    pub(in crate::catalogue::aws) iops: Attr<Decimal>,
    /// In MB/s.
    pub(in crate::catalogue::aws) throughput: Attr<Decimal>,
}

/// The IOPS and the MB/s that a gp3 volume has for nothing: Amazon EBS pricing, not looked up again.
const GP3_IOPS: u32 = 3000;
const GP3_THROUGHPUT: u32 = 125;

/// From where on the IOPS of an io2 volume are cheaper: Amazon EBS pricing, io2, not looked up again.
const IO2_TIERS: [u32; 2] = [32_000, 64_000];

impl Disk {
    /// A disk of this many GB of which nobody has chosen anything: gp2 is the default of Amazon EC2's `CreateVolume`, read
    /// 2026-11-29.
    pub(in crate::catalogue::aws) fn plain(size: u32) -> Self {
        Self { kind: Attr::Unset, size: size.into(), iops: Attr::Unset, throughput: Attr::Unset }
    }

    /// A disk as a block of a machine says, with this many GB where the block does not say.
    pub(in crate::catalogue::aws) fn of_block(block: &Record, default: u32) -> Self {
        let size = match (block.number("volume_size"), block.text("snapshot_id")) {
            (Attr::Unset, Attr::Set(_) | Attr::Unknown(_)) => {
                Quantity::Unknown("volume_size is that of its snapshot".to_owned())
            }
            (size, _) => Quantity::of("volume_size", &size.or_default(default.into())),
        };
        Self {
            kind: owned(&block.text("volume_type")),
            size,
            iops: block.number("iops"),
            throughput: block.number("throughput"),
        }
    }

    /// Writes the lines of so many such disks; `requests` are those that magnetic disks are billed by, in a month.
    ///
    /// Source: Amazon EBS pricing, not looked up again.
    pub(in crate::catalogue::aws) fn bill(&self, lines: &mut Lines, count: &Quantity, requests: Option<Decimal>) {
        let standard = Text::from("gp2");
        let kind = match &self.kind {
            Attr::Set(kind) => kind,
            Attr::Unset => &standard,
            Attr::Unknown(why) => {
                let quantity = Quantity::Unknown(format!("volume_type is {why}"));
                lines.monthly("Storage", "GB", "AmazonEC2/EBS:VolumeUsage", quantity);
                return;
            }
        };
        let (name, key) = match kind.as_str() {
            "gp2" => ("Storage (general purpose SSD, gp2)", "AmazonEC2/EBS:VolumeUsage.gp2"),
            "gp3" => ("Storage (general purpose SSD, gp3)", "AmazonEC2/EBS:VolumeUsage.gp3"),
            "io1" => ("Storage (provisioned IOPS SSD, io1)", "AmazonEC2/EBS:VolumeUsage.piops"),
            "io2" => ("Storage (provisioned IOPS SSD, io2)", "AmazonEC2/EBS:VolumeUsage.io2"),
            "st1" => ("Storage (throughput optimized HDD, st1)", "AmazonEC2/EBS:VolumeUsage.st1"),
            "sc1" => ("Storage (cold HDD, sc1)", "AmazonEC2/EBS:VolumeUsage.sc1"),
            "standard" => ("Storage (magnetic)", "AmazonEC2/EBS:VolumeUsage"),
            other => {
                let key = format!("AmazonEC2/EBS:VolumeUsage.{other}");
                lines.monthly(format!("Storage ({other})"), "GB", key, self.size.clone().times(count.clone()));
                return;
            }
        };
        lines.monthly(name, "GB", key, self.size.clone().times(count.clone()));
        match kind.as_str() {
            "gp3" => self.gp3(lines, count),
            "io1" => {
                lines.monthly("Provisioned IOPS", "IOPS", "AmazonEC2/EBS:VolumeP-IOPS.piops", self.provisioned(count));
            }
            "io2" => self.io2(lines, count),
            "standard" => {
                let used = Quantity::Used(requests.map(|requests| requests / million())).times(count.clone());
                // The book's price is for one request.
                let line = lines.monthly("I/O requests", "1M request", "AmazonEC2/EBS:VolumeIOUsage", used);
                line.times(million());
            }
            _ => {}
        }
    }

    /// The IOPS of a volume that has none for nothing.
    fn provisioned(&self, count: &Quantity) -> Quantity {
        match &self.iops {
            Attr::Unset => Quantity::Unknown("iops is not set".to_owned()),
            iops => Quantity::of("iops", iops).times(count.clone()),
        }
    }

    fn gp3(&self, lines: &mut Lines, count: &Quantity) {
        let beyond = |attr: &Attr<Decimal>, included: u32| {
            attr.clone().map(|number| number.saturating_sub(Decimal::from(included)).max(Decimal::ZERO))
        };
        let iops = beyond(&self.iops, GP3_IOPS);
        if matches!(iops, Attr::Unknown(_)) || iops.known().is_some_and(|iops| !iops.is_zero()) {
            let quantity = Quantity::of("iops", &iops).times(count.clone());
            lines.monthly("Provisioned IOPS", "IOPS", "AmazonEC2/EBS:VolumeP-IOPS.gp3", quantity);
        }
        let throughput = beyond(&self.throughput, GP3_THROUGHPUT);
        if matches!(throughput, Attr::Unknown(_)) || throughput.known().is_some_and(|rate| !rate.is_zero()) {
            let quantity = Quantity::of("throughput", &throughput).times(count.clone());
            let line =
                lines.monthly("Provisioned throughput", "Mbps", "AmazonEC2/EBS:VolumeP-Throughput.gp3", quantity);
            // The book's price is for 1,024 MB/s.
            line.times(Decimal::ONE / Decimal::from(1024));
        }
    }

    fn io2(&self, lines: &mut Lines, count: &Quantity) {
        const KEY: &str = "AmazonEC2/EBS:VolumeP-IOPS.io2";
        let Attr::Set(iops) = self.iops else {
            lines.monthly("Provisioned IOPS", "IOPS", KEY, self.provisioned(count));
            return;
        };
        let [first, second] = IO2_TIERS.map(Decimal::from);
        let tiers = [
            ("Provisioned IOPS", KEY, iops.min(first)),
            (
                "Provisioned IOPS (32,001 to 64,000)",
                "AmazonEC2/EBS:VolumeP-IOPS.io2.tier2",
                iops.min(second).saturating_sub(first),
            ),
            ("Provisioned IOPS (over 64,000)", "AmazonEC2/EBS:VolumeP-IOPS.io2.tier3", iops.saturating_sub(second)),
        ];
        for (at, (name, key, here)) in tiers.into_iter().enumerate() {
            if at == 0 || here > Decimal::ZERO {
                lines.monthly(name, "IOPS", key, Quantity::from(here).times(count.clone()));
            }
        }
    }
}

fn million() -> Decimal {
    Decimal::from(1_000_000)
}

/// A text of a record, to keep.
pub(super) fn owned(text: &Attr<&Text>) -> Attr<Text> {
    text.clone().map(Clone::clone)
}
