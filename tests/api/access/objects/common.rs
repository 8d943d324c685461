//! What belongs to no workplace: everybody who signs in may know that it is there. Of these alone an id of the other
//! workplace's making is no foreign one; who may change them is told by the access matrix.

/// The name of the parameter, and why.
const COMMON: [(&str, &str); 7] = [
    ("organisationId", "organisations are the server's: a partner of one network is found by another"),
    ("themeId", "themes are the server's: what they gather is open to all"),
    ("competenceId", "competences are named once, for everybody"),
    ("priceListId", "prices are published for whoever calculates"),
    ("priceListVersionId", "prices are published for whoever calculates"),
    ("model", "models of reflection are the program's own words"),
    ("linkToken", "a link is a secret, and whoever holds it may read one citizen's page"),
];

pub fn is_common(name: &str) -> bool {
    COMMON.iter().any(|(common, _)| *common == name)
}

/// Whether the makers have shared the record of this case with everybody.
pub fn is_shared(row: &str) -> bool {
    row.contains("commons")
}

/// What has to stay out of sight all the same: a draft of a version is the server's administrators' alone.
pub fn is_unpublished(row: &str) -> bool {
    row.contains("(draft)")
}
