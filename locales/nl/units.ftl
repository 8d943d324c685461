# Dagen, momenten en hoe lang iets duurt.

day =
    { $day } { $month ->
        [1] januari
        [2] februari
        [3] maart
        [4] april
        [5] mei
        [6] juni
        [7] juli
        [8] augustus
        [9] september
        [10] oktober
        [11] november
       *[12] december
    } { $year }
month =
    { $month ->
        [1] jan
        [2] feb
        [3] mrt
        [4] apr
        [5] mei
        [6] jun
        [7] jul
        [8] aug
        [9] sep
        [10] okt
        [11] nov
       *[12] dec
    } { $year }
quarter = kw. { $quarter } { $year }
week =
    { $day } { $month ->
        [1] jan
        [2] feb
        [3] mrt
        [4] apr
        [5] mei
        [6] jun
        [7] jul
        [8] aug
        [9] sep
        [10] okt
        [11] nov
       *[12] dec
    }
moment = { $day } om { $time }
minutes =
    { $count ->
        [one] { $count } minuut
       *[other] { $count } minuten
    }
hours = { $count } uur
days =
    { $count ->
        [one] { $count } dag
       *[other] { $count } dagen
    }
