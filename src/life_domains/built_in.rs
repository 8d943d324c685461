//! The frameworks that every network has. They are versioned data: a network keeps reading by the version that it chose;
//! other terms get a new version, and the old one stays here for as long as choices name it. The terms are those of the
//! sources; the words are other names by which the same domain goes in the field.

use super::types::FrameworkDomain;
use crate::label::Label;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;
use strum::{EnumString, IntoStaticStr};

/// A built-in framework.
#[derive(
    Clone,
    Copy,
    PartialEq,
    Eq,
    Debug,
    Serialize,
    Deserialize,
    JsonSchema,
    EnumString,
    IntoStaticStr,
    diesel::deserialize::FromSqlRow,
    diesel::expression::AsExpression,
)]
#[diesel(sql_type = diesel::sql_types::Text)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum BuiltIn {
    PositiveHealth,
    QualityOfLife,
    SocialQuality,
}
crate::text_enum!(BuiltIn);

/// A version of a framework that every network has.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct BuiltInFramework {
    pub built_in: BuiltIn,
    pub version: i32,
    pub name: Label,
    /// Whose it is: authors and year.
    pub source: &'static str,
    pub domains: Vec<FrameworkDomain>,
}

static FRAMEWORKS: LazyLock<Vec<BuiltInFramework>> =
    LazyLock::new(|| vec![positive_health(), quality_of_life(), social_quality()]);

/// All versions of all of them, those of one framework from the oldest to the newest.
pub fn all() -> &'static [BuiltInFramework] {
    &FRAMEWORKS
}

/// A version of a framework, or its newest.
pub fn find(built_in: BuiltIn, version: Option<i32>) -> Option<&'static BuiltInFramework> {
    let wanted = |each: &&BuiltInFramework| each.built_in == built_in;
    all().iter().filter(wanted).rfind(|each| version.is_none_or(|version| each.version == version))
}

/// The six dimensions that people named as health in Huber's interviews and survey; the words are those of the
/// conversation tool that followed.
fn positive_health() -> BuiltInFramework {
    BuiltInFramework {
        built_in: BuiltIn::PositiveHealth,
        version: 1,
        name: Label::new("Positieve gezondheid", "Positive health"),
        source: "Huber et al. (2016)",
        domains: vec![
            domain("bodily_functions", "Lichaamsfuncties", "Bodily functions", &["lichamelijk functioneren"]),
            domain(
                "mental_functions",
                "Mentale functies en beleving",
                "Mental functions and perception",
                &["mentaal welbevinden", "mental wellbeing"],
            ),
            domain(
                "spiritual_existential",
                "Spiritueel-existentiële dimensie",
                "Spiritual/existential dimension",
                &["zingeving", "meaningfulness"],
            ),
            domain("quality_of_life", "Kwaliteit van leven", "Quality of life", &[]),
            domain(
                "social_participation",
                "Sociaal-maatschappelijke participatie",
                "Social and societal participation",
                &["meedoen", "participation"],
            ),
            domain(
                "daily_functioning",
                "Dagelijks functioneren",
                "Daily functioning",
                &["dagelijks leven", "daily life"],
            ),
        ],
    }
}

fn quality_of_life() -> BuiltInFramework {
    BuiltInFramework {
        built_in: BuiltIn::QualityOfLife,
        version: 1,
        name: Label::new("Kwaliteit van bestaan", "Quality of life"),
        source: "Schalock and Verdugo (2002)",
        domains: vec![
            domain("personal_development", "Persoonlijke ontwikkeling", "Personal development", &[]),
            domain("self_determination", "Zelfbepaling", "Self-determination", &["zelfbeschikking"]),
            domain(
                "interpersonal_relations",
                "Interpersoonlijke relaties",
                "Interpersonal relations",
                &["persoonlijke relaties", "interpersonal relationships"],
            ),
            domain("social_inclusion", "Sociale inclusie", "Social inclusion", &["erbij horen"]),
            domain("rights", "Rechten", "Rights", &["rechten en plichten"]),
            domain(
                "emotional_wellbeing",
                "Emotioneel welbevinden",
                "Emotional wellbeing",
                &["emotioneel welzijn", "emotional well-being"],
            ),
            domain(
                "physical_wellbeing",
                "Lichamelijk welbevinden",
                "Physical wellbeing",
                &["fysiek welbevinden", "physical well-being"],
            ),
            domain(
                "material_wellbeing",
                "Materieel welbevinden",
                "Material wellbeing",
                &["materieel welzijn", "material well-being"],
            ),
        ],
    }
}

/// The conditional factors: what has to be there for social quality to come about.
fn social_quality() -> BuiltInFramework {
    BuiltInFramework {
        built_in: BuiltIn::SocialQuality,
        version: 1,
        name: Label::new("Sociale kwaliteit", "Social quality"),
        source: "Beck, Van der Maesen and Walker (1997); Van der Maesen and Walker (2012)",
        domains: vec![
            domain(
                "socio_economic_security",
                "Sociaaleconomische zekerheid",
                "Socio-economic security",
                &["bestaanszekerheid", "sociaal-economische zekerheid"],
            ),
            domain("social_cohesion", "Sociale cohesie", "Social cohesion", &["sociale samenhang"]),
            domain("social_inclusion", "Sociale inclusie", "Social inclusion", &["sociale insluiting"]),
            domain(
                "social_empowerment",
                "Sociale empowerment",
                "Social empowerment",
                &["empowerment", "zeggenschap"],
            ),
        ],
    }
}

fn domain(key: &str, nl: &str, en: &str, words: &[&str]) -> FrameworkDomain {
    FrameworkDomain {
        key: key.to_owned(),
        label: Label::new(nl, en),
        words: words.iter().map(|word| (*word).to_owned()).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::life_domains::rules;

    #[test]
    fn the_frameworks_have_their_domains_and_no_word_fits_two() {
        let sizes: Vec<_> =
            all().iter().map(|each| (each.built_in, each.version, each.domains.len())).collect();
        assert_eq!(
            sizes,
            [(BuiltIn::PositiveHealth, 1, 6), (BuiltIn::QualityOfLife, 1, 8), (BuiltIn::SocialQuality, 1, 4)]
        );
        for framework in all() {
            let mut faults = Vec::new();
            rules::told_apart(&framework.domains, &mut faults);
            assert!(faults.is_empty(), "{:?}: {faults:?}", framework.built_in);
            assert!(framework.domains.iter().all(|domain| domain.label.en.is_some()));
        }
    }

    #[test]
    fn without_a_version_the_newest_is_found() {
        assert!(find(BuiltIn::SocialQuality, None).is_some());
        assert!(find(BuiltIn::SocialQuality, Some(1)).is_some());
        assert!(find(BuiltIn::SocialQuality, Some(99)).is_none());
    }
}
