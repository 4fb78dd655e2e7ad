"use strict";

/* What breaks when people leave: one fixpoint loop over stackmap.gates/1. It knows no names and no page. */
const solver = (() => {
  const STOPS = 3;
  const WORD_OF_STATE = [null, "later", "starves", "stops"];

  const needed = (gate, reading) => (gate.assumed && reading === "worst" ? gate.members.length : gate.need);

  const passed = ([member, cap, , unknown], state, reading) =>
    unknown && reading === "proven" ? 0 : Math.min(cap, state[member]);

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
      for (const node of (network.seeds[leaver] || {})[reading] || [])
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

  /* The answer per node index: rows of {outcome, atWorst, causes}. Rows are as few as the reader needs. */
  const answer = (network, asides, leavers, waiting = reliant(network)) => {
    const proven = run(network, waiting, leavers, "proven");
    const worst = run(network, waiting, leavers, "worst");
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
          causes: causes(proven, node),
        });
      else if (feared > before.worst[node])
        add(node, { outcome: "unknown", atWorst: WORD_OF_STATE[feared], causes: causes(worst, node) });
      if (sure !== STOPS && care.has(node)) add(node, { outcome: "unowned", atWorst: null, causes: care.get(node) });
      if (sure !== STOPS && notice.has(node)) add(node, { outcome: "muted", atWorst: null, causes: notice.get(node) });
    });
    for (const [node, thing, outcome, text, heirs] of asides)
      if (
        proven.state[node] === STOPS &&
        before.proven[node] !== STOPS &&
        proven.state[thing] !== STOPS &&
        heirs.every((heir) => worst.state[heir] !== STOPS)
      )
        add(thing, { outcome, atWorst: null, causes: [node], text });
    return { rows, proven, worst, before };
  };

  return Object.freeze({ answer, run, baseline, reliant, STOPS });
})();
