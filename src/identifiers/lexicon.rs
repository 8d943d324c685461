//! The words that tell what a number beside them is. All are folded: small letters without accents.

use super::reading::Reading;
use std::collections::HashMap;
use std::sync::LazyLock;

/// What a word says about a number near it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Meaning {
    /// It is a citizen service number.
    Bsn,
    /// It is a person's number with some organisation, which may well be their citizen service number.
    Client,
    /// It is a number of another sort, and the word says so: *factuurnummer*, *kvk*.
    Number,
    /// What it stands beside has a number of its own: an order, a case.
    Other,
    /// It counts places or things: a room, a bus line. Only where it stands before the number.
    Thing,
    /// It is a telephone number.
    Phone,
    /// Somebody calls or is called.
    Call,
    /// It is when somebody was born, or has a birthday.
    Birth,
    /// Somebody is spoken of.
    Person,
    /// It is an amount of money.
    Money,
    /// It says how many or how much there is of this.
    Unit,
    /// The month with this number.
    Month(u32),
    /// It is the number of a house.
    House,
    /// It is a postcode.
    Postcode,
    /// It is a box at the post office.
    PostBox,
}

/// The words of each meaning. Whatever else ends in *nummer*, *nr* or *code* is found by that ending.
const WORDS: [(Meaning, &str); 26] = [
    (Meaning::Bsn, "bsn bsns burgerservice sofi sofinummer persoonsnummer persoonsnr"),
    (
        Meaning::Client,
        "clientnummer clientnr clientcode patientnummer patientnr klantnummer klantnr deelnemersnummer \
         paspoortnummer paspoortnr documentnummer identiteitsnummer identificatienummer idnummer legitimatienummer \
         inschrijfnummer studentnummer leerlingnummer id",
    ),
    (
        Meaning::Number,
        "kvk koophandel isbn issn ean imei iban kenmerk referentie ref barcode polis rsin oin agb big btw giro vin kenteken \
         code codes wachtwoord pincode serienummer",
    ),
    (
        Meaning::Other,
        "order orders bestelling bestellingen factuur facturen zaak zaken dossier dossiers ticket melding meldingen pakket \
         zending serie artikel project vergunning contract aanvraag klacht incident versie rekening meterstand teller \
         track trace doi offerte declaratie beschikking inventaris voucher tracking reservering boeking partij batch chassis",
    ),
    (
        Meaning::Thing,
        "kamer kamers lokaal lokalen zaal bus buslijn lijn tram trein spoor perron kluis kluisje bladzijde blz pagina pag \
         hoofdstuk paragraaf nummertje perceel kavel doos postcodegebied gate rij stoel verdieping etage",
    ),
    (
        Meaning::Person,
        "mevrouw mevr mw meneer mijnheer dhr heer client bewoner bewoonster vader moeder zoon dochter man vrouw kind \
         partner broer zus oma opa oom tante neef nicht buurman buurvrouw jongen meisje iemand persoon echtgenoot",
    ),
    (
        Meaning::Phone,
        "tel telefoon telefoonnummer telefoonnummers telefoonnr telnr telnummer mobiel mobieltje mobiele mobielnummer \
         gsm whatsapp whatsappnummer fax sms contactnummer voicemail belnummer telefonisch phone",
    ),
    (
        Meaning::Call,
        "bel bellen belt belde gebeld terugbellen bereikbaar bereiken app appen appt appje geappt nummer nr doorkiesnummer",
    ),
    (
        Meaning::Birth,
        "geboren geb gebdatum gebdat geboortedatum geboortedag geboortedata geboorte geboortedat dob birthdate birthday \
         born verjaardag verjaart jarig verjaarde verjaren gbd",
    ),
    (Meaning::Money, "euro euros eur bedrag prijs kosten kost kostte omzet budget begroting subsidie dollar"),
    (
        Meaning::Unit,
        "keer maal uur uren minuten minuut seconden dagen dag weken week maanden maand jaar jaren mensen personen \
         inwoners bewoners gezinnen huishoudens woningen huizen kinderen leerlingen deelnemers clienten vrijwilligers \
         bezoekers bezoeken gesprekken stappen punten procent km kilometer meter m cm mm ha hectare kg kilo \
         gram g l liter ml kwh kw mb gb kb bytes pixels views stuks stuk aanmeldingen bomen bankjes plekken plaatsen \
         fietsen berichten stemmen graden zetels leden buren jongeren ouderen ouders vrouwen mannen meisjes \
         jongens ton miljoen miljard duizend",
    ),
    (Meaning::Month(1), "januari jan january"),
    (Meaning::Month(2), "februari feb febr february"),
    (Meaning::Month(3), "maart mrt march mar"),
    (Meaning::Month(4), "april apr"),
    (Meaning::Month(5), "mei may"),
    (Meaning::Month(6), "juni jun june"),
    (Meaning::Month(7), "juli jul july"),
    (Meaning::Month(8), "augustus aug august"),
    (Meaning::Month(9), "september sep sept"),
    (Meaning::Month(10), "oktober okt october oct"),
    (Meaning::Month(11), "november nov"),
    (Meaning::Month(12), "december dec"),
    (Meaning::House, "huisnummer huisnr huisnummers"),
    (Meaning::Postcode, "postcode postcodes pc"),
    (Meaning::PostBox, "postbus antwoordnummer"),
];

/// What a compound is by how it begins, once it ends as a number's name does.
const COMPOUNDS: [(Meaning, &str); 4] = [
    (Meaning::Bsn, "bsn burgerservice sofi"),
    (Meaning::Phone, "tel mobiel gsm bel contact whatsapp app fax nood oproep thuis prive doorkies"),
    (Meaning::Client, "client patient klant deelnemer paspoort document identiteit"),
    (Meaning::House, "huis"),
];
const ENDINGS: [&str; 7] = ["nummers", "nummer", "nrs", "nr", "codes", "code", "kenmerk"];

/// The shortest last part of a compound, in letters: shorter ones end many other words.
const SHORTEST_HEAD: usize = 5;
/// Letters of a compound that are looked at.
const LONGEST: usize = 40;

static MEANINGS: LazyLock<HashMap<&'static str, Meaning>> = LazyLock::new(|| {
    let mut meanings = HashMap::new();
    for (meaning, words) in WORDS {
        for word in words.split_whitespace() {
            meanings.entry(word).or_insert(meaning);
        }
    }
    meanings
});

/// What the word at this place says about a number near it.
pub fn meaning(reading: &Reading, place: usize) -> Option<Meaning> {
    let word = reading.text(place);
    let listed = MEANINGS.get(word).copied();
    listed.or_else(|| compound(word)).or_else(|| head(word)).or_else(|| spelled(reading, place))
}

/// What is called a number or a code, by what it is the number of.
fn compound(word: &str) -> Option<Meaning> {
    let stem = ENDINGS.iter().find_map(|ending| word.strip_suffix(ending)).filter(|stem| stem.len() > 1)?;
    let begins = |(_, beginnings): &&(Meaning, &str)| {
        beginnings.split(' ').any(|beginning| stem.starts_with(beginning))
    };
    Some(COMPOUNDS.iter().find(begins).map_or(Meaning::Number, |(meaning, _)| *meaning))
}

/// The meaning of the last part, which in Dutch is what the whole is one of: *onderhoudscontract*, *vergaderkamer*.
fn head(word: &str) -> Option<Meaning> {
    let starts = word.char_indices().map(|(start, _)| start).skip(2).take(LONGEST);
    let mut heads =
        starts.filter_map(|start| word.get(start..)).take_while(|head| head.len() >= SHORTEST_HEAD);
    let carries = |meaning: &Meaning| {
        matches!(meaning, Meaning::Number | Meaning::Other | Meaning::Thing | Meaning::Money)
    };
    heads.find_map(|head| MEANINGS.get(head).copied().filter(carries))
}

/// An abbreviation with its dots, whose last letter stands here: *b.s.n.*, *d.o.b.*; and *burger service nummer*.
fn spelled(reading: &Reading, place: usize) -> Option<Meaning> {
    let text = |back: usize| place.checked_sub(back).map_or("", |place| reading.text(place));
    match (text(4), text(3), text(2), text(1), text(0)) {
        ("b", ".", "s", ".", "n") => Some(Meaning::Bsn),
        ("d", ".", "o", ".", "b") => Some(Meaning::Birth),
        (_, _, "burger", _, "service") => Some(Meaning::Bsn),
        _ => None,
    }
}
