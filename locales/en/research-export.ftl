# What goes with an export for research, for whoever does the research.

title = Export for research under protocol { $protocol }
network = Network: { $name }
made = Made on: { $at }
holds = This file holds what was written down in the network: a CSV file for each kind, in UTF-8 with commas. codebook.csv tells what each column means.
consent = It holds what may be used and nothing else: the author consented to this protocol, and so did everybody whom it is about. That was looked up on the day of this export.
numbers = People, pseudonyms and records have numbers of this protocol alone. Without the server’s key no other number and no name can be told from them.
days = Of each moment the day is given, and nothing finer.
files = A text that a spreadsheet would take for a formula begins with an apostrophe. The entries of a list have semicolons between them.
left-out = What may not be used was left out and only counted: see left-out.csv. Counts of 1 to 4 are told as “fewer than 5”, larger ones are rounded down to fives.
risk = This reduces the risk that somebody is recognised. It does not take it away: the texts themselves may hold something that leads to a person. Treat this export as personal data.
withdrawal = Who withdraws their consent is not in the next export. So ask for a new export for each analysis, and delete the one before.
