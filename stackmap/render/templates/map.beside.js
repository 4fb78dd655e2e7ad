"use strict";

/* What stands beside the outcomes: how sure they are, to whom things pass, keys that end, who administers what. It knows
   no names and no rule: both come with the data. */
const besideOf = (data, nameOf) => {
  const SURE = ["possible", "likely", ""];
  const heirs = new Map(Object.entries(data.heirs).map(([node, causes]) => [node, new Map(Object.entries(causes))]));
  const collate = new Intl.Collator("en").compare;

  /* How sure one line is, and how many of several are not certain; nothing where the outcome's own words say it. */
  const sureness = (row) => (row.sure === null ? "" : SURE[row.sure]);
  const unsure = (rows) => {
    const number = rows.filter((row) => row.sure !== null && SURE[row.sure]).length;
    if (!number) return "";
    return rows.length === 1 ? ` (${sureness(rows[0])})` : ` (${number} not certain)`;
  };

  /* To whom a thing is handed: known by the aside, or by what a thing that may stop hangs on; null: to nobody. */
  const heirsOf = (id, row, causes) => {
    if (row.aside) return row.aside.heirs;
    if (row.outcome !== "unknown" || !heirs.has(id)) return null;
    const told = causes.map((cause) => heirs.get(id).get(cause)).filter(Boolean);
    return told.length ? told.flat() : null;
  };
  const handed = (found, leavers) => {
    const told = found.map(({ name, people }) =>
      name + (people.length && people.every((person) => leavers.has(person)) ? ", who leaves, too" : ""));
    return `The platform hands it to ${[...new Set(told)].join("; ") || "somebody else: to whom is not said"}.`;
  };

  const ending = (rows, end = "end") => {
    const unknown = rows.filter((row) => row.outcome === "unknown").length;
    return unknown === rows.length ? "may end" : unknown ? `${end} or may end` : end;
  };
  const keys = (rows) => {
    if (rows.length === 1) return `1 key or connection ${rows[0].aside ? "changes hands" : ending(rows, "ends")}`;
    return `${rows.length} keys or connections ${rows[0].aside ? "change hands" : ending(rows)}`;
  };

  /* Systems that lose administrators: how many were read, and who of them stays. */
  const administrators = (leavers) => Object.entries(data.administrators)
    .filter(([, { people }]) => people.some((person) => leavers.has(person)))
    .map(([system, { people, idle }]) => {
      const called = (person) => nameOf(person) + (idle.includes(person) ? ` (${data.idle})` : "");
      const stay = people.filter((person) => !leavers.has(person)).map(called).sort(collate);
      const told = stay.length ? `${stay.length} left: ${stay.join(", ")}` : "nobody is left who could be read";
      return { system, text: `${people.length} that were read, ${told}` };
    })
    .sort((a, b) => collate(nameOf(a.system), nameOf(b.system)));

  return Object.freeze({ sureness, unsure, heirsOf, handed, ending, keys, administrators });
};
