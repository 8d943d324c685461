# Wat er bij een export voor onderzoek staat, voor wie het onderzoek doet.

title = Export voor onderzoek onder protocol { $protocol }
network = Netwerk: { $name }
made = Gemaakt op: { $at }
holds = Dit bestand bevat wat in het netwerk is opgeschreven: een CSV-bestand per soort, in UTF-8 en met komma’s ertussen. In codebook.csv staat wat elke kolom betekent.
consent = Er staat alleen in wat mag: de schrijver gaf toestemming voor dit protocol, en ook iedereen over wie het gaat. Dat is bekeken op de dag van deze export.
numbers = Mensen, pseudoniemen en alles wat is opgeschreven hebben nummers die alleen onder dit protocol gelden. Wie de sleutel van de server niet heeft, kan er geen ander nummer of naam uit afleiden.
days = Van elk moment staat alleen de dag in het bestand.
files = Een tekst die een rekenblad voor een formule zou houden, begint met een apostrof. In een lijst staat een puntkomma tussen de delen.
left-out = Wat niet mag, is weggelaten en alleen geteld: zie left-out.csv. Aantallen van 1 tot en met 4 staan er als “fewer than 5”, grotere zijn naar beneden afgerond op vijftallen.
risk = Dit verkleint de kans dat iemand te herkennen is. Het neemt die kans niet weg: in de teksten zelf kan iets staan wat naar een mens wijst. Behandel deze export dus als persoonsgegevens.
withdrawal = Wie toestemming intrekt, staat niet meer in de volgende export. Vraag daarom voor elke analyse een nieuwe export, en gooi de oude weg.
