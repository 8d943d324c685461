//! THE route table. An endpoint is here or it does not exist: the server's routing and the contract are both made of it.

use crate::access::Op;
use crate::http::endpoint::Endpoint;
use crate::http::export::JSON_LINES;
use crate::http::page::NoFilter;
use crate::http::text::Token;
use crate::http::zip;
use crate::transitions::Transition;
use crate::{
    actions, adoptions, api_keys, app, approaches, audit, batches, changes, check_ins, citizen_links,
    citizen_pages, co_networks, competence_gaps, competence_routes, competence_statements, competences,
    controllership, cycles, data_subject_requests, dossier, effect_arenas, effect_calculations,
    effect_squares, emergency_accesses, erasures, evaluations, guarded_names, identities, imports, insights,
    intake_codes, invitations, jobs, kept_reports, learning_goals, legal_holds, life_domains, members,
    networks, observations, open_items, organisations, overviews, participants, partners, people, practice,
    price_lists, privacy_checks, privacy_policies, privacy_warnings, pseudonyms, questions, reflections,
    report_schedules, reports, research_consents, research_exports, retention, search, sessions, sign_in,
    subject_exports, theme_networks, themes, webhooks, xapi,
};
use actix_web::http::Method;
use actix_web::web;

/// The contract's tags, one an operation.
pub const TAGS: &[(&str, &str)] = &[
    ("auth", "Signing in and out"),
    ("me", "Oneself"),
    ("organisations", "Partners in learning"),
    ("price-lists", "What events and support cost, kept by organisations"),
    ("people", "Whoever signs in, and integrations"),
    ("themes", "What is learned about"),
    ("theme-networks", "Who works on which theme"),
    ("networks", "Who learns together"),
    ("partners", "Organisations behind a network"),
    (
        "privacy",
        "Who answers for personal data, what is held about somebody, and what may be used for research",
    ),
    ("members", "People in a network, and their invitations"),
    ("api-keys", "Keys with which programs read and write"),
    ("audit", "Who read and changed what, and what administrators read in an emergency"),
    ("life-domains", "What records speak of, read by a framework"),
    ("check-ins", "How a network is doing on form, content and relations"),
    ("cycles", "Turns of action learning"),
    ("co-networks", "Networks that share a cycle"),
    ("participants", "Guests in one cycle"),
    ("sessions", "Meetings of a learning set"),
    ("effect-squares", "What a neighbourhood does, and what those involved perceive of it"),
    ("pseudonyms", "Whom records are about, without saying who"),
    ("citizens", "What citizens are handed, and what they ask about what is held about them"),
    ("questions", "Citizens' questions and what was told back"),
    ("competences", "What people can do, what is asked for, and how it is acquired"),
    ("learning-goals", "What people want to learn, and how they came to know it"),
    ("observations", "What was seen or heard in practice"),
    ("imports", "Files of many records"),
    ("reflections", "Thinking about observations"),
    ("actions", "What somebody will try next"),
    ("evaluations", "What came of an action"),
    ("effect-calculations", "One case with an intervention and without, put to prices"),
    ("effect-arenas", "Who invests in what, to which effect, and who collects it"),
    ("approaches", "Ways of working that a network develops"),
    ("insights", "What others can learn from a cycle"),
    ("adoptions", "What a network made of an insight of another"),
    ("search", "Finding what was written"),
    ("changes", "What has happened, in order"),
    ("batches", "Many things at once, such as what was collected offline"),
    ("webhooks", "Who outside is told of changes"),
    ("xapi", "Practice as statements of xAPI 2.0"),
    ("dossiers", "What was learned about a theme, for everyone"),
    ("open-items", "Where the loop is stuck, and who can close it"),
    ("erasures", "What was erased of somebody, and what may not be removed"),
    ("retention", "How long a network keeps what"),
    ("privacy-policies", "What texts may tell of people, and what becomes of it"),
    ("jobs", "Long work that goes on by itself"),
    ("reports", "The figures of the loop, and this document"),
];

fn get(op: Op, path: &'static str, handler: fn() -> actix_web::Route) -> Endpoint {
    Endpoint::new(Method::GET, op, path, handler)
}

fn post(op: Op, path: &'static str, handler: fn() -> actix_web::Route) -> Endpoint {
    Endpoint::new(Method::POST, op, path, handler)
}

fn put(op: Op, path: &'static str, handler: fn() -> actix_web::Route) -> Endpoint {
    Endpoint::new(Method::PUT, op, path, handler)
}

fn patch(op: Op, path: &'static str, handler: fn() -> actix_web::Route) -> Endpoint {
    Endpoint::new(Method::PATCH, op, path, handler).demands_if_match()
}

fn delete(op: Op, path: &'static str, handler: fn() -> actix_web::Route) -> Endpoint {
    Endpoint::new(Method::DELETE, op, path, handler)
}

/// All endpoints under `/v1`.
pub fn table() -> Vec<Endpoint> {
    let groups: Vec<(&'static str, Vec<Endpoint>)> = vec![
        ("auth", auth()),
        ("me", me()),
        ("organisations", organisations()),
        ("price-lists", price_lists()),
        ("people", people()),
        ("themes", themes()),
        ("theme-networks", theme_networks()),
        ("networks", networks()),
        ("partners", partners()),
        ("privacy", controllership()),
        ("privacy", subject_exports()),
        ("privacy", research()),
        ("citizens", citizens()),
        ("members", members()),
        ("api-keys", api_keys()),
        ("audit", audit()),
        ("life-domains", life_domains()),
        ("check-ins", check_ins()),
        ("cycles", cycles()),
        ("co-networks", co_networks()),
        ("participants", participants()),
        ("sessions", sessions()),
        ("effect-squares", effect_squares()),
        ("pseudonyms", pseudonyms()),
        ("questions", questions()),
        ("competences", competences()),
        ("competences", competence_statements()),
        ("learning-goals", learning_goals()),
        ("observations", observations()),
        ("imports", imports()),
        ("reflections", reflections()),
        ("actions", actions()),
        ("evaluations", evaluations()),
        ("effect-calculations", effect_calculations()),
        ("effect-arenas", effect_arenas()),
        ("effect-arenas", effect_arena_views()),
        ("approaches", approaches()),
        ("insights", insights()),
        ("adoptions", adoptions()),
        ("search", search()),
        ("changes", changes()),
        ("batches", batches()),
        ("webhooks", webhooks()),
        ("xapi", xapi()),
        ("dossiers", dossiers()),
        ("open-items", open_items()),
        ("erasures", erasures()),
        ("erasures", legal_holds()),
        ("retention", retention()),
        ("privacy-policies", privacy_policies()),
        ("privacy-policies", guarded_names()),
        ("privacy-policies", privacy_warnings()),
        ("jobs", jobs()),
        ("reports", reports()),
        ("reports", kept_reports()),
        ("reports", report_schedules()),
    ];
    groups
        .into_iter()
        .flat_map(|(tag, endpoints)| endpoints.into_iter().map(move |row| row.tag(tag)))
        .collect()
}

fn auth() -> Vec<Endpoint> {
    use invitations::api as invitation;
    use invitations::types::AccountCreate;
    use sign_in::api;
    use sign_in::types::{TokenRequest, Tokens};
    vec![
        post(Op::CreateTokens, "/v1/auth/tokens", || web::post().to(api::create_tokens))
            .summary("Sign in, or refresh a sign-in")
            .detail("With email and password, or with the refresh token of the last answer, which can be used once. A refresh token used twice ends the sign-in. An app in a browser sends refreshTokenIn `cookie` each time, with email and password and later alone: then a cookie keeps the refresh token, which no script can read.")
            .takes::<TokenRequest>()
            .value::<Tokens>(200)
            .takes_refresh_cookie()
            .also(&[401, 403, 429]),
        delete(Op::RevokeTokens, "/v1/auth/tokens", || web::delete().to(api::revoke_tokens))
            .summary("Sign out")
            .detail("Ends the session. A browser that sent the cookie of a refresh token forgets it. 409 `no_session` for somebody who signed in at an issuer outside.")
            .also(&[409]),
        post(Op::CreateAccount, "/v1/auth/accounts", || web::post().to(invitation::create_account))
            .summary("Redeem an invitation")
            .detail("With a password of one's own, or with an access token of the issuer that this server trusts. For an address that has no account yet. An address that has one accepts the invitation signed in, at /v1/me/memberships.")
            .takes::<AccountCreate>()
            .value::<Tokens>(201)
            .sets_refresh_cookie()
            .also(&[403, 409]),
    ]
}

fn me() -> Vec<Endpoint> {
    use identities::types::{Identity, IdentityLink};
    use invitations::types::Acceptance;
    use members::types::Member;
    use people::api;
    use people::types::{Me, MePatch, Person};
    vec![
        get(Op::GetMe, "/v1/me", || web::get().to(api::get_me))
            .summary("Who I am, and where I take part")
            .detail("The ETag for PATCH is the person's version.")
            .answers::<Me>(),
        patch(Op::UpdateMe, "/v1/me", || web::patch().to(api::update_me))
            .summary("Change my name or language")
            .takes::<MePatch>()
            .answers::<Person>(),
        put(Op::ChangePassword, "/v1/me/password", || web::put().to(sign_in::api::change_password))
            .summary("Change my password")
            .detail("Ends all my other sessions.")
            .takes::<sign_in::types::PasswordChange>()
            .also(&[403, 409, 429]),
        post(Op::AcceptInvitation, "/v1/me/memberships", || web::post().to(invitations::api::accept))
            .summary("Accept an invitation to my address")
            .takes::<Acceptance>()
            .creates::<Member>()
            .also(&[403]),
        get(Op::ListMyIdentities, "/v1/me/identities", || web::get().to(identities::api::list_mine))
            .summary("With which identities of an issuer I sign in")
            .lists::<Identity>(),
        post(Op::CreateOwnIdentity, "/v1/me/identities", || web::post().to(identities::api::link))
            .summary("Sign in with an issuer's tokens from now on")
            .detail("By an access token of the issuer that this server trusts (OpenID Connect): its subject is linked to me. 409 `access_token_invalid` for any other, `identity_taken` where the subject is somebody else's, `no_issuer` where the server trusts none.")
            .takes::<IdentityLink>()
            .creates::<Identity>(),
    ]
}

fn organisations() -> Vec<Endpoint> {
    use organisations::api;
    use organisations::types::{Organisation, OrganisationCreate, OrganisationPatch};
    vec![
        get(Op::ListOrganisations, "/v1/organisations", || web::get().to(api::list))
            .summary("Organisations")
            .lists::<Organisation>(),
        post(Op::CreateOrganisation, "/v1/organisations", || web::post().to(api::create))
            .summary("Add an organisation")
            .takes::<OrganisationCreate>()
            .creates::<Organisation>(),
        get(Op::GetOrganisation, "/v1/organisations/{organisationId}", || web::get().to(api::get))
            .summary("An organisation")
            .answers::<Organisation>(),
        patch(Op::UpdateOrganisation, "/v1/organisations/{organisationId}", || web::patch().to(api::update))
            .summary("Change an organisation")
            .takes::<OrganisationPatch>()
            .answers::<Organisation>(),
    ]
}

fn price_lists() -> Vec<Endpoint> {
    use price_lists::api;
    use price_lists::types::{
        PriceImport, PriceImportQuery, PriceList, PriceListCreate, PriceListPatch, PriceListPublication,
        PriceListVersion, PriceListVersionCreate, PriceListVersionFilter, PriceListVersionPatch,
        PriceListVersionSummary,
    };
    vec![
        get(Op::ListPriceLists, "/v1/organisations/{organisationId}/price-lists", || {
            web::get().to(api::list)
        })
        .summary("Price lists of an organisation")
        .lists::<PriceList>(),
        post(Op::CreatePriceList, "/v1/organisations/{organisationId}/price-lists", || {
            web::post().to(api::create)
        })
        .summary("Begin a price list")
        .detail("What it holds is told by its versions.")
        .takes::<PriceListCreate>()
        .creates::<PriceList>(),
        get(Op::GetPriceList, "/v1/price-lists/{priceListId}", || web::get().to(api::get))
            .summary("A price list")
            .answers::<PriceList>(),
        patch(Op::UpdatePriceList, "/v1/price-lists/{priceListId}", || web::patch().to(api::update))
            .summary("Change what a price list is called")
            .takes::<PriceListPatch>()
            .answers::<PriceList>(),
        get(Op::ListPriceListVersions, "/v1/price-lists/{priceListId}/versions", || {
            web::get().to(api::list_versions)
        })
        .summary("Versions of a price list")
        .detail("Without their prices.")
        .query::<PriceListVersionFilter>()
        .lists::<PriceListVersionSummary>(),
        post(Op::CreatePriceListVersion, "/v1/price-lists/{priceListId}/versions", || {
            web::post().to(api::create_version)
        })
        .summary("Draft the next version of a price list")
        .detail("Amounts are decimal numbers in a text, in euro, never JSON numbers.")
        .takes::<PriceListVersionCreate>()
        .creates::<PriceListVersion>(),
        get(Op::GetPriceListVersion, "/v1/price-list-versions/{priceListVersionId}", || {
            web::get().to(api::get_version)
        })
        .summary("A version of a price list, with its prices")
        .detail("A draft is there for administrators alone.")
        .answers::<PriceListVersion>(),
        patch(Op::UpdatePriceListVersion, "/v1/price-list-versions/{priceListVersionId}", || {
            web::patch().to(api::update_version)
        })
        .summary("Change a draft")
        .detail("What is published stays as it is: 409.")
        .takes::<PriceListVersionPatch>()
        .answers::<PriceListVersion>(),
        post(
            Op::TransitionPriceListVersion,
            "/v1/price-list-versions/{priceListVersionId}/transitions",
            || web::post().to(api::publish),
        )
        .summary("Publish a version")
        .detail("For everyone to see and to calculate with; from then on it never changes. If-Match is needed: what is published are the prices that were read.")
        .demands_if_match()
        .takes::<PriceListPublication>()
        .answers::<PriceListVersion>(),
        post(Op::CreatePriceImport, "/v1/price-list-versions/{priceListVersionId}/imports", || {
            web::post().to(api::import)
        })
        .summary("Put the prices of a file into a draft")
        .detail("In text/csv with a header row, in UTF-8: at most 1 MiB and 500 lines, each a price. They take the place of those that the draft had. Amounts may have a point or a comma before their decimals and nothing between thousands; what could be either (`1.234`) is refused. The file is taken as a whole or not at all: where any line is bad, the 400 has every fault of every line, with the line in its pointer (`/lines/12/amount`) and line and column in its words, and nothing is changed.")
        .demands_if_match()
        .takes_files(api::FILES)
        .query::<PriceImportQuery>()
        .value::<PriceImport>(200),
    ]
}

fn people() -> Vec<Endpoint> {
    use identities::types::{Identity, IdentityCreate};
    use people::api;
    use people::types::{Person, PersonCreate, PersonFilter, PersonPatch};
    vec![
        get(Op::ListPeople, "/v1/people", || web::get().to(api::list))
            .summary("People I share a network with")
            .detail("Administrators see everyone. Integrations, which write with an API key, are listed where they are asked for.")
            .query::<PersonFilter>()
            .lists::<Person>(),
        post(Op::CreatePerson, "/v1/people", || web::post().to(api::create))
            .summary("Add a person")
            .takes::<PersonCreate>()
            .creates::<Person>(),
        get(Op::GetPerson, "/v1/people/{personId}", || web::get().to(api::get))
            .summary("A person")
            .answers::<Person>(),
        patch(Op::UpdatePerson, "/v1/people/{personId}", || web::patch().to(api::update))
            .summary("Change or deactivate a person")
            .takes::<PersonPatch>()
            .answers::<Person>(),
        get(Op::ListIdentities, "/v1/people/{personId}/identities", || web::get().to(identities::api::list))
            .summary("With which identities of an issuer somebody signs in")
            .lists::<Identity>(),
        post(Op::CreateIdentity, "/v1/people/{personId}/identities", || web::post().to(identities::api::create))
            .summary("Link a person to a subject of the issuer")
            .detail("An access token of the issuer that this server trusts (OpenID Connect) then signs them in, with what they may do here and nothing that the token says of it.")
            .takes::<IdentityCreate>()
            .creates::<Identity>(),
        delete(Op::DeleteIdentity, "/v1/identities/{identityId}", || web::delete().to(identities::api::delete))
            .summary("Unlink an identity")
            .detail("By whom it is of, or an administrator. Its tokens open nothing from then on."),
    ]
}

fn themes() -> Vec<Endpoint> {
    use themes::api;
    use themes::types::{Theme, ThemeCreate, ThemePatch};
    vec![
        get(Op::ListThemes, "/v1/themes", || web::get().to(api::list)).summary("Themes").lists::<Theme>(),
        post(Op::CreateTheme, "/v1/themes", || web::post().to(api::create))
            .summary("Add a theme")
            .takes::<ThemeCreate>()
            .creates::<Theme>(),
        get(Op::GetTheme, "/v1/themes/{themeId}", || web::get().to(api::get))
            .summary("A theme")
            .answers::<Theme>(),
        patch(Op::UpdateTheme, "/v1/themes/{themeId}", || web::patch().to(api::update))
            .summary("Change a theme")
            .detail("A title that changes is kept in formerTitles.")
            .takes::<ThemePatch>()
            .answers::<Theme>(),
    ]
}

fn networks() -> Vec<Endpoint> {
    use networks::api;
    use networks::types::{Network, NetworkCreate, NetworkMove, NetworkPatch, NetworkTransition};
    use overviews::types::{FiguresFilter, NetworkFigures};
    vec![
        get(Op::ListNetworks, "/v1/networks", || web::get().to(api::list))
            .summary("My networks")
            .lists::<Network>(),
        post(Op::CreateNetwork, "/v1/networks", || web::post().to(api::create))
            .summary("Begin a network")
            .detail("Its maker becomes its first coordinator.")
            .takes::<NetworkCreate>()
            .creates::<Network>(),
        get(Op::GetNetwork, "/v1/networks/{networkId}", || web::get().to(api::get))
            .summary("A network")
            .detail("Who answers for its personal data is told by its controllership.")
            .answers::<Network>(),
        patch(Op::UpdateNetwork, "/v1/networks/{networkId}", || web::patch().to(api::update))
            .summary("Change a network")
            .takes::<NetworkPatch>()
            .answers::<Network>(),
        post(Op::TransitionNetwork, "/v1/networks/{networkId}/transitions", || {
            web::post().to(api::transition)
        })
        .summary("Archive a network or take it up again")
        .detail("An archived network is read and takes no changes. Networks that merge are archived one by one and name the same successor; their cycles and records stay where they are, and others are let in as participants of one cycle.")
        .honours_if_match()
        .takes::<NetworkTransition>()
        .answers::<Network>(),
        post(Op::MoveNetwork, "/v1/networks/{networkId}/moves", || web::post().to(api::relocate))
            .summary("Put a network below another one")
            .detail("By who coordinates both; to the top by an administrator. What lies below it moves along.")
            .honours_if_match()
            .takes::<NetworkMove>()
            .answers::<Network>(),
        get(Op::GetNetworkFigures, "/v1/networks/{networkId}/figures", || {
            web::get().to(overviews::api::of_network)
        })
        .summary("Figures of a network and of those below it")
        .detail("For its coordinators and those of any network above it: numbers, never a record. Of networks that the caller is no member of, a cycle of fewer than ten observations is left out, and of the others each count of 1 to 4, with what would tell it. A period picks whole cycles, by the day on which they began.")
        .query::<FiguresFilter>()
        .value::<NetworkFigures>(200),
    ]
}

fn partners() -> Vec<Endpoint> {
    use partners::api;
    use partners::types::{Partner, PartnerCreate, PartnerFilter, PartnerPatch};
    vec![
        get(Op::ListPartners, "/v1/networks/{networkId}/partners", || web::get().to(api::list))
            .summary("Partners of a network")
            .detail("Those that have ended too: with `role=lead` the history of who led when.")
            .query::<PartnerFilter>()
            .lists::<Partner>()
            .also(&[304]),
        post(Op::CreatePartner, "/v1/networks/{networkId}/partners", || web::post().to(api::create))
            .summary("Take an organisation on as a partner")
            .detail("A network has one lead party at a time.")
            .takes::<PartnerCreate>()
            .creates::<Partner>(),
        get(Op::GetPartner, "/v1/partners/{partnerId}", || web::get().to(api::get))
            .summary("A partner")
            .answers::<Partner>(),
        patch(Op::UpdatePartner, "/v1/partners/{partnerId}", || web::patch().to(api::update))
            .summary("Change when a partnership ends")
            .takes::<PartnerPatch>()
            .answers::<Partner>(),
        delete(Op::EndPartner, "/v1/partners/{partnerId}", || web::delete().to(api::end))
            .summary("End a partnership now")
            .detail("It stays in the list.")
            .demands_if_match(),
    ]
}

fn controllership() -> Vec<Endpoint> {
    use controllership::api;
    use controllership::types::{Controllership, ControllershipPatch};
    vec![
        get(Op::GetControllership, "/v1/networks/{networkId}/controllership", || web::get().to(api::get))
            .summary("Who answers for the personal data of a network")
            .detail("Its controllers and processor (GDPR, articles 4, 26 and 28), the data protection officer, and whom people turn to. Of a network where nothing was named yet the version is 0, which the ETag for PATCH is made of.")
            .answers::<Controllership>(),
        patch(Op::UpdateControllership, "/v1/networks/{networkId}/controllership", || {
            web::patch().to(api::update)
        })
        .summary("Name who answers for the personal data of a network")
        .detail("Where several organisations are controllers, each is named with what it is responsible for. This can be done in an archived network too.")
        .takes::<ControllershipPatch>()
        .answers::<Controllership>(),
    ]
}

fn subject_exports() -> Vec<Endpoint> {
    use subject_exports::api;
    use subject_exports::documents::{PersonExport, PseudonymExport};
    vec![
        get(Op::GetPseudonymExport, "/v1/pseudonyms/{pseudonymId}/export", || {
            web::get().to(api::of_pseudonym)
        })
        .summary("All that is held about a pseudonym")
        .detail("A ZIP of JSON documents (GDPR, articles 15 and 20), one a kind of record: each member of the schema is a file of that name in kebab-case, and an `index.html` in the language of Accept-Language tells what lies in them and what does not. The records are as this contract has them, of one moment. Other pseudonyms are replaced by the nil UUID: somebody else.")
        .value::<PseudonymExport>(200)
        .produces(&[zip::MEDIA_TYPE]),
        get(Op::GetMyExport, "/v1/me/export", || web::get().to(api::of_me))
            .summary("All that is held about me")
            .detail("Over all networks, those that I left among them; as the export of a pseudonym otherwise. All pseudonyms in it are replaced by the nil UUID: somebody else.")
            .value::<PersonExport>(200)
            .produces(&[zip::MEDIA_TYPE]),
    ]
}

fn research() -> Vec<Endpoint> {
    use research_consents::api;
    use research_consents::types::{
        ResearchConsent, ResearchConsentCreate, ResearchConsentFilter, ResearchConsentTransition,
    };
    use research_exports::types::ResearchExportQuery;
    vec![
        get(Op::ListResearchConsents, "/v1/networks/{networkId}/research-consents", || {
            web::get().to(api::list_in_network)
        })
        .summary("Consents to research in a network")
        .detail("Coordinators see those of all, members and pseudonyms; others their own, also those who wrote here and are no members.")
        .query::<ResearchConsentFilter>()
        .lists::<ResearchConsent>(),
        post(Op::CreateResearchConsent, "/v1/networks/{networkId}/research-consents", || {
            web::post().to(api::create)
        })
        .summary("Consent to research with what I write in a network")
        .detail("For oneself alone: a member, or whoever wrote here as a guest of a cycle, through a network that shares it, or as a member once. One consent stands at a time for one protocol.")
        .takes::<ResearchConsentCreate>()
        .creates::<ResearchConsent>(),
        get(Op::ListPseudonymResearchConsents, "/v1/pseudonyms/{pseudonymId}/research-consents", || {
            web::get().to(api::list_of_pseudonym)
        })
        .summary("Consents to research of a pseudonym")
        .query::<ResearchConsentFilter>()
        .lists::<ResearchConsent>()
        .also(&[304]),
        post(Op::CreatePseudonymResearchConsent, "/v1/pseudonyms/{pseudonymId}/research-consents", || {
            web::post().to(api::create_of_pseudonym)
        })
        .summary("Record a consent of whom a pseudonym stands for")
        .detail("With the protocol's number, the day on which and the means by which it was given. One consent stands at a time for one protocol.")
        .takes::<ResearchConsentCreate>()
        .creates::<ResearchConsent>(),
        get(Op::GetResearchConsent, "/v1/research-consents/{consentId}", || web::get().to(api::get))
            .summary("A consent to research")
            .detail("One that somebody gave for themselves is read by them alone.")
            .answers::<ResearchConsent>(),
        post(Op::TransitionResearchConsent, "/v1/research-consents/{consentId}/transitions", || {
            web::post().to(api::transition)
        })
        .summary("Withdraw a consent to research")
        .detail("One's own, or that of a pseudonym; also after leaving the network, and in an archived one. Nothing is deleted by it: the records are not in the next export.")
        .honours_if_match()
        .takes::<ResearchConsentTransition>()
        .answers::<ResearchConsent>(),
        get(Op::GetResearchExport, "/v1/networks/{networkId}/research-exports", || {
            web::get().to(research_exports::api::get)
        })
        .summary("The records of a network that may be used under a research protocol")
        .detail("A ZIP of CSV files, one a kind of record, with a codebook and an introduction in the language of Accept-Language. It holds the records whose author consents to the protocol today, and all whose pseudonyms do, those of the records that they follow from among them. People, pseudonyms and records have numbers of that protocol alone, moments are days. What is left out is only counted, 1 to 4 as fewer than 5. This reduces the risk that somebody is recognised; the texts may still lead to a person.")
        .query::<ResearchExportQuery>()
        .value::<String>(200)
        .produces(&[zip::MEDIA_TYPE]),
    ]
}

fn citizens() -> Vec<Endpoint> {
    use citizen_links::types::{CitizenLink, CitizenLinkCreate};
    use citizen_pages::types::CitizenPage;
    use data_subject_requests::api as requests;
    use data_subject_requests::types::{
        DataSubjectRequest, DataSubjectRequestCreate, DataSubjectRequestFilter, DataSubjectRequestTransition,
        FiledRequest, ListedRequest, OwnDataSubjectRequestCreate,
    };
    use intake_codes::types::{IntakeCodeCreate, IssuedCode};
    vec![
        get(Op::GetCitizenPage, "/v1/pseudonyms/{pseudonymId}/citizen-page", || {
            web::get().to(citizen_pages::api::get)
        })
        .summary("The page for the citizen whom a pseudonym stands for")
        .detail("What they asked, what was done with it and what came of it: all records about the pseudonym that the network shares, as they are now. To hand out on paper it is asked for as text/html, in plain words of the language of Accept-Language. Nobody of the network is named in it. Records that are about another pseudonym too, or follow from such, and texts in which something may tell who somebody is, such as the first name of a member, are left out and counted; what was withdrawn, and what somebody keeps to themselves, is not in it.")
        .value::<CitizenPage>(200)
        .produces(citizen_pages::api::PRODUCES),
        get(Op::ListCitizenLinks, "/v1/pseudonyms/{pseudonymId}/citizen-links", || {
            web::get().to(citizen_links::api::list)
        })
        .summary("Links to the page about a pseudonym")
        .detail("Also those that expired or were revoked. How often one was opened is told by the audit events.")
        .lists::<CitizenLink>(),
        post(Op::CreateCitizenLink, "/v1/pseudonyms/{pseudonymId}/citizen-links", || {
            web::post().to(citizen_links::api::create)
        })
        .summary("Make a link to the page about a pseudonym")
        .detail("For the citizen, who needs no account. Where it leads is in the first answer only: who loses it makes another. It works for 14 days, or for as many as are asked for, up to 90. It can be made in an archived network too.")
        .takes::<CitizenLinkCreate>()
        .creates::<CitizenLink>(),
        delete(Op::RevokeCitizenLink, "/v1/citizen-links/{citizenLinkId}", || {
            web::delete().to(citizen_links::api::revoke)
        })
        .summary("Revoke a link to the page about a pseudonym")
        .detail("It opens nothing from the next request on; what is on record of it stays.")
        .demands_if_match(),
        get(Op::GetLinkedCitizenPage, "/v1/citizen-pages/{linkToken}", || {
            web::get().to(citizen_links::api::open)
        })
        .summary("The page that a link opens")
        .detail("For whoever holds the link. The page is as it is now, and is never to be kept; each opening is in the access log. A link that is unknown, was revoked or has expired is a 404, for a browser in words; too many of these from one address are a 429.")
        .path_of::<Token<200>>()
        .value::<String>(200)
        .produces(citizen_links::api::PRODUCES)
        .worded()
        .also(&[429]),
        get(Op::ListIntakeCodes, "/v1/pseudonyms/{pseudonymId}/intake-codes", || {
            web::get().to(intake_codes::api::list)
        })
        .summary("Codes that a citizen was given")
        .detail("Those that are good for nothing any more among them.")
        .lists::<IssuedCode>(),
        post(Op::CreateIntakeCode, "/v1/pseudonyms/{pseudonymId}/intake-codes", || {
            web::post().to(intake_codes::api::create)
        })
        .summary("Issue a code by which a citizen is known")
        .detail("With it they ask something about what is held about them, without saying who they are. The code is in the first answer only: who loses it is given another. The one that was good before is good no longer.")
        .takes::<IntakeCodeCreate>()
        .creates::<IssuedCode>(),
        delete(Op::RevokeIntakeCode, "/v1/intake-codes/{intakeCodeId}", || {
            web::delete().to(intake_codes::api::revoke)
        })
        .summary("Revoke a code that a citizen was given")
        .demands_if_match(),
        get(Op::ListDataSubjectRequests, "/v1/networks/{networkId}/data-subject-requests", || {
            web::get().to(requests::list)
        })
        .summary("What citizens ask about what is held about them")
        .detail("Each with the days until it is due; `overdue=true` lists those whose last day is over.")
        .query::<DataSubjectRequestFilter>()
        .lists::<ListedRequest>(),
        post(Op::CreateDataSubjectRequest, "/v1/networks/{networkId}/data-subject-requests", || {
            web::post().to(requests::create)
        })
        .summary("Write down what a citizen asks about what is held about them")
        .detail("By the code that they were given, or by the pseudonym. 409 `intake_code_unknown` for a code that is not the network's, or is good no longer.")
        .takes::<DataSubjectRequestCreate>()
        .creates::<DataSubjectRequest>(),
        post(Op::CreateOwnDataSubjectRequest, "/v1/data-subject-requests", || {
            web::post().to(requests::create_own)
        })
        .summary("Ask something about what is held about me")
        .detail("To correct it, to object to its use, or to withdraw what I gave; with the code that I was given, and without an account. The answer is the same whether or not the code is good, and takes as long; a slip in the code is a 400. The text is held against what is usual: no names or numbers are needed. The same sent again on a day is filed once. Sixty in a quarter of an hour from one address, then 429.")
        .takes::<OwnDataSubjectRequestCreate>()
        .value::<FiledRequest>(202)
        .also(&[429]),
        get(Op::GetDataSubjectRequest, "/v1/data-subject-requests/{requestId}", || {
            web::get().to(requests::get)
        })
        .summary("What a citizen asks about what is held about them")
        .answers::<DataSubjectRequest>(),
        post(Op::TransitionDataSubjectRequest, "/v1/data-subject-requests/{requestId}/transitions", || {
            web::post().to(requests::transition)
        })
        .summary("Decide what a citizen asks, or say why it takes longer")
        .detail("By `dueOn`: within a month, or with `extended` within three (GDPR, article 12(3)). Deciding changes no record: correct or withdraw the records by their own operations first, and name them in `recordIds`; they must be about the pseudonym and have been changed since the request was received (409 `reference_not_found`, `records_not_changed`). What is decided stands. This can be done in an archived network too.")
        .honours_if_match()
        .takes::<DataSubjectRequestTransition>()
        .answers::<DataSubjectRequest>(),
    ]
}

fn members() -> Vec<Endpoint> {
    use invitations::api as invitation;
    use invitations::types::{Invitation, InvitationCreate};
    use members::api;
    use members::types::{HandOver, Member, MemberCreate, MemberPatch};
    vec![
        get(Op::ListMembers, "/v1/networks/{networkId}/members", || web::get().to(api::list))
            .summary("Members of a network")
            .lists::<Member>(),
        post(Op::CreateMember, "/v1/networks/{networkId}/members", || web::post().to(api::create))
            .summary("Make somebody a member")
            .detail("Somebody I can see already; others are invited.")
            .takes::<MemberCreate>()
            .creates::<Member>(),
        get(Op::GetMember, "/v1/members/{memberId}", || web::get().to(api::get)).summary("A member").answers::<Member>(),
        patch(Op::UpdateMember, "/v1/members/{memberId}", || web::patch().to(api::update))
            .summary("Change a member's role or end")
            .takes::<MemberPatch>()
            .answers::<Member>(),
        delete(Op::EndMember, "/v1/members/{memberId}", || web::delete().to(api::end))
            .summary("End a membership now")
            .detail("Their open actions are handed over; the records stay.")
            .query::<HandOver>()
            .demands_if_match(),
        get(Op::ListInvitations, "/v1/networks/{networkId}/invitations", || web::get().to(invitation::list))
            .summary("Invitations of a network")
            .lists::<Invitation>(),
        post(Op::CreateInvitation, "/v1/networks/{networkId}/invitations", || web::post().to(invitation::create))
            .summary("Invite an e-mail address")
            .detail("The token is in the first answer only, and is the same whether the address has an account or not.")
            .takes::<InvitationCreate>()
            .creates::<Invitation>(),
        delete(Op::DeleteInvitation, "/v1/invitations/{invitationId}", || web::delete().to(invitation::delete))
            .summary("Take an invitation back"),
    ]
}

fn api_keys() -> Vec<Endpoint> {
    use api_keys::api;
    use api_keys::types::{ApiKey, ApiKeyCreate, ApiKeyFilter};
    vec![
        get(Op::ListApiKeys, "/v1/networks/{networkId}/api-keys", || web::get().to(api::list))
            .summary("API keys of a network")
            .detail("Those that are good today, unless all are asked for.")
            .query::<ApiKeyFilter>()
            .lists::<ApiKey>(),
        post(Op::CreateApiKey, "/v1/networks/{networkId}/api-keys", || web::post().to(api::create))
            .summary("Make an API key")
            .detail("The key itself is in the first answer only: who loses it makes another. Sent as `Authorization: Bearer fbl_…`, it does the operations that it was given, as far as its role may, in this network alone. What it writes is the integration's own: each key has an account, which is a member of the network as long as the key is good.")
            .takes::<ApiKeyCreate>()
            .creates::<ApiKey>(),
        get(Op::GetApiKey, "/v1/api-keys/{apiKeyId}", || web::get().to(api::get))
            .summary("An API key")
            .answers::<ApiKey>(),
        delete(Op::RevokeApiKey, "/v1/api-keys/{apiKeyId}", || web::delete().to(api::revoke))
            .summary("Revoke an API key now")
            .detail("It is good for nothing from the next request on; what is on record of it stays, and so does what it wrote.")
            .demands_if_match(),
    ]
}

fn life_domains() -> Vec<Endpoint> {
    use life_domains::api::{self, BuiltInFrameworks};
    use life_domains::filter::ReadingFilter;
    use life_domains::reading::LifeDomainReading;
    use life_domains::types::{
        LifeDomainChoice, LifeDomainChoiceCreate, LifeDomainFramework, LifeDomainFrameworkCreate,
        LifeDomainFrameworkVersion, LifeDomainFrameworkVersionCreate,
    };
    vec![
        get(Op::ListLifeDomainFrameworks, "/v1/life-domain-frameworks", || web::get().to(api::list_built_in))
            .summary("The frameworks of life domains that every network has")
            .value::<BuiltInFrameworks>(200),
        get(Op::ListNetworkLifeDomainFrameworks, "/v1/networks/{networkId}/life-domain-frameworks", || {
            web::get().to(api::list)
        })
        .summary("A network's own frameworks of life domains")
        .lists::<LifeDomainFramework>()
        .also(&[304]),
        post(Op::CreateLifeDomainFramework, "/v1/networks/{networkId}/life-domain-frameworks", || {
            web::post().to(api::create)
        })
        .summary("Make a framework of one's own, with its first version")
        .takes::<LifeDomainFrameworkCreate>()
        .creates::<LifeDomainFramework>(),
        get(Op::GetLifeDomainFramework, "/v1/life-domain-frameworks/{frameworkId}", || web::get().to(api::get))
            .summary("A framework of a network's own")
            .answers::<LifeDomainFramework>(),
        get(Op::ListLifeDomainFrameworkVersions, "/v1/life-domain-frameworks/{frameworkId}/versions", || {
            web::get().to(api::list_versions)
        })
        .summary("The versions of a framework, with their domains")
        .lists::<LifeDomainFrameworkVersion>()
        .also(&[304]),
        post(Op::CreateLifeDomainFrameworkVersion, "/v1/life-domain-frameworks/{frameworkId}/versions", || {
            web::post().to(api::create_version)
        })
        .summary("Add a version to a framework")
        .detail("Those before it stay as they are. A network goes on reading by the version that it chose. If-Match takes the framework's ETag.")
        .honours_if_match()
        .takes::<LifeDomainFrameworkVersionCreate>()
        .creates::<LifeDomainFrameworkVersion>(),
        get(
            Op::GetLifeDomainFrameworkVersion,
            "/v1/life-domain-framework-versions/{frameworkVersionId}",
            || web::get().to(api::get_version),
        )
        .summary("A version of a framework")
        .answers::<LifeDomainFrameworkVersion>(),
        get(Op::ListLifeDomainChoices, "/v1/networks/{networkId}/life-domain-choices", || {
            web::get().to(api::list_choices)
        })
        .summary("By which framework a network reads, and read before")
        .detail("The first is the one that holds.")
        .lists::<LifeDomainChoice>()
        .also(&[304]),
        post(Op::CreateLifeDomainChoice, "/v1/networks/{networkId}/life-domain-choices", || {
            web::post().to(api::choose)
        })
        .summary("Choose the framework by which a network reads")
        .detail("A built-in one, with the citizens' own words for its domains if you like, or one of the network's own. No record changes: its life domains stay in the words they were written in.")
        .takes::<LifeDomainChoiceCreate>()
        .creates::<LifeDomainChoice>(),
        get(Op::GetLifeDomainChoice, "/v1/life-domain-choices/{choiceId}", || web::get().to(api::get_choice))
            .summary("A choice of a framework")
            .answers::<LifeDomainChoice>(),
        get(Op::GetLifeDomains, "/v1/networks/{networkId}/life-domains", || web::get().to(api::read))
            .summary("What a network's questions and observations speak of")
            .detail("By the framework that it chose, or through another by `framework` and `version`. A life domain of a record fits a domain when the whole text is the domain's key, a label or a word, whatever the case of its letters (compared in Unicode NFC). A record may speak of several domains: they add up to nothing. 404 where there is no such framework or version.")
            .query::<ReadingFilter>()
            .value::<LifeDomainReading>(200),
    ]
}

fn check_ins() -> Vec<Endpoint> {
    use check_ins::api::{self, BuiltInDefinitions};
    use check_ins::figures::{CheckInCourse, CheckInResults};
    use check_ins::responses::{CheckInResponse, CheckInResponseCreate, CheckInResponsePatch};
    use check_ins::types::{
        CheckIn, CheckInClosing, CheckInCreate, CheckInDefinition, CheckInDefinitionCreate, CheckInForm,
        CheckInPatch,
    };
    vec![
        get(Op::ListCheckInDefinitions, "/v1/check-in-definitions", || web::get().to(api::list_built_in))
            .summary("What a check-in asks where a network has defined nothing itself")
            .value::<BuiltInDefinitions>(200),
        get(Op::ListNetworkCheckInDefinitions, "/v1/networks/{networkId}/check-in-definitions", || {
            web::get().to(api::list_definitions)
        })
        .summary("What a network asks in its check-ins, in all versions")
        .detail("The first is the newest, by which a new check-in goes.")
        .lists::<CheckInDefinition>()
        .also(&[304]),
        post(Op::CreateCheckInDefinition, "/v1/networks/{networkId}/check-in-definitions", || {
            web::post().to(api::create_definition)
        })
        .summary("Define what a network asks in its check-ins")
        .detail("Adds a version; check-ins keep the one they began with. If-Match takes the ETag of the newest.")
        .honours_if_match()
        .takes::<CheckInDefinitionCreate>()
        .creates::<CheckInDefinition>(),
        get(Op::GetCheckInDefinition, "/v1/check-in-definitions/{definitionId}", || {
            web::get().to(api::get_definition)
        })
        .summary("A version of what a network asks")
        .answers::<CheckInDefinition>(),
        get(Op::ListCheckIns, "/v1/networks/{networkId}/check-ins", || web::get().to(api::list))
            .summary("Check-ins of a network")
            .lists::<CheckIn>()
            .also(&[304]),
        post(Op::CreateCheckIn, "/v1/networks/{networkId}/check-ins", || web::post().to(api::create))
            .summary("Begin a check-in")
            .takes::<CheckInCreate>()
            .creates::<CheckIn>(),
        get(Op::GetCheckIn, "/v1/check-ins/{checkInId}", || web::get().to(api::get))
            .summary("A check-in")
            .answers::<CheckIn>(),
        patch(Op::UpdateCheckIn, "/v1/check-ins/{checkInId}", || web::patch().to(api::update))
            .summary("Move the day on which a check-in closes")
            .detail("For as long as it is open.")
            .takes::<CheckInPatch>()
            .answers::<CheckIn>(),
        post(Op::TransitionCheckIn, "/v1/check-ins/{checkInId}/transitions", || {
            web::post().to(api::transition)
        })
        .summary("Close a check-in before its day")
        .detail("It stays closed: what was answered after others have seen the results could be told by their difference.")
        .honours_if_match()
        .takes::<CheckInClosing>()
        .answers::<CheckIn>(),
        get(Op::GetCheckInForm, "/v1/check-ins/{checkInId}/form", || web::get().to(api::form))
            .summary("What a check-in asks, and what becomes of the answers")
            .value::<CheckInForm>(200),
        get(Op::ListCheckInResponses, "/v1/check-ins/{checkInId}/responses", || {
            web::get().to(api::list_responses)
        })
        .summary("My own response, where I gave one")
        .detail("A response is seen by who gave it alone.")
        .lists::<CheckInResponse>(),
        post(Op::CreateCheckInResponse, "/v1/check-ins/{checkInId}/responses", || {
            web::post().to(api::respond)
        })
        .summary("Respond to a check-in")
        .detail("One response a person, with all statements and all six influences, so that every figure is made of the same people.")
        .takes::<CheckInResponseCreate>()
        .creates::<CheckInResponse>(),
        get(Op::GetCheckInResponse, "/v1/check-in-responses/{responseId}", || {
            web::get().to(api::get_response)
        })
        .summary("My response")
        .answers::<CheckInResponse>(),
        patch(Op::UpdateCheckInResponse, "/v1/check-in-responses/{responseId}", || {
            web::patch().to(api::correct)
        })
        .summary("Correct my response")
        .detail("For as long as the check-in is open.")
        .takes::<CheckInResponsePatch>()
        .answers::<CheckInResponse>(),
        get(Op::GetCheckInResults, "/v1/check-ins/{checkInId}/results", || web::get().to(api::results))
            .summary("What came out of a check-in")
            .detail("Nothing while it is open, and nothing of fewer than four responses. Form, content and relations stand beside each other and are never added up.")
            .value::<CheckInResults>(200),
        get(Op::GetCheckInCourse, "/v1/networks/{networkId}/check-in-course", || web::get().to(api::course))
            .summary("How a network's check-ins went over time")
            .detail("Closed check-ins in the order in which they began, the newest 50.")
            .value::<CheckInCourse>(200),
    ]
}

fn cycles() -> Vec<Endpoint> {
    use cycles::api;
    use cycles::types::{Cycle, CycleCreate, CycleFilter, CyclePatch, CycleTransition};
    vec![
        get(Op::ListCycles, "/v1/networks/{networkId}/cycles", || web::get().to(api::list))
            .summary("Cycles of a network")
            .query::<CycleFilter>()
            .lists::<Cycle>()
            .exports()
            .also(&[304]),
        post(Op::CreateCycle, "/v1/networks/{networkId}/cycles", || web::post().to(api::create))
            .summary("Begin a cycle")
            .detail("With previousCycleId it takes that cycle's open actions along.")
            .takes::<CycleCreate>()
            .creates::<Cycle>(),
        get(Op::GetCycle, "/v1/cycles/{cycleId}", || web::get().to(api::get)).summary("A cycle").answers::<Cycle>(),
        patch(Op::UpdateCycle, "/v1/cycles/{cycleId}", || web::patch().to(api::update))
            .summary("Change a cycle's learning question or themes")
            .takes::<CyclePatch>()
            .answers::<Cycle>(),
        get(Op::ListCycleTransitions, "/v1/cycles/{cycleId}/transitions", || web::get().to(api::list_transitions))
            .summary("How a cycle moved, by whom and why")
            .lists::<Transition>()
            .also(&[304]),
        post(Op::TransitionCycle, "/v1/cycles/{cycleId}/transitions", || web::post().to(api::transition))
            .summary("Move a cycle to another phase")
            .detail("plan → act → observe → reflect → closed, one step back or to abandoned with a reason. Closing lists loose ends with 409 unless they are accepted with a reason.")
            .honours_if_match()
            .takes::<CycleTransition>()
            .answers::<Cycle>(),
    ]
}

fn co_networks() -> Vec<Endpoint> {
    use co_networks::api;
    use co_networks::types::{
        CoNetwork, CoNetworkCreate, CoNetworkPatch, CoNetworkTransition, JointCycle, JointCycleFilter,
    };
    vec![
        get(Op::ListCoNetworks, "/v1/cycles/{cycleId}/co-networks", || web::get().to(api::list))
            .summary("Networks that take part in a cycle of another one")
            .detail("Those that were invited, declined or have ended too.")
            .lists::<CoNetwork>(),
        post(Op::CreateCoNetwork, "/v1/cycles/{cycleId}/co-networks", || web::post().to(api::create))
            .summary("Invite a network to a cycle")
            .detail("By a coordinator of the cycle's own network. When a coordinator of the other accepts, its members take part in this cycle with their own role.")
            .takes::<CoNetworkCreate>()
            .creates::<CoNetwork>(),
        get(Op::GetCoNetwork, "/v1/co-networks/{coNetworkRecordId}", || web::get().to(api::get))
            .summary("A network's part in a cycle of another one")
            .answers::<CoNetwork>(),
        patch(Op::UpdateCoNetwork, "/v1/co-networks/{coNetworkRecordId}", || web::patch().to(api::update))
            .summary("Agree that a joint cycle ends")
            .detail("By the co-network. The cycle is then closed or abandoned in its own network; an agreement holds for the phase it was given in.")
            .takes::<CoNetworkPatch>()
            .answers::<CoNetwork>(),
        post(Op::TransitionCoNetwork, "/v1/co-networks/{coNetworkRecordId}/transitions", || {
            web::post().to(api::transition)
        })
        .summary("Accept or decline an invitation to a cycle, or end the part")
        .detail("The invited network's coordinators accept or decline; either side's end it.")
        .honours_if_match()
        .takes::<CoNetworkTransition>()
        .answers::<CoNetwork>(),
        get(Op::ListJointCycles, "/v1/networks/{networkId}/joint-cycles", || {
            web::get().to(api::list_joint_cycles)
        })
        .summary("Cycles of other networks that this one shares or is invited to")
        .detail("They count in their own network.")
        .query::<JointCycleFilter>()
        .lists::<JointCycle>(),
    ]
}

fn participants() -> Vec<Endpoint> {
    use participants::api;
    use participants::types::{Participant, ParticipantCreate, ParticipantPatch};
    vec![
        get(Op::ListParticipants, "/v1/cycles/{cycleId}/participants", || web::get().to(api::list))
            .summary("Guests in a cycle")
            .lists::<Participant>(),
        post(Op::CreateParticipant, "/v1/cycles/{cycleId}/participants", || web::post().to(api::create))
            .summary("Let somebody take part in a cycle")
            .detail("Somebody I can see already, which to an administrator is everybody; of anybody else this does not tell whether they are there (409 `reference_not_found`).")
            .takes::<ParticipantCreate>()
            .creates::<Participant>(),
        get(Op::GetParticipant, "/v1/participants/{participantId}", || web::get().to(api::get))
            .summary("A guest")
            .answers::<Participant>(),
        patch(Op::UpdateParticipant, "/v1/participants/{participantId}", || web::patch().to(api::update))
            .summary("Change a guest's role or end")
            .takes::<ParticipantPatch>()
            .answers::<Participant>(),
        delete(Op::EndParticipant, "/v1/participants/{participantId}", || web::delete().to(api::end))
            .summary("End somebody's part in a cycle now")
            .demands_if_match(),
    ]
}

fn pseudonyms() -> Vec<Endpoint> {
    use pseudonyms::api;
    use pseudonyms::types::{Pseudonym, PseudonymCreate, PseudonymPatch};
    vec![
        get(Op::ListPseudonyms, "/v1/networks/{networkId}/pseudonyms", || web::get().to(api::list))
            .summary("Pseudonyms of a network")
            .lists::<Pseudonym>()
            .exports(),
        post(Op::CreatePseudonym, "/v1/networks/{networkId}/pseudonyms", || web::post().to(api::create))
            .summary("Make a pseudonym")
            .detail("Its label is made by the server and tells nothing.")
            .takes::<PseudonymCreate>()
            .creates::<Pseudonym>(),
        get(Op::GetPseudonym, "/v1/pseudonyms/{pseudonymId}", || web::get().to(api::get))
            .summary("A pseudonym")
            .answers::<Pseudonym>(),
        patch(Op::UpdatePseudonym, "/v1/pseudonyms/{pseudonymId}", || web::patch().to(api::update))
            .summary("Change a pseudonym's age band or area")
            .takes::<PseudonymPatch>()
            .answers::<Pseudonym>(),
    ]
}

fn questions() -> Vec<Endpoint> {
    use practice::{StateFilter, Withdrawal};
    use questions::api;
    use questions::types::{Question, QuestionCreate, QuestionFilter, QuestionPatch, Return, ReturnCreate};
    vec![
        get(Op::ListQuestions, "/v1/cycles/{cycleId}/questions", || web::get().to(api::list))
            .summary("Citizens' questions of a cycle")
            .query::<QuestionFilter>()
            .lists::<Question>()
            .exports()
            .also(&[304]),
        get(Op::ListNetworkQuestions, "/v1/networks/{networkId}/questions", || {
            web::get().to(api::list_in_network)
        })
        .summary("Citizens' questions of all cycles of a network")
        .query::<QuestionFilter>()
        .lists::<Question>()
        .exports()
        .also(&[304]),
        post(Op::CreateQuestion, "/v1/cycles/{cycleId}/questions", || web::post().to(api::create))
            .summary("Ask a citizen's question")
            .takes::<QuestionCreate>()
            .creates::<Question>(),
        get(Op::GetQuestion, "/v1/questions/{questionId}", || web::get().to(api::get)).summary("A question").answers::<Question>(),
        patch(Op::UpdateQuestion, "/v1/questions/{questionId}", || web::patch().to(api::update))
            .summary("Change one's question")
            .takes::<QuestionPatch>()
            .answers::<Question>(),
        post(Op::TransitionQuestion, "/v1/questions/{questionId}/transitions", || web::post().to(api::transition))
            .summary("Withdraw a question")
            .honours_if_match()
            .takes::<Withdrawal>()
            .answers::<Question>(),
        get(Op::ListReturns, "/v1/questions/{questionId}/returns", || web::get().to(api::list_returns))
            .summary("What was told back")
            .query::<StateFilter>()
            .lists::<Return>()
            .exports()
            .also(&[304]),
        post(Op::CreateReturn, "/v1/questions/{questionId}/returns", || web::post().to(api::create_return))
            .summary("Tell the citizen")
            .detail("Possible in every phase. Whether the citizen recognised it is recorded apart from having told them.")
            .takes::<ReturnCreate>()
            .creates::<Return>(),
        get(Op::GetReturn, "/v1/returns/{returnId}", || web::get().to(api::get_return)).summary("What was told").answers::<Return>(),
        post(Op::TransitionReturn, "/v1/returns/{returnId}/transitions", || web::post().to(api::transition_return))
            .summary("Withdraw what was told")
            .honours_if_match()
            .takes::<Withdrawal>()
            .answers::<Return>(),
    ]
}

fn competences() -> Vec<Endpoint> {
    use competence_gaps::types::{CompetenceGap, GapFilter, MyCompetenceGap};
    use competence_routes::types::CompetenceRoutes;
    use competences::api;
    use competences::types::{Competence, CompetenceCreate, CompetenceFilter, CompetencePatch};
    vec![
        get(Op::ListCompetences, "/v1/competences", || web::get().to(api::list))
            .summary("The catalogue: the server's competences and those of my networks")
            .detail("Who reads a cycle of another network also sees those that its questions ask for.")
            .query::<CompetenceFilter>()
            .lists::<Competence>(),
        post(Op::CreateCompetence, "/v1/competences", || web::post().to(api::create))
            .summary("Add a competence to the server's catalogue")
            .takes::<CompetenceCreate>()
            .creates::<Competence>(),
        post(Op::CreateNetworkCompetence, "/v1/networks/{networkId}/competences", || {
            web::post().to(api::create_in_network)
        })
        .summary("Extend the catalogue for one network")
        .takes::<CompetenceCreate>()
        .creates::<Competence>(),
        get(Op::GetCompetence, "/v1/competences/{competenceId}", || web::get().to(api::get))
            .summary("A competence")
            .answers::<Competence>(),
        patch(Op::UpdateCompetence, "/v1/competences/{competenceId}", || web::patch().to(api::update))
            .summary("Change a competence")
            .takes::<CompetencePatch>()
            .answers::<Competence>(),
        get(Op::GetCompetenceRoutes, "/v1/competences/{competenceId}/routes", || {
            web::get().to(competence_routes::api::get)
        })
        .summary("How do I acquire this one?")
        .detail("Colleagues who offered to help, insights, and the routes that worked for others. Names only who disclosed it to me; of others it tells by kind, where five of them or more went that way.")
        .value::<CompetenceRoutes>(200),
        get(Op::ListCompetenceGaps, "/v1/networks/{networkId}/competence-gaps", || {
            web::get().to(competence_gaps::api::list_in_network)
        })
        .summary("What the questions of a network ask for and none of its members says they have")
        .detail("Of questions to which nothing was told back yet. Made of questions and of what members disclose alone: what nobody discloses is unknown, never missing, and who has what is not told here.")
        .query::<GapFilter>()
        .lists::<CompetenceGap>(),
        get(Op::ListMyCompetenceGaps, "/v1/me/competence-gaps", || {
            web::get().to(competence_gaps::api::list_mine)
        })
        .summary("What the questions that I may read ask of me and I have not stated")
        .detail("Seen by me alone.")
        .lists::<MyCompetenceGap>(),
    ]
}

fn competence_statements() -> Vec<Endpoint> {
    use competence_statements::api;
    use competence_statements::types::{
        CompetenceStatement, Endorsement, EndorsementCreate, StatementCreate, StatementFilter, StatementPatch,
    };
    vec![
        get(Op::ListMyCompetences, "/v1/me/competences", || web::get().to(api::list_mine))
            .summary("What I said I can do")
            .query::<StatementFilter>()
            .lists::<CompetenceStatement>(),
        post(Op::CreateCompetenceStatement, "/v1/me/competences", || web::post().to(api::create))
            .summary("State what I can do")
            .detail("A competence once, and kept to myself unless I disclose it to the members of my networks.")
            .takes::<StatementCreate>()
            .creates::<CompetenceStatement>(),
        get(Op::ListCompetenceStatements, "/v1/networks/{networkId}/competence-statements", || {
            web::get().to(api::list_in_network)
        })
        .summary("What members of a network disclose that they can do")
        .detail("Of the server's competences and the network's own.")
        .query::<StatementFilter>()
        .lists::<CompetenceStatement>(),
        get(Op::GetCompetenceStatement, "/v1/competence-statements/{statementId}", || {
            web::get().to(api::get)
        })
        .summary("What somebody says they can do")
        .answers::<CompetenceStatement>(),
        patch(Op::UpdateCompetenceStatement, "/v1/competence-statements/{statementId}", || {
            web::patch().to(api::update)
        })
        .summary("Change my statement, or who reads it")
        .takes::<StatementPatch>()
        .answers::<CompetenceStatement>(),
        delete(Op::DeleteCompetenceStatement, "/v1/competence-statements/{statementId}", || {
            web::delete().to(api::delete)
        })
        .summary("Take my statement back")
        .detail("Its endorsements go with it. Nothing is left but the id, which cannot be used again.")
        .demands_if_match(),
        get(Op::ListEndorsements, "/v1/competence-statements/{statementId}/endorsements", || {
            web::get().to(api::list_endorsements)
        })
        .summary("What peers say to a statement")
        .detail("To its person all of it; to others what they wrote themselves and what people wrote with whom they share a network.")
        .lists::<Endorsement>(),
        post(Op::CreateEndorsement, "/v1/competence-statements/{statementId}/endorsements", || {
            web::post().to(api::create_endorsement)
        })
        .summary("Endorse what a peer says they can do")
        .detail("Once, and not of oneself. It is of the statement as it is now, with its level.")
        .takes::<EndorsementCreate>()
        .creates::<Endorsement>(),
        get(Op::GetEndorsement, "/v1/competence-endorsements/{endorsementId}", || {
            web::get().to(api::get_endorsement)
        })
        .summary("An endorsement")
        .answers::<Endorsement>(),
        delete(Op::DeleteEndorsement, "/v1/competence-endorsements/{endorsementId}", || {
            web::delete().to(api::delete_endorsement)
        })
        .summary("Take an endorsement away")
        .detail("By who gave it, or by the person it was given to.")
        .demands_if_match(),
    ]
}

fn learning_goals() -> Vec<Endpoint> {
    use learning_goals::api;
    use learning_goals::bodies::{EvidenceCreate, GoalCreate, GoalFilter, GoalPatch, GoalTransition};
    use learning_goals::types::{Evidence, LearningGoal};
    vec![
        get(Op::ListMyLearningGoals, "/v1/me/learning-goals", || web::get().to(api::list_mine))
            .summary("What I want to learn, and what I learned")
            .query::<GoalFilter>()
            .lists::<LearningGoal>(),
        post(Op::CreateLearningGoal, "/v1/me/learning-goals", || web::post().to(api::create))
            .summary("Set a learning goal")
            .detail("For each competence one that is open, kept to myself unless I disclose it.")
            .takes::<GoalCreate>()
            .creates::<LearningGoal>(),
        get(Op::ListLearningGoals, "/v1/networks/{networkId}/learning-goals", || {
            web::get().to(api::list_in_network)
        })
        .summary("The learning goals that members of a network disclose")
        .detail("Open and achieved ones. Of a route they name only what I may see.")
        .query::<GoalFilter>()
        .lists::<LearningGoal>(),
        get(Op::GetLearningGoal, "/v1/learning-goals/{goalId}", || web::get().to(api::get))
            .summary("A learning goal")
            .answers::<LearningGoal>(),
        patch(Op::UpdateLearningGoal, "/v1/learning-goals/{goalId}", || web::patch().to(api::update))
            .summary("Change my goal's text, or who reads it")
            .takes::<GoalPatch>()
            .answers::<LearningGoal>(),
        post(Op::TransitionLearningGoal, "/v1/learning-goals/{goalId}/transitions", || {
            web::post().to(api::transition)
        })
        .summary("Achieve my goal by a route, or drop it with a reason")
        .detail("What is achieved is stated at once: a new statement is made, and one that stands is changed only as `statement` says.")
        .honours_if_match()
        .takes::<GoalTransition>()
        .answers::<LearningGoal>(),
        get(Op::ListEvidence, "/v1/learning-goals/{goalId}/evidence", || web::get().to(api::list_evidence))
            .summary("What shows that a goal was achieved")
            .lists::<Evidence>(),
        post(Op::CreateEvidence, "/v1/learning-goals/{goalId}/evidence", || {
            web::post().to(api::create_evidence)
        })
        .summary("Add evidence to what I achieved")
        .takes::<EvidenceCreate>()
        .creates::<Evidence>(),
        get(Op::GetEvidence, "/v1/learning-goal-evidence/{evidenceId}", || web::get().to(api::get_evidence))
            .summary("A piece of evidence")
            .answers::<Evidence>(),
        delete(Op::DeleteEvidence, "/v1/learning-goal-evidence/{evidenceId}", || {
            web::delete().to(api::delete_evidence)
        })
        .summary("Take a piece of evidence back")
        .demands_if_match(),
    ]
}

fn observations() -> Vec<Endpoint> {
    use observations::api;
    use observations::types::{
        Observation, ObservationCreate, ObservationFilter, ObservationMove, ObservationPatch,
        ObservationTransition,
    };
    vec![
        get(Op::ListCycleObservations, "/v1/cycles/{cycleId}/observations", || {
            web::get().to(api::list_in_cycle)
        })
        .summary("Observations of a cycle")
        .query::<ObservationFilter>()
        .lists::<Observation>()
        .exports()
        .also(&[304]),
        post(Op::CreateObservation, "/v1/cycles/{cycleId}/observations", || {
            web::post().to(api::create_in_cycle)
        })
        .summary("Log an observation in a cycle")
        .detail("A closed cycle takes what happened before its closing, and marks it late.")
        .takes::<ObservationCreate>()
        .creates::<Observation>(),
        get(Op::ListNetworkObservations, "/v1/networks/{networkId}/observations", || {
            web::get().to(api::list_in_network)
        })
        .summary("All observations of a network, its inbox included")
        .query::<ObservationFilter>()
        .lists::<Observation>()
        .exports()
        .also(&[304]),
        post(Op::CreateInboxObservation, "/v1/networks/{networkId}/observations", || {
            web::post().to(api::create_in_inbox)
        })
        .summary("Log an observation in a network's inbox")
        .takes::<ObservationCreate>()
        .creates::<Observation>(),
        get(Op::GetObservation, "/v1/observations/{observationId}", || web::get().to(api::get))
            .summary("An observation")
            .answers::<Observation>(),
        patch(Op::UpdateObservation, "/v1/observations/{observationId}", || web::patch().to(api::update))
            .summary("Change one's observation, or take it from the inbox into a cycle")
            .takes::<ObservationPatch>()
            .answers::<Observation>(),
        post(Op::TransitionObservation, "/v1/observations/{observationId}/transitions", || {
            web::post().to(api::transition)
        })
        .summary("Close an observation without action, withdraw it, or take that back")
        .detail("Withdrawing and restoring take its author or a coordinator.")
        .honours_if_match()
        .takes::<ObservationTransition>()
        .answers::<Observation>(),
        post(Op::MoveObservation, "/v1/observations/{observationId}/moves", || web::post().to(api::relocate))
            .summary("Move one's undiscussed observation to another network or cycle")
            .detail("Pseudonyms and the question stay behind: they belong to the network it leaves.")
            .honours_if_match()
            .takes::<ObservationMove>()
            .answers::<Observation>(),
    ]
}

fn imports() -> Vec<Endpoint> {
    use imports::api;
    use imports::types::{CycleRecord, ImportLine, ImportQuery, NetworkRecord};
    let endpoint = |op, path, handler| {
        post(op, path, handler)
            .produces(&[JSON_LINES])
            .value::<ImportLine>(200)
            .detail("Takes in text/csv with a header row, or application/jsonl, in UTF-8; a line has at most 1 MiB, a file 1 GiB and a million lines. A line's members are those of the body that creates the record by itself, and it is judged like that: rules, replays by `id` and the log of changes are the same. In CSV a member of a member is called by both (`frameShift.disruption`), the entries of a list are joined by semicolons (`\\;` is one that belongs to an entry, `\\\\` a backslash), lists of objects are JSON, an empty cell is no value, and an apostrophe before what could be a formula is taken away, as exports put it there. Lines are written some hundred at a time: a line that is refused keeps back no other. The answer has a line for each that is refused, now and then how far it is, and at the end the counts. It begins when the whole file is taken in, since many a client and proxy (nginx) listens to nothing before it has sent everything; one of more than 4 MiB, some ten thousand refused lines, begins then, and is to be read while the file is sent. Without its last line the import was broken off: send the file again as a whole, and what has an `id` and was taken counts as replayed. A dry run writes nothing.")
    };
    vec![
        endpoint(Op::CreateCycleImport, "/v1/cycles/{cycleId}/imports", || web::post().to(api::into_cycle))
            .summary("Import records into a cycle")
            .takes_files(imports::OBSERVATIONS)
            .query::<ImportQuery<CycleRecord>>(),
        endpoint(Op::CreateNetworkImport, "/v1/networks/{networkId}/imports", || {
            web::post().to(api::into_network)
        })
        .summary("Import records into a network")
        .takes_files(imports::PSEUDONYMS)
        .query::<ImportQuery<NetworkRecord>>(),
    ]
}

fn reflections() -> Vec<Endpoint> {
    use practice::Withdrawal;
    use reflections::api::{self, ReflectionModels};
    use reflections::models::ReflectionModel;
    use reflections::types::{Model, Reflection, ReflectionCreate, ReflectionFilter, ReflectionPatch};
    vec![
        get(Op::ListReflectionModels, "/v1/reflection-models", || web::get().to(api::list_models))
            .summary("Reflection models and their prompts")
            .value::<ReflectionModels>(200),
        get(Op::GetReflectionModel, "/v1/reflection-models/{model}", || web::get().to(api::get_model))
            .summary("A reflection model")
            .path_of::<Model>()
            .value::<ReflectionModel>(200),
        get(Op::ListReflections, "/v1/cycles/{cycleId}/reflections", || web::get().to(api::list))
            .summary("Reflections of a cycle")
            .detail("Those visible to their author alone are listed to their author alone.")
            .query::<ReflectionFilter>()
            .lists::<Reflection>()
            .exports(),
        get(Op::ListNetworkReflections, "/v1/networks/{networkId}/reflections", || {
            web::get().to(api::list_in_network)
        })
        .summary("Reflections of all cycles of a network")
        .query::<ReflectionFilter>()
        .lists::<Reflection>()
        .exports(),
        post(Op::CreateReflection, "/v1/cycles/{cycleId}/reflections", || web::post().to(api::create))
            .summary("Reflect on observations")
            .takes::<ReflectionCreate>()
            .creates::<Reflection>(),
        get(Op::GetReflection, "/v1/reflections/{reflectionId}", || web::get().to(api::get))
            .summary("A reflection")
            .answers::<Reflection>(),
        patch(Op::UpdateReflection, "/v1/reflections/{reflectionId}", || web::patch().to(api::update))
            .summary("Change one's reflection, or show it to the network")
            .takes::<ReflectionPatch>()
            .answers::<Reflection>(),
        post(Op::TransitionReflection, "/v1/reflections/{reflectionId}/transitions", || {
            web::post().to(api::transition)
        })
        .summary("Withdraw a reflection")
        .honours_if_match()
        .takes::<Withdrawal>()
        .answers::<Reflection>(),
    ]
}

fn actions() -> Vec<Endpoint> {
    use actions::api;
    use actions::types::{Action, ActionCreate, ActionFilter, ActionPatch, ActionTransition};
    vec![
        get(Op::ListActions, "/v1/cycles/{cycleId}/actions", || web::get().to(api::list))
            .summary("Actions taken in a cycle")
            .query::<ActionFilter>()
            .lists::<Action>()
            .exports()
            .also(&[304]),
        get(Op::ListNetworkActions, "/v1/networks/{networkId}/actions", || {
            web::get().to(api::list_in_network)
        })
        .summary("Actions of all cycles of a network")
        .query::<ActionFilter>()
        .lists::<Action>()
        .exports()
        .also(&[304]),
        post(Op::CreateAction, "/v1/cycles/{cycleId}/actions", || web::post().to(api::create))
            .summary("Commit to an action")
            .takes::<ActionCreate>()
            .creates::<Action>(),
        get(Op::GetAction, "/v1/actions/{actionId}", || web::get().to(api::get)).summary("An action").answers::<Action>(),
        patch(Op::UpdateAction, "/v1/actions/{actionId}", || web::patch().to(api::update))
            .summary("Change an action")
            .takes::<ActionPatch>()
            .answers::<Action>(),
        post(Op::TransitionAction, "/v1/actions/{actionId}/transitions", || web::post().to(api::transition))
            .summary("Move an action's state")
            .detail("planned → doing → done, or dropped with a reason; withdrawing takes its author or a coordinator.")
            .honours_if_match()
            .takes::<ActionTransition>()
            .answers::<Action>(),
    ]
}

fn evaluations() -> Vec<Endpoint> {
    use evaluations::api;
    use evaluations::types::{Evaluation, EvaluationCreate, EvaluationFilter};
    use practice::{StateFilter, Withdrawal};
    vec![
        get(Op::ListEvaluations, "/v1/actions/{actionId}/evaluations", || web::get().to(api::list))
            .summary("Evaluations of an action")
            .query::<StateFilter>()
            .lists::<Evaluation>()
            .exports()
            .also(&[304]),
        get(Op::ListCycleEvaluations, "/v1/cycles/{cycleId}/evaluations", || {
            web::get().to(api::list_in_cycle)
        })
        .summary("Evaluations of a cycle's own actions")
        .query::<EvaluationFilter>()
        .lists::<Evaluation>()
        .exports()
        .also(&[304]),
        get(Op::ListNetworkEvaluations, "/v1/networks/{networkId}/evaluations", || {
            web::get().to(api::list_in_network)
        })
        .summary("Evaluations of all cycles of a network")
        .query::<EvaluationFilter>()
        .lists::<Evaluation>()
        .exports()
        .also(&[304]),
        post(Op::CreateEvaluation, "/v1/actions/{actionId}/evaluations", || web::post().to(api::create))
            .summary("Say what came of an action")
            .detail("Possible in every phase; it closes the loop of the observations the action came from.")
            .takes::<EvaluationCreate>()
            .creates::<Evaluation>(),
        get(Op::GetEvaluation, "/v1/evaluations/{evaluationId}", || web::get().to(api::get))
            .summary("An evaluation")
            .answers::<Evaluation>(),
        post(Op::TransitionEvaluation, "/v1/evaluations/{evaluationId}/transitions", || {
            web::post().to(api::transition)
        })
        .summary("Withdraw an evaluation")
        .honours_if_match()
        .takes::<Withdrawal>()
        .answers::<Evaluation>(),
    ]
}

fn effect_calculations() -> Vec<Endpoint> {
    use effect_calculations::api;
    use effect_calculations::result::EffectCalculationResult;
    use effect_calculations::types::{
        EffectCalculation, EffectCalculationCreate, EffectCalculationFilter, EffectCalculationPatch,
    };
    use practice::Withdrawal;
    vec![
        get(Op::ListEffectCalculations, "/v1/networks/{networkId}/effect-calculations", || {
            web::get().to(api::list)
        })
        .summary("Effect calculations of a network")
        .query::<EffectCalculationFilter>()
        .lists::<EffectCalculation>()
        .also(&[304]),
        post(Op::CreateEffectCalculation, "/v1/networks/{networkId}/effect-calculations", || {
            web::post().to(api::create)
        })
        .summary("Begin an effect calculation")
        .detail("What happens around one pseudonymous case over some calendar years, with an intervention and without it (the reference), each entry priced from a published version of a price list.")
        .takes::<EffectCalculationCreate>()
        .creates::<EffectCalculation>(),
        get(Op::GetEffectCalculation, "/v1/effect-calculations/{effectCalculationId}", || {
            web::get().to(api::get)
        })
        .summary("An effect calculation")
        .answers::<EffectCalculation>(),
        patch(Op::UpdateEffectCalculation, "/v1/effect-calculations/{effectCalculationId}", || {
            web::patch().to(api::update)
        })
        .summary("Change an effect calculation of one's own")
        .takes::<EffectCalculationPatch>()
        .answers::<EffectCalculation>(),
        post(
            Op::TransitionEffectCalculation,
            "/v1/effect-calculations/{effectCalculationId}/transitions",
            || web::post().to(api::transition),
        )
        .summary("Withdraw an effect calculation")
        .honours_if_match()
        .takes::<Withdrawal>()
        .answers::<EffectCalculation>(),
        get(
            Op::GetEffectCalculationResult,
            "/v1/effect-calculations/{effectCalculationId}/result",
            || web::get().to(api::result),
        )
        .summary("What an effect calculation comes to")
        .detail("Sums per payer and per year for each timeline, and their difference: the reference less the timeline with the intervention. The difference is modelled, of one case, and not a saving; the part of it that could be cashed is apart in each sum. Units are counted over calendar years with both days of a period included: a week is seven days; a whole calendar month or year is one, and of a part its days over the days of that month or year; a `total` is spread evenly over the days of its period. Amounts are exact until the amount of one entry in one year is rounded to cents, half a cent up; all that is shown is a sum or difference of these lines, and adds up. The range has each price at its lower or upper bound, whichever is less or more, and the same in both timelines. `prices` has every price with its source. Published prices never change, so a version of a calculation keeps its result.")
        .value::<EffectCalculationResult>(200),
    ]
}

fn effect_arenas() -> Vec<Endpoint> {
    use effect_arenas::api::{self, PictureQuery};
    use effect_arenas::balance::EffectArenaBalance;
    use effect_arenas::types::{
        EffectArena, EffectArenaCreate, EffectArenaFilter, EffectArenaPatch, EffectArenaTransition,
    };
    use effect_arenas::versions::{api as versions, types::EffectArenaVersion};
    vec![
        get(Op::ListEffectArenas, "/v1/networks/{networkId}/effect-arenas", || web::get().to(api::list))
            .summary("Effect arenas of a network")
            .query::<EffectArenaFilter>()
            .lists::<EffectArena>()
            .also(&[304]),
        post(Op::CreateEffectArena, "/v1/networks/{networkId}/effect-arenas", || web::post().to(api::create))
            .summary("Lay out an effect arena, as a draft")
            .detail("Of an action, of a cycle, or without either of an initiative of the network. The parts of its board refer to each other by their keys.")
            .takes::<EffectArenaCreate>()
            .creates::<EffectArena>(),
        get(Op::GetEffectArena, "/v1/effect-arenas/{effectArenaId}", || web::get().to(api::get))
            .summary("An effect arena")
            .answers::<EffectArena>(),
        patch(Op::UpdateEffectArena, "/v1/effect-arenas/{effectArenaId}", || web::patch().to(api::update))
            .summary("Change an effect arena")
            .detail("A draft is changed by all who write where it lies: it is made together. Once it is agreed only what was seen can be added, with its evidence; once it is evaluated, nothing. A list of the board that is sent takes the place of the one that stood.")
            .takes::<EffectArenaPatch>()
            .answers::<EffectArena>(),
        post(Op::TransitionEffectArena, "/v1/effect-arenas/{effectArenaId}/transitions", || {
            web::post().to(api::transition)
        })
        .summary("Agree, evaluate, take back or withdraw an effect arena")
        .detail("What is agreed has an activity, an effect, somebody who invests and somebody who collects; what is evaluated has something seen. Each is kept as a version. Back to `draft`, with a reason, it can be changed and agreed anew. Withdrawing takes its author or a coordinator, and is final.")
        .honours_if_match()
        .takes::<EffectArenaTransition>()
        .answers::<EffectArena>(),
        get(Op::GetEffectArenaBalance, "/v1/effect-arenas/{effectArenaId}/balance", || {
            web::get().to(api::balance)
        })
        .summary("Who pays and who reaps, and where they differ")
        .value::<EffectArenaBalance>(200),
        get(Op::GetEffectArenaPicture, "/v1/effect-arenas/{effectArenaId}/picture", || {
            web::get().to(api::picture)
        })
        .summary("The picture of an effect arena")
        .detail("SVG, in Dutch or English: who invests, through which activities, to which effects, collected by whom, and where payer and collector differ. Views stand below it, without names.")
        .query::<PictureQuery>()
        .value::<String>(200)
        .produces(api::PICTURE)
        .also(&[304]),
        get(Op::ListEffectArenaVersions, "/v1/effect-arenas/{effectArenaId}/versions", || {
            web::get().to(versions::list)
        })
        .summary("An effect arena as it was agreed and evaluated")
        .detail("Each whole, with the views that stood.")
        .lists::<EffectArenaVersion>()
        .also(&[304]),
        get(Op::GetEffectArenaVersion, "/v1/effect-arena-versions/{effectArenaVersionId}", || {
            web::get().to(versions::get)
        })
        .summary("A version of an effect arena")
        .answers::<EffectArenaVersion>(),
        get(
            Op::GetEffectArenaVersionPicture,
            "/v1/effect-arena-versions/{effectArenaVersionId}/picture",
            || web::get().to(versions::picture),
        )
        .summary("The picture of a version of an effect arena")
        .detail("As that of the arena. Partners have the names that they have now.")
        .query::<PictureQuery>()
        .value::<String>(200)
        .produces(api::PICTURE)
        .also(&[304]),
    ]
}

fn effect_arena_views() -> Vec<Endpoint> {
    use effect_arenas::views::api;
    use effect_arenas::views::types::{EffectArenaView, EffectArenaViewCreate};
    use practice::{StateFilter, Withdrawal};
    vec![
        get(Op::ListEffectArenaViews, "/v1/effect-arenas/{effectArenaId}/views", || web::get().to(api::list))
            .summary("How people see an effect arena differently")
            .query::<StateFilter>()
            .lists::<EffectArenaView>()
            .also(&[304]),
        post(Op::CreateEffectArenaView, "/v1/effect-arenas/{effectArenaId}/views", || {
            web::post().to(api::create)
        })
        .summary("Say that one does not agree, or sees something else in it")
        .detail("Of the arena or of a part of it, in whatever state it is. It stays beside what is agreed.")
        .takes::<EffectArenaViewCreate>()
        .creates::<EffectArenaView>(),
        get(Op::GetEffectArenaView, "/v1/effect-arena-views/{effectArenaViewId}", || web::get().to(api::get))
            .summary("A view on an effect arena")
            .answers::<EffectArenaView>(),
        post(Op::TransitionEffectArenaView, "/v1/effect-arena-views/{effectArenaViewId}/transitions", || {
            web::post().to(api::transition)
        })
        .summary("Withdraw a view")
        .detail("In the versions in which it was kept it stays.")
        .honours_if_match()
        .takes::<Withdrawal>()
        .answers::<EffectArenaView>(),
    ]
}

fn approaches() -> Vec<Endpoint> {
    use approaches::api;
    use approaches::types::{
        Approach, ApproachCreate, ApproachOutcome, ApproachPatch, ApproachVersion, ApproachVersionCreate,
    };
    vec![
        get(Op::ListApproaches, "/v1/networks/{networkId}/approaches", || web::get().to(api::list))
            .summary("Approaches of a network")
            .lists::<Approach>()
            .also(&[304]),
        post(Op::CreateApproach, "/v1/networks/{networkId}/approaches", || web::post().to(api::create))
            .summary("Describe an approach")
            .detail("How it is done is told by its versions.")
            .takes::<ApproachCreate>()
            .creates::<Approach>(),
        get(Op::GetApproach, "/v1/approaches/{approachId}", || web::get().to(api::get))
            .summary("An approach")
            .answers::<Approach>(),
        patch(Op::UpdateApproach, "/v1/approaches/{approachId}", || web::patch().to(api::update))
            .summary("Change an approach's title or description")
            .takes::<ApproachPatch>()
            .answers::<Approach>(),
        get(Op::ListApproachVersions, "/v1/approaches/{approachId}/versions", || {
            web::get().to(api::list_versions)
        })
        .summary("Versions of an approach")
        .lists::<ApproachVersion>()
        .also(&[304]),
        post(Op::CreateApproachVersion, "/v1/approaches/{approachId}/versions", || {
            web::post().to(api::create_version)
        })
        .summary("Add the next version of an approach")
        .detail("It gets the next number, and stays as it is. A cycle names the version that it tries.")
        .takes::<ApproachVersionCreate>()
        .creates::<ApproachVersion>(),
        get(Op::GetApproachVersion, "/v1/approach-versions/{approachVersionId}", || {
            web::get().to(api::get_version)
        })
        .summary("A version of an approach")
        .answers::<ApproachVersion>(),
        get(Op::ListApproachOutcomes, "/v1/approaches/{approachId}/outcomes", || {
            web::get().to(api::outcomes)
        })
        .summary("What came of each version of an approach")
        .detail("The cycles that tried it, and how their actions were judged.")
        .lists::<ApproachOutcome>()
        .also(&[304]),
    ]
}

fn insights() -> Vec<Endpoint> {
    use insights::api;
    use insights::reading::ReadInsight;
    use insights::types::{
        InsightCreate, InsightFilter, InsightPatch, InsightSources, InsightTransition, NetworkInsightFilter,
    };
    vec![
        get(Op::ListInsights, "/v1/insights", || web::get().to(api::list))
            .summary("Insights that reach me")
            .detail("Those shared in my networks, in networks above and below them where their audience is `lineage`, and with everyone.")
            .query::<InsightFilter>()
            .lists::<ReadInsight>(),
        get(Op::ListNetworkInsights, "/v1/networks/{networkId}/insights", || web::get().to(api::list_of_network))
            .summary("Insights of a network")
            .detail("Of drafts, those of the caller alone.")
            .query::<NetworkInsightFilter>()
            .lists::<ReadInsight>(),
        post(Op::CreateInsight, "/v1/cycles/{cycleId}/insights", || web::post().to(api::create))
            .summary("Draft an insight")
            .detail("In whatever phase the cycle is. A draft is its author's alone.")
            .takes::<InsightCreate>()
            .creates::<ReadInsight>(),
        get(Op::GetInsight, "/v1/insights/{insightId}", || web::get().to(api::get)).summary("An insight").answers::<ReadInsight>(),
        patch(Op::UpdateInsight, "/v1/insights/{insightId}", || web::patch().to(api::update))
            .summary("Change a draft of one's own")
            .detail("What was shared stays as it is.")
            .takes::<InsightPatch>()
            .answers::<ReadInsight>(),
        delete(Op::DeleteInsight, "/v1/insights/{insightId}", || web::delete().to(api::delete))
            .summary("Delete a draft of one's own")
            .demands_if_match(),
        post(Op::TransitionInsight, "/v1/insights/{insightId}/transitions", || web::post().to(api::transition))
            .summary("Share an insight, or withdraw it")
            .detail("With the network by its author; with the lineage or everyone by a facilitator or coordinator, who widen what was shared with the network. Withdrawing takes its author or a coordinator, and is final.")
            .honours_if_match()
            .takes::<InsightTransition>()
            .answers::<ReadInsight>(),
        get(Op::GetInsightSources, "/v1/insights/{insightId}/sources", || web::get().to(api::sources))
            .summary("What an insight was drawn from, and by whom")
            .value::<InsightSources>(200),
    ]
}

fn adoptions() -> Vec<Endpoint> {
    use adoptions::api;
    use adoptions::types::{
        Adoption, AdoptionCreate, AdoptionFilter, AdoptionPatch, LedgerEntry, LedgerFilter, ListedAdoption,
    };
    vec![
        get(Op::ListAdoptions, "/v1/networks/{networkId}/adoptions", || web::get().to(api::list))
            .summary("What a network made of others' insights")
            .detail("Each with how the insight stands now: an adoption outlives its withdrawal.")
            .query::<AdoptionFilter>()
            .lists::<ListedAdoption>(),
        post(Op::CreateAdoption, "/v1/networks/{networkId}/adoptions", || web::post().to(api::create))
            .summary("Adopt, adapt or reject an insight of another network")
            .detail("Once an insight and network. The network that the insight came from sees it in its ledger.")
            .takes::<AdoptionCreate>()
            .creates::<Adoption>(),
        get(Op::GetAdoption, "/v1/adoptions/{adoptionId}", || web::get().to(api::get))
            .summary("An adoption")
            .answers::<Adoption>(),
        patch(Op::UpdateAdoption, "/v1/adoptions/{adoptionId}", || web::patch().to(api::update))
            .summary("Change an adoption, and say what came of it")
            .takes::<AdoptionPatch>()
            .answers::<Adoption>(),
        get(Op::ListInsightAdoptions, "/v1/insights/{insightId}/adoptions", || web::get().to(api::ledger))
            .summary("The ledger of an insight: where it went, and what came of it")
            .detail("For members of the network that it came from. Also what became of insights that were adapted from it, however far; no entry names a person.")
            .query::<LedgerFilter>()
            .lists::<LedgerEntry>(),
    ]
}

fn reports() -> Vec<Endpoint> {
    use reports::api;
    use reports::types::{CycleReport, NetworkReport, NetworkReportFilter};
    vec![
        get(Op::GetCycleReport, "/v1/cycles/{cycleId}/report", || web::get().to(api::of_cycle))
            .summary("The report of a cycle")
            .detail("One report in many faces, by Accept: JSON; CSV, a figure a row; XLSX, a sheet a section; HTML, one page that needs nothing else, with charts, to read on a phone and to print; PDF, tagged (PDF/UA), on A4. All but JSON are written in Dutch or English, by Accept-Language. It names no person. Its weak ETag changes with the network's changes and the calendar day, and differs for each face and language.")
            .query::<NoFilter>()
            .value::<CycleReport>(200)
            .produces(api::PRODUCES)
            .also(&[304]),
        get(Op::GetNetworkReport, "/v1/networks/{networkId}/report", || web::get().to(api::of_network))
            .summary("The report of a network over a period")
            .detail("In the same faces as that of a cycle, by Accept and Accept-Language. Each record counts by the day on which it happened, and what became of it until now. Its weak ETag changes with the network's changes and the calendar day, and differs for each face and language.")
            .query::<NetworkReportFilter>()
            .value::<NetworkReport>(200)
            .produces(api::PRODUCES)
            .also(&[304]),
        get(Op::GetOpenApi, "/v1/openapi.json", || web::get().to(app::openapi))
            .summary("This document")
            .value::<app::OpenApiDocument>(200),
    ]
}

fn kept_reports() -> Vec<Endpoint> {
    use jobs::types::Job;
    use kept_reports::api;
    use kept_reports::types::{KeptReport, KeptReportCreate, KeptReportEntry, KeptReportFilter};
    vec![
        get(Op::ListKeptReports, "/v1/networks/{networkId}/kept-reports", || web::get().to(api::list))
            .summary("The reports of a network that were kept")
            .query::<KeptReportFilter>()
            .lists::<KeptReportEntry>()
            .also(&[304]),
        post(Op::CreateKeptReport, "/v1/networks/{networkId}/kept-reports", || web::post().to(api::create))
            .summary("Have the report of a network made and kept")
            .detail("Answers at once with a job that makes it, to be followed at `Location`. The report has the job's id; when it is there, the change log tells of `kept_report.created`. A network has at most 10 jobs that have not ended: 409 `too_many_jobs`.")
            .takes::<KeptReportCreate>()
            .accepts::<Job>(),
        get(Op::GetKeptReport, "/v1/kept-reports/{keptReportId}", || web::get().to(api::get))
            .summary("A kept report, as it was made")
            .detail("In the same faces as the report of now, by Accept and Accept-Language; in JSON with what is known of it besides, and its ETag is strong, since nothing of it changes. The queries in `from` answer with what the figures would count now.")
            .query::<NoFilter>()
            .answers::<KeptReport>()
            .produces(api::PRODUCES)
            .also(&[304]),
        delete(Op::DeleteKeptReport, "/v1/kept-reports/{keptReportId}", || web::delete().to(api::delete))
            .summary("Delete a kept report")
            .demands_if_match()
            .detail("What it told of stays where it was recorded. It is not made again, neither by its schedule nor under its id."),
    ]
}

fn privacy_policies() -> Vec<Endpoint> {
    use privacy_checks::api as check;
    use privacy_checks::types::{PrivacyCheck, PrivacyCheckCreate};
    use privacy_policies::api;
    use privacy_policies::types::{PrivacyPolicy, PrivacyPolicyPatch};
    vec![
        get(Op::GetPrivacyPolicy, "/v1/networks/{networkId}/privacy-policy", || web::get().to(api::get))
            .summary("What becomes of texts that tell who somebody is")
            .detail("Of what is found for sure, by its kind: the text is refused (400 `personal_data`), stored with a warning, or stored with a word such as `[telefoonnummer]` in its place. What only may tell it is stored with a warning. This reduces a risk: that nothing is found does not say that nobody can be known by a text.")
            .answers::<PrivacyPolicy>(),
        patch(Op::UpdatePrivacyPolicy, "/v1/networks/{networkId}/privacy-policy", || {
            web::patch().to(api::update)
        })
        .summary("Say what becomes of texts that tell who somebody is")
        .demands_if_match()
        .detail("Citizen service numbers (BSN) are always refused. Texts that were stored before stay as they are.")
        .takes::<PrivacyPolicyPatch>()
        .answers::<PrivacyPolicy>(),
        post(Op::CreatePrivacyCheck, "/v1/privacy-checks", || web::post().to(check::create))
            .summary("Ask what would become of texts")
            .detail("Before they are sent to be stored, so that their writer can change them. Nothing of them is kept or logged. Ask for all texts of a body at once, each with its pointer there. Show each finding at its place, and let its writer change the text; what has `handling` `refuse` is refused when it is sent (400 `personal_data`), the rest may be sent with `Confirm-Warnings: true` once its writer has looked.")
            .takes::<PrivacyCheckCreate>()
            .value::<PrivacyCheck>(200)
            .also(&[404]),
    ]
}

fn guarded_names() -> Vec<Endpoint> {
    use guarded_names::api;
    use guarded_names::types::{GuardedName, GuardedNameCreate};
    vec![
        get(Op::ListGuardedNames, "/v1/networks/{networkId}/guarded-names", || web::get().to(api::list))
            .summary("Names that a network looks for in its texts")
            .lists::<GuardedName>(),
        post(Op::CreateGuardedName, "/v1/networks/{networkId}/guarded-names", || {
            web::post().to(api::create)
        })
        .summary("Have a name looked for")
        .detail("In all texts that are sent from now on; what becomes of them, the privacy policy says. The name is personal data itself: it is told to coordinators alone, and to nobody outside. A network keeps 2,000 at most: 409 `too_many_names`.")
        .takes::<GuardedNameCreate>()
        .creates::<GuardedName>(),
        get(Op::GetGuardedName, "/v1/guarded-names/{guardedNameId}", || web::get().to(api::get))
            .summary("A name that is looked for")
            .answers::<GuardedName>(),
        delete(Op::DeleteGuardedName, "/v1/guarded-names/{guardedNameId}", || web::delete().to(api::delete))
            .summary("Look for a name no longer")
            .demands_if_match()
            .detail("Nothing of it is left."),
    ]
}

fn privacy_warnings() -> Vec<Endpoint> {
    use privacy_warnings::api;
    use privacy_warnings::types::{PrivacyWarning, PrivacyWarningFilter, PrivacyWarningTransition};
    vec![
        get(Op::ListPrivacyWarnings, "/v1/networks/{networkId}/privacy-warnings", || {
            web::get().to(api::list)
        })
        .summary("What in the texts of a network may tell who somebody is")
        .detail("Guides are shown those of all texts that others may read, everybody else those of their own.")
        .query::<PrivacyWarningFilter>()
        .lists::<PrivacyWarning>(),
        get(Op::GetPrivacyWarning, "/v1/privacy-warnings/{privacyWarningId}", || web::get().to(api::get))
            .summary("A warning of a text")
            .answers::<PrivacyWarning>(),
        post(Op::TransitionPrivacyWarning, "/v1/privacy-warnings/{privacyWarningId}/transitions", || {
            web::post().to(api::transition)
        })
        .summary("Confirm that what a warning points at may stand")
        .detail("Or send the header `Confirm-Warnings: true` with the text itself, in a batch `confirmWarnings` with the item. It is not warned of again while it stands there. A later change of the text that has it no longer resolves the warning.")
        .honours_if_match()
        .takes::<PrivacyWarningTransition>()
        .answers::<PrivacyWarning>(),
    ]
}

fn report_schedules() -> Vec<Endpoint> {
    use report_schedules::api;
    use report_schedules::types::{ReportSchedule, ReportScheduleCreate, ReportSchedulePatch};
    vec![
        get(Op::ListReportSchedules, "/v1/networks/{networkId}/report-schedules", || web::get().to(api::list))
            .summary("When reports of a network are made and kept")
            .lists::<ReportSchedule>()
            .also(&[304]),
        post(Op::CreateReportSchedule, "/v1/networks/{networkId}/report-schedules", || {
            web::post().to(api::create)
        })
        .summary("Have the report of a network made every period")
        .detail("When a calendar month, quarter or year (Europe/Amsterdam) is over, its report is made by a job and kept, once for each. Of periods that ended while no server ran or the network was archived, the last 12 are made up for; while it is archived none is made. A network has 10 schedules at most.")
        .takes::<ReportScheduleCreate>()
        .creates::<ReportSchedule>(),
        get(Op::GetReportSchedule, "/v1/report-schedules/{reportScheduleId}", || web::get().to(api::get))
            .summary("A schedule of reports")
            .answers::<ReportSchedule>(),
        patch(Op::UpdateReportSchedule, "/v1/report-schedules/{reportScheduleId}", || {
            web::patch().to(api::update)
        })
        .summary("Change a schedule of reports")
        .takes::<ReportSchedulePatch>()
        .answers::<ReportSchedule>(),
        delete(Op::DeleteReportSchedule, "/v1/report-schedules/{reportScheduleId}", || {
            web::delete().to(api::delete)
        })
        .summary("Delete a schedule of reports")
        .demands_if_match()
        .detail("The reports that it had made are kept."),
    ]
}

fn erasures() -> Vec<Endpoint> {
    use erasures::api;
    use erasures::types::{Erasure, ErasureCreate, PersonErasureCreate};
    vec![
        get(Op::ListErasures, "/v1/networks/{networkId}/erasures", || web::get().to(api::list))
            .summary("What was erased in a network")
            .detail("Of pseudonyms, with why, by whom and how much: no content.")
            .lists::<Erasure>(),
        post(Op::CreateErasure, "/v1/networks/{networkId}/erasures", || web::post().to(api::create))
            .summary("Erase a pseudonym, and what is about them")
            .detail("For good: the pseudonym; questions, observations, perceptions and effect calculations that name them, and what was seen of their questions; reflections, actions and drafts of insights that rest on nothing else; and what hangs below these. Other records that refer to any of it let go of it. It reaches versions, snapshots, search and the facts of closings; `told` names who outside may have been told before. The ids answer 410 from then on, and are never used again. 409 `legal_hold` names a hold that keeps any of it. With `dryRun` it is only counted, and answered with 200.")
            .takes::<ErasureCreate>()
            .creates::<Erasure>(),
        get(Op::ListPersonErasures, "/v1/erasures", || web::get().to(api::list_of_people))
            .summary("Which people were erased")
            .lists::<Erasure>(),
        post(Op::CreatePersonErasure, "/v1/erasures", || web::post().to(api::create_of_person))
            .summary("Erase a person")
            .detail("Who they are, how they sign in, their memberships, and what they said of themselves. What they logged for their networks stays, by nobody; with `withRecords` that is erased as well, but for what several made together or was shared in general words. 409 `last_coordinator` where a network would be left without one, 409 `legal_hold` where a hold keeps any of it. With `dryRun` it is only counted, and answered with 200.")
            .takes::<PersonErasureCreate>()
            .creates::<Erasure>(),
        get(Op::GetErasure, "/v1/erasures/{erasureId}", || web::get().to(api::get))
            .summary("An erasure")
            .answers::<Erasure>(),
    ]
}

fn legal_holds() -> Vec<Endpoint> {
    use legal_holds::api;
    use legal_holds::types::{LegalHold, LegalHoldCreate, LegalHoldFilter, LegalHoldTransition};
    vec![
        get(Op::ListLegalHolds, "/v1/networks/{networkId}/legal-holds", || web::get().to(api::list))
            .summary("Legal holds of a network")
            .query::<LegalHoldFilter>()
            .lists::<LegalHold>(),
        post(Op::CreateLegalHold, "/v1/networks/{networkId}/legal-holds", || web::post().to(api::create))
            .summary("Keep records from being removed")
            .detail("All of the network's, those of one cycle, or those about one pseudonym, with what they stand on. Until it is lifted retention leaves them, and an erasure that would touch them is refused.")
            .takes::<LegalHoldCreate>()
            .creates::<LegalHold>(),
        get(Op::GetLegalHold, "/v1/legal-holds/{legalHoldId}", || web::get().to(api::get))
            .summary("A legal hold")
            .answers::<LegalHold>(),
        post(Op::TransitionLegalHold, "/v1/legal-holds/{legalHoldId}/transitions", || {
            web::post().to(api::transition)
        })
        .summary("Lift a legal hold")
        .honours_if_match()
        .takes::<LegalHoldTransition>()
        .answers::<LegalHold>(),
    ]
}

fn retention() -> Vec<Endpoint> {
    use retention::api;
    use retention::types::{
        DueFilter, DueRecord, Removal, RetentionPolicy, RetentionPolicyPatch, RetentionRun,
        RetentionRunCreate,
    };
    vec![
        get(Op::GetRetentionPolicy, "/v1/networks/{networkId}/retention-policy", || web::get().to(api::get_policy))
            .summary("How long a network keeps what")
            .answers::<RetentionPolicy>(),
        patch(Op::UpdateRetentionPolicy, "/v1/networks/{networkId}/retention-policy", || {
            web::patch().to(api::update_policy)
        })
        .summary("Say how long a network keeps what")
        .detail("It holds for what is there already, from the next run on: see first what it comes to, with `dryRun`.")
        .takes::<RetentionPolicyPatch>()
        .answers::<RetentionPolicy>(),
        get(Op::ListDueRecords, "/v1/networks/{networkId}/due-records", || web::get().to(api::list_due))
            .summary("The records that a run would remove now")
            .query::<DueFilter>()
            .lists::<DueRecord>()
            .ordered("by id"),
        get(Op::ListRetentionRuns, "/v1/networks/{networkId}/retention-runs", || web::get().to(api::list_runs))
            .summary("Runs of retention")
            .lists::<RetentionRun>(),
        post(Op::CreateRetentionRun, "/v1/networks/{networkId}/retention-runs", || {
            web::post().to(api::create_run)
        })
        .summary("Have removed what is due")
        .detail("A job does it, in steps, by the rules as they are now; what a legal hold keeps stays. With `dryRun` what is due is only counted, and answered with 200; which records that are tells the list of due records.")
        .takes::<RetentionRunCreate>()
        .creates::<RetentionRun>(),
        get(Op::GetRetentionRun, "/v1/retention-runs/{retentionRunId}", || web::get().to(api::get_run))
            .summary("A run of retention")
            .answers::<RetentionRun>(),
        get(Op::ListRemovals, "/v1/networks/{networkId}/removals", || web::get().to(api::list_removals))
            .summary("What was removed, by kind and run")
            .lists::<Removal>(),
    ]
}

fn jobs() -> Vec<Endpoint> {
    use jobs::api;
    use jobs::types::{Job, JobFilter, JobTransition};
    vec![
        get(Op::ListJobs, "/v1/networks/{networkId}/jobs", || web::get().to(api::list))
            .summary("The long work of a network")
            .query::<JobFilter>()
            .lists::<Job>(),
        get(Op::GetJob, "/v1/jobs/{jobId}", || web::get().to(api::get))
            .summary("How far a job is")
            .detail("While it has not ended, Retry-After says when to look again. The change log tells when it ends: `job.done`, `job.failed` or `job.cancelled`; its progress is no change.")
            .value::<Job>(200),
        post(Op::TransitionJob, "/v1/jobs/{jobId}/transitions", || web::post().to(api::transition))
            .summary("Cancel a job")
            .detail("It stops at its next step, and leaves nothing behind. What has ended is not cancelled: 409 `job_ended`.")
            .takes::<JobTransition>()
            .value::<Job>(200),
    ]
}

fn open_items() -> Vec<Endpoint> {
    use open_items::api;
    use open_items::types::{MyOpenItemFilter, OpenEnd, OpenItemFilter};
    vec![
        get(Op::ListOpenItems, "/v1/networks/{networkId}/open-items", || {
            web::get().to(api::list_in_network)
        })
        .summary("What is open in a network, and who can close it")
        .detail("What the reports of its cycles list as open items and what waits in its inbox, oldest first: where the loop is stuck. Names people, and is never exported.")
        .query::<OpenItemFilter>()
        .lists::<OpenEnd>()
        .ordered("oldest first"),
        get(Op::ListMyOpenItems, "/v1/me/open-items", || web::get().to(api::list_mine))
            .summary("What is open and mine to close")
            .detail("Over all my networks, and the cycles of others that I take part in, oldest first: what is my own, and what my role lets me close.")
            .query::<MyOpenItemFilter>()
            .lists::<OpenEnd>()
            .ordered("oldest first"),
    ]
}

fn theme_networks() -> Vec<Endpoint> {
    use overviews::types::ThemeOverview;
    use theme_networks::api;
    use theme_networks::types::{ThemeNetwork, ThemeNetworkCreate, ThemeNetworkFilter, ThemeNetworkPatch};
    vec![
        get(Op::ListNetworkThemes, "/v1/networks/{networkId}/themes", || web::get().to(api::list))
            .summary("Themes that a network works on")
            .detail("Those that it has worked on too.")
            .query::<ThemeNetworkFilter>()
            .lists::<ThemeNetwork>()
            .also(&[304]),
        post(Op::CreateThemeNetwork, "/v1/networks/{networkId}/themes", || web::post().to(api::create))
            .summary("Say that a network works on a theme")
            .detail("With sharesFigures everybody who signs in sees the learning questions and the figures of its cycles on the theme. One term on a theme at a time.")
            .takes::<ThemeNetworkCreate>()
            .creates::<ThemeNetwork>(),
        get(Op::GetThemeNetwork, "/v1/theme-networks/{themeNetworkId}", || web::get().to(api::get))
            .summary("A network's term on a theme")
            .answers::<ThemeNetwork>(),
        patch(Op::UpdateThemeNetwork, "/v1/theme-networks/{themeNetworkId}", || web::patch().to(api::update))
            .summary("Change when a network works on a theme, or whether it shares its figures")
            .takes::<ThemeNetworkPatch>()
            .answers::<ThemeNetwork>(),
        delete(Op::EndThemeNetwork, "/v1/theme-networks/{themeNetworkId}", || web::delete().to(api::end))
            .summary("End a network's work on a theme today")
            .detail("It stays in the list, and its figures stay shared or not as it says.")
            .demands_if_match(),
        get(Op::GetThemeOverview, "/v1/themes/{themeId}/overview", || web::get().to(overviews::api::of_theme))
            .summary("Who works on a theme where")
            .detail("With the figures they share. A broader theme gathers those below it. A network is there by a term or by a cycle on the theme; figures take a term that shares them, and a cycle of at least ten observations, of which each count of 1 to 4 is left out, with what would tell it.")
            .query::<NoFilter>()
            .value::<ThemeOverview>(200),
    ]
}

fn sessions() -> Vec<Endpoint> {
    use reflections::types::Reflection;
    use sessions::api;
    use sessions::types::{Session, SessionCreate, SessionFilter, SessionPatch, SessionTransition};
    let mut rows = vec![
        get(Op::ListSessions, "/v1/networks/{networkId}/sessions", || web::get().to(api::list_in_network))
            .summary("Sessions of a network, those of its cycles too")
            .detail("Those that begin last come first.")
            .query::<SessionFilter>()
            .lists::<Session>()
            .exports()
            .also(&[304]),
        post(Op::CreateSession, "/v1/networks/{networkId}/sessions", || web::post().to(api::create))
            .summary("Plan a session")
            .detail("Of the network, or of one of its cycles: then the cycle's participants see it, too.")
            .takes::<SessionCreate>()
            .creates::<Session>(),
        get(Op::ListCycleSessions, "/v1/cycles/{cycleId}/sessions", || web::get().to(api::list_in_cycle))
            .summary("Sessions of a cycle")
            .detail("Those that begin last come first.")
            .query::<SessionFilter>()
            .lists::<Session>()
            .exports()
            .also(&[304]),
        get(Op::GetSession, "/v1/sessions/{sessionId}", || web::get().to(api::get))
            .summary("A session")
            .answers::<Session>(),
        patch(Op::UpdateSession, "/v1/sessions/{sessionId}", || web::patch().to(api::update))
            .summary("Change a planned session, or correct who was present")
            .detail("Until it is held its plan can be changed, from then on only who was present. Who is put on that list later does not see what was kept to those present before.")
            .takes::<SessionPatch>()
            .answers::<Session>(),
        post(Op::TransitionSession, "/v1/sessions/{sessionId}/transitions", || {
            web::post().to(api::transition)
        })
        .summary("Tell that a session is held, or cancelled")
        .detail("Held when it begins, or afterwards, with those who are present; cancelled with a reason.")
        .honours_if_match()
        .takes::<SessionTransition>()
        .answers::<Session>(),
        get(Op::ListSessionReflections, "/v1/sessions/{sessionId}/reflections", || {
            web::get().to(reflections::api::list_of_session)
        })
        .summary("The reflection that was made together")
        .detail("One at most; with `state=withdrawn` those that were withdrawn. It is made as all reflections are, in a cycle, with the session's id.")
        .query::<practice::StateFilter>()
        .lists::<Reflection>()
        .exports()
        .also(&[304]),
    ];
    rows.extend(action_reviews());
    rows.extend(session_questions());
    rows.extend(session_notes());
    rows
}

fn action_reviews() -> Vec<Endpoint> {
    use practice::{StateFilter, Withdrawal};
    use sessions::reviews::api;
    use sessions::reviews::types::{ActionReview, ActionReviewCreate, SessionOpenAction};
    vec![
        get(Op::ListOpenActions, "/v1/sessions/{sessionId}/open-actions", || {
            web::get().to(api::list_open_actions)
        })
        .summary("Actions that are open now, and whether the session has reviewed them")
        .detail("Those that the report lists as open items: of the session's cycle, those that it took along included; of all cycles where the session is of the network.")
        .query::<NoFilter>()
        .lists::<SessionOpenAction>(),
        get(Op::ListActionReviews, "/v1/sessions/{sessionId}/action-reviews", || web::get().to(api::list))
            .summary("What a session said of open actions")
            .query::<StateFilter>()
            .lists::<ActionReview>()
            .also(&[304]),
        post(Op::CreateActionReview, "/v1/sessions/{sessionId}/action-reviews", || {
            web::post().to(api::create)
        })
        .summary("Review an action")
        .detail("Once in a session. The action itself does not move: that takes its own transitions.")
        .takes::<ActionReviewCreate>()
        .creates::<ActionReview>(),
        get(Op::GetActionReview, "/v1/action-reviews/{actionReviewId}", || web::get().to(api::get))
            .summary("What a session said of an action")
            .answers::<ActionReview>(),
        post(Op::TransitionActionReview, "/v1/action-reviews/{actionReviewId}/transitions", || {
            web::post().to(api::transition)
        })
        .summary("Withdraw a review")
        .honours_if_match()
        .takes::<Withdrawal>()
        .answers::<ActionReview>(),
    ]
}

fn session_questions() -> Vec<Endpoint> {
    use practice::Withdrawal;
    use sessions::questions::api;
    use sessions::questions::types::{SessionQuestion, SessionQuestionCreate, SessionQuestionFilter};
    vec![
        get(Op::ListSessionQuestions, "/v1/sessions/{sessionId}/questions", || web::get().to(api::list))
            .summary("Questions put in a session")
            .query::<SessionQuestionFilter>()
            .lists::<SessionQuestion>()
            .also(&[304]),
        post(Op::CreateSessionQuestion, "/v1/sessions/{sessionId}/questions", || web::post().to(api::create))
            .summary("Record a question put in a session")
            .takes::<SessionQuestionCreate>()
            .creates::<SessionQuestion>(),
        get(Op::GetSessionQuestion, "/v1/session-questions/{sessionQuestionId}", || web::get().to(api::get))
            .summary("A question put in a session")
            .answers::<SessionQuestion>(),
        post(Op::TransitionSessionQuestion, "/v1/session-questions/{sessionQuestionId}/transitions", || {
            web::post().to(api::transition)
        })
        .summary("Withdraw a question put in a session")
        .honours_if_match()
        .takes::<Withdrawal>()
        .answers::<SessionQuestion>(),
    ]
}

fn session_notes() -> Vec<Endpoint> {
    use practice::{StateFilter, Withdrawal};
    use sessions::notes::api;
    use sessions::notes::types::{SessionNote, SessionNoteCreate, SessionNotePatch};
    vec![
        get(Op::ListSessionNotes, "/v1/sessions/{sessionId}/notes", || web::get().to(api::list))
            .summary("Notes of a session")
            .detail("Those kept to those present are listed to them alone.")
            .query::<StateFilter>()
            .lists::<SessionNote>(),
        post(Op::CreateSessionNote, "/v1/sessions/{sessionId}/notes", || web::post().to(api::create))
            .summary("Write a note of a session")
            .takes::<SessionNoteCreate>()
            .creates::<SessionNote>(),
        get(Op::GetSessionNote, "/v1/session-notes/{sessionNoteId}", || web::get().to(api::get))
            .summary("A note of a session")
            .answers::<SessionNote>(),
        patch(Op::UpdateSessionNote, "/v1/session-notes/{sessionNoteId}", || web::patch().to(api::update))
            .summary("Change one's note, or who sees it")
            .takes::<SessionNotePatch>()
            .answers::<SessionNote>(),
        post(Op::TransitionSessionNote, "/v1/session-notes/{sessionNoteId}/transitions", || {
            web::post().to(api::transition)
        })
        .summary("Withdraw a note")
        .honours_if_match()
        .takes::<Withdrawal>()
        .answers::<SessionNote>(),
    ]
}

fn effect_squares() -> Vec<Endpoint> {
    use effect_squares::api;
    use effect_squares::perceptions::api as perceptions;
    use effect_squares::perceptions::types::{Perception, PerceptionCreate, PerceptionFilter};
    use effect_squares::summary::EffectSquareSummary;
    use effect_squares::types::{EffectSquare, EffectSquareCreate, EffectSquarePatch};
    use practice::{StateFilter, Withdrawal};
    vec![
        get(Op::ListEffectSquares, "/v1/networks/{networkId}/effect-squares", || web::get().to(api::list))
            .summary("Effect squares of a network")
            .query::<StateFilter>()
            .lists::<EffectSquare>()
            .exports()
            .also(&[304]),
        post(Op::CreateEffectSquare, "/v1/networks/{networkId}/effect-squares", || web::post().to(api::create))
            .summary("Lay out an effect square")
            .detail("The neighbourhood, its story, its initiatives and what is expected of them. An initiative is done by a partner of the network or by a group in words, such as residents of a street; no person is named. What is expected is told before an initiative begins; what is perceived of it has records of its own, which those involved add.")
            .takes::<EffectSquareCreate>()
            .creates::<EffectSquare>(),
        get(Op::GetEffectSquare, "/v1/effect-squares/{effectSquareId}", || web::get().to(api::get))
            .summary("An effect square")
            .answers::<EffectSquare>(),
        patch(Op::UpdateEffectSquare, "/v1/effect-squares/{effectSquareId}", || web::patch().to(api::update))
            .summary("Change an effect square")
            .detail("A list is replaced as a whole: initiatives that stay are sent with their ids. One that somebody told a perception of cannot be left out (409).")
            .takes::<EffectSquarePatch>()
            .answers::<EffectSquare>(),
        post(Op::TransitionEffectSquare, "/v1/effect-squares/{effectSquareId}/transitions", || {
            web::post().to(api::transition)
        })
        .summary("Withdraw an effect square")
        .detail("It takes no perceptions any more; those that were told stand.")
        .honours_if_match()
        .takes::<Withdrawal>()
        .answers::<EffectSquare>(),
        get(Op::GetEffectSquareSummary, "/v1/effect-squares/{effectSquareId}/summary", || {
            web::get().to(api::get_summary)
        })
        .summary("What is perceived, beside what was expected")
        .detail("Perceptions counted by initiative, direction and perspective; expectations as they were told. The two are never added up: an expectation is no count.")
        .value::<EffectSquareSummary>(200),
        get(Op::ListPerceptions, "/v1/effect-squares/{effectSquareId}/perceptions", || {
            web::get().to(perceptions::list)
        })
        .summary("What those involved perceive")
        .query::<PerceptionFilter>()
        .lists::<Perception>()
        .exports()
        .also(&[304]),
        post(Op::CreatePerception, "/v1/effect-squares/{effectSquareId}/perceptions", || {
            web::post().to(perceptions::create)
        })
        .summary("Tell what one perceives of an initiative")
        .detail("By whoever is involved: better, the same or worse, and in words. Somebody without an account is spoken for under a pseudonym.")
        .takes::<PerceptionCreate>()
        .creates::<Perception>(),
        get(Op::GetPerception, "/v1/perceptions/{perceptionId}", || web::get().to(perceptions::get))
            .summary("What somebody involved perceives")
            .answers::<Perception>(),
        post(Op::TransitionPerception, "/v1/perceptions/{perceptionId}/transitions", || {
            web::post().to(perceptions::transition)
        })
        .summary("Withdraw a perception")
        .honours_if_match()
        .takes::<Withdrawal>()
        .answers::<Perception>(),
    ]
}

fn search() -> Vec<Endpoint> {
    use search::api;
    use search::types::{Found, SearchFilter};
    vec![
        get(Op::SearchRecords, "/v1/search", || web::get().to(api::search))
            .summary("Find observations, reflections, questions and insights")
            .detail("The best answers first: those that hold the words most often for their length. It finds what was written up to a second ago; what was withdrawn, or what I may no longer see, is not found from that moment on.")
            .query::<SearchFilter>()
            .lists::<Found>()
            .ordered("best first"),
    ]
}

fn batches() -> Vec<Endpoint> {
    use batches::api;
    use batches::outcome::Outcome;
    use batches::types::BatchCreate;
    vec![
        post(Op::CreateBatch, "/v1/batches", || web::post().to(api::create))
            .summary("Create, update and withdraw many records, in order")
            .detail("What was collected offline, possibly in several networks. Each item is what its own operation is, and is answered with a result of its own: the answer is 200 whatever came of them, and only a batch that cannot be read as one is refused. Sent again with the same `id` and content, it changes nothing and answers the same. A refused item is put right and sent in a batch with an `id` of its own; records that were created keep theirs, so nothing is doubled. With a 412 comes the record as it stands: with what the client read and what it has now, it can merge.")
            .takes::<BatchCreate>()
            .value::<Outcome>(200),
    ]
}

fn changes() -> Vec<Endpoint> {
    use changes::api;
    use changes::types::{Changes, ChangesQuery};
    vec![
        get(Op::ListChanges, "/v1/changes", || web::get().to(api::list))
            .summary("The changes that I may know of, in order")
            .detail("Of the networks and cycles that I see now, and of what belongs to no network. Ask on with `nextAfter`: no change is left out and none comes twice. A network that I joined comes from its beginning. A change tells that a record changed; `href` is where it is read as it is now. As `text/event-stream` (`Accept`) it is the live stream: an event `changes` has such a page, and its id is the position, with which `Last-Event-ID` goes on; it ends with the access token. 410 where the position lies beyond the last change, since the database was put back: begin anew.")
            .query::<ChangesQuery>()
            .value::<Changes>(200)
            .produces(api::PRODUCES)
            .also(&[404, 409, 410]),
    ]
}

fn audit() -> Vec<Endpoint> {
    use audit::types::{AuditEvent, AuditEventFilter};
    use emergency_accesses::api as emergency;
    use emergency_accesses::types::{EmergencyAccess, EmergencyAccessCreate, EmergencyAccessTransition};
    vec![
        get(Op::ListAuditEvents, "/v1/networks/{networkId}/audit-events", || web::get().to(audit::api::list))
            .summary("Who read, changed, exported or was refused what")
            .detail("The network's change log and its access log as one list. An access is in it a second or two after it was answered; to read this list is one. What was read is named and never shown, and what was searched for is not kept. What is its author's own is left out.")
            .query::<AuditEventFilter>()
            .lists::<AuditEvent>()
            .exports(),
        get(Op::ListEmergencyAccesses, "/v1/networks/{networkId}/emergency-accesses", || {
            web::get().to(emergency::list)
        })
        .summary("When administrators read the network in an emergency, and why")
        .lists::<EmergencyAccess>()
        .also(&[304]),
        post(Op::CreateEmergencyAccess, "/v1/networks/{networkId}/emergency-accesses", || {
            web::post().to(emergency::create)
        })
        .summary("Break the glass: read a network that one is no member of")
        .detail("For administrators, who run the server and read no notes otherwise. Until it expires, they see what a member with the role `reader` sees, search and the feed of changes included, and write nothing. All members of the network are told in the feed of changes (`emergency_access.created`), and each access under it names it in the audit events. One at a time: 409 `emergency_access_open`.")
        .takes::<EmergencyAccessCreate>()
        .creates::<EmergencyAccess>(),
        get(Op::GetEmergencyAccess, "/v1/emergency-accesses/{emergencyAccessId}", || {
            web::get().to(emergency::get)
        })
        .summary("An emergency access")
        .answers::<EmergencyAccess>(),
        post(Op::TransitionEmergencyAccess, "/v1/emergency-accesses/{emergencyAccessId}/transitions", || {
            web::post().to(emergency::transition)
        })
        .summary("End an emergency access before its time")
        .detail("By the administrator, or a coordinator of the network. What has ended is not ended again: 409 `emergency_access_ended`.")
        .takes::<EmergencyAccessTransition>()
        .answers::<EmergencyAccess>(),
    ]
}

fn webhooks() -> Vec<Endpoint> {
    use webhooks::api;
    use webhooks::deliveries::{DeliveryFilter, WebhookDelivery, WebhookDeliveryDetail};
    use webhooks::types::{
        NewWebhook, Nothing, SecretRotation, SecretRotationCreate, Webhook, WebhookCreate, WebhookHealth,
        WebhookPatch,
    };
    vec![
        get(Op::ListWebhooks, "/v1/networks/{networkId}/webhooks", || web::get().to(api::list))
            .summary("Addresses that are told of a network's changes")
            .lists::<Webhook>()
            .also(&[304]),
        post(Op::CreateWebhook, "/v1/networks/{networkId}/webhooks", || web::post().to(api::create))
            .summary("Have an address told of a network's changes")
            .detail("From the next change on, each that every member of the network may read is sent as a CloudEvent (1.0, in JSON), signed as Standard Webhooks has it (`webhook-id`, `webhook-timestamp`, `webhook-signature`). Its `type` is the kind of the change, its `data` has `kind`, `networkId`, `number`, `changedAt`, `cycleId`, `actorId`, `subjectId`, `subjectVersion`, `tombstone` and `record`: what the record was like after this change, as its own GET showed it then; null where the tombstone says that it is deleted or not visible any more. A change comes at least once and not always in order; `data.number` is its place in the network's stream. What is not answered with 2xx within 15 seconds is sent again, for more than a day.")
            .takes::<WebhookCreate>()
            .creates::<NewWebhook>(),
        get(Op::GetWebhook, "/v1/webhooks/{webhookId}", || web::get().to(api::get))
            .summary("A webhook")
            .answers::<Webhook>(),
        patch(Op::UpdateWebhook, "/v1/webhooks/{webhookId}", || web::patch().to(api::update))
            .summary("Change a webhook, disable it or enable it again")
            .detail("Enabled again, it goes on from where it was: it is told what happened meanwhile, as far as that is at most 30 days ago.")
            .takes::<WebhookPatch>()
            .answers::<Webhook>(),
        delete(Op::DeleteWebhook, "/v1/webhooks/{webhookId}", || web::delete().to(api::delete))
            .summary("Delete a webhook")
            .detail("With its secrets and deliveries.")
            .demands_if_match(),
        get(Op::GetWebhookHealth, "/v1/webhooks/{webhookId}/health", || web::get().to(api::health))
            .summary("How a webhook's deliveries fare")
            .value::<WebhookHealth>(200),
        post(Op::CreateSecretRotation, "/v1/webhooks/{webhookId}/secret-rotations", || web::post().to(api::rotate))
            .summary("Give a webhook a new secret")
            .detail("The former ones sign beside it for a while, so that the receiver can change over: `webhook-signature` then has a signature of each. Sent again after a lost answer, it makes another one, and none before is void any sooner.")
            .takes::<SecretRotationCreate>()
            .value::<SecretRotation>(201),
        post(Op::CreatePing, "/v1/webhooks/{webhookId}/pings", || web::post().to(api::ping))
            .summary("Send a test to a webhook")
            .detail("Once, even while it is disabled. What came of it is told by the delivery.")
            .takes::<Nothing>()
            .value::<WebhookDelivery>(202),
        get(Op::ListWebhookDeliveries, "/v1/webhooks/{webhookId}/deliveries", || web::get().to(api::list_deliveries))
            .summary("What a webhook was told, or is to be")
            .detail("Of the last 30 days.")
            .query::<DeliveryFilter>()
            .lists::<WebhookDelivery>(),
        get(Op::GetWebhookDelivery, "/v1/webhook-deliveries/{deliveryId}", || web::get().to(api::get_delivery))
            .summary("A delivery and its sendings")
            .value::<WebhookDeliveryDetail>(200),
        post(Op::CreateRedelivery, "/v1/webhook-deliveries/{deliveryId}/redeliveries", || web::post().to(api::redeliver))
            .summary("Send something once more")
            .detail("The same message under the same `webhook-id`, as long as what the record was like then is kept.")
            .takes::<Nothing>()
            .value::<WebhookDelivery>(202),
    ]
}

fn xapi() -> Vec<Endpoint> {
    use xapi::api;
    use xapi::types::{StatementResult, StatementsQuery};
    vec![
        get(Op::ListXapiStatements, "/v1/networks/{networkId}/xapi-statements", || web::get().to(api::list))
            .summary("Practice as xAPI statements")
            .detail("Questions, observations, reflections, actions and evaluations as statements of IEEE 9274.1.1 (xAPI 2.0), as a learning record store is told of them that the network forwards to. A statement is of one version of a record: when the record changes, it is voided, and another one takes its place. People go by a name that tells nothing of them and is another one in each network. What people wrote is only told where the operator of the server has switched that on. What is its author's alone has no statement. In the order in which it was stored; who keeps the address of the last page that it read, in ascending order, reads from there what came since.")
            .query::<StatementsQuery>()
            .value::<StatementResult>(200),
    ]
}

fn dossiers() -> Vec<Endpoint> {
    use dossier::page::PublishedEntry;
    use dossier::public::{self, DossierQuery, NewsletterQuery};
    use dossier::types::{
        DossierEntry, DossierEntryCreate, DossierEntryFilter, DossierEntryPatch, DossierEntryTransition,
    };
    use dossier::{JsonFeedDocument, api};
    vec![
        get(Op::ListDossierEntries, "/v1/networks/{networkId}/dossier-entries", || web::get().to(api::list))
            .summary("What a network has put forward for dossiers")
            .query::<DossierEntryFilter>()
            .lists::<DossierEntry>()
            .also(&[304]),
        post(Op::CreateDossierEntry, "/v1/insights/{insightId}/dossier-entries", || web::post().to(api::create))
            .summary("Put a text forward for a theme's dossier")
            .detail("Drawn from an insight that is shared with everyone. The proposer states that nothing in it leads to a person.")
            .takes::<DossierEntryCreate>()
            .creates::<DossierEntry>(),
        get(Op::GetDossierEntry, "/v1/dossier-entries/{entryId}", || web::get().to(api::get))
            .summary("An entry of a dossier, with those who answer for it")
            .answers::<DossierEntry>(),
        patch(Op::UpdateDossierEntry, "/v1/dossier-entries/{entryId}", || web::patch().to(api::update))
            .summary("Change an entry of one's own that waits")
            .takes::<DossierEntryPatch>()
            .answers::<DossierEntry>(),
        post(Op::TransitionDossierEntry, "/v1/dossier-entries/{entryId}/transitions", || web::post().to(api::transition))
            .summary("Approve, decline or withdraw an entry")
            .detail("A facilitator or coordinator approves it, but not the one who put it forward. Then its text is fixed, and public while its insight is shared with everyone. Withdrawing takes its proposer or a coordinator, and is final. If-Match is needed: what is approved are the words that were read.")
            .demands_if_match()
            .takes::<DossierEntryTransition>()
            .answers::<DossierEntry>(),
        get(Op::GetDossier, "/v1/themes/{themeId}/dossier", || web::get().to(public::get))
            .summary("The dossier of a theme")
            .detail("A page to read and to print, or JSON, by Accept: what was published in the dossiers of this theme and all narrower ones, newest first. There is a dossier from the first publication on.")
            .query::<DossierQuery>()
            .lists::<PublishedEntry>()
            .produces(public::PAGE)
            .also(&[304]),
        get(Op::GetDossierAtom, "/v1/themes/{themeId}/dossier/atom", || web::get().to(public::get_atom))
            .summary("The dossier of a theme as an Atom feed")
            .detail("RFC 4287, the newest 50 entries. What was taken out is an `at:deleted-entry` (RFC 6721).")
            .query::<DossierQuery>()
            .value::<String>(200)
            .produces(&["application/atom+xml"])
            .also(&[304]),
        get(Op::GetDossierJsonFeed, "/v1/themes/{themeId}/dossier/json-feed", || web::get().to(public::get_json_feed))
            .summary("The dossier of a theme as a JSON Feed")
            .detail("Version 1.1, the newest 50 entries. What was taken out is in `_tombstones`.")
            .query::<DossierQuery>()
            .value::<JsonFeedDocument>(200)
            .produces(public::FEED)
            .also(&[304]),
        get(Op::GetNewsletterDraft, "/v1/newsletter-draft", || web::get().to(public::newsletter_draft))
            .summary("A newsletter draft of what was published in a period")
            .detail("As Markdown or HTML, by Accept; grouped by theme. Of more than 200 entries none is made: 409.")
            .query::<NewsletterQuery>()
            .value::<String>(200)
            .produces(public::LETTER)
            .also(&[304, 409]),
    ]
}
