"use strict";

/* What breaks when people leave: one fixpoint loop over stackmap.gates/1. It knows no names and no page. */
const solver = (() => {
  const STOPS = 3;
  const WORD_OF_STATE = [null, "later", "starves", "stops"];

  /* How sure a member has to be to count: two readings, and the proven one again without what is less sure. */
  const GRADE = { proven: 0, worst: 0, likely: 1, certain: 2 };
  const SUREST_FIRST = ["certain", "likely", "proven"];

  const needed = (gate, reading) => (gate.assumed && reading === "worst" ? gate.members.length : gate.need);

  const passed = ([member, cap, certainty, unknown], state, reading) =>
    (unknown && reading !== "worst") || certainty < GRADE[reading] ? 0 : Math.min(cap, state[member]);

  /* What a gate lets through: the k-th best of what its members pass. */
  const through = (gate, state, reading) => {
    const passes = gate.members.map((member) => passed(member, state, reading)).sort((a, b) => a - b);
    return passes[needed(gate, reading) - 1];
  };

  const baseline = (network, reading) => {
    const state = new Uint8Array(network.nodes.length);
    for (const [node, value] of Object.entries(network.baseline[reading])) state[node] = value;
    return state;
  };

  /* Which state gates have to be looked at again when a node changes. */
  const reliant = (network) => {
    const gates = network.nodes.map(() => []);
    network.gates.forEach((gate, number) => {
      if (gate.aspect === "state") for (const [member] of gate.members) gates[member].push(number);
    });
    return gates;
  };

  /* Round by round, so that what is remembered in `because` is the earliest reason and never a circle. */
  const run = (network, waiting, leavers, reading) => {
    const state = baseline(network, reading);
    const because = new Map();
    let changed = new Set();
    for (const leaver of leavers)
      for (const node of (network.seeds[leaver] || {})[reading === "worst" ? "worst" : "proven"] || [])
        if (state[node] < STOPS) {
          state[node] = STOPS;
          because.set(node, { seed: leaver });
          changed.add(node);
        }
    while (changed.size) {
      const due = [...new Set([...changed].flatMap((node) => waiting[node]))].sort((a, b) => a - b);
      const worse = new Map();
      for (const number of due) {
        const gate = network.gates[number];
        const value = through(gate, state, reading);
        const known = worse.has(gate.node) ? worse.get(gate.node).value : state[gate.node];
        if (value > known) worse.set(gate.node, { value, gate });
      }
      for (const [node, { value, gate }] of worse) {
        const lost = gate.members.filter((member) => passed(member, state, reading) >= value);
        because.set(node, { causes: [...new Set(lost.map(([member]) => member))].sort((a, b) => a - b) });
      }
      for (const [node, { value }] of worse) state[node] = value;
      changed = new Set(worse.keys());
    }
    return { state, because };
  };

  /* Nodes that had somebody (care) or told somebody (notice) and no longer do, in the proven reading. */
  const newlyLost = (network, aspect, before, after) => {
    const lost = new Map();
    for (const gate of network.gates)
      if (gate.aspect === aspect && through(gate, after, "proven") === STOPS && through(gate, before, "proven") < STOPS)
        if (!lost.has(gate.node)) lost.set(gate.node, gate.members.map(([member]) => member));
    return lost;
  };

  /* How sure a proven loss is: the strongest grade at which it still holds when weaker members pass nothing. */
  const surest = (holds) => GRADE[SUREST_FIRST.find(holds)];

  /* Of several asides that say the same of one thing, the surest, and of those the first. */
  const silent = (asides, holds, sureOf) => {
    const best = new Map();
    for (const aside of asides.filter(holds)) {
      const key = `${aside.thing} ${aside.outcome}`;
      const sure = Math.min(aside.certainty, sureOf(aside.gone));
      if (!best.has(key) || sure > best.get(key).sure) best.set(key, { aside, sure });
    }
    return best.values();
  };

  /* The answer per node index: rows of {outcome, atWorst, sure, causes}, sure being 0 possible to 2 certain, null where
     nobody knows. Rows are as few as the reader needs. */
  const answer = (network, asides, leavers, waiting = reliant(network)) => {
    const proven = run(network, waiting, leavers, "proven");
    const worst = run(network, waiting, leavers, "worst");
    const graded = {
      proven: proven.state,
      likely: run(network, waiting, leavers, "likely").state,
      certain: run(network, waiting, leavers, "certain").state,
    };
    const sureOf = (node, value) => surest((grade) => graded[grade][node] >= value);
    const sureOfGates = (node, aspect) => surest((grade) => network.gates.some((gate) =>
      gate.node === node && gate.aspect === aspect && through(gate, graded[grade], grade) === STOPS));
    const before = { proven: baseline(network, "proven"), worst: baseline(network, "worst") };
    const care = newlyLost(network, "care", before.proven, proven.state);
    const notice = newlyLost(network, "notice", before.proven, proven.state);
    const rows = new Map();
    const add = (node, row) => rows.set(node, [...(rows.get(node) || []), row]);
    const causes = (reading, node) => (reading.because.get(node) || {}).causes || [];
    network.nodes.forEach((_, node) => {
      const [sure, feared] = [proven.state[node], worst.state[node]];
      if (sure > before.proven[node])
        add(node, {
          outcome: WORD_OF_STATE[sure],
          atWorst: feared === sure ? null : WORD_OF_STATE[feared],
          sure: sureOf(node, sure),
          causes: causes(proven, node),
        });
      else if (feared > before.worst[node])
        add(node, { outcome: "unknown", atWorst: WORD_OF_STATE[feared], sure: null, causes: causes(worst, node) });
      if (sure !== STOPS && care.has(node))
        add(node, { outcome: "unowned", atWorst: null, sure: sureOfGates(node, "care"), causes: care.get(node) });
      if (sure !== STOPS && notice.has(node))
        add(node, { outcome: "muted", atWorst: null, sure: sureOfGates(node, "notice"), causes: notice.get(node) });
    });
    const holds = ({ gone, thing, stays }) =>
      proven.state[gone] === STOPS &&
      before.proven[gone] !== STOPS &&
      proven.state[thing] !== STOPS &&
      stays.every((heir) => worst.state[heir] !== STOPS);
    for (const { aside, sure } of silent(asides, holds, (node) => sureOf(node, STOPS)))
      add(aside.thing, { outcome: aside.outcome, atWorst: null, sure, causes: [aside.gone], aside });
    return { rows, proven, worst, before };
  };

  return Object.freeze({ answer, run, baseline, reliant, STOPS });
})();
