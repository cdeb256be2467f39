//! Offer files of any size, in the form of AWS's Price List: the same bytes for the same size, every time.
//!
//! The proportions are those of a regional file of `AmazonEC2` (facts/README.md, section 6): of fifty products one is of use,
//! the others are the same machine with another system, tenancy or software; a product has some forty attributes; more
//! than half of a JSON file are reserved terms. All figures are made up.

use std::io::{self, Write};

/// Products for one that is of use.
const VARIANTS: u64 = 50;
/// Reserved terms of a product: years, classes and ways to pay.
const RESERVED: u64 = 4;

/// The offer file of a made-up service in JSON, of about `bytes` bytes.
pub(crate) fn json(out: &mut impl Write, bytes: u64) -> io::Result<()> {
    let products = bytes / 5_740;
    write!(
        out,
        "{{\n  \"formatVersion\" : \"v1.0\",\n  \"disclaimer\" : \"made up\",\n  \"offerCode\" : \"AmazonEC2\",\n  \
         \"version\" : \"20261101000000\",\n  \"publicationDate\" : \"2026-11-01T00:00:00Z\",\n  \"products\" : {{"
    )?;
    for at in 0..products {
        let comma = if at == 0 { "" } else { "," };
        let sku = sku(at);
        write!(
            out,
            "{comma}\n    \"{sku}\" : {{\n      \"sku\" : \"{sku}\",\n      \"productFamily\" : \"Compute Instance\",\n      \
             \"attributes\" : {{"
        )?;
        for (place, (name, value)) in attributes(at).iter().enumerate() {
            let comma = if place == 0 { "" } else { "," };
            write!(out, "{comma}\n        \"{name}\" : \"{value}\"")?;
        }
        write!(out, "\n      }}\n    }}")?;
    }
    write!(out, "\n  }},\n  \"terms\" : {{\n    \"OnDemand\" : {{")?;
    for at in 0..products {
        terms(out, at, 0..1, "JRTCKXETXF")?;
    }
    write!(out, "\n    }},\n    \"Reserved\" : {{")?;
    for at in 0..products {
        terms(out, at, 0..RESERVED, "RESERVED0")?;
    }
    write!(out, "\n    }}\n  }}\n}}\n")
}

/// The same as CSV.
pub(crate) fn csv(out: &mut impl Write, bytes: u64) -> io::Result<()> {
    let products = bytes / 3_100;
    writeln!(
        out,
        "\"FormatVersion\",\"v1.0\"\n\"Disclaimer\",\"made up\"\n\"Publication Date\",\"2026-11-01T00:00:00Z\""
    )?;
    writeln!(out, "\"Version\",\"20261101000000\"\n\"OfferCode\",\"AmazonEC2\"")?;
    write!(
        out,
        "\"SKU\",\"OfferTermCode\",\"RateCode\",\"TermType\",\"PriceDescription\",\"EffectiveDate\",\"StartingRange\",\
         \"EndingRange\",\"Unit\",\"PricePerUnit\",\"Currency\",\"Product Family\""
    )?;
    for (name, _) in attributes(0) {
        // The two forms spell this one differently.
        let name = if name == "usagetype" { "usageType" } else { name };
        write!(out, ",\"{name}\"")?;
    }
    writeln!(out)?;
    for at in 0..products {
        for term in 0..=RESERVED {
            let (sku, kind) = (sku(at), if term == 0 { "OnDemand" } else { "Reserved" });
            write!(
                out,
                "\"{sku}\",\"TERM{term}\",\"{sku}.TERM{term}.6YS6EN2CT7\",\"{kind}\",\"$0.{at:06} per hour, made up\",\
                 \"2026-10-01\",\"0\",\"Inf\",\"Hrs\",\"0.{:010}\",\"USD\",\"Compute Instance\"",
                at + 1
            )?;
            for (_, value) in attributes(at) {
                write!(out, ",\"{value}\"")?;
            }
            writeln!(out)?;
        }
    }
    Ok(())
}

/// The terms of one product.
fn terms(out: &mut impl Write, at: u64, which: std::ops::Range<u64>, code: &str) -> io::Result<()> {
    let (sku, comma) = (sku(at), if at == 0 { "" } else { "," });
    write!(out, "{comma}\n      \"{sku}\" : {{")?;
    for term in which {
        let (term, comma) = (
            format!("{sku}.{code}{}", if term == 0 { String::new() } else { term.to_string() }),
            if term == 0 { "" } else { "," },
        );
        write!(
            out,
            "{comma}\n        \"{term}\" : {{\n          \"offerTermCode\" : \"{code}\",\n          \"sku\" : \"{sku}\",\n          \
             \"effectiveDate\" : \"2026-10-01T00:00:00Z\",\n          \"priceDimensions\" : {{\n            \
             \"{term}.6YS6EN2CT7\" : {{\n              \"rateCode\" : \"{term}.6YS6EN2CT7\",\n              \
             \"description\" : \"$0.{at:06} per hour, made up\",\n              \"beginRange\" : \"0\",\n              \
             \"endRange\" : \"Inf\",\n              \"unit\" : \"Hrs\",\n              \"pricePerUnit\" : {{\n                \
             \"USD\" : \"0.{:010}\"\n              }},\n              \"appliesTo\" : [ ]\n            }}\n          }},\n          \
             \"termAttributes\" : {{\n            \"LeaseContractLength\" : \"1yr\",\n            \
             \"OfferingClass\" : \"standard\",\n            \"PurchaseOption\" : \"No Upfront\"\n          }}\n        }}",
            at + 1
        )?;
    }
    write!(out, "\n      }}")
}

fn sku(at: u64) -> String {
    format!("{:016X}", at.wrapping_mul(0x9E37_79B9_7F4A_7C15))
}

/// The attributes of a product; every fiftieth is a plain machine, the others differ from it in one of them.
fn attributes(at: u64) -> Vec<(&'static str, String)> {
    let variant = at % VARIANTS;
    let kind = format!("m{}i.{}xlarge", at / VARIANTS % 90, at / VARIANTS / 90 + 1);
    let mut all = vec![
        ("servicecode", "AmazonEC2".to_owned()),
        ("location", "EU (Paris)".to_owned()),
        ("locationType", "AWS Region".to_owned()),
        ("regionCode", "eu-west-3".to_owned()),
        ("usagetype", format!("EUW3-BoxUsage:{kind}")),
        ("operatingSystem", if variant % 3 == 1 { "Windows" } else { "Linux" }.to_owned()),
        ("tenancy", if variant % 3 == 2 { "Dedicated" } else { "Shared" }.to_owned()),
        ("preInstalledSw", if variant == 0 || variant % 3 == 2 { "NA" } else { "SQL Ent" }.to_owned()),
        ("capacitystatus", if variant < 40 { "Used" } else { "UnusedCapacityReservation" }.to_owned()),
        ("licenseModel", "No License required".to_owned()),
        ("marketoption", "OnDemand".to_owned()),
        ("operation", format!("RunInstances:{variant:04}")),
        ("instanceType", kind),
    ];
    for (name, value) in [
        ("currentGeneration", "Yes"),
        ("instanceFamily", "General purpose"),
        ("vcpu", "8"),
        ("physicalProcessor", "Some Processor 8488C"),
        ("clockSpeed", "3.2 GHz"),
        ("memory", "32 GiB"),
        ("storage", "EBS only"),
        ("networkPerformance", "Up to 12500 Megabit"),
        ("processorArchitecture", "64-bit"),
        ("dedicatedEbsThroughput", "Up to 10000 Mbps"),
        ("ecu", "NA"),
        ("enhancedNetworkingSupported", "Yes"),
        ("gpuMemory", "NA"),
        ("intelAvxAvailable", "Yes"),
        ("intelAvx2Available", "Yes"),
        ("intelTurboAvailable", "Yes"),
        ("normalizationSizeFactor", "16"),
        ("processorFeatures", "AVX; AVX2; Turbo; Deep Learning Boost"),
        ("servicename", "Amazon Elastic Compute Cloud"),
        ("availabilityzone", "NA"),
        ("classicnetworkingsupport", "false"),
        ("vpcnetworkingsupport", "true"),
    ] {
        all.push((name, value.to_owned()));
    }
    all
}
