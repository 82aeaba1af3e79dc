"""The grammar: one regular expression for each way of writing a date, all of bounded length, so reading is linear."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass

from communique.resolve.dates import readings as r
from communique.resolve.dates import words as w
from communique.resolve.dates.expression import Fields
from communique.syntax import first_run

S, DASH, DAY, UNIT = w.SPACE, w.DASH, w.DAY, w.UNIT
S1 = r"[ \t\n]"  # where a pattern looks back, one blank


@dataclass(frozen=True, slots=True)
class Rule:
    """One way of writing a date. needs: which of the cheap tests of `find` must pass before it is worth trying."""

    kind: str
    needs: str
    source: str
    build: Callable[[re.Match[str]], Fields | None]

    @property
    def pattern(self) -> re.Pattern[str]:
        """The rule's expression, compiled when a text first needs it: most texts need few."""
        return _compiled(self.source)


@functools.cache
def _compiled(source: str) -> re.Pattern[str]:
    return re.compile(source)


def _part() -> str:
    phrases = w.alternation([p for p in r.PARTS if " " in p])
    return f"(?i:(?P<part>{phrases}|early|mid|late|earlier|later|end)(?:{DASH}|{S})(?:(?:in|the){S})?)"


def year_suffix() -> str:
    """What may name the year after a month: a year, or "last year", "of this year"."""
    return (
        f"(?:,?{S}(?i:(?:of|in){S})?(?P<year>{w.year_pattern()}|['’]\\d\\d(?!\\w))"
        f"|,?{S}(?i:(?:(?:of|in){S})?(?P<yshift>last|this|next|the same|that|the previous|the following){S}year)\\b)?"
    )


def _month_rules() -> list[tuple[str, str, str, Callable[[re.Match[str]], Fields | None]]]:
    month, weekday = w.month_pattern(), w.any_weekday_pattern()
    full = w.alternation([*w.full_months(), *(name.upper() for name in w.full_months())])
    words = w.alternation(o for o in w.entries("ordinals") if w.ordinal(o) <= 31 and " " not in o)
    suffix, year, number, ordinal = year_suffix(), w.year_pattern(), w.number_pattern(), w.ordinal_pattern()
    until = f"(?:{DASH}|{S}(?:to|through|thru|until|till|and){S}(?:the{S})?)"
    lead = f"(?:(?P<weekday>{weekday}),?{S}(?:the{S})?)?"
    monthday = (
        f"(?:(?P<month>{month}){S}(?P<day>{DAY})|(?P<day2>{DAY})(?:{DASH}{DAY})?{S}(?:of{S})?(?P<month2>{month}))"
    )
    return [
        # June 20-21; June 26th to the 28th, 2021
        ("date", "month", rf"\b{lead}(?P<month>{month}){S}(?:the{S})?(?P<day>{DAY}){until}(?P<lastday>{DAY}){suffix}",
         r.date),
        # 4-5 June 2022; 4 to 6 June
        ("date", "month", rf"\b(?P<day>{DAY}){until}(?P<lastday>{DAY}){S}(?:of{S})?(?P<month>{month}){suffix}", r.date),
        # Tuesday, July 7, 2020; Sept. 11
        ("date", "month", rf"\b{lead}(?P<month>{month}){S}(?:the{S})?(?P<day>{DAY}){suffix}", r.date),
        ("date", "month", rf"\b{lead}(?P<month>{full}){S}(?i:the{S})(?P<dayword>{words})\b{suffix}", r.date),
        # Monday 12 March 2021; the 3rd of May; 12-Mar-2021
        ("date", "month", rf"\b{lead}(?P<day>{DAY}){S}(?:day{S})?(?:of{S})?(?P<month>{month}){suffix}", r.date),
        ("date", "month", rf"\b(?P<day>[0-3]?\d)-(?P<month>{month})-(?P<year>(?:19|20)?\d\d)\b", r.date),
        ("date", "any month", rf"\b(?P<day>{DAY}){S}(?i:(?P<month>{full})){S}(?P<year>{year})", r.date),
        ("date", "month", rf"\b{lead}(?i:the{S}(?P<dayword>{words}){S}(?:day{S})?of){S}(?P<month>{full})\b{suffix}",
         r.date),
        # early June; mid-August; March; between April and September
        ("date", "month", rf"\b{_part()}(?P<month>{month}){suffix}", r.date),
        ("date", "month", rf"\b(?P<month>{full}){until}(?P<lastmonth>{full})\b{suffix}", r.date),
        ("date", "month", rf"\b(?P<month>{month}){suffix}", r.date),
        # the week of September 20; the weekend of 4-5 June
        ("week of", "month", rf"\b(?i:week(?:end)?{S}(?:of|beginning|starting|commencing|from){S}(?:monday,?{S})?"
                             rf"(?:the{S})?){monthday}{suffix}", r.week_of),
        # the first week of May; the last Friday in March 2020
        ("nth", "month", rf"\b(?i:(?:the{S})?(?P<ord>{ordinal}|last|final){S}(?:(?P<unit>week|weekend)|(?P<weekday>"
                         rf"{w.weekday_pattern()})){S}(?:of|in){S})(?P<month>{month}){suffix}", r.nth),
        # the year to March; the three months ended June 30
        ("months to", "month", rf"\b(?i:(?:(?P<n>{number})(?:{S}|-))?(?P<unit>months|month|year|quarter|half){S}(?:to|"
                               rf"ended|ending|through|to{S}the{S}end{S}of|to{S}end)(?:{S}|-)(?:on{S}|end-|late{S}"
                               rf"|mid-)?)(?P<month>{month})(?:{S}(?P<day>{DAY}))?{suffix}", r.months_to),
        ("months to", "month", rf"\b(?i:(?:(?P<n>{number}){S})?(?P<unit>months|month|year|quarter|half){S}(?:to|ended|"
                               rf"ending|through){S}(?:on{S})?)(?P<day>{DAY}){S}(?P<month>{month}){suffix}",
         r.months_to),
    ]  # fmt: skip


def _day_rules() -> list[tuple[str, str, str, Callable[[re.Match[str]], Fields | None]]]:
    weekday = w.weekday_pattern()
    return [
        # 2021-07-26, 2021/07/26
        ("date", "digits", r"(?<![\w/.-])(?P<year>(?:1[5-9]|20|21)\d\d)(?P<s>[-/.])(?P<b>0[1-9]|1[0-2])(?P=s)"
                           r"(?P<a>0[1-9]|[12]\d|3[01])(?![\d-])",
         lambda m: Fields(year=int(m["year"]), month=int(m["b"]), day=int(m["a"]))),
        # 12/03/2021, 5.11.2019, 25/04/21
        ("date", "digits", r"(?<![\w/.$£€-])(?P<a>\d{1,2})(?P<sep>[-/.])(?P<b>\d{1,2})(?P=sep)"
                           r"(?P<year>(?:19|20)\d\d|\d\d)(?![\w%/-])(?!\.\d)", r.numeric),
        # Tuesday night; last Friday; Monday of next week; a week on Friday
        ("weekday", "weekday", rf"\b(?P<plusweek>(?i:a{S}week{S}(?:on|from){S}))?"
                               rf"(?:(?i:(?P<shift>(?:the{S})?(?:this{S}(?:past|coming)|last|next|this|past|coming"
                               rf"|following|previous|that|same))){S})?(?P<weekday>{weekday})(?!s\b)"
                               rf"(?:{S}(?i:(?:of{S})?(?P<week>last|this|next|the{S}following|the{S}previous){S}week)\b"
                               rf"|{S}(?P<week2>last|next)\b(?={S}?[.,;)]|$))?", r.weekday),
        # 9/11
        ("date", "digits", rf"(?<![\w/.-])(?P<word>{w.alternation(w.entries('named_days'))})(?![\w/%-])", r.named_day),
        # the 6th of last month
        ("date", "digits", rf"\b(?i:the{S})(?P<day>{DAY})(?i:{S}of{S}(?P<shift>this|last|next|the|that){S}month)\b",
         r.numbered_day),
        # the 11th
        ("date", "digits", rf"\b(?i:on|until|since|by|from|till|before|after){S}(?:{weekday},?{S})?the{S}"
                           rf"(?P<day>(?:[23]?1st|2?2nd|2?3rd|(?:[4-9]|1\d|2[04-9]|30)th))\b(?=[.,;:)]|$|{S}(?:"
                           rf"and|to|that|when|but|he|she|it|they|at|the|in|was|were|had"
                           rf"|will)\b)", r.numbered_day),
        # today, last night, overnight
        ("day", "day word", r"\b(?i:(?P<word>" + w.alternation([*r.DAYS, "overnight"]) + r"))\b", r.day),
        # the same day, the next morning
        ("same", "day word", rf"\b(?i:(?P<which>the{S}same|that{S}same|that|the{S}previous|the{S}preceding|next"
                             rf"|the{S}prior|the{S}next|the{S}following){S}(?:day|night|evening|morning|afternoon))\b",
         r.same),
    ]  # fmt: skip


def _relative_rules() -> list[tuple[str, str, str, Callable[[re.Match[str]], Fields | None]]]:
    number = w.number_pattern()
    count = f"(?P<n>{number})(?:{S}|-)(?P<unit>{UNIT})"
    plural = "(?P<unit>hours|days|weeks|months|years|decades)"
    approx = (
        f"(?i:(?P<approx>(?:just{S})?(?:more{S}than|less{S}than|fewer{S}than|at{S}least|longer{S}than|about|around"
        f"|some|nearly|almost|roughly|approximately|over|under|only|exactly|barely|just{S}over|well{S}over)){S})"
    )
    return [
        # three weeks ago; two days earlier; a year and a half later; 90 days from now
        ("ago", "ago", rf"\b(?:{approx})?(?i:{count}(?P<half>{S}and{S}a{S}half)?(?:{S}or{S}so)?{S}(?P<dir>ago|earlier"
                       rf"|later|back|previously|before|beforehand|hence|from{S}now|from{S}today|after|afterwards?))\b"
                       rf"(?!{S}than\b)", r.ago),
        ("ago", "ago", rf"\b(?:{approx})?(?i:(?P<n>{number}){S}and{S}a{S}(?P<half>half){S}(?P<unit>{UNIT}){S}"
                       rf"(?P<dir>ago|earlier|later|from{S}now))\b", r.ago),
        ("ago", "ago", rf"\b(?i:(?:a{S})?(?P<frac>half|quarter)(?:{S}(?:of{S})?an?{S}|{S}|-)(?P<unit>year|decade"
                       rf"|century){S}(?P<dir>ago|earlier|later))\b", r.fraction_ago),
        ("ago", "ago", rf"\b(?i:{plural}{S}(?P<dir>ago|earlier|later))\b", r.vague_ago),
        ("ago", "unit", rf"\b(?i:in{S}(?:about{S})?{count}(?:['’]s?)?{S}(?P<dir>time))\b", r.ago),
        # the past two weeks; the last year; the next five years; recent months; within ten days; in three weeks
        ("past", "unit", rf"\b(?i:(?:(?:the|these){S})?(?:last|past|previous|preceding){S}{count})\b(?!{S}of\b)",
         r.span),
        ("past", "unit", rf"\b(?i:the{S}(?:last|past){S}(?P<unit>day|week|fortnight|month|year|quarter|decade"
                             rf"|century))\b(?!{S}of\b)", r.span),
        ("coming", "unit", rf"\b(?i:(?:the{S})?(?:next|coming|following){S}{count})\b", r.span),
        ("coming", "unit", rf"(?i:(?:(?<=over{S1})|(?<=within{S1})|(?<=during{S1})|(?<=in{S1}))the{S}(?:next|coming){S}"
                           rf"(?P<unit>day|week|month|year|decade|century))\b", r.span),
        ("recent", "unit", rf"\b(?i:(?:the{S})?(?:recent|last|past){S}{plural})\b", r.vague_span),
        ("soon", "unit", rf"\b(?i:(?:the{S})?(?:coming|next){S}{plural})\b", r.vague_span),
        ("within", "unit", rf"\b(?i:within{S}(?:the{S}next{S})?{count})\b(?!{S}of\b)", r.span),
        ("within", "unit", rf"\b(?i:within{S}(?P<unit>days|weeks|months|hours))\b(?!{S}of\b)", r.vague_span),
        ("in", "unit", rf"\b(?i:in{S})(?:{approx})?(?i:{count})\b(?!{S}(?:of|ago|earlier|later|before|after)\b)"
                           rf"(?!['’])", r.span),
        # last week; earlier this month; the end of next year; the following month; over the weekend
        ("shifted", "unit", rf"\b(?:{_part()})?(?i:(?P<shift>last|this{S}(?:past|coming)|this|next|(?:the{S})?current"
                                rf"|the{S}past|past|(?:the{S})?coming|previous|the{S}following|the{S}previous|that"
                                rf"|that{S}same|the{S}same|the{S}next|the{S}preceding){S}(?P<unit>(?:fiscal|financial|calendar"
                                rf"|academic){S}year|week|weekend|month|quarter|year|decade|century))\b", r.shifted),
        ("shifted", "unit", rf"\b(?i:the{S}(?P<unit>week|weekend|month|quarter|year){S}(?P<which>before{S}last"
                            rf"|after{S}next))\b", r.twice_shifted),
        ("shifted", "unit", rf"\b(?i:(?:over|at|during|on|through(?:out)?){S}(?P<shift>the){S}(?P<unit>weekend))\b"
                                rf"(?!{S}of\b)", r.shifted),
        ("shifted", "unit", rf"\b(?i:(?:(?P<part>end|start|beginning|middle|turn|close|rest|remainder){S}of"
                                rf"|(?P<part2>earlier|later|early|late){S}in){S}the{S}"
                                rf"(?P<unit>week|month|quarter|year|decade|century))\b", r.shifted),
        ("shifted", "unit", rf"\b(?i:year-end|year{S}end|end{DASH}year|the{S}year[’']s{S}end)\b"
                                rf"(?:{S}(?P<year>{w.year_pattern()}))?", r.year_end),
    ]  # fmt: skip


def _period_rules() -> list[tuple[str, str, str, Callable[[re.Match[str]], Fields | None]]]:
    year, suffix, number, ordinal = w.year_pattern(), year_suffix(), w.number_pattern(), w.ordinal_pattern()
    fiscal = f"(?:(?i:(?:fiscal|financial)(?:{S}year)?s?)|FY)"
    shift = f"(?i:(?P<shift>last|this{S}(?:past|coming)|this|next|coming|past|the{S}coming|upcoming){S})"
    season_year = (
        f"(?:{S}(?:of{S})?(?P<year>{year})(?:[/-](?P<last>\\d\\d\\d\\d|\\d\\d)\\b)?"
        f"|{S}(?i:(?:of{S})?(?P<yshift>last|this|next){S}year)\\b)?"
    )
    anniversary = "(?:anniversary|birthday|jubilee)"
    # what the anniversary is of is looked at but not taken: dates may stand in it
    thing = f"(?:(?={S}(?:of|since){S}(?P<thing>[^.;:!?\\n]{{1,160}}))|)"
    any_year = f"(?:{year}|['’]?\\d\\d\\b)"
    span_end = r"(?P<last>(?:1[0-9]|20|21)\d\d|\d\d)(?![\w%-])(?![.,:]\d)"
    return [
        # the first quarter of 2022; Q1 2022; 1Q22
        ("quarter", "quarter", rf"\b(?i:(?P<ord>first|second|third|fourth|final|last|1st|2nd|3rd|4th)[- ](?:fiscal{S})?"
                               rf"quarter)\b(?:{S}of{S}(?P<fiscal>{fiscal})[ -]?(?P<fyear>{year})?|{S}of{S}the{S}year\b"
                               rf"|{suffix})(?!{S}of\b)", r.quarter),
        ("quarter", "digits", rf"\bQ(?P<q>[1-4])(?:[ -]?(?:of{S})?(?P<year>{any_year}))?(?!\w|[.,]\d)", r.quarter),
        ("quarter", "digits", rf"\b(?P<q>[1-4])Q[ -]?(?P<year>{any_year})(?!\w|[.,]\d)", r.quarter),
        ("quarter", "digits", r"\b(?P<year>(?:19|20)\d\d)[ -]?Q(?P<q>[1-4])\b", r.quarter),
        # the first half of 2021; H1 2023
        ("half", "quarter", rf"\b(?i:(?P<ord>first|second|latter)[- ]half)\b(?:(?i:{S}of{S}the{S}year)\b|{suffix})"
                            rf"(?!{S}of\b)", r.half),
        ("half", "digits", rf"\bH(?P<h>[12])[ -]?(?:of{S})?(?P<year>{any_year})(?!\w|[.,]\d)", r.half),
        ("half", "digits", rf"\b(?P<h>[12])H[ -]?(?P<year>{any_year})(?!\w|[.,]\d)", r.half),
        ("half", "digits", r"\b(?P<year>(?:19|20)\d\d)[ -]?H(?P<h>[12])\b", r.half),
        # the first nine months of 2020
        ("first months", "unit", rf"\b(?i:(?P<which>first|opening|last|final){S}(?P<n>{number}){S}months{S}of"
                                     rf"(?:{S}(?:(?P<yshift>last|this|next)|the){S}year\b|{S}(?P<year>{year})))",
         r.first_months),
        # seasons
        ("season", "season", rf"\b(?:{_part()})?(?P<the>(?i:(?:the|in|since|by|until|during|before|after){S}"
                             rf"(?:the{S})?(?:early{S}|late{S})?))?{shift}?(?i:(?P<season>spring|summer|autumn|fall"
                             rf"|winter))\b{season_year}", r.season),
        # fiscal 2022; FY2021; the 2020-21 financial year
        ("fiscal", "digits", rf"\b{fiscal}[ -]?[’']?(?P<y>{year}|\d\d)(?:[/-](?P<y2>\d\d\d\d|\d\d))?\b", r.fiscal),
        ("fiscal", "digits", rf"\b(?P<y>(?:19|20)\d\d)(?:[/-](?P<y2>\d\d\d\d|\d\d))?{S}(?i:(?:fiscal|financial){S}year)"
                             rf"\b", r.fiscal),
        # the 1990s; the early '90s; the nineties; the 19th century
        ("decade", "digits", rf"(?<![\w-])(?:{_part()})?(?P<d>(?:1[0-9]|20|21)\d0)[’']?s\b", r.decade),
        ("decade", "decade", rf"\b(?:{_part()}|(?i:the){S}(?:(?P<part2>(?i:early|mid|late))(?:{S}|-))?)"
                             rf"(?:['’‘]?(?P<d>[1-9]0)s\b|(?i:(?P<word>{w.alternation(w.entries('decades'))})\b))",
         r.decade),
        ("decade", "decade", r"(?<!\w)['’‘](?P<d>[1-9]0)s\b", r.decade),
        ("century", "unit", rf"\b(?:{_part()})?(?i:(?P<ord>{ordinal})(?:{S}|-)century)\b", r.century),
        # 2014-2019; 2014-19; 2020/21; end-2021; 1998
        ("year", "digits", rf"(?<![\w$£€.,/-])(?P<y>(?:1[0-9]|20|21)\d\d){DASH}{span_end}", r.year),
        ("year", "digits", rf"(?<![\w$£€.,/-])(?P<y>(?:19|20)\d\d)/{span_end}(?!/)", r.year),
        ("year", "digits", rf"\b{_part()}(?P<y>{year})", r.year),
        ("year", "digits", rf"\b(?i:pre|post)-(?P<y>{year})", r.year),
        ("year", "digits", r"(?<!\w)[’'](?P<y>\d\d)(?![\w’'])", r.year),
        ("year", "digits", rf"(?<![\w$£€.,/#+-])(?P<y>{year})(?!(?<=0)['’]?s\b)", r.year),
        ("holiday", "holiday", rf"\b(?:(?i:(?P<shift>last|this|next)){S})?(?P<holiday>{w.holiday_pattern()})(?!\w)"
                               rf"{suffix}", r.holiday),
        ("anniversary", "anniversary", rf"\b(?i:(?P<ord>{ordinal}){S}(?:\w+{S})?{anniversary}{thing})", r.anniversary),
        ("anniversary", "anniversary", rf"\b(?i:(?P<n>{number})[- ]years?{S}{anniversary}{thing})", r.anniversary),
        ("anniversary", "anniversary", rf"\b(?i:(?P<word>bicentenary|centenary|bicentennial|centennial){thing})",
         r.anniversary),
        ("anniversary", "unit", rf"\b(?i:(?P<n>{number}){S}years{S}of(?={S}(?P<thing>(?:diplomatic{S})?(?:relations"
                                    rf"|ties|independence)\b[^.;:!?\n]{{0,160}})))", r.anniversary),
    ]  # fmt: skip


@functools.cache
def rules() -> tuple[Rule, ...]:
    """All ways of writing a date."""
    table = [*_month_rules(), *_day_rules(), *_relative_rules(), *_period_rules()]
    return tuple(Rule(kind, needs, pattern, build) for kind, needs, pattern, build in table)


_UNITS = "minute|hour|day|week|fortnight|month|quarter|year|decade|centur|night|semester|trimester"
_SEASONS = "spring|summer|autumn|fall|winter"
_DAYS = "today|tomorrow|tonight|yesterday|overnight|day|night|morning|afternoon|evening"


def _holidays() -> list[str]:
    return sorted({" ".join(str(name).split()[:2]) for rule in w.entries("holidays") for name in rule["names"]})


@functools.cache
def beginnings() -> dict[str, frozenset[str]]:
    """For most needs how words begin (three small letters) one of which a text must have for its test to pass."""
    words = {
        "month": w.month_numbers(),
        "any month": w.full_months(),
        "weekday": w.full_weekdays(),
        "ago": [*_UNITS.split("|"), "half"],
        "day word": _DAYS.split("|"),
        "unit": _UNITS.split("|"),
        "quarter": ["quarter", "half"],
        "season": _SEASONS.split("|"),
        "holiday": [first_run(name) for name in _holidays()],
    }
    found = {need: frozenset(word[:3].lower() for word in each) for need, each in words.items()}
    # a name of two letters alone may be the beginning of any word, and one without letters has none
    sure = all(len(name) > 2 and first_run(name) for name in _holidays())
    return {need: each for need, each in found.items() if sure or need != "holiday"}


@functools.cache
def tests() -> dict[str, re.Pattern[str]]:
    """For each need, the cheap test of a text that must pass before its rules are tried."""
    full = "|".join(w.full_months())
    return {
        "month": re.compile(w.month_pattern()),
        "any month": re.compile(rf"\d[^\W_]{{0,2}}\s{{1,3}}(?i:{full})\s"),
        "weekday": re.compile(w.weekday_pattern()),
        "digits": re.compile(r"\d"),
        "ago": re.compile(
            rf"(?i)\b(?:{_UNITS})\w{{0,3}}\s{{1,3}}(?:(?:and\sa\shalf|or\sso)\s{{1,3}})?(?:ago|earlier|later|back"
            r"|previously|before|hence|from|after|half)|\b(?:half|quarter)\b"
        ),
        "day word": re.compile(rf"(?i)\b(?:{_DAYS})"),
        "unit": re.compile(rf"(?i)\b(?:{_UNITS})"),
        "quarter": re.compile(r"(?i)\b(?:quarter|half)\b"),
        "season": re.compile(rf"(?i)\b(?:{_SEASONS})\b"),
        "decade": re.compile(r"(?i)0s\b|ties\b"),
        "holiday": re.compile(rf"\b(?:{'|'.join(map(re.escape, _holidays()))})"),
        "anniversary": re.compile(r"(?i)anniversar|birthday|jubilee|enten"),
    }
