// Writes, as JSON, what the real moment makes of dates and patterns.
//
//     npm install --prefix DIR moment@2.29.4        the version that Obsidian carries
//     node tools/moment_vectors.mjs DIR > tests/cases/moment.json
//     node tools/moment_vectors.mjs DIR SEED COUNT  fresh random ones, for the tests
//
// `format` holds [time, pattern, language, text]; `parse` holds [text, pattern, language,
// day or null]. Times are UTC, so that the machine's zone does not matter.

import { createRequire } from "node:module";
import { resolve } from "node:path";

process.env.TZ = "UTC";
const [folder, seed, count] = process.argv.slice(2);
const require = createRequire(resolve(folder, "package.json"));
const moment = require("moment");
require("moment/locale/ru");

const LANGUAGES = ["en", "ru"];

const TOKENS = (
  "M Mo MM MMM MMMM Q Qo D Do DD DDD DDDo DDDD d do dd ddd dddd e E w wo ww W Wo WW " +
  "YY YYYY YYYYY YYYYYY Y y yy yyyy gg gggg GG GGGG A a H HH h hh k kk m mm s ss " +
  "S SS SSS SSSS SSSSSSSSS z Z ZZ X x N NNNN Hmm hmm Hmmss hmmss " +
  "L LL LLL LLLL LT LTS l ll lll llll"
).split(" ");

const LITERALS = [
  "[W]", "[Week] ", "[D MMMM]", "[]", "[a] b]", "\\D", "\\MMMM ", "\\[", "]", "[", "\\\\", "\\LT",
  "-", "/", ".", ", ", " ", "_", "г", "C", "w|", "[в] ", "[В прошлую] ", "т",
]; // prettier-ignore

const TIMES = [
  "2023-12-31T23:59:59.999", "2024-01-01T00:00:00.000", "2024-02-29T12:00:00.007",
  "2024-12-29T03:59:00.000", "2024-12-30T04:00:00.120", "2026-12-31T11:30:05.500",
  "2027-01-01T16:59:00.000", "2027-01-03T17:00:00.000", "1969-03-12T00:05:09.000",
  "2005-11-22T13:07:08.045", "0044-03-15T09:00:00.000", "2026-05-09T10:20:30.400",
]; // prettier-ignore

const PATTERNS = [
  "", "YYYY-MM-DD", "YYYY/MMMM/YYYY-MMM-DD", "dddd, D MMMM YYYY", "dddd, MMMM Do YYYY",
  "GGGG-[W]WW", "gggg-[W]ww", "GGGG-[W]WW-E", "gggg-ww-e", "DD.MM.YYYY", "YYYY-[Q]Q",
  "D MMMM", "MMMM D", "Do MMMM", "Do[ of ]MMMM", "DD MMM YY", "D, MMMM", "D.MMMM", "D[г.] MMM",
  "[в] dddd", "[В] dddd", "[в эту]dddd", "[во] dddd", "dddd [в] HH:mm", "YYYYMMDDHHmm", "HHmmss",
  "YYYY-MM-DD[T]HH:mm:ss.SSSZ", "yyyy-MM-dd", "[Daily note for] YYYY-MM-DD", "YYYY-DDDD",
]; // prettier-ignore

// Where the year of a week changes, and where the name of an hour does.
const TURNS = [
  ...[2019, 2020, 2021, 2022, 2023, 2024, 2025].flatMap((year) =>
    [`${year}-12-29`, `${year + 1}-01-02`].map((day) => [
      `${day}T00:00:00.000`, "gggg ww e, GGGG WW E, DDDD",
    ]),
  ),
  ...["00:30", "03:59", "04:00", "11:59", "12:00", "16:59", "17:00", "23:59"].map((hour) => [
    `2026-05-09T${hour}:00.000`, "A a, H h k, HH hh kk, Hmm hmm",
  ]),
]; // prettier-ignore

// Patterns that fix a day, and none of whose parts says it twice in different words.
const FIXING = [
  "YYYY-MM-DD", "YYYYMMDD", "DD.MM.YYYY", "D.M.YYYY", "YYYY-M-D", "YY-MM-DD", "Y-MM-DD",
  "YYYYYY-MM-DD", "yyyy-MM-DD", "YYYY/MMMM/YYYY-MMM-DD", "YYYY/MM/DD", "dddd, D MMMM YYYY",
  "ddd D MMM YYYY", "dd DD.MM.YY", "d YYYY-MM-DD", "dddd, MMMM Do YYYY", "Do MMMM YYYY",
  "MMMM D, YYYY", "MMM YYYY, DD", "YYYY-DDDD", "YYYY-DDD", "GGGG-[W]WW-E", "GG-[W]W-E",
  "gggg-[W]ww-e", "gg w e", "gggg [week] ww, dddd", "gggg-ww-d", "YYYY-MM-DD E", "YYYY-MM-DD ww",
  "[Q]Q YYYY-MM-DD", "[day] YYYY-MM-DD", "YYYY-MM-DD \\[D\\]", "L", "LL", "l", "ll", "LLLL",
  "YYYYMMDDHHmm", "YYYY-MM-DD HH.mm", "YYYY-MM-DD H:m:s", "YYYY-MM-DD h.mm A", "YYYY-MM-DD Hmm",
  "YYYY-MM-DD kk:mm", "YYYY-MM-DD hh:mm a",
]; // prettier-ignore

// Texts that a person or another tool may leave in a folder of daily notes.
const WRITTEN = [
  ["2026-02-29", "YYYY-MM-DD"], ["2024-02-29", "YYYY-MM-DD"], ["1900-02-29", "YYYY-MM-DD"],
  ["2026-04-31", "YYYY-MM-DD"], ["2026-13-01", "YYYY-MM-DD"], ["2026-00-10", "YYYY-MM-DD"],
  ["2026-10-00", "YYYY-MM-DD"], ["2026-1-5", "YYYY-MM-DD"], ["2026-01-05 ", "YYYY-MM-DD"],
  [" 2026-01-05", "YYYY-MM-DD"], ["2026-01-05 call", "YYYY-MM-DD"], ["2026-01-05.md", "YYYY-MM-DD"],
  ["20260105", "YYYY-MM-DD"], ["26-01-05", "YYYY-MM-DD"], ["", "YYYY-MM-DD"], ["x", "YYYY-MM-DD"],
  ["2026–01–05", "YYYY-MM-DD"], ["٢٠٢٦-01-05", "YYYY-MM-DD"], ["2026-01-05", "YYYY-M-D"],
  ["2026-1-5", "YYYY-M-D"], ["2026-111", "YYYY-MD"], ["202611", "YYYYMD"], ["2026111", "YYYYMD"],
  ["68-01-05", "YY-MM-DD"], ["69-01-05", "YY-MM-DD"], ["2026-366", "YYYY-DDDD"],
  ["2024-366", "YYYY-DDDD"], ["2026-000", "YYYY-DDDD"], ["2026-60", "YYYY-DDDD"],
  ["2026-W53-7", "GGGG-[W]WW-E"], ["2025-W53-1", "GGGG-[W]WW-E"], ["2026-W00-1", "GGGG-[W]WW-E"],
  ["2026-W01-8", "GGGG-[W]WW-E"], ["2026-W01-0", "GGGG-[W]WW-E"], ["2025-W01-1", "YYYY-[W]WW-E"],
  ["2026-w01-1", "GGGG-[W]WW-E"], ["2026-01-7", "gggg-ww-e"], ["2026-53-1", "gggg-ww-e"],
  ["Friday 2026-01-05", "dddd YYYY-MM-DD"], ["Monday 2026-01-05", "dddd YYYY-MM-DD"],
  ["monday 2026-01-05", "dddd YYYY-MM-DD"], ["Mon 2026-01-05", "dddd YYYY-MM-DD"],
  ["понедельник 2026-01-05", "dddd YYYY-MM-DD"], ["Пн 2026-01-05", "ddd YYYY-MM-DD"],
  ["вт 2026-01-05", "ddd YYYY-MM-DD"], ["1 2026-01-05", "d YYYY-MM-DD"],
  ["2 2026-01-05", "d YYYY-MM-DD"], ["8 2026-01-05", "d YYYY-MM-DD"],
  ["5 january 2026", "D MMMM YYYY"], ["5 JANUARY 2026", "D MMMM YYYY"], ["5 Jan 2026", "D MMMM YYYY"],
  ["5 January 2026", "D MMM YYYY"], ["5 Jan. 2026", "D MMM YYYY"], ["5 Janury 2026", "D MMMM YYYY"],
  ["5 января 2026", "D MMMM YYYY"], ["5 Январь 2026", "D MMMM YYYY"], ["5 янв. 2026", "D MMM YYYY"],
  ["5 янв 2026", "D MMM YYYY"], ["5 мая 2026", "D MMM YYYY"], ["5 май 2026", "D MMM YYYY"],
  ["март 5 2026", "MMMM D YYYY"], ["мар. 5 2026", "MMM D YYYY"], ["марта 5 2026", "MMM D YYYY"],
  ["5th January 2026", "Do MMMM YYYY"], ["5 January 2026", "Do MMMM YYYY"],
  ["5st January 2026", "Do MMMM YYYY"], ["5-го января 2026", "Do MMMM YYYY"],
  ["5-й января 2026", "Do MMMM YYYY"], ["2023/January/2024-Feb-01", "YYYY/MMMM/YYYY-MMM-DD"],
  ["2026-01-05 23:60", "YYYY-MM-DD HH:mm"], ["2026-01-05 25:00", "YYYY-MM-DD HH:mm"],
  ["2026-01-05 13:00 PM", "YYYY-MM-DD hh:mm A"], ["2026-01-05 0:30 AM", "YYYY-MM-DD h:mm A"],
  ["2026-01-05 1:30 p.m.", "YYYY-MM-DD h:mm A"], ["2026-01-05 1:30 вечера", "YYYY-MM-DD h:mm A"],
  ["note 2026-01-05", "[note] YYYY-MM-DD"], ["Note 2026-01-05", "[note] YYYY-MM-DD"],
  ["2026-1st-05", "YYYY-Mo-DD"], ["2026-01-05 2nd", "YYYY-MM-DD wo"],
]; // prettier-ignore

const formatted = (time, pattern, lang) => [
  time, pattern, lang, moment(time).locale(lang).format(pattern),
]; // prettier-ignore

function parsed(text, pattern, lang) {
  const read = moment(text, pattern, lang, true);
  return [text, pattern, lang, read.isValid() ? read.format("YYYY-MM-DD") : null];
}

function table() {
  const patterns = [...TOKENS, ...LITERALS, ...PATTERNS];
  const format = patterns.flatMap((pattern, p) =>
    LANGUAGES.flatMap((lang) =>
      [p, p + 5].map((t) => formatted(TIMES[t % TIMES.length], pattern, lang)),
    ),
  );
  const turns = TURNS.flatMap(([time, pattern]) =>
    LANGUAGES.map((lang) => formatted(time, pattern, lang)),
  );
  const recent = TIMES.slice(0, 8);
  const back = FIXING.flatMap((pattern, p) =>
    LANGUAGES.map((lang) => {
      const [, , , text] = formatted(recent[p % recent.length], pattern, lang);
      return parsed(text, pattern, lang);
    }),
  );
  const written = WRITTEN.flatMap(([text, pattern]) =>
    LANGUAGES.map((lang) => parsed(text, pattern, lang)),
  );
  return { format: [...format, ...turns], parse: [...back, ...written] };
}

// A small generator, so that a seed makes the same vectors on every machine (mulberry32).
function randomFrom(seed) {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

function randomVectors(seed, count) {
  const random = randomFrom(seed);
  const pick = (items) => items[random(items.length)];
  const time = (from, to) => {
    const day = moment({ year: from }).add(random((to - from) * 365), "days");
    return day.add(random(86400000), "ms").format("YYYY-MM-DDTHH:mm:ss.SSS");
  };
  const pattern = () =>
    Array.from({ length: 1 + random(6) }, () => pick(random(3) ? TOKENS : LITERALS)).join("");
  // Digits become other digits, never 0: moment came to refuse `05` for `D` after 2.29. No
  // letter goes without a trace: of `нояб.` moment would still read `ноя.`, which it never writes.
  const spoiled = (text) => {
    const at = random(text.length);
    const other = /\d/.test(text[at]) ? String(1 + random(9)) : pick(["x", "xx", " ", "я"]);
    return text.slice(0, at) + other + text.slice(at + 1);
  };
  const format = [];
  const parse = [];
  for (let n = 0; n < count; n += 2) {
    const lang = pick(LANGUAGES);
    format.push(formatted(time(1000, 9990), pattern(), lang));
    const fixing = pick(FIXING);
    const [, , , text] = formatted(time(1970, 2068), fixing, lang);
    parse.push(parsed(random(2) ? text : spoiled(text), fixing, lang));
  }
  return { format, parse };
}

const { format, parse } = seed ? randomVectors(Number(seed), Number(count)) : table();
const lines = (vectors) => vectors.map((vector) => `    ${JSON.stringify(vector)}`).join(",\n");
console.log(`{
  "moment": ${JSON.stringify(moment.version)},
  "format": [\n${lines(format)}\n  ],
  "parse": [\n${lines(parse)}\n  ]
}`);
