# The reports, in plain words. No text names a person; a frame shift is a signal and never a target.

cycle-kind = Report of a learning cycle
skip = To the content
contents = In this report
notes = How to read this report
empty = Nothing was logged yet. As soon as it is, here stands what became of it.
front-tab = Report
page-of = page { $page } of { $pages }
about-phase = Phase
about-themes = Themes
about-opened = Opened on
about-closed = Closed on
about-counted = Counted on
phase-plan = Planning
phase-act = Acting
phase-observe = Observing
phase-reflect = Reflecting
phase-closed = Closed
phase-abandoned = Abandoned

## Parts of the whole

parts-title = What became of the observations
parts-tab = Observations
parts-of =
    { $count ->
        [one] This is about 1 observation: all that was logged and not withdrawn.
       *[other] This is about { $count } observations: all that was logged and not withdrawn.
    }
parts-how = What is open is work in progress. When something has been open for more than 30 days, look together at what it needs.
part-evaluated = Result evaluated
part-closed = Closed with a reason
part-open-short = Open, under 30 days
part-open-long = Open, longer

## The loop as a funnel

funnel-title = How far the loop has closed
funnel-tab = The loop
funnel-how = Each observation counts at every step that it reached. The striped part stayed at a step.
funnel-rate = Of all observations { $share } came full circle: an action followed, and its result was evaluated.
step-observed = Seen or heard
step-discussed = Discussed
step-acted-on = Action agreed
step-evaluated = Result evaluated
leak-discussed =
    { $count ->
        [one] 1 was not discussed
       *[other] { $count } were not discussed
    }
leak-acted-on =
    { $count ->
        [one] 1 led to no action
       *[other] { $count } led to no action
    }
leak-evaluated =
    { $count ->
        [one] 1 is without a result
       *[other] { $count } are without a result
    }

## Back to the citizen

told-title = Back to the citizen
told-tab = Back to the citizen
told-of =
    { $count ->
        [one] It began with 1 question of a citizen.
       *[other] It began with { $count } questions of citizens.
    }
told-how = Telling what was done with a question, and hearing whether the citizen recognises it, are two things. They are counted apart.
step-asked = Citizens’ questions
step-told = Told back
step-heard = Heard back
step-recognised = Recognised
leak-told =
    { $count ->
        [one] 1 was not told back
       *[other] { $count } were not told back
    }
leak-heard =
    { $count ->
        [one] of 1 nothing was heard back
       *[other] of { $count } nothing was heard back
    }
leak-recognised =
    { $count ->
        [one] 1 was recognised in part or not
       *[other] { $count } were recognised in part or not
    }

## Time per step

legs-title = How long each step takes
legs-tab = Time per step
legs-how = Half of the cases took less than the median; nine out of ten took less than the p90.
legs-few = Of fewer than ten cases there is no p90: it would say too little.
leg-observation = From question to observation
leg-reflection = From observation to reflection
leg-action = From reflection to action
leg-evaluation = From action to result
leg-return = From question to telling back
leg-note =
    { $count ->
        [one] 1 case
       *[other] { $count } cases
    }, { $open } open

## What was recorded

recorded-title = What was recorded
recorded-tab = Recorded
recorded-how = What is visible to its author alone counts nowhere.
questions = Citizens’ questions
observations = Observations
withdrawn = Withdrawn observations
reflections = Reflections
actions = Actions
evaluations = Evaluations

## Perspective and voice

perspectives-title = Through whose eyes
perspectives-tab = Perspective
perspectives-of =
    { $count ->
        [one] Who saw or heard it? Of 1 observation.
       *[other] Who saw or heard it? Of { $count } observations.
    }
perspective-citizen = Citizen
perspective-practitioner = Practitioner
perspective-informal-carer = Informal carer
perspective-organisation = Organisation
perspective-system = System
voices-title = Whose words they are
voices-tab = Voice
voices-how =
    Of { $count ->
        [one] 1 observation
       *[other] { $count } observations
    } { $own ->
        [one] 1 is
       *[other] { $own } are
    } in the citizen’s own voice: written by themselves or quoted.
voice-own-words = In their own words
voice-quoted = Quoted
voice-retold = Retold
voice-interpreted = Interpreted by somebody else
voice-unstated = Not stated

## How deep the learning went

depth-title = How deep the learning went
depth-tab = Depth of learning
depth-how = Sometimes it changes what you do, sometimes how you look as well. This is a signal to talk about, not a target.
depth-single = Acting differently (single loop)
depth-double = Looking differently (double loop)
depth-triple = Being or wanting differently (triple loop)
depth-dots =
    { $each ->
        [one] Each dot is 1 reflection.
       *[other] Each dot stands for { $each } reflections at most.
    }

## Actions

actions-title = How the actions are going
actions-tab = Actions
actions-of =
    { $count ->
        [one] Of 1 action that was agreed.
       *[other] Of { $count } actions that were agreed.
    }
action-planned = Planned
action-doing = Under way
action-done = Done
action-dropped = Dropped

## What is open

open-title = What is still open
open-tab = Still open
open-how =
    { $count ->
        [one] 1 thing is open.
       *[other] { $count } things are open, the oldest first.
    }
open-most = These are the oldest { $shown }.
open-observation = Observation
open-action = Action
open-question = Citizen’s question
waits-for = Waits for { $step }
waits-cycle = a learning cycle
waits-reflection = a reflection
waits-action = an action
waits-evaluation = a result
waits-return = being told back

## Actions that went along

carried-title = Actions that went along
carried-tab = Carried actions
carried-how = An action that is open at the closing may go along to the next learning cycle. It keeps counting where it was agreed.
carried-in = Came along from an earlier learning cycle
carried-out = Went along to a next learning cycle

## A network

network-kind = Report of a learning network
about-period = Period
period = { $from } to { $to }
since-the-beginning = the beginning
until-now = now
about-locality = Place
cycles-title = Learning cycles by phase
cycles-tab = Learning cycles
cycles-how =
    { $inbox ->
        [0] All observations lie in a learning cycle.
        [one] Besides these, 1 observation waits for a learning cycle.
       *[other] Besides these, { $inbox } observations wait for a learning cycle.
    }
frozen = The figures are those of the closing on { $day }. What came since stands apart.
depth-shifts =
    { $count ->
        [0] No assumption gave way.
        [one] In 1 reflection an assumption gave way.
       *[other] In { $count } reflections an assumption gave way.
    }
verdicts-title = What came of the actions
verdicts-tab = Results
verdicts-of =
    { $count ->
        [one] Of 1 evaluation. What did not work was learned, too.
       *[other] Of { $count } evaluations. What did not work was learned, too.
    }
verdict-worked = Worked
verdict-partly = Worked in part
verdict-not = Did not work

## Over time

time-title = Observations over time
time-tab = Over time
time-how = When something was seen or heard, and through whose eyes.
column-period = Period
ages-title = How old what is open is
ages-tab = Age of what is open
ages-how = Days since something happened. During a pause, such as a summer, work is at rest: without pauses those days do not count.
ages-with = All days
ages-without = Without pauses
ages-without-pauses = { $what }, without pauses
band-first = under { $under } days
band-between = { $least } to { $most } days
band-last = { $least } days or more
column-oldest = Oldest

## Insights

insights-title = Where insights went
insights-tab = Insights
insights-of =
    { $count ->
        [one] 1 insight was shared.
       *[other] { $count } insights were shared.
    }
insights-how = Other networks may adopt an insight, adapt it, or leave it. That last is an answer, too.
insights-most = The picture shows the last { $shown } insights that another network decided about.
received-title = What we made of others’ insights
received-tab = From others
received-how = Insights of other networks, by what was decided about them here.
decision-adopted = Adopted
decision-adapted = Adapted
decision-rejected = Not adopted
column-insight = Insight
column-shared = Shared on

## Beside it

since-title = What came after the closing
since-tab = After the closing
since-how = This counts in none of the figures above: those stay as they were.
since-observations = Observations that arrived late
since-evaluations = Evaluations that were given
since-evaluated = Observations that came full circle
since-withdrawn = Observations that were withdrawn
since-returned = Questions that were told back
past-title = Beside its own past
past-tab = Beside the past
past-how = This is how it went before. It is there to learn from, not to score by.
column-now = Now
lineage-title = This network and those below it
lineage-tab = Networks below
lineage-how = Each learning cycle counts in the period in which it began. What is about fewer than five is left out: somebody could be recognised in it.
column-small-cycles = Cycles of fewer than ten observations

## Tables

column-what = What
column-step = Step
column-count = Number
column-share = Share of the whole
column-left = Stayed here
column-cases = Cases
column-median = Median
column-p90 = P90
column-still-open = Still open
column-out-of-order = Out of order
column-waits = Waits for
column-since = Since
column-age = For how long
column-in-days = { $column } (days)
column-in-seconds = { $column } (seconds)
column-from = Where the records are
all-rows = All { $count } rows of the table
total = Together
nothing = –
withheld = too few

## Names of figures

in-the-app = Open this learning cycle in the app
of-what = { $what }: { $measure }
figure-learning-question = Learning question
figure-network = Network
figure-frame-shifts = Reflections in which an assumption gave way
figure-at-closing = Figures at the closing
figure-inbox = Observations that wait for a learning cycle
figure-insights-shared = Insights that were shared
figure-first-day = First day
figure-last-day = Last day
figure-age-from = Age from
figure-age-under = Age under

## At the end

note-controllers = Responsible for the personal data: { $names }.
note-processor = It is kept for them by { $name }.
note-people = This report names no person. A name never stands beside a count or the age of what is open.
note-time = Time counts from when something happened, not from when it was written down. Days are calendar days in the Netherlands.
note-withdrawn = What was withdrawn counts in no other figure.
