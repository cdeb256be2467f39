//! What is read of a product: the attributes that tell what it is.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};

use crate::model::Text;

/// An attribute that is read.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Field {
    Family,
    Service,
    Location,
    LocationType,
    Region,
    UsageType,
    Operation,
    InstanceType,
    OperatingSystem,
    Tenancy,
    Software,
    Capacity,
    License,
    Market,
    Engine,
    Edition,
    Deployment,
    DeploymentModel,
    CacheEngine,
    Group,
    ComputeFamily,
    StorageFamily,
    StorageMedia,
    VolumeType,
    AccessType,
    TransferType,
    FromLocation,
    FromRegion,
    ToLocation,
    ToRegion,
}

/// The attributes by their names. JSON spells `preInstalledSw` what CSV spells `Pre Installed S/W`: letters and digits are
/// the same.
///
/// Source: real files of both forms (`AmazonRDS` of 2017-04-19 as JSON, `AmazonEC2` of 2020-10-19 as CSV) and the filters of
/// infracost/infracost, internal/resources/aws, 2026-08-21.
const FIELDS: [(&str, Field); 30] = [
    ("productfamily", Field::Family),
    ("servicecode", Field::Service),
    ("location", Field::Location),
    ("locationtype", Field::LocationType),
    ("regioncode", Field::Region),
    ("usagetype", Field::UsageType),
    ("operation", Field::Operation),
    ("instancetype", Field::InstanceType),
    ("operatingsystem", Field::OperatingSystem),
    ("tenancy", Field::Tenancy),
    ("preinstalledsw", Field::Software),
    ("capacitystatus", Field::Capacity),
    ("licensemodel", Field::License),
    ("marketoption", Field::Market),
    ("databaseengine", Field::Engine),
    ("databaseedition", Field::Edition),
    ("deploymentoption", Field::Deployment),
    ("deploymentmodel", Field::DeploymentModel),
    ("cacheengine", Field::CacheEngine),
    ("group", Field::Group),
    ("computefamily", Field::ComputeFamily),
    ("storagefamily", Field::StorageFamily),
    ("storagemedia", Field::StorageMedia),
    ("volumetype", Field::VolumeType),
    ("accesstype", Field::AccessType),
    ("transfertype", Field::TransferType),
    ("fromlocation", Field::FromLocation),
    ("fromregioncode", Field::FromRegion),
    ("tolocation", Field::ToLocation),
    ("toregioncode", Field::ToRegion),
];

impl Field {
    /// The attribute of a name, in either spelling.
    pub(super) fn named(name: &str) -> Option<Self> {
        let letters = || name.bytes().filter(u8::is_ascii_alphanumeric).map(|byte| byte.to_ascii_lowercase());
        FIELDS.iter().find(|(known, _)| known.bytes().eq(letters())).map(|(_, field)| *field)
    }
}

/// The attributes of one product; those that it lacks are empty.
#[derive(Clone, Debug, Default)]
pub(super) struct Product {
    values: [Text; FIELDS.len()],
}

impl Product {
    /// An attribute, or nothing.
    pub(super) fn get(&self, field: Field) -> &str {
        self.values.get(field as usize).map_or("", Text::as_str)
    }

    /// Sets an attribute.
    pub(super) fn set(&mut self, field: Field, value: &str) {
        if let Some(place) = self.values.get_mut(field as usize) {
            *place = value.into();
        }
    }

    /// Forgets all attributes.
    pub(super) fn clear(&mut self) {
        self.values.iter_mut().for_each(Text::clear);
    }
}

/// Reads one product into a place, and says its SKU.
#[derive(Debug)]
pub(super) struct ProductSeed<'p>(pub(super) &'p mut Product);

impl<'de> DeserializeSeed<'de> for ProductSeed<'_> {
    type Value = Option<String>;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for ProductSeed<'_> {
    type Value = Option<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a product with its attributes")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut sku = None;
        while let Some(part) = map.next_key_seed(PartSeed)? {
            match part {
                Part::Sku => sku = Some(map.next_value()?),
                Part::Family => map.next_value_seed(ValueSeed(self.0, Field::Family))?,
                Part::Attributes => map.next_value_seed(AttributesSeed(self.0))?,
                Part::Other => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(sku)
    }
}

enum Part {
    Sku,
    Family,
    Attributes,
    Other,
}

struct PartSeed;

impl<'de> DeserializeSeed<'de> for PartSeed {
    type Value = Part;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Part, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for PartSeed {
    type Value = Part;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a part of a product")
    }
    fn visit_str<E>(self, name: &str) -> Result<Part, E> {
        Ok(match name {
            "sku" => Part::Sku,
            "productFamily" => Part::Family,
            "attributes" => Part::Attributes,
            _ => Part::Other,
        })
    }
}

struct AttributesSeed<'p>(&'p mut Product);

impl<'de> DeserializeSeed<'de> for AttributesSeed<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for AttributesSeed<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("attributes by their names")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(field) = map.next_key_seed(FieldSeed)? {
            match field {
                Some(field) => map.next_value_seed(ValueSeed(self.0, field))?,
                None => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(())
    }
}

struct FieldSeed;

impl<'de> DeserializeSeed<'de> for FieldSeed {
    type Value = Option<Field>;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for FieldSeed {
    type Value = Option<Field>;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of an attribute")
    }
    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        Ok(Field::named(name))
    }
}

/// A text for one attribute.
struct ValueSeed<'p>(&'p mut Product, Field);

impl<'de> DeserializeSeed<'de> for ValueSeed<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for ValueSeed<'_> {
    type Value = ();
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the text of an attribute")
    }
    fn visit_str<E>(self, value: &str) -> Result<(), E> {
        self.0.set(self.1, value);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_have_one_place_each_whatever_the_spelling() {
        for (at, (name, field)) in FIELDS.iter().enumerate() {
            assert_eq!(*field as usize, at, "{name}");
        }
        assert_eq!(Field::named("preInstalledSw"), Some(Field::Software));
        assert_eq!(Field::named("Pre Installed S/W"), Some(Field::Software));
        assert_eq!(Field::named("CapacityStatus"), Some(Field::Capacity));
        assert_eq!(Field::named("usageType"), Some(Field::UsageType));
        assert_eq!(Field::named("Physical Cores"), None);
    }
}
