
/* The page: search, panel, scenario, keyboard. Texts reach the document as text nodes only. */
const page = (() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const $ = (id) => document.getElementById(id);
  const state = { selected: null, hovered: null, aim: null, keep: null, rows: new Map(), tokens: new Map(), handed: new Map(), route: new Set(), off: new Set(), tapeOnly: false };
  const leavers = new Set();
  const nodes = new Map(data.nodes.map((node) => [node.id, node]));
  const words = new Map(data.words.map((wording) => [wording.outcome, wording]));
  const index = new Map(data.gates.nodes.map((id, number) => [id, number]));
  const stands = (id) => nodes.get(id).within || id;
  const spots = new Map(data.canvas.nodes.map((spot) => [spot.id, spot]));
  const seeds = new Map(Object.entries(data.gates.seeds));
  const fixes = new Map(Object.entries(data.fixes).map(([thing, causes]) => [thing, new Map(Object.entries(causes))]));
  const outcomeFixes = new Map(Object.entries(data.outcome_fixes));
  const logins = new Map(Object.entries(data.logins));
  const loginIds = new Set(logins.values());
  const doors = new Map(Object.entries(data.doors));
  const left = new Map(Object.entries(data.left));
  const tokens = new Set(data.tokens);
  const beside = besideOf(data, (id) => nodes.get(id).name);
  const rankOf = new Map(data.words.map(({ outcome }, number) => [outcome, number]));
  const risks = new Map(data.risks);
  const order = ["people", "logins", "links", "systems"];
  const collate = new Intl.Collator("en").compare;
  const waiting = solver.reliant(data.gates);
  let answer = null;

  const make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes))
      if (name === "click") element.addEventListener("click", value);
      else if (value === true) element.setAttribute(name, "");
      else if (value !== false && value !== null) element.setAttribute(name, value);
    element.append(...children.filter((child) => child !== null));
    return element;
  };
  const go = (id) => make("button", { type: "button", class: "go name", click: () => select(id) }, nodes.get(id).name);
  const place = (node) => [node.kind, node.system && node.look !== "system" ? `in ${node.system}` : ""].filter(Boolean).join(" ");

  /* ---- what hangs together */

  const touching = new Map(data.nodes.map((node) => [node.id, []]));
  for (const link of data.links) {
    touching.get(link.source).push(link);
    if (link.target !== link.source) touching.get(link.target).push(link);
  }

  /* Everything up and down the line from here, as drawn: not on through a system to its other links. */
  const reach = (start) => {
    const found = new Set([start]);
    for (const [near, far] of [["source", "target"], ["target", "source"]]) {
      const ahead = [start];
      while (ahead.length) {
        const at = ahead.pop();
        if (at !== start && nodes.get(at).lane === "systems") continue;
        for (const link of touching.get(at))
          if (link[near] === at && (link.style !== "origin" || at === start) && !found.has(link[far])) {
            found.add(link[far]);
            ahead.push(link[far]);
          }
      }
    }
    return found;
  };

  const inSight = () => {
    if (state.hovered || state.selected) return reach(state.hovered || state.selected);
    if (leavers.size) return new Set([...state.rows.keys(), ...state.off, ...state.route, ...openSubjects()]);
    if (state.tapeOnly) return new Set(data.nodes.filter((node) => node.risk === "tape").flatMap((node) => [...reach(node.id)]));
    return null;
  };

  const paint = () => {
    const keep = inSight();
    state.keep = keep && new Set([...keep].filter((id) => nodes.has(id)).map(stands));
    drawing.redraw();
  };

  /* ---- without these logins */

  /* What a node of the gates is to people: itself, the login that goes off with it, or the thing behind an address that
     no system shows; nothing if it only counts. */
  const shown = (number) => {
    const name = data.gates.nodes[number];
    return nodes.get(logins.get(name) ?? doors.get(name) ?? name);
  };
  const named = (numbers, reading, depth = 0) => [...new Set(numbers.flatMap((number) => {
    if (shown(number)) return [number];
    return depth > 6 ? [] : named((reading.because.get(number) || {}).causes || [], reading, depth + 1);
  }))];
  const nameOf = (node) => (node.look === "person" || !place(node) ? node.name : `${node.name} (${place(node)})`);
  const namesOf = (numbers) => listed([...new Set(numbers.map((number) => nameOf(shown(number))))]);
  const readingOf = (row) => (row.outcome === "unknown" ? answer.worst : answer.proven);
  const listed = (texts) => (texts.length < 2 ? texts.join("") : `${texts.slice(0, -1).join(", ")} and ${texts[texts.length - 1]}`);

  const sentence = (text) => (text ? `${text.charAt(0).toUpperCase()}${text.slice(1)}.` : "");
  /* What to do about an outcome that asks for the same whatever the cause; nothing about the others. */
  const remedy = (row) => {
    const fix = outcomeFixes.get(row.outcome);
    return fix ? (row.sure === 2 ? fix.sure : fix.unsure) : "";
  };
  const firstOf = (row) => named(row.causes, readingOf(row)).map(shown);
  const handedOn = (id, row) => {
    const heirs = beside.heirsOf(id, row, firstOf(row).map((node) => node.id));
    return heirs ? beside.handed(heirs, leavers) : "";
  };
  const told = (id, row) => [because(row), handedOn(id, row)].filter(Boolean).join(" ");

  /* What is worse than before anybody leaves. What was so already breaks nothing more, and is told apart (`found`). */
  const newly = (numbers, reading, found) => {
    const before = reading === answer.worst ? answer.before.worst : answer.before.proven;
    const worse = numbers.filter((number) => reading.state[number] > before[number]);
    for (const number of numbers) if (before[number] === solver.STOPS) found.already.add(number);
    return worse.length ? worse : numbers;
  };

  /* From one cause back to the people who leave, at most six steps long. */
  const stepsFrom = (start, reading, found) => {
    const steps = [];
    const seen = new Set();
    for (let at = [start]; at.length && steps.length < 6;) {
      const holders = steps.length > 0 && at.every((number) => shown(number).look === "person");
      const names = namesOf(at);
      if (!holders && names !== steps[steps.length - 1]) steps.push(names);
      for (const number of at) {
        found.lost.add((reading.because.get(number) || {}).seed);
        seen.add(holders ? `held ${number}` : number);
      }
      at = newly(named(at.flatMap((number) => (reading.because.get(number) || {}).causes || []), reading), reading, found)
        .filter((number) => !seen.has(number) && !seen.has(`held ${number}`));
    }
    for (const one of seen) found.seen.add(one);
    return steps;
  };

  /* Causes that hang on the same are told together, the others each with its own. */
  const waysFrom = (first, reading, found) => {
    const ways = new Map();
    for (const number of newly(first, reading, found)) {
      const on = stepsFrom(number, reading, found).slice(1).join(", that on ");
      ways.set(on, [...(ways.get(on) || []), number]);
    }
    return [...ways].map(([on, numbers]) => namesOf(numbers) + (on && `, ${numbers.length > 1 ? "those" : "that"} on ${on}`)).join("; and on ");
  };

  /* What did not work before anybody leaves, with what that hung on and is off as well. */
  const alreadyOff = (number) => {
    const node = shown(number), sure = answer.before.proven[number] === solver.STOPS;
    const ends = data.gates.gates.filter((gate) => gate.node === number && gate.aspect === "state")
      .flatMap((gate) => gate.members.map(([member]) => member))
      .filter((member) => shown(member) && (shown(member).off || answer.before.worst[member] === solver.STOPS));
    const gone = node.look === "person" ? "gone" : node.thing ? "broken" : "off";
    const on = ends.length ? `, that on ${namesOf(ends)}` : "";
    return sentence(`${sure ? "" : "may be "}${gone} already: ${nameOf(node)}${on}`);
  };

  /* One sentence from a thing back to the people who leave; then what it has lost before. */
  const because = (row) => {
    const reading = readingOf(row);
    if (row.aside) return row.aside.text || (row.aside.heirs ? "" : sentence(remedy(row)));
    const first = named(row.causes, reading);
    if (!first.length) return "";
    if (row.outcome === "unowned") return `${namesOf(first)} cared for it.`;
    if (row.outcome === "muted") return `Its alarms went to ${namesOf(first)}.`;
    const found = { lost: new Set(), seen: new Set(), already: new Set() };
    const ways = waysFrom(first, reading, found);
    const gone = [...found.lost].filter((id) => id && !found.seen.has(index.get(id))).map((id) => nodes.get(id).name);
    const whose = leavers.size > 1 && gone.length ? `, gone with ${listed(gone.sort(collate))}` : "";
    const already = [...found.already].filter((number) => !found.seen.has(number)).map(alreadyOff).sort(collate);
    return [`It hangs on ${ways}${whose}.`, ...already].join(" ");
  };

  /* What `stackmap leave` says to do about a row: by the first thing it hangs on. */
  const fixOf = (id, row) => {
    if (row.outcome === "survives") return "";
    if (state.tokens.has(id)) return data.token_fix;
    if (remedy(row)) return remedy(row);
    const unsure = row.outcome === "unknown";
    const [first] = firstOf(row).sort((a, b) => (a.id < b.id ? -1 : 1));
    const own = first && (fixes.get(id) || new Map()).get(first.id);
    if (own) return unsure ? own.unsure : own.sure;
    if (!first || first.look === "person") return "";
    return unsure ? `settle ${first.name} first` : `comes back with ${first.name}`;
  };
  const fixLine = (id, row, attributes = {}) => {
    const text = fixOf(id, row);
    return text ? make("p", attributes, make("b", {}, "Fix: "), text) : null;
  };

  /* The nodes through which a loss travels, so that the way to it stays lit. */
  const routeOf = (rows, result) => {
    const found = new Set();
    const follow = (number, reading) => {
      if (found.has(number)) return;
      found.add(number);
      for (const cause of (reading.because.get(number) || {}).causes || []) follow(cause, reading);
    };
    for (const list of rows.values())
      for (const row of list)
        if (!row.aside && row.outcome !== "unowned" && row.outcome !== "muted")
          for (const cause of row.causes) follow(cause, row.outcome === "unknown" ? result.worst : result.proven);
    return new Set([...found].map(shown).filter(Boolean).map((node) => node.id));
  };

  const isThing = (node) => node.thing;
  const isToken = (node) => tokens.has(node.id);
  const rowsOf = (result, among) => {
    const rows = new Map();
    for (const [number, list] of result.rows) {
      const node = nodes.get(data.gates.nodes[number]);
      if (node && among(node)) rows.set(node.id, list);
    }
    return rows;
  };

  const solve = (people) => solver.answer(data.gates, data.asides, people, waiting);

  const consider = () => {
    const people = [...leavers].sort();
    answer = people.length ? solve(people) : null;
    state.rows = answer ? rowsOf(answer, isThing) : new Map();
    const ofTokens = answer ? [...rowsOf(answer, isToken)] : [];
    state.tokens = new Map(ofTokens.map(([id, rows]) => [id, rows.filter((row) => !row.aside)]).filter(([, rows]) => rows.length));
    state.handed = new Map(ofTokens.filter(([id]) => !state.tokens.has(id)));
    state.route = answer ? routeOf(state.rows, answer) : new Set();
    state.off = new Set(people);
    if (answer)
      data.gates.nodes.forEach((_, number) => {
        const node = shown(number);
        if (node && !node.thing && answer.proven.state[number] > answer.before.proven[number]) state.off.add(node.id);
      });
    const singles = people.length > 1 ? people.map((person) => rowsOf(solve([person]), (node) => isThing(node) || isToken(node))) : [];
    for (const [id, rows] of [...state.rows, ...state.tokens, ...state.handed])
      for (const row of rows)
        row.together = singles.length > 0 && !singles.some((single) =>
          (single.get(id) || []).some((other) => other.outcome === row.outcome));
    showChosen();
    showVerdict();
    showPanel();
    showList();
    paint();
  };

  const rowsWith = (outcome) => [...state.rows.values()].flat().filter((row) => row.outcome === outcome);

  /* Whoever has left already takes nothing along any more: what is open because of it must not read as an all-clear. */
  const codesOf = ({ open }) => [...new Set(open.map(([code]) => code))].sort(collate).join(", ");
  const openWords = (node) => (node.open.length ? `open: ${node.open.join(", ")} (stackmap check)` : "");
  const openSince = (one) => (one.open.length ? `open because of it: ${codesOf(one)} (stackmap check)` : "no finding is open because of it");
  const leftWords = (id) => (left.has(id) ? `${left.get(id).said}; ${openSince(left.get(id))}` : "");
  const leftAmong = () => [...leavers].filter((id) => left.has(id)).sort((a, b) => collate(nodes.get(a).name, nodes.get(b).name));
  const leftBehind = (id) => [
    make("h3", {}, left.get(id).open.length ? "Open already" : "Left already"),
    make("p", { class: "quiet" }, `${nodes.get(id).name} ${left.get(id).said}.`),
    left.get(id).open.length
      ? make("ul", {}, ...left.get(id).open.map(([code, , because]) => make("li", {}, make("span", { class: "tag owner-gone" }, code), ` ${because}`)))
      : make("p", {}, "Of what was read, no finding is open because of it."),
    make("p", { class: "quiet" }, "What could not be judged: stackmap check. What to do: stackmap explain, with the code."),
  ];
  const openSubjects = () => leftAmong().flatMap((id) => left.get(id).open.map(([, subject]) => subject));
  const nothing = () => `Nothing ${leftAmong().length || state.tokens.size || state.handed.size ? "more " : ""}that was read stops or gets worse.`;
  const gaps = () => {
    const are = (number, one, many) => (number ? `${number} ${number === 1 ? `list ${one}` : `lists ${many}`}` : "");
    const told = [are(data.not_read, "was not read", "were not read"), are(data.in_part, "was read in part", "were read in part")];
    return told.filter(Boolean).map((text) => ` ${text}.`).join("");
  };

  const showVerdict = () => {
    const verdict = $("verdict");
    if (!leavers.size) return verdict.replaceChildren("Choose people to see what would stop.");
    const parts = [];
    for (const { outcome, one, many } of data.words) {
      const rows = rowsWith(outcome);
      if (rows.length && outcome !== "survives")
        parts.push(make("b", { class: outcome }, `${rows.length} ${rows.length === 1 ? one : many}`), beside.unsure(rows), ", ");
    }
    for (const keys of [state.tokens, state.handed].map((found) => [...found.values()].flat()))
      if (keys.length) parts.push(make("b", { class: keys[0].aside ? "moved" : "later" }, beside.keys(keys)), beside.unsure(keys), ", ");
    parts.pop();
    verdict.replaceChildren(...leftAmong().flatMap((id) => [make("b", { class: "unowned" }, `${nodes.get(id).name} ${leftWords(id)}`), ". "]),
      ...(parts.length ? [...parts, "."] : [nothing()]),
      make("span", { class: "quiet" }, gaps()));
    return undefined;
  };

  const showChosen = () => {
    $("chosen").replaceChildren(...[...leavers].sort((a, b) => collate(nodes.get(a).name, nodes.get(b).name)).map((id) =>
      make("button", { type: "button", "aria-label": `${nodes.get(id).name}: take back`, click: () => toggle(id) }, nodes.get(id).name, " ×")));
    for (const id of ["clear", "link"]) $(id).hidden = !leavers.size;
    $("linktext").hidden = true;
    $("scenario").classList.toggle("asked", leavers.size > 0);
  };

  /* The worst first, then by the alphabet: the order of the panel and of the list. */
  const worst = (id) => Math.min(...state.rows.get(id).map((row) => rankOf.get(row.outcome)));
  const byWeight = (a, b) => worst(a) - worst(b) || collate(nodes.get(a).name, nodes.get(b).name) || (a < b ? -1 : 1);

  /* Asking about somebody always leads to the answer: in the panel, and in sight on the map. */
  const ask = () => {
    state.selected = null;
    consider();
    select(null);
    state.aim = [...state.rows.keys()].sort(byWeight).map(stands).find((id) => spots.has(id)) || null;
    if (state.aim) drawing.reveal(state.aim);
    $("list").scrollTop = 0;
  };

  const toggle = (id) => {
    if (!leavers.delete(id)) leavers.add(id);
    ask();
  };

  const howSure = (row) => [
    beside.sureness(row),
    row.atWorst ? `at worst ${words.get(row.atWorst).one}` : "",
    row.together ? "only because they leave together" : "",
  ].filter(Boolean).join(", ");

  const keyRows = (id) => state.tokens.get(id) || state.handed.get(id);
  const outcomes = (id) => (state.rows.get(id) || keyRows(id) || []).map((row) => make("div", {},
    make("span", { class: `tag ${row.outcome}` }, words.get(row.outcome).label),
    make("span", { class: "quiet" }, howSure(row)),
    make("p", {}, told(id, row)),
    fixLine(id, row)));

  /* ---- the panel */

  const showPanel = () => {
    const panel = $("panel");
    panel.replaceChildren(...(state.selected ? about(nodes.get(state.selected)) : leavers.size ? results() : opening()));
    panel.scrollTop = 0;
  };

  const linked = (ids) => make("ul", {}, ...ids.map((id) => make("li", {}, go(id), make("span", { class: "quiet" }, ` ${place(nodes.get(id))}`))));

  const group = (kind, [one, many], among) => {
    const ids = data.nodes.filter((node) => node.thing && among(node)).sort((a, b) => collate(a.name, b.name)).map((node) => node.id);
    return ids.length ? [
      make("h3", {}, make("span", { class: `tag ${kind}` }, String(ids.length)), ids.length === 1 ? one : many), linked(ids.slice(0, 15)),
      ids.length > 15 ? make("p", { class: "quiet" }, `${ids.length - 15} more: choose "As a list".`) : null,
    ].filter(Boolean) : [];
  };

  /* The groups of `stackmap bus-factor` with its numbers, each thing in one of them; then what no number tells. */
  const opening = () => {
    const failing = new Set(["broken", "one-person", "maybe-one-person"]);
    const parts = [
      ...data.standings.flatMap(([standing, heading]) => group(standing, [heading, heading], (node) => node.standing === standing)),
      ...group("tape", data.tape_besides, (node) => node.risk === "tape" && !failing.has(node.standing)),
      ...data.risks.filter(([risk]) => risk === "owner-gone").flatMap(([risk, one, many]) => group(risk, [one, many], (node) => node.risk === risk)),
    ];
    const fine = data.nodes.some(isThing) ? "Of what was read, everything is two people away or more." : "Nothing was read that could stop.";
    if (!parts.length) parts.push(make("p", {}, fine));
    return [make("h2", {}, "What to look at first"), ...parts];
  };

  const lineOf = (id, row, sure, fix) => make("li", {}, go(id), make("span", { class: "quiet" }, ` ${place(nodes.get(id))}`),
    sure ? make("b", { class: "quiet" }, ` · ${sure}`) : null, make("p", { class: "quiet" }, told(id, row)), fix);

  /* Keys and connections of which no list says what uses them: told apart, with one thing to do about all. */
  const keys = (found, heading, says) => {
    const ids = [...found.keys()].sort((a, b) => collate(nodes.get(a).name, nodes.get(b).name) || (a < b ? -1 : 1));
    if (!ids.length) return [];
    const rows = ids.flatMap((id) => found.get(id).map((row) => [id, row]));
    return [
      make("h3", {}, make("span", { class: `tag ${rows[0][1].outcome}` }, String(rows.length)), `Keys and connections that ${heading(rows.map(([, row]) => row))}; no list says what uses them`),
      make("ul", {}, ...rows.map(([id, row]) => lineOf(id, row, [says(row), howSure(row)].filter(Boolean).join(", "), null))),
      fixLine(...rows[0], { class: "quiet" }),
    ];
  };

  const administrators = () => {
    const changes = beside.administrators(leavers);
    return [
      ...(changes.length ? [make("h3", {}, "Administrators"),
        make("ul", {}, ...changes.map(({ system, text }) => make("li", {}, go(system), `: ${text}`)))] : []),
      make("p", { class: "quiet" }, `${changes.length ? "For the other systems" : "Who administers what afterwards"}, and how far each list of administrators reaches: stackmap leave.`),
    ];
  };

  const results = () => {
    const parts = [
      make("h2", {}, "Without these logins"),
      make("p", { class: "quiet" }, "Certain, unless a word says otherwise. Which secrets to change, and which logins could be theirs: stackmap leave."),
      ...leftAmong().flatMap(leftBehind),
      ...administrators(),
    ];
    const answered = parts.length;
    for (const { outcome, label } of data.words) {
      const hit = [...state.rows].filter(([, rows]) => rows.some((row) => row.outcome === outcome)).map(([id]) => id)
        .sort((a, b) => collate(nodes.get(a).name, nodes.get(b).name));
      if (!hit.length) continue;
      parts.push(make("h3", {}, make("span", { class: `tag ${outcome}` }, String(hit.length)), label));
      parts.push(make("ul", {}, ...hit.map((id) => {
        const row = state.rows.get(id).find((one) => one.outcome === outcome);
        return lineOf(id, row, howSure(row), fixLine(id, row, { class: "quiet" }));
      })));
    }
    parts.push(...keys(state.tokens, (rows) => beside.ending(rows), (row) => words.get(row.outcome).label.toLowerCase()));
    parts.push(...keys(state.handed, () => "change hands", () => ""));
    if (parts.length === answered) parts.push(make("p", {}, nothing()));
    return parts;
  };

  /* Who says something of whom: a link is drawn from left to right, and some are told the other way round. */
  const sides = (link) => (link.backward ? [link.target, link.source] : [link.source, link.target]);
  const connections = (node) => make("ul", {}, ...touching.get(node.id).map((link) => {
    const [subject, object] = sides(link);
    const away = nodes.get(subject === node.id ? object : subject);
    const where = node.look === "person" && away.system ? ` in ${away.system}` : null;
    return subject === node.id ? make("li", {}, `${link.words} `, go(object), where) : make("li", {}, go(subject), where, ` ${link.words} this`);
  }));
  const linkTold = (link, node) => {
    const [subject, object] = sides(link);
    return subject === node.id ? `It ${link.words} ${nodes.get(object).name}` : `${nodes.get(subject).name} ${link.words} it`;
  };

  /* A link leads into a vendor's own screen, and is one only when it is https; else the record is mere text. */
  const recordOf = ({ link, record }) => {
    try {
      const address = new URL(link);
      if (address.protocol === "https:")
        return make("a", { href: address.href, target: "_blank", rel: "noopener noreferrer" }, record || "open");
    } catch { /* no address at all */ }
    return record;
  };

  const proofs = (title, evidence) => (evidence.length ? [make("tbody", {},
    make("tr", {}, make("th", { colspan: 3, scope: "rowgroup" }, title)),
    ...evidence.map((proof) => make("tr", {},
      make("td", {}, [proof.system, proof.inventory].filter(Boolean).join(", ")),
      make("td", {}, recordOf(proof)),
      make("td", {}, proof.read_at, make("br"), proof.how))))] : []);

  const about = (node) => {
    const held = data.nodes.filter((other) => other.within === node.id).map((other) => other.id);
    const parts = [make("h2", {}, node.name), make("p", { class: "quiet" }, place(node))];
    const tags = [...(node.risk ? [make("span", { class: `tag ${node.risk}` }, risks.get(node.risk))] : []),
      ...node.badges.map((badge) => make("span", { class: "tag quiet" }, badge))];
    if (tags.length) parts.push(make("p", {}, ...tags));
    if (node.stands) parts.push(make("p", {}, `As it stands: ${node.stands}.`));
    if (openWords(node)) parts.push(make("p", {}, sentence(openWords(node))));
    if (seeds.has(node.id))
      parts.push(make("p", {}, make("button", { type: "button", click: () => toggle(node.id) },
        leavers.has(node.id) ? "Take back" : "What if these logins were gone?")));
    if (keyRows(node.id))
      parts.push(make("h3", {}, "Without these logins"), ...outcomes(node.id));
    if (leavers.size && node.thing)
      parts.push(make("h3", {}, "Without these logins"), ...(state.rows.has(node.id) ? outcomes(node.id) : [make("p", {}, "Nothing that was read changes for it.")]));
    if (left.has(node.id)) parts.push(...leftBehind(node.id));
    if (node.details.length)
      parts.push(make("dl", {}, ...node.details.flatMap(([label, text]) => [make("dt", {}, label), make("dd", {}, text)])));
    if (held.length) parts.push(make("h3", {}, "Folded in here"), make("ul", {}, ...held.map((id) => make("li", {}, go(id),
      make("span", { class: "quiet" }, ` ${[place(nodes.get(id)), [asItStands(nodes.get(id)), openWords(nodes.get(id))].filter(Boolean).join("; ")].filter(Boolean).join(": ")}`),
      state.rows.has(id) ? make("b", {}, ` · ${labels(state.rows.get(id))}`) : null))));
    if (touching.get(node.id).length) parts.push(make("h3", {}, "Connected to"), connections(node));
    const rows = [...proofs("It is there", node.evidence), ...touching.get(node.id).flatMap((link) => proofs(linkTold(link, node), link.evidence))];
    if (rows.length)
      parts.push(make("h3", {}, "How we know"), make("table", {}, make("thead", {}, make("tr", {},
        ...["Seen in", "Record", "On, and how sure"].map((text) => make("th", { scope: "col" }, text)))), ...rows));
    return parts;
  };

  const select = (id) => {
    state.selected = id;
    state.hovered = null;
    showPanel();
    paint();
    const option = id && $(`object-${[...spots.keys()].indexOf(stands(id))}`);
    for (const one of $("objects").children) one.setAttribute("aria-selected", String(one === option));
    if (option) $("objects").setAttribute("aria-activedescendant", option.id);
    else $("objects").removeAttribute("aria-activedescendant");
    if (id && spots.has(stands(id))) {
      state.aim = stands(id);
      drawing.reveal(state.aim);
    }
  };

  /* ---- the same as a list */

  /* Things first, of those what a scenario hits, then what is wrong as it stands; people, logins and the rest after. */
  const sortOf = (node) => (node.thing || ["links", "systems"].includes(node.lane) && node.drawn ? 0 : node.look === "person" ? 1 : node.drawn ? 2 : 3);
  const hurt = (node) => (state.rows.has(node.id) ? worst(node.id) : rankOf.size);
  const standings = data.standings.map(([standing]) => standing);
  const trouble = (node) => {
    const place = node.thing ? standings.indexOf(node.standing) : -1;
    return place >= 0 ? place : standings.length + (node.risk ? 0 : 1);
  };
  const labels = (rows) => rows.map((row) => words.get(row.outcome).label).join("; ");
  const fate = (node) => {
    if (keyRows(node.id)) return labels(keyRows(node.id));
    if (!state.off.has(node.id)) return labels(state.rows.get(node.id) || []);
    return node.look === "person" ? "gone" : loginIds.has(node.id) || node.lane === "logins" && node.drawn ? "switched off" : "no longer works";
  };
  const tagOf = (node) => (node.risk ? data.marks[node.risk] : "");
  const idle = (node) => (!node.off ? "" : node.look === "person" ? "no login in use" : "switched off");
  const asItStands = (node) => node.stands || (node.risk ? risks.get(node.risk) : leftWords(node.id) || idle(node));
  const listRow = (node) => make("tr", { class: state.rows.has(node.id) ? "hit" : null }, make("td", {}, go(node.id)), make("td", {}, node.kind),
    make("td", {}, node.look === "system" ? "" : node.system), make("td", {}, asItStands(node)), make("td", {}, fate(node)));

  const showList = () => {
    if ($("list").hidden) return;
    const asked = plain($("filter").value.trim());
    const all = data.nodes.filter((node) => node.look !== "fold" && node.kind);
    const found = all.filter((node) => plain(`${node.name} ${node.kind} ${node.system} ${node.search} ${asItStands(node)} ${tagOf(node)} ${fate(node)}`).includes(asked))
      .sort((a, b) => sortOf(a) - sortOf(b) || hurt(a) - hurt(b) || trouble(a) - trouble(b) || collate(a.name, b.name) || (a.id < b.id ? -1 : 1));
    $("rows").replaceChildren(...found.map(listRow));
    $("found").textContent = asked ? `${found.length} of ${all.length}` : `${all.length} in all`;
  };

  /* ---- search boxes: type, arrows, Enter */

  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  /* `none`: what to say where nothing is found. `asks`: of several that fit, none is taken until somebody chooses. */
  const chooser = (input, list, options, pick, none, asks = false) => {
    let hits = [], at = 0;
    const close = () => { list.hidden = true; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); };
    const mark = () => [...list.children].forEach((item, number) => {
      item.setAttribute("aria-selected", String(number === at));
      if (number === at && hits.length) { input.setAttribute("aria-activedescendant", item.id); item.scrollIntoView({ block: "nearest" }); }
    });
    const take = (node) => { input.value = ""; close(); pick(node.id); };
    const open = () => {
      const asked = plain(input.value.trim()), all = options().filter((node) => plain(`${node.name} ${node.kind} ${node.system} ${node.search}`).includes(asked));
      const rank = (node) => (plain(node.name).startsWith(asked) ? 0 : plain(node.name).includes(asked) ? 1 : 2);
      hits = all.sort((a, b) => rank(a) - rank(b) || collate(a.name, b.name) || (a.id < b.id ? -1 : 1)).slice(0, 12);
      const exact = hits.filter((node) => plain(node.name) === asked).length;
      at = asks && hits.length > 1 && exact !== 1 ? -1 : 0;
      const several = asked && at < 0 ? `${all.length} fit: choose one` : "";
      const beyond = all.length > hits.length ? `${all.length - hits.length} more: type on` : "";
      const more = hits.length ? [several, beyond].filter(Boolean).join("; ") : none;
      list.replaceChildren(...hits.map((node, number) => make("li", { role: "option", id: `${list.id}-${number}`, click: () => take(node) },
        make("span", { class: "name" }, node.name), make("span", { class: "quiet" }, leftWords(node.id) || place(node)))),
        ...(more ? [make("li", { class: "quiet", role: "presentation" }, more)] : []));
      list.hidden = false;
      input.setAttribute("aria-expanded", "true");
      input.removeAttribute("aria-activedescendant");
      mark();
    };
    input.addEventListener("input", open);
    input.addEventListener("focus", open);
    input.addEventListener("blur", close);
    list.addEventListener("mousedown", (event) => event.preventDefault()); /* a click in the list is no blur */
    input.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (list.hidden) open();
        else if (hits.length) at = (Math.max(at, event.key === "ArrowDown" ? -1 : 0) + (event.key === "ArrowDown" ? 1 : hits.length - 1)) % hits.length;
        mark();
      } else if (event.key === "Enter" && hits[at] && !list.hidden) { event.preventDefault(); take(hits[at]); }
      else if (event.key === "Escape") { event.stopPropagation(); input.value = ""; close(); input.blur(); }
    });
  };

  /* ---- keys */

  const walk = (key) => {
    const drawn = [...spots.values()].map((spot) => ({ ...spot, lane: order.indexOf(nodes.get(spot.id).lane) }));
    const here = drawn.find((spot) => state.selected && spot.id === stands(state.selected));
    if (!here) return drawn.sort((a, b) => a.lane - b.lane || a.y - b.y)[0];
    const nearest = (spots_) => spots_.sort((a, b) => Math.abs(a.y - here.y) - Math.abs(b.y - here.y) || (a.id < b.id ? -1 : 1))[0];
    if (key === "ArrowUp") return nearest(drawn.filter((spot) => spot.lane === here.lane && spot.y < here.y));
    if (key === "ArrowDown") return nearest(drawn.filter((spot) => spot.lane === here.lane && spot.y > here.y));
    const side = key === "ArrowRight" ? 1 : -1;
    const beside = new Set(data.canvas.edges.flatMap((line) => (line.from === here.id ? [line.to] : line.to === here.id ? [line.from] : [])));
    return nearest(drawn.filter((spot) => beside.has(spot.id) && Math.sign(spot.lane - here.lane) === side));
  };

  $("objects").addEventListener("keydown", (event) => {
    if (event.key.startsWith("Arrow")) {
      event.preventDefault();
      const next = walk(event.key);
      if (next) select(next.id);
    } else if (event.key === "Enter" && state.selected) { event.preventDefault(); $("panel").focus(); }
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target instanceof HTMLInputElement;
    if (event.key === "/" && !typing) { event.preventDefault(); $("search").focus(); }
    else if (event.key === "Escape") { select(null); $("objects").focus({ preventScroll: true }); }
    else if (event.key === "f" && !typing && !event.ctrlKey && !event.metaKey) drawing.fit(true);
  });

  /* ---- buttons */

  const press = (id, act) => $(id).addEventListener("click", (event) => {
    const on = event.currentTarget.getAttribute("aria-pressed") !== "true";
    event.currentTarget.setAttribute("aria-pressed", String(on));
    act(on);
  });
  press("tape", (on) => { state.tapeOnly = on; paint(); });
  press("table", (on) => {
    $("list").hidden = !on;
    $("stage").classList.toggle("listed", on);
    for (const id of ["canvas", "objects", "zoom"]) $(id).hidden = on;
    showList();
    showMore();
  });
  $("filter").addEventListener("input", showList);
  $("more").addEventListener("click", () => drawing.turn());
  $("fit").addEventListener("click", () => drawing.fit(true));
  $("closer").addEventListener("click", () => drawing.zoom(1.2));
  $("farther").addEventListener("click", () => drawing.zoom(1 / 1.2));
  $("clear").addEventListener("click", () => { leavers.clear(); $("strays").hidden = true; ask(); });
  $("theme").addEventListener("click", () => {
    const root = document.documentElement;
    root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark";
    drawing.recolour();
  });
  $("link").addEventListener("click", async () => {
    const asked = new URLSearchParams([...leavers].sort().map((id) => ["without", id]));
    const text = `${location.href.split("#")[0]}#${asked}`;
    $("linktext").hidden = false;
    $("linktext").value = text;
    $("linktext").select();
    try { await navigator.clipboard.writeText(text); $("said").textContent = "Link copied"; }
    catch { $("said").textContent = "Copy the link from the field"; }
  });

  /* A map taller than its window says so, lest somebody takes the part for the whole. */
  const showMore = () => {
    const below = $("canvas").hidden ? 0 : drawing.below();
    $("more").hidden = !below;
    if (below) $("more").textContent = `Scroll for ${below} more`;
  };

  /* ---- start */

  document.documentElement.dataset.theme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  const drawing = drawingOf(data, state, $("canvas"));
  $("objects").append(...data.canvas.nodes.map((spot, number) => {
    const node = nodes.get(spot.id);
    return make("li", { role: "option", id: `object-${number}`, "aria-selected": "false" },
      [...new Set([node.name, place(node), node.sub, asItStands(node)])].filter(Boolean).join(", "));
  }));
  drawing.on("click", ({ nodes: hit }) => { select(hit[0] ?? null); $("objects").focus({ preventScroll: true }); });
  drawing.on("hoverNode", ({ node }) => { if (!state.selected) { state.hovered = node; paint(); } });
  drawing.on("blurNode", () => { if (state.hovered) { state.hovered = null; paint(); } });
  /* What has no kind is an address of ours: explanations may name it, and there is nothing to open. */
  chooser($("search"), $("hits"), () => [...nodes.values()].filter((node) => node.kind), (id) => { select(id); $("objects").focus({ preventScroll: true }); },
    "Nothing of that name");
  chooser($("person"), $("people"), () => [...nodes.values()].filter((node) => seeds.has(node.id) && node.look === "person" && !leavers.has(node.id)), toggle,
    "Nobody of that name. Here are people only; without a login that nobody is known to hold: stackmap leave LOGIN", true);
  const asked = new URLSearchParams(location.hash.slice(1)).getAll("without");
  for (const id of asked) if (nodes.has(id) && seeds.has(id)) leavers.add(id);
  const strays = asked.filter((id) => !leavers.has(id)).length;
  $("strays").hidden = !strays;
  $("strays").textContent = `The link names ${strays === 1 ? "a person" : `${strays} people`} whom this reading does not know: the answer leaves ${strays === 1 ? "that person" : "them"} out.`;
  /* A frame later, for after this event the library sets the view back by itself. */
  drawing.on("resize", () => requestAnimationFrame(() => {
    drawing.refit();
    if (state.aim) drawing.reveal(state.aim);
  }));
  drawing.on("afterDrawing", showMore);
  drawing.fit();
  ask();
  return { drawing, select, toggle, leavers, nodes };
})();

window.stackmap = Object.freeze({ solve: solver.answer, page });
