"""The words of English."""

from __future__ import annotations

from vaulttool.locale.listed import listed
from vaulttool.locale.words import Words

_MONTHS = listed(
    "January, February, March, April, May, June, "
    "July, August, September, October, November, December"
)
_WEEKDAYS = listed("Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday")
_MONTHS_SHORT = listed("Jan, Feb, Mar, Apr, May, Jun, Jul, Aug, Sep, Oct, Nov, Dec")

# Words of every day stay out (`likes`, `ring`, `saw`, `card`): they would make a channel of
# any sentence. So do `talk` and `talked` alone, which may be a speech; `talked with` is a
# conversation. A longer phrase wins over a word in it, so `video call` is no call.
_CHANNELS = {
    # light
    "like": listed("""
        like, a like, liked, liked a post, liked the post, liked her post, liked his post,
        liked their post, thumbs up, thumbs-up, upvoted, favorited, favourited, hearted"""),
    "reaction": listed("reaction, reactions, reacted, reacted to"),
    "comment": listed("comment, comments, commented, commented on, commenting"),
    "newsletter": listed("newsletter, newsletters, mailing list, digest"),
    "broadcast": listed("""
        broadcast, broadcasts, broadcasted, broadcasting, mass email, mass e-mail, mass mail,
        mass mailing, mass message, bulk email, bulk e-mail, bulk mail, bulk message"""),
    # message
    "email": listed("""
        email, emails, emailed, emailing, e-mail, e-mails, e-mailed, e-mailing,
        mail, mails, mailed, mailing, wrote an email, wrote an e-mail"""),
    "message": listed("""
        message, messages, messaged, messaging, msg, msgs, dm, dms, dmed, dm'd, dm’d,
        direct message, direct messages, voice message, voice messages, voice note, voice notes,
        voicemail, voicemails, messenger, pinged, wrote, wrote to, wrote a message, wrote back,
        linkedin, linkedin message, inmail, facebook message, instagram message, viber, wechat"""),
    "chat": listed("""
        chat, chats, chatted, chatting, group chat, group chats, teams chat, zoom chat,
        slack, slacked, slack message, discord, chatroom"""),
    "sms": listed("""
        sms, smses, mms, text, texts, texted, texting, text message, text messages,
        imessage, imessages"""),
    "letter": listed("""
        letter, letters, wrote a letter, paper letter, snail mail, handwritten note,
        thank-you note, thank you note, thank-you letter"""),
    "postcard": listed("""
        postcard, postcards, wrote a postcard, birthday card, christmas card, greeting card,
        holiday card, thank-you card, thank you card, sent a card"""),
    "telegram": listed("telegram, telegrammed, telegram message, telegram chat, tg"),
    "whatsapp": listed("whatsapp, whatsapps, whatsapped, whatsapp message, whatsapp chat"),
    "signal": listed("signal, signal message, signal chat, on signal, via signal"),
    # talk
    "call": listed("""
        call, calls, called, called back, called up, calling, phone, phoned, phoning, rang,
        rang up, phone call, phone calls, telephone, telephoned, telephone call, telephone calls,
        voice call, voice calls, audio call, audio calls, phone chat, conference call,
        on the phone, over the phone, by phone, phone conversation, phone meeting,
        facetime audio, telegram call, whatsapp call, signal call, slack call"""),
    "video": listed("""
        video, video call, video calls, videocall, video called, video chat, video chats,
        video chatted, video conference, videoconference, video meeting, video meetings,
        zoom, zooms, zoomed, zooming, zoom call, zoom calls, zoom meeting, zoom meetings,
        facetime, facetimes, facetimed, facetiming, facetime call, skype, skyped, skyping,
        skype call, skype calls, google meet, google hangouts, ms teams, microsoft teams,
        teams call, teams meeting, webex, jitsi, called on zoom, met on zoom"""),
    "meeting": listed("""
        meeting, meetings, meet, met, met up, met with, met up with, meet up, meet-up, meeting up,
        one-on-one, one on one, 1:1, 1-1, 1on1, 1-on-1, catch-up, catch up, catchup, caught up,
        catching up, got together, get-together, get together, hung out, hang out, hanging out,
        ran into, bumped into, face to face, face-to-face, in person, in-person, appointment,
        interview, interviewed, breakfast, breakfasts, breakfasted, drinks, beers, pints,
        a drink, a beer, a pint"""),
    "conversation": listed("""
        conversation, conversations, talked to, talked with, talking to, talking with, spoke to,
        spoke with, spoken to, spoken with, speaking to, speaking with, a long talk, long talk,
        a good talk, good talk, had a talk, a talk with, discussed with"""),
    "coffee": listed("coffee, coffees, coffee chat, coffee break, coffee meeting, tea, teas"),
    "lunch": listed("""
        lunch, lunches, lunched, lunching, lunch meeting, brunch, brunches, brunched"""),
    "dinner": listed("""
        dinner, dinners, dinner party, dined, dining, dinner meeting, supper, suppers"""),
    "event": listed("""
        event, events, conference, conferences, meetup, meetups, party, parties, birthday party,
        house party, housewarming, concert, concerts, festival, festivals, webinar, webinars,
        hackathon, hackathons, exhibition, exhibitions, barbecue, bbq, at the wedding,
        at a wedding"""),
    "workshop": listed("""
        workshop, workshops, masterclass, masterclasses, master class, master classes,
        seminar, seminars, training session, training sessions"""),
    "visit": listed("""
        visit, visits, visited, visiting, dropped by, dropped in, dropped in on, stopped by,
        came by, came over, came round, came to see, popped by, popped in, popped round,
        went to see, stayed with, stayed over, sleepover"""),
    "walk": listed("""
        walk, walks, walked, walking, stroll, strolls, strolled, strolling,
        hike, hikes, hiked, hiking"""),
}

_NEGATED_VERBS = """
    aren't, can't, couldn't, didn't, doesn't, don't, hadn't, hasn't, haven't, isn't, shouldn't,
    wasn't, weren't, won't, wouldn't"""

_NOT = "didn't, did not, didnt, doesn't, does not, doesnt, couldn't, could not, wasn't, isn't"
_ANSWERED = """
    answer, answer me, answer the phone, pick up, pick up the phone, respond, reply, get through,
    show up, show, turn up, come, make it, happen, work out, home, at home, there, in"""

_SHORT_WILL = "i'll, we'll, you'll, he'll, she'll, they'll, let's"

EN = Words(
    # Calendar.
    months=_MONTHS,
    months_in_dates=_MONTHS,
    months_short=_MONTHS_SHORT,
    decimal_sign=".",
    months_short_in_dates=_MONTHS_SHORT,
    weekdays=_WEEKDAYS,
    weekdays_short=listed("Mon, Tue, Wed, Thu, Fri, Sat, Sun"),
    weekdays_min=listed("Mo, Tu, We, Th, Fr, Sa, Su"),
    on_weekdays=listed("""
        on Monday, on Tuesday, on Wednesday, on Thursday, on Friday, on Saturday, on Sunday"""),
    weekday_words=(
        ("mon", "monday", "mondays", "mo"),
        ("tue", "tues", "tuesday", "tuesdays", "tu"),
        ("wed", "weds", "wednesday", "wednesdays", "we"),
        ("thu", "thur", "thurs", "thursday", "thursdays", "th"),
        ("fri", "friday", "fridays", "fr"),
        ("sat", "saturday", "saturdays", "sa"),
        ("sun", "sunday", "sundays", "su"),
    ),
    # People.
    contact_tags=("contact", "person", "people"),
    contact_folders=("Contacts", "People", "Friends", "CRM"),
    contact_types=("contact", "person"),
    people_notes=("people", "contacts"),
    other_notes=listed("""
        company, companies, organization, organizations, organisation, organisations, team, teams,
        group, groups, meeting, meetings, event, events, activity, activities, project, projects,
        deal, deals, plan, plans, somedays, diary, journal, place, places, location"""),
    index_words=("moc", "index", "template", "dashboard", "untitled"),
    everyday_names=listed("""
        april, art, august, autumn, bill, carol, charity, chase, christian, cliff,
        dawn, dean, drew, earl, eve, faith, fern, frank, gene, ginger, grace, grant, guy, heath,
        holly, hope, hunter, iris, ivy, joy, june, lily, mark, mason, may, mercy, miles,
        norm, olive, pat, patience, pearl, penny, pierce, prince, ray, rich, robin, roman,
        rose, ruby, rusty, sandy, skip, sky, sue, summer, violet, wade, ward, will, willow,
        woody"""),
    particles=listed("""
        af, al, av, bin, da, de, del, della, den, der, di, do, dos, du, el, la, le, ten, ter,
        van, von, zu, zum, zur"""),
    capitals=(*("i", "i'm", "i'd", "i'll", "i've"), *map(str.lower, _WEEKDAYS)),
    circles={
        "key": ("key", "key contact", "key contacts"),
        "regular": ("regular", "regulars"),
        "potential": ("potential",),
        "dormant": ("dormant",),
        "expert": ("expert", "experts"),
    },
    stages={
        "new": ("new",),
        "established": ("established",),
        "long-term": ("long-term", "long term", "longterm"),
        "crisis": ("crisis", "in crisis"),
        "transition": ("transition", "in transition", "transitional"),
    },
    boundaries={
        "no contact": listed("""
            no contact, do not contact, don't contact, don’t contact, dont contact,
            do not disturb, leave alone"""),
        "no calls": listed("""
            no calls, no call, no phone, no phone calls, no calling, do not call, don't call,
            don’t call, dont call, never call"""),
        "no weekends": listed("""
            no weekends, no weekend, not on weekends, not at weekends, not on the weekend,
            weekdays only, only weekdays, only on weekdays"""),
        "no messages": listed("""
            no messages, no message, no messaging, no texts, no texting, no sms, no dms,
            do not message, don't message, don’t message, do not text, don't text, don’t text"""),
        "no email": listed("""
            no email, no emails, no e-mail, no e-mails, no mail, do not email, do not e-mail,
            don't email, don’t email"""),
        "no video": listed("no video, no video calls, no video call, no zoom, audio only"),
        "no meetings": listed("""
            no meetings, no meeting, no in-person meetings, do not meet, don't meet, don’t meet,
            online only, remote only"""),
        "no holidays": listed("""
            no holidays, not on holidays, no public holidays, not on public holidays"""),
        "no mornings": listed("""
            no mornings, no morning, not in the morning, not in the mornings, not before noon"""),
        "no evenings": listed("""
            no evenings, no evening, not in the evening, not in the evenings"""),
        "no visits": listed("""
            no visits, no visit, no visiting, do not visit, don't visit, don’t visit,
            no drop-ins, no dropping by"""),
    },
    depths={
        "light": ("light",),
        "message": ("message", "messages"),
        "talk": ("talk", "talks", "conversation"),
    },
    related_headings=("related", "related people", "relations", "relationships"),
    true=("true", "yes"),
    false=("false", "no"),
    # Interactions.
    log_headings=(
        *("log", "interactions", "history", "timeline"),
        *("contact log", "recent interactions"),
    ),
    looked_at=("note", "bump", "bumped"),
    channels=_CHANNELS,
    channel_names={channel: channel for channel in _CHANNELS},
    about=listed("""
        about, re, re:, regarding, concerning, for, of, discussed, discussing, mentioned,
        mentions, knows, remembered, regards from, greetings from, miss, missing, dreamt of,
        dreamed of"""),
    possessive_after=("'s", "’s", "s'", "s’"),
    negations=(
        *listed("""
            not, never, without, neither, nor, nobody, no one, no answer, no reply, no response,
            missed, missed call, unanswered, tried to, tried calling, failed to, forgot to,
            unable to, cannot, cant, didnt, dont, wasnt, cancelled, canceled, called off,
            postponed, rescheduled, fell through, no-show, instead of"""),
        *listed(_NEGATED_VERBS),
        *listed(_NEGATED_VERBS.replace("'", "’")),
    ),
    # Not `later` or `then`: a diary tells its day with them.
    future=(
        *listed("""
            tomorrow, next week, next weekend, next month, next year, next time, next monday,
            next tuesday, next wednesday, next thursday, next friday, next saturday, next sunday,
            supposed to, wanted to, wants to, wished to, meant to, intended to, hoped to,
            thought of, thought about, thinking of, thinking about, almost, nearly, consider,
            considered, considering, planning, look forward to, looking forward to, should have,
            could have, would have, later this week, later this month, later this year,
            in a week, in a month, upcoming, owe, owes, invited me,
            soon, someday, some day, will, shall, should, must, ought to, need to, needs to,
            have to, has to, going to, gonna, plan to, plans to, planned to, planning to, want to,
            wanna, would like to, hope to, hoping to, intend to, to do, to-do, todo, remind"""),
        *listed(_SHORT_WILL),
        *listed(_SHORT_WILL.replace("'", "’")),
    ),
    undone=(
        *listed("""
            no answer, no reply, no response, no luck, no-show, no show, nobody answered,
            no one answered, nobody home, nobody was home, no one home, no one was home,
            nobody in, not at home, not home, not in, not there, not reached, unanswered,
            missed, cancelled, canceled, called off, postponed, rescheduled, fell through,
            missed it, missed him, missed her, was asleep, voicemail,
            had to cancel, had to bail, bailed, stood me up, stood us up,
            line busy, line was busy, was busy, went to voicemail, straight to voicemail"""),
        *(f"{verb} {rest}" for verb in listed(_NOT) for rest in listed(_ANSWERED)),
        *(
            f"{verb} {rest}".replace("'", "’")
            for verb in listed(_NOT)
            if "'" in verb
            for rest in listed(_ANSWERED)
        ),
    ),
    reached=listed("""
        answer, answered, reply, replied, respond, responded, come, came, show up, showed up,
        turn up, turned up, pick up, picked up, reach, reached, get through, got through,
        get hold of, got hold of, get in touch, got in touch, be in touch, been in touch,
        reach out, see, speak, spoke, spoken, talk, talked, write, written, ring,
        pop by, drop by, drop in, stop by, make it"""),
    past=(
        *("-ed", "met", "spoke", "came", "got", "had", "saw", "wrote", "rang", "ran", "hung"),
        *("caught", "went", "was"),
    ),
    before_contact=listed("""
        but, and, yet, then, so, he, she, they, we, i, finally, at last, eventually, later,
        in the end, today, yesterday, had, had a, had an, was a"""),
    behind_contact=listed("""
        me, us, back, again, at, in, on, for, over, about, after, today, yesterday, last,
        this, later, instead, in the end, after all, anyway"""),
    met_whom=listed("him, her, them, each other, with him, with her, with them"),
    moved=listed("""
        moved, pushed, pushed back, put off, postponed, rescheduled, missed, skipped, scheduled,
        planned, booked, arranged"""),
    whose=("our", "the", "my", "his", "her", "their", "a"),
    moved_to=("to", "until", "till", "for", "on"),
    joining=("and", "&", "+", "with", "plus", "as well as", "together with"),
    company=("with",),
    turns=("but",),
    senders=("from",),
    reply_fields=("reply",),
    owes_fields=("owes",),
    owed_fields=("owed", "promised"),
    # Cadence.
    never=("never", "on demand", "on-demand", "none", "as needed"),
    every=("every", "each", "once every", "once a", "once per", "once in", "once each", "per"),
    every_other=("every other", "every second", "every 2nd", "once every other", "alternate"),
    times_a={
        f"{times} {per}": n
        for n, forms in enumerate(
            (
                ("once", "1x", "one time"),
                ("twice", "2x", "two times", "2 times"),
                ("thrice", "3x", "three times", "3 times"),
                ("4x", "four times", "4 times"),
                ("5x", "five times", "5 times"),
                ("6x", "six times", "6 times"),
            ),
            start=1,
        )
        for times in forms
        for per in ("a", "per")
    },
    units={
        "day": ("day", "days", "d"),
        "week": ("week", "weeks", "wk", "wks", "w"),
        "month": ("month", "months", "mth", "mths", "mo", "mos", "m"),
        "quarter": ("quarter", "quarters", "qtr", "qtrs", "q"),
        "year": ("year", "years", "yr", "yrs", "y"),
    },
    adverbs={
        word: span
        for span, words in {
            (0, 1): "daily",
            (0, 7): "weekly",
            (0, 14): """biweekly, bi-weekly, fortnightly, fortnight, every fortnight,
                once a fortnight""",
            (1, 0): "monthly",
            (2, 0): "bimonthly, bi-monthly",
            (3, 0): "quarterly",
            (6, 0): """half-yearly, half yearly, semiannually, semi-annually, semiannual,
                semi-annual, biannually, bi-annually, biannual, half a year, half year,
                every half year, every half a year, twice yearly, twice-yearly""",
            (12, 0): "yearly, annually, annual",
            (24, 0): "biennially, biennial",
        }.items()
        for word in listed(words)
    },
    numbers={
        word: n
        for n, words in enumerate(
            (
                "one",
                "two, couple of, a couple of",
                "three, third",  # `every third week`
                "four, fourth",
                "five, fifth",
                "six, sixth",
                "seven",
                "eight",
                "nine",
                "ten",
                "eleven",
                "twelve",
            ),
            start=1,
        )
        for word in listed(words)
    }
    | {"one and a half": 1.5},
    # The daily note.
    due_heading="Keep in touch",
)
