"""What is told of somebody, and is no contact: each row says whether words count.

`told` is what `vault log` makes of them, and reads them as a diary; `log` is a line of a log,
which counts unless its words take the contact back.
"""

from __future__ import annotations

import pytest

from tests.people.story import world
from vaulttool.people.clauses import told_reason

ROWS = """
didn't call                               no   no
didn’t call                               no   no
tried to call, no answer                  no   no
called, no answer                         no   no
called. No answer again                   no   no
called, but he didn't pick up             no   no
called, he didn't answer my question      yes  yes
called, no answer, he called back         yes  yes
called, no answer; will call tomorrow     no   no
call: no answer                           no   no
came by, nobody home                      no   no
lunch cancelled                           no   no
missed my call                            no   no
moved lunch to Friday                     no   no
пропустила мой звонок                     no   no
перенесли обед на пятницу                 no   no
перенесла операцию, держится              yes  yes
did not expect it, but he called          yes  yes
a year since our call; finally talked     yes  yes
не ожидал, но она позвонила               yes  yes
долго не виделись, наконец встретились    yes  yes
не звонила, но позвонила её сестре        no   no
missed her, call on Friday                no   no
no answer, call again                     no   no
not today, lunch on Tuesday               no   yes
tried to call. call back tomorrow         no   no
did not happen, meeting last minute       no   no
не дозвонился, созвон на следующей неделе no   no
did not call, but called her sister       no   no
did not call, had coffee in the park      yes  yes
never got through, we met later           yes  yes
не звонила, но была встреча вчера         yes  yes
moved the coffee machine together         yes  yes
we moved the lunch outside                yes  yes
перенёс обед на веранду                   yes  yes
lunch at noon, moved the call to Monday   yes  yes
put off our walk                          no   no
skipped lunch today                       no   no
lunch moved to Friday                     no   no
call scheduled for friday                 no   no
scheduled a call for friday               no   no
had to cancel                             no   no
owes me a lunch                           no   no
invited me to dinner                      no   no
ждёт звонка                               no   no
called but I missed it                    no   no
called, I was asleep                      no   no
called, voicemail                         no   no
stood me up                               no   no
звонила, но я не взял                     no   no
звонила, я спал                           no   no
was supposed to meet, she forgot          no   no
обед перенесли на пятницу                 no   no
coffee moved me to tears                  yes  yes
called, no answer, texted him             no   no
called, but he never called back          yes  yes
she cancelled her flight                  no   yes
no answer to my email                     no   no
missed call from him                      no   no
will call tomorrow                        no   no
wrote, no answer yet                      yes  yes
email, no reply                           yes  yes
email → could you call me?                yes  yes
lunch not far from the lake               yes  yes
had a long call, no news                  yes  yes
is not well                               no   yes
she will move to Rome                     no   yes
tried to help her move                    no   yes
has not found work since the conference   no   yes
she asked me to remind her                no   yes
не дозвонилась                            no   no
не дозвонилась до неё                     no   no
звонила, не взяла трубку                  no   no
звонила, но не дозвонилась                no   no
позвонила — не отвечает                   no   no
заходила, никого не было дома             no   no
встреча сорвалась                         no   no
так и не пришла                           no   no
надо позвонить                            no   no
позвоню завтра                            no   no
написала, ответа нет                      yes  yes
обед без детей                            yes  yes
звонок: не спешили                        yes  yes
не виделись давно, поболтали              yes  yes
не хочет ехать на дачу                    no   yes
попросила позвонить в среду               no   yes
""".strip().splitlines()


@pytest.mark.parametrize("row", ROWS)
def test_words_that_are_told(row: str) -> None:
    words, told, _log = row.rsplit(None, 2)
    assert (told_reason(words) is None) == (told == "yes")


@pytest.mark.parametrize("row", ROWS)
def test_words_of_a_log_line(row: str) -> None:
    words, _told, log = row.rsplit(None, 2)
    day = world({"People/A.md": f"## Log\n- 2026-11-02 {words}\n"}, "2026-11-22").day
    (found,) = day.evidence["People/A.md"]
    assert found.counts == (log == "yes")


@pytest.mark.parametrize("note", ["note: she is not well", "Заметка: позвонила, говорили час"])
def test_a_note_in_a_log_is_no_contact(note: str) -> None:
    day = world({"People/A.md": f"## Log\n- 2026-11-02 {note}\n"}, "2026-11-22").day
    (found,) = day.evidence["People/A.md"]
    assert not found.counts
