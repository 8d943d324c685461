# De rapporten, in gewone woorden (B1). Geen enkele tekst noemt een persoon; een verschuiving in denken is een signaal en
# nooit een doel.

cycle-kind = Rapport van een leercyclus
skip = Naar de inhoud
contents = In dit rapport
notes = Zo lees je dit rapport
empty = Er is nog niets opgeschreven. Zodra dat gebeurt, staat hier wat ervan werd.
front-tab = Rapport
page-of = pagina { $page } van { $pages }
about-phase = Fase
about-themes = Thema’s
about-opened = Begonnen op
about-closed = Afgerond op
about-counted = Geteld op
phase-plan = Plannen
phase-act = Doen
phase-observe = Kijken
phase-reflect = Nadenken
phase-closed = Afgerond
phase-abandoned = Gestopt

## Delen van het geheel

parts-title = Wat er van de observaties werd
parts-tab = Observaties
parts-of =
    { $count ->
        [one] Dit gaat over 1 observatie: alles wat is opgeschreven en niet is ingetrokken.
       *[other] Dit gaat over { $count } observaties: alles wat is opgeschreven en niet is ingetrokken.
    }
parts-how = Wat open staat, is werk dat loopt. Staat iets langer dan 30 dagen open, bekijk dan samen wat er nodig is.
part-evaluated = Uitkomst bekeken
part-closed = Afgesloten met een reden
part-open-short = Open, korter dan 30 dagen
part-open-long = Open, langer

## De lus als trechter

funnel-title = Hoe ver de lus rond is
funnel-tab = De lus
funnel-how = Elke observatie telt bij elke stap die zij haalde. Het gestreepte deel bleef bij een stap.
funnel-rate = Van alle observaties is { $share } rond: er kwam een actie van, en daarvan is de uitkomst bekeken.
step-observed = Gezien of gehoord
step-discussed = Besproken
step-acted-on = Actie afgesproken
step-evaluated = Uitkomst bekeken
leak-discussed =
    { $count ->
        [one] 1 is niet besproken
       *[other] { $count } zijn niet besproken
    }
leak-acted-on =
    { $count ->
        [one] 1 kreeg geen actie
       *[other] { $count } kregen geen actie
    }
leak-evaluated =
    { $count ->
        [one] 1 is zonder uitkomst
       *[other] { $count } zijn zonder uitkomst
    }

## Terug naar de burger

told-title = Terug naar de burger
told-tab = Terug naar de burger
told-of =
    { $count ->
        [one] Het begon bij 1 burgervraag.
       *[other] Het begon bij { $count } burgervragen.
    }
told-how = Vertellen wat er met een vraag is gedaan, en horen of de burger zich daarin herkent, zijn twee dingen. Ze zijn apart geteld.
step-asked = Burgervragen
step-told = Terugverteld
step-heard = Reactie gehoord
step-recognised = Herkend
leak-told =
    { $count ->
        [one] 1 is niet terugverteld
       *[other] { $count } zijn niet terugverteld
    }
leak-heard =
    { $count ->
        [one] van 1 is geen reactie gehoord
       *[other] van { $count } is geen reactie gehoord
    }
leak-recognised =
    { $count ->
        [one] 1 is niet of deels herkend
       *[other] { $count } zijn niet of deels herkend
    }

## Tijd per stap

legs-title = Hoe lang elke stap duurt
legs-tab = Tijd per stap
legs-how = De helft van de gevallen duurde korter dan de mediaan; negen van de tien duurden korter dan de p90.
legs-few = Bij minder dan tien gevallen staat er geen p90: dan zegt dat getal te weinig.
leg-observation = Van burgervraag naar observatie
leg-reflection = Van observatie naar reflectie
leg-action = Van reflectie naar actie
leg-evaluation = Van actie naar uitkomst
leg-return = Van burgervraag naar terugvertellen
leg-note =
    { $count ->
        [one] 1 geval
       *[other] { $count } gevallen
    }, { $open } open

## Wat er is vastgelegd

recorded-title = Wat er is vastgelegd
recorded-tab = Vastgelegd
recorded-how = Wat alleen de schrijver zelf kan zien, telt nergens mee.
questions = Burgervragen
observations = Observaties
withdrawn = Ingetrokken observaties
reflections = Reflecties
actions = Acties
evaluations = Bekeken uitkomsten

## Perspectief en stem

perspectives-title = Door wiens ogen
perspectives-tab = Perspectief
perspectives-of =
    { $count ->
        [one] Wie zag of hoorde het? Van 1 observatie.
       *[other] Wie zag of hoorde het? Van { $count } observaties.
    }
perspective-citizen = Burger
perspective-practitioner = Professional
perspective-informal-carer = Mantelzorger
perspective-organisation = Organisatie
perspective-system = Systeem
voices-title = Van wie de woorden zijn
voices-tab = Stem
voices-how =
    { $count ->
        [one] Van 1 observatie
       *[other] Van { $count } observaties
    } { $own ->
        [one] is er 1
       *[other] zijn er { $own }
    } in de eigen stem van de burger: zelf opgeschreven of letterlijk gezegd.
voice-own-words = Zelf opgeschreven
voice-quoted = Letterlijk gezegd
voice-retold = Naverteld
voice-interpreted = Uitgelegd door een ander
voice-unstated = Niet gezegd

## Hoe diep het leren ging

depth-title = Hoe diep het leren ging
depth-tab = Diepte van het leren
depth-how = Soms verandert wat je doet, soms ook hoe je kijkt. Dit is een signaal om over te praten, geen doel.
depth-single = Anders doen (enkelslag)
depth-double = Anders kijken (dubbelslag)
depth-triple = Anders zijn of willen (drieslag)
depth-dots =
    { $each ->
        [one] Elke stip is 1 reflectie.
       *[other] Elke stip staat voor hoogstens { $each } reflecties.
    }

## Acties

actions-title = Hoe het met de acties staat
actions-tab = Acties
actions-of =
    { $count ->
        [one] Van 1 actie die is afgesproken.
       *[other] Van { $count } acties die zijn afgesproken.
    }
action-planned = Afgesproken
action-doing = Bezig
action-done = Gedaan
action-dropped = Niet doorgegaan

## Wat open staat

open-title = Wat nog open staat
open-tab = Nog open
open-how =
    { $count ->
        [one] Er staat 1 ding open.
       *[other] Er staan { $count } dingen open, het oudste eerst.
    }
open-most = Hier staan de oudste { $shown }.
open-observation = Observatie
open-action = Actie
open-question = Burgervraag
waits-for = Wacht op { $step }
waits-cycle = een leercyclus
waits-reflection = een reflectie
waits-action = een actie
waits-evaluation = een uitkomst
waits-return = terugvertellen

## Meegenomen acties

carried-title = Acties die meegingen
carried-tab = Meegenomen acties
carried-how = Een actie die bij het afronden nog open staat, kan mee naar de volgende leercyclus. Zij blijft tellen waar zij is afgesproken.
carried-in = Meegekomen uit een eerdere leercyclus
carried-out = Meegegaan naar een volgende leercyclus

## Een netwerk

network-kind = Rapport van een leernetwerk
about-period = Periode
period = { $from } tot en met { $to }
since-the-beginning = het begin
until-now = nu
about-locality = Plaats
cycles-title = Leercycli per fase
cycles-tab = Leercycli
cycles-how =
    { $inbox ->
        [0] Alle observaties liggen bij een leercyclus.
        [one] Daarnaast wacht 1 observatie op een leercyclus.
       *[other] Daarnaast wachten { $inbox } observaties op een leercyclus.
    }
frozen = De cijfers zijn die van het afronden op { $day }. Wat daarna kwam, staat apart.
depth-shifts =
    { $count ->
        [0] Er is geen aanname losgelaten.
        [one] In 1 reflectie is een aanname losgelaten.
       *[other] In { $count } reflecties is een aanname losgelaten.
    }
verdicts-title = Wat de acties opleverden
verdicts-tab = Uitkomsten
verdicts-of =
    { $count ->
        [one] Van 1 bekeken uitkomst. Ook wat niet werkte, is geleerd.
       *[other] Van { $count } bekeken uitkomsten. Ook wat niet werkte, is geleerd.
    }
verdict-worked = Gewerkt
verdict-partly = Deels gewerkt
verdict-not = Niet gewerkt

## Door de tijd

time-title = Observaties door de tijd
time-tab = Door de tijd
time-how = Wanneer iets is gezien of gehoord, en door wiens ogen.
column-period = Periode
ages-title = Hoe oud is wat open staat
ages-tab = Leeftijd van wat open staat
ages-how = Dagen sinds iets gebeurde. In een pauze, zoals een zomer, ligt het werk stil: zonder pauzes tellen die dagen niet mee.
ages-with = Alle dagen
ages-without = Zonder pauzes
ages-without-pauses = { $what }, zonder pauzes
band-first = minder dan { $under } dagen
band-between = { $least } tot en met { $most } dagen
band-last = { $least } dagen of meer
column-oldest = Oudste

## Inzichten

insights-title = Waar inzichten heen gingen
insights-tab = Inzichten
insights-of =
    { $count ->
        [one] Er is 1 inzicht gedeeld.
       *[other] Er zijn { $count } inzichten gedeeld.
    }
insights-how = Andere netwerken kunnen een inzicht overnemen, aanpassen of laten liggen. Ook dat laatste is een antwoord.
insights-most = De figuur toont de laatste { $shown } inzichten waar een ander netwerk iets over besloot.
received-title = Wat wij met inzichten van anderen deden
received-tab = Van anderen
received-how = Inzichten van andere netwerken, naar wat er hier mee is besloten.
decision-adopted = Overgenomen
decision-adapted = Aangepast
decision-rejected = Niet overgenomen
column-insight = Inzicht
column-shared = Gedeeld op

## Ernaast

since-title = Wat er na het afronden kwam
since-tab = Na het afronden
since-how = Dit telt niet mee in de cijfers hierboven: die blijven zoals ze waren.
since-observations = Observaties die later kwamen
since-evaluations = Uitkomsten die zijn bekeken
since-evaluated = Observaties die rond kwamen
since-withdrawn = Observaties die zijn ingetrokken
since-returned = Burgervragen die zijn terugverteld
past-title = Naast het eigen verleden
past-tab = Naast eerder
past-how = Zo ging het eerder. Dit is om van te leren, niet om mee te scoren.
column-now = Nu
lineage-title = Dit netwerk en de netwerken eronder
lineage-tab = Netwerken eronder
lineage-how = Elke leercyclus telt mee in de periode waarin hij begon. Wat over minder dan vijf gaat, staat er niet: dan zou iemand zich erin kunnen herkennen.
column-small-cycles = Cycli met minder dan tien observaties

## Tabellen

column-what = Wat
column-step = Stap
column-count = Aantal
column-share = Deel van het geheel
column-left = Bleef hier
column-cases = Gevallen
column-median = Mediaan
column-p90 = P90
column-still-open = Nog open
column-out-of-order = Andere volgorde
column-waits = Wacht op
column-since = Sinds
column-age = Hoe lang al
column-in-days = { $column } (dagen)
column-in-seconds = { $column } (seconden)
column-from = Waar de gegevens staan
all-rows = Alle { $count } rijen van de tabel
total = Samen
nothing = –
withheld = te weinig

## Namen van cijfers

in-the-app = Open deze leercyclus in de app
of-what = { $what }: { $measure }
figure-learning-question = Leervraag
figure-network = Netwerk
figure-frame-shifts = Reflecties waarin een aanname is losgelaten
figure-at-closing = Cijfers bij het afronden
figure-inbox = Observaties die wachten op een leercyclus
figure-insights-shared = Gedeelde inzichten
figure-first-day = Eerste dag
figure-last-day = Laatste dag
figure-age-from = Leeftijd vanaf
figure-age-under = Leeftijd korter dan

## Aan het eind

note-controllers = Verantwoordelijk voor de persoonsgegevens: { $names }.
note-processor = { $name } bewaart ze voor hen.
note-people = Dit rapport noemt geen personen. Een naam staat nooit naast een aantal of een leeftijd van iets dat open staat.
note-time = De tijd telt vanaf het moment waarop iets gebeurde, niet vanaf het moment van opschrijven. Dagen zijn kalenderdagen in Nederland.
note-withdrawn = Wat is ingetrokken, telt niet mee in de andere cijfers.
