# De bladzijde voor een burger: de vraag, wat ermee is gedaan en wat ervan kwam. In gewone woorden (B1), met u.

title = Uw vraag, en wat we ermee deden
title-unasked = Wat we over u opschreven, en wat we deden
kicker = Voor u, van { $network }
lead = Hier leest u wat wij over u hebben opgeschreven, wat we hebben gedaan en wat dat opleverde. Uw naam staat er niet op.
label = Uw kenmerk
made = Gemaakt op
expires = De link werkt tot
skip = Naar de inhoud
empty = Wij hebben niets over u opgeschreven dat op deze bladzijde kan staan.

question = Uw vraag
question-numbered = Uw vraag { $number }
asked = Gevraagd op { $day }
nothing-yet = Met deze vraag is nog niets gedaan. Wilt u weten hoe het staat? Vraag het ons.
other-title = Wat we verder over u opschreven
only-title = Wat we over u opschreven
observations = Wat we zagen en hoorden
in-own-words = In uw eigen woorden
reflections = Wat we daarover dachten
actions = Wat we deden
evaluations = Wat het opleverde
returns = Wat we u vertelden
returned = Verteld op { $day }

planned = Dit gaan we doen
doing = Hier zijn we mee bezig
done = Dit is gedaan
dropped = Dit doen we niet
due = Klaar op { $day }
why = Waarom: { $reason }
hoped = Wat we hoopten: { $text }
saw = Wat we zagen: { $text }
reviewed = Hier spraken we over: { $text }
worked = Dit hielp
partly = Dit hielp een beetje
did-not-work = Dit hielp niet
not-judged = We weten nog niet of dit hielp.

recognised-yes = U zei: dat klopt
recognised-partly = U zei: dat klopt een beetje
recognised-no = U zei: dat klopt niet
answered = Uw antwoord: { $text }

perceptions = Wat u merkt in de buurt
also-kept = Wat we nog meer bewaren
calculation = Een berekening van wat hulp kost en oplevert: { $title }
consent-given = U gaf op { $day } toestemming voor onderzoek (nummer { $protocol }).
consent-withdrawn = U gaf op { $day } toestemming voor onderzoek (nummer { $protocol }). Die is weer ingetrokken.

left-out-title = Wat hier niet staat
left-out-others = { $count ->
    [one] Eén tekst gaat ook over iemand anders. Die tekst laten we weg. Zo beschermen we die ander.
   *[other] { $count } teksten gaan ook over iemand anders. Die teksten laten we weg. Zo beschermen we die ander.
}
left-out-naming = { $count ->
    [one] In één tekst staat misschien een naam, een adres of een nummer. Die tekst laten we weg.
   *[other] In { $count } teksten staat misschien een naam, een adres of een nummer. Die teksten laten we weg.
}
left-out-always = Niet op deze bladzijde: namen van medewerkers, wat iemand alleen voor zichzelf opschreef en wat is ingetrokken.

rights-title = Klopt er iets niet?
rights-correct = Staat er iets fout? Vraag ons om het te verbeteren.
rights-object = Wilt u niet dat wij deze gegevens gebruiken? Dan kunt u bezwaar maken.
rights-withdraw = Gaf u toestemming, en wilt u dat niet meer? Dan kunt u die altijd intrekken.
rights-where = Zo doet u dat
rights-contact = Neem contact op met { $name }.
rights-ask = Vraag het aan wie u deze bladzijde gaf.
rights-code = Noem de code die u van ons kreeg. Uw naam is niet nodig.
rights-month = U krijgt binnen een maand antwoord. Lukt dat niet? Dan hoort u binnen die maand waarom, en wanneer u wel antwoord krijgt.
rights-complain = Vindt u ons antwoord niet goed? Dan kunt u een klacht indienen bij de Autoriteit Persoonsgegevens. U kunt ook naar de rechter.
responsible = Wie over uw gegevens gaat: { $names }.
keep-safe = Deze bladzijde gaat over u. Laat hem niet zomaar liggen.

gone-title = Deze link werkt niet
gone-told = Misschien is de link te oud, of is hij ingetrokken. Misschien is hij niet helemaal overgenomen.
gone-ask = Vraag een nieuwe link aan wie u deze gaf.
