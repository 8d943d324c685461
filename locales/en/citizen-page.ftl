# The page for a citizen: the question, what was done with it and what came of it. In plain words.

title = Your question, and what we did with it
title-unasked = What we wrote down about you, and what we did
kicker = For you, from { $network }
lead = Here you read what we wrote down about you, what we did and what came of it. Your name is not on it.
label = Your reference
made = Made on
expires = The link works until
skip = To the content
empty = We have written down nothing about you that can be on this page.

question = Your question
question-numbered = Your question { $number }
asked = Asked on { $day }
nothing-yet = Nothing has been done with this question yet. Do you want to know how it stands? Ask us.
other-title = What else we wrote down about you
only-title = What we wrote down about you
observations = What we saw and heard
in-own-words = In your own words
reflections = What we thought about it
actions = What we did
evaluations = What came of it
returns = What we told you
returned = Told on { $day }

planned = We are going to do this
doing = We are doing this now
done = This was done
dropped = We are not doing this
due = Ready on { $day }
why = Why: { $reason }
hoped = What we hoped for: { $text }
saw = What we saw: { $text }
reviewed = We talked about this: { $text }
worked = This helped
partly = This helped a little
did-not-work = This did not help
not-judged = We do not know yet whether this helped.

recognised-yes = You said: that is right
recognised-partly = You said: that is partly right
recognised-no = You said: that is not right
answered = Your answer: { $text }

perceptions = What you notice in your neighbourhood
also-kept = What else we keep
calculation = A calculation of what support costs and yields: { $title }
consent-given = On { $day } you consented to research (number { $protocol }).
consent-withdrawn = On { $day } you consented to research (number { $protocol }). That has been withdrawn since.

left-out-title = What is not here
left-out-others = { $count ->
    [one] One text is about somebody else, too. We leave it out, to protect the other.
   *[other] { $count } texts are about somebody else, too. We leave them out, to protect the other.
}
left-out-naming = { $count ->
    [one] In one text there may be a name, an address or a number. We leave it out.
   *[other] In { $count } texts there may be a name, an address or a number. We leave them out.
}
left-out-always = Not on this page: names of staff, what somebody wrote for themselves alone, and what was withdrawn.

rights-title = Is something not right?
rights-correct = Is something wrong? Ask us to correct it.
rights-object = Do you not want us to use these data? Then you can object.
rights-withdraw = Did you consent to something, and do you no longer want to? You can always withdraw that.
rights-where = This is how
rights-contact = Get in touch with { $name }.
rights-ask = Ask whoever gave you this page.
rights-code = Tell us the code that we gave you. Your name is not needed.
rights-month = You get an answer within a month. If that does not work out, you hear within that month why, and when you will get one.
rights-complain = Do you not agree with our answer? Then you can complain to the Dutch Data Protection Authority (Autoriteit Persoonsgegevens). You can also go to court.
responsible = Who answers for your data: { $names }.
keep-safe = This page is about you. Do not leave it lying about.

gone-title = This link does not work
gone-told = Perhaps the link is too old, or it was revoked. Perhaps it was not copied as a whole.
gone-ask = Ask whoever gave you this link for a new one.
