
/* The canvas: vis-network holds the view and says what was hit; lanes, links and boxes are painted here,
   since the library aims links at the middle of a box. Positions come with the data and never move. */
const drawingOf = (data, state, stage) => {
  const CONTROL = /[\u0000-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g;
  const marks = new Map(Object.entries(data.marks));
  const LOST = new Set(["stops", "starves", "later", "unknown"]);
  const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif';
  const nodes = new Map(data.nodes.map((node) => [node.id, node]));
  const lanes = new Map(data.lanes.map((lane) => [lane.lane, { ...lane, shift: 0 }]));
  const tags = new Map(data.words.map((words) => [words.outcome, words.tag]));
  const left = new Map(Object.entries(data.left));
  const folded = new Map();
  for (const node of data.nodes)
    if (node.within) folded.set(node.within, [...(folded.get(node.within) || []), node.id]);
  const spots = new Map(data.canvas.nodes.map((spot) => [spot.id, spot]));
  const ys = data.canvas.nodes.map((spot) => spot.y);
  const top = Math.min(0, ...ys) - 70, bottom = Math.max(0, ...ys) + 46;
  const ink = {};

  const readInk = () => {
    const style = getComputedStyle(document.documentElement);
    for (const name of ["bg", "ink", "mute", "lane", "edge", "person", "login", "login-fill", "service",
      "service-fill", "box", "system", "system-fill", "lost", "lost-fill", "tape", "tape-fill", "unowned",
      "unowned-fill", "pick"]) ink[name] = style.getPropertyValue(`--${name}`).trim();
  };

  /* What does not fit loses its middle: names that begin alike differ at their ends. */
  const shortened = new Map();
  const short = (ctx, text, width) => {
    const key = `${ctx.font}|${Math.round(width)}|${text}`;
    if (!shortened.has(key)) {
      let shown = text.replace(CONTROL, "");
      if (ctx.measureText(shown).width > width) {
        const letters = [...shown];
        let left = Math.min(letters.length, 120) - 1;
        const without = () => `${letters.slice(0, Math.ceil(left * 0.45)).join("").trimEnd()}…${letters.slice(letters.length - Math.floor(left * 0.55)).join("").trimStart()}`;
        while (left > 0 && ctx.measureText(without()).width > width) left -= 1;
        shown = without();
      }
      shortened.set(key, shown);
    }
    return shortened.get(key);
  };

  const rowsOf = (id) => (folded.get(id) || [id]).flatMap((one) => state.rows.get(one) || []);

  /* The one mark of a box: what leaving does to it, else what is wrong with it as it stands, else its badge. */
  const markOf = (node) => {
    const rows = rowsOf(node.id);
    for (const { outcome } of data.words) {
      const count = rows.filter((row) => row.outcome === outcome).length;
      if (count) return { kind: outcome, text: (folded.has(node.id) ? `${count} ` : "") + tags.get(outcome) };
    }
    if (node.risk) return { kind: node.risk, text: marks.get(node.risk) };
    if (marks.has(node.standing) && !folded.has(node.id))
      return { kind: node.standing, text: marks.get(node.standing) };
    return node.badges.length ? { kind: "badge", text: node.badges[0] } : null;
  };

  /* Never by colour alone: each state has its own dashes and a word. */
  const DASHES = {
    stops: [], starves: [6, 3], later: [10, 4], unknown: [3, 3], unowned: [2, 2], "owner-gone": [2, 2], muted: [2, 2], tape: [7, 3],
    "already-broken": [2, 3], "not-read": [3, 3], broken: [3, 3], "one-person": [12, 3, 2, 3],
    "maybe-one-person": [3, 3], "no-carer": [2, 2], "one-carer": [2, 2], "care-not-read": [3, 3],
  };
  const HUES = {
    tape: "tape", "one-person": "tape", "maybe-one-person": "tape",
    unowned: "unowned", "owner-gone": "unowned", muted: "unowned", "no-carer": "unowned", "one-carer": "unowned",
  };
  const MUTED = new Set(["badge", "not-read", "care-not-read", "refused", "moved", "survives"]);
  const UNSURE = new Set(["unknown", "not-read", "broken", "maybe-one-person", "care-not-read"]);
  const lookOf = (node, kind) => {
    const look = { fill: ink.box, line: ink.edge, width: 1.4, dash: [] };
    if (node.look === "login" || node.look === "shared") Object.assign(look, { fill: ink["login-fill"], line: ink.login });
    if (node.look === "service") Object.assign(look, { fill: ink["service-fill"], line: ink.service });
    if (node.look === "system") Object.assign(look, { fill: ink["system-fill"], line: ink.system });
    if (node.look === "shared" || node.off) look.dash = [5, 3];
    if (["stops", "starves", "later", "unknown", "already-broken", "broken"].includes(kind)) look.line = ink.lost;
    if (kind === "stops" || kind === "already-broken") look.fill = ink["lost-fill"];
    if (HUES[kind]) look.line = ink[HUES[kind]];
    if (DASHES[kind]) Object.assign(look, { dash: DASHES[kind], width: 2.2 });
    if (state.off.has(node.id)) Object.assign(look, { line: ink.lost, fill: ink["lost-fill"], width: 2.2 });
    return look;
  };

  const outline = (ctx, look, x, y, width, height) => {
    ctx.beginPath();
    if (look === "service") {
      ctx.moveTo(x + 10, y);
      for (const [px, py] of [[x + width - 10, y], [x + width, y + height / 2], [x + width - 10, y + height],
        [x + 10, y + height], [x, y + height / 2]]) ctx.lineTo(px, py);
      ctx.closePath();
    } else ctx.roundRect(x, y, width, height, { login: 16, shared: 16, link: 6, fold: 6 }[look] || 3);
  };

  const cross = (ctx, x, y) => {
    ctx.beginPath();
    ctx.moveTo(x - 5, y - 5); ctx.lineTo(x + 5, y + 5); ctx.moveTo(x + 5, y - 5); ctx.lineTo(x - 5, y + 5);
    ctx.setLineDash([]); ctx.lineWidth = 3; ctx.lineCap = "round"; ctx.strokeStyle = ink.lost;
    ctx.stroke();
    ctx.lineCap = "butt";
  };

  const paintMark = (ctx, mark, right, y) => {
    const hue = HUES[mark.kind], paper = hue && mark.kind !== "maybe-one-person" ? `${hue}-fill` : "box";
    ctx.font = `700 10px ${FONT}`;
    const text = short(ctx, mark.text, 74), width = ctx.measureText(text).width + 12;
    ctx.beginPath();
    ctx.roundRect(right - width, y - 8, width, 16, 8);
    ctx.fillStyle = ink[paper];
    ctx.fill();
    ctx.setLineDash(UNSURE.has(mark.kind) ? [3, 2] : []);
    ctx.lineWidth = 1;
    ctx.strokeStyle = ctx.fillStyle = ink[hue || (MUTED.has(mark.kind) ? "mute" : "lost")];
    ctx.stroke();
    ctx.setLineDash([]);
    ctx.textAlign = "center";
    ctx.fillText(text, right - width / 2, y + 3.5);
    return width + 8;
  };

  const hatch = (ctx, x, y, width, height) => {
    ctx.save();
    ctx.clip();
    ctx.globalAlpha *= 0.35;
    ctx.beginPath();
    for (let at = x - height; at < x + width; at += 9) { ctx.moveTo(at, y + height); ctx.lineTo(at + height, y); }
    ctx.lineWidth = 1; ctx.strokeStyle = ink.mute;
    ctx.stroke();
    ctx.restore();
  };

  const paintPerson = (ctx, node, x, y) => {
    const gone = state.off.has(node.id), hollow = gone || node.off;
    ctx.beginPath();
    ctx.arc(x, y, 17, 0, 7);
    ctx.fillStyle = hollow ? ink.box : ink.person;
    ctx.fill();
    ctx.setLineDash(hollow ? [3, 2.5] : []);
    ctx.lineWidth = node.id === state.selected ? 4 : 2;
    ctx.strokeStyle = node.id === state.selected ? ink.pick : gone ? ink.lost : ink.person;
    ctx.stroke();
    ctx.setLineDash([]);
    ctx.textAlign = "center";
    ctx.fillStyle = hollow ? (gone ? ink.lost : ink.person) : ink.bg;
    ctx.font = `700 ${node.initials ? 10 : 11}px ${FONT}`;
    const words = node.name.replace(CONTROL, "").split(/\s+/).filter(Boolean).slice(0, 2);
    ctx.fillText(node.initials || words.map((word) => [...word][0]).join("").toUpperCase(), x, y + 4);
    ctx.fillStyle = gone ? ink.lost : ink.ink;
    ctx.font = `12px ${FONT}`;
    ctx.fillText(short(ctx, node.name + (gone ? " (gone)" : left.has(node.id) ? " (left)" : node.off ? " (no login in use)" : ""), 124), x, y + 31);
    if (gone) cross(ctx, x + 14, y - 14);
  };

  /* The second line of a box. What a fold holds is told as it stands only while nothing of it changes. */
  const lineOf = (node) => {
    const hit = (folded.get(node.id) || []).filter((id) => state.rows.has(id));
    if (!hit.length) return node.sub;
    const changed = hit.filter((id) => rowsOf(id).some((row) => row.outcome !== "survives")).length;
    return `${changed || "none"} of them ${changed > 1 ? "change" : "changes"}`;
  };

  const paintBox = (ctx, node, x, y, width, height) => {
    const mark = markOf(node), under = lineOf(node), up = y - height / 2;
    const look = lookOf(node, mark ? mark.kind : node.look === "fold" ? node.standing : null);
    if (node.look === "fold") for (const step of [6, 3]) {
      outline(ctx, node.look, x + step, up + step, width, height);
      ctx.fillStyle = ink.box; ctx.fill(); ctx.lineWidth = 1; ctx.strokeStyle = ink.edge; ctx.stroke();
    }
    outline(ctx, node.look, x, up, width, height);
    ctx.fillStyle = look.fill;
    ctx.fill();
    if (mark && mark.kind === "not-read") { hatch(ctx, x, up, width, height); outline(ctx, node.look, x, up, width, height); }
    ctx.setLineDash(look.dash);
    ctx.lineWidth = look.width;
    ctx.strokeStyle = look.line;
    ctx.stroke();
    ctx.setLineDash([]);
    if (node.id === state.selected) {
      outline(ctx, node.look, x - 3, up - 3, width + 6, height + 6);
      ctx.lineWidth = 3; ctx.strokeStyle = ink.pick; ctx.stroke();
    }
    if (node.important || node.look === "system") {
      ctx.fillStyle = node.look === "system" ? ink.system : ink.ink;
      ctx.fillRect(x, up, 5, height);
    }
    const told = mark && mark.kind === "not-read" && node.lane === "logins"; /* by the hatching and by its second line */
    const taken = mark && !told ? paintMark(ctx, mark, x + width - (node.look === "service" ? 12 : 8), y) : 0;
    const room = width - 22 - taken;
    ctx.textAlign = "left";
    ctx.fillStyle = ink.ink;
    ctx.font = `${node.look === "system" ? 600 : 400} 12.5px ${FONT}`;
    ctx.fillText(short(ctx, node.name, room), x + 14, under ? y - 1.5 : y + 4.5);
    if (under) {
      ctx.fillStyle = ink.mute;
      ctx.font = `10.5px ${FONT}`;
      ctx.fillText(short(ctx, under, room), x + 14, y + 11.5);
    }
    if ((mark && (mark.kind === "stops" || mark.kind === "already-broken")) || state.off.has(node.id))
      cross(ctx, x + width - 3, up + 2);
  };

  const paintNode = ({ ctx, id, x, y }) => {
    const node = nodes.get(id), [width, height] = data.sizes[node.look];
    const drawNode = () => {
      ctx.save();
      ctx.globalAlpha = state.keep && !state.keep.has(id) ? 0.3 : 1;
      ctx.textBaseline = "alphabetic";
      if (node.look === "person") paintPerson(ctx, node, x, y);
      else paintBox(ctx, node, x - width / 2, y, width, height);
      ctx.restore();
    };
    return { drawNode, nodeDimensions: { width, height } };
  };

  const ports = (line) => {
    const [from, to] = [spots.get(line.from), spots.get(line.to)];
    const half = (id) => data.sizes[nodes.get(id).look][0] / 2;
    const x1 = from.x + half(line.from), x2 = to.x - half(line.to);
    if (x2 < x1) {
      const end = to.x + half(line.to), bend = Math.max(x1, end) + 36;
      return [x1, from.y, bend, bend, end, to.y];
    }
    return [x1, from.y, (x1 + x2) / 2, (x1 + x2) / 2, x2, to.y];
  };

  const lostLine = (line) => {
    const hit = (id) => state.off.has(id) || rowsOf(id).some((row) => LOST.has(row.outcome));
    return hit(line.from) && hit(line.to);
  };

  const paintLine = (ctx, line) => {
    const [x1, y1, c1, c2, x2, y2] = ports(line);
    const touched = line.from === state.selected || line.to === state.selected;
    const style = lostLine(line) ? "left" : line.style;
    const [colour, width, dash] = {
      managed: [ink.edge, 1.3, []], tape: [ink.tape, 2.2, [7, 4]], inferred: [ink.edge, 1.3, [12, 5]],
      left: [ink.lost, 2.5, [2, 5]], origin: [ink.pick, 1.8, [1, 4]],
    }[style];
    ctx.globalAlpha = state.keep && !(state.keep.has(line.from) && state.keep.has(line.to)) ? 0.18 : 1;
    ctx.beginPath();
    ctx.moveTo(x1, y1);
    ctx.bezierCurveTo(c1, y1, c2, y2, x2, y2);
    ctx.setLineDash(dash);
    ctx.lineCap = style === "left" || style === "origin" ? "round" : "butt";
    ctx.lineWidth = width + (touched ? 0.8 : 0);
    ctx.strokeStyle = colour;
    ctx.stroke();
    ctx.setLineDash([]);
    if (nodes.get(line.to).lane !== "logins") {
      const way = x2 >= c2 ? 1 : -1;
      ctx.beginPath();
      ctx.moveTo(x2, y2); ctx.lineTo(x2 - 7 * way, y2 - 3.5); ctx.lineTo(x2 - 7 * way, y2 + 3.5);
      ctx.closePath();
      ctx.fillStyle = colour;
      ctx.fill();
    }
    const badge = [line.links.length > 1 ? `${line.links.length}×` : "", style === "inferred" ? "?" : "",
      touched ? data.links[line.links[0]].badge : ""].filter(Boolean).join(" ");
    if (!badge) return;
    ctx.font = `700 10px ${FONT}`;
    ctx.textAlign = "center";
    ctx.lineWidth = 4; ctx.strokeStyle = ink.lane;
    ctx.strokeText(badge, (x1 + 3 * c1 + 3 * c2 + x2) / 8, (y1 + y2) / 2 + 3.5);
    ctx.fillStyle = ink.mute;
    ctx.fillText(badge, (x1 + 3 * c1 + 3 * c2 + x2) / 8, (y1 + y2) / 2 + 3.5);
  };

  const weight = (line) => (line.from === state.selected || line.to === state.selected ? 4 : 0)
    + (lostLine(line) ? 3 : { left: 2, tape: 1 }[line.style] || 0);

  const paintUnder = (ctx) => {
    ctx.save();
    ctx.fillStyle = ink.lane;
    for (const lane of lanes.values()) {
      ctx.beginPath();
      ctx.roundRect(lane.x + lane.shift, top, lane.width, bottom - top, 12);
      ctx.fill();
    }
    const shown = data.canvas.edges.filter((line) => line.style !== "origin"
      || line.from === state.selected || line.to === state.selected);
    for (const line of shown.sort((a, b) => weight(a) - weight(b))) paintLine(ctx, line);
    ctx.restore();
  };

  /* Lane titles stay in sight while the lanes scroll under them. */
  const paintTitles = (ctx) => {
    const line = Math.max(top, Math.min(network.DOMtoCanvas({ x: 0, y: 0 }).y, bottom - 40));
    ctx.save();
    for (const lane of lanes.values()) {
      ctx.fillStyle = ink.lane;
      ctx.beginPath();
      ctx.roundRect(lane.x + lane.shift, line, lane.width, 32, 12);
      ctx.fill();
      ctx.fillStyle = ink.mute;
      ctx.font = `600 13px ${FONT}`;
      ctx.textAlign = "left";
      ctx.fillText(short(ctx, lane.title, lane.width - 24), lane.x + lane.shift + 12, line + 21);
    }
    ctx.restore();
  };

  readInk();
  const dataset = new vis.DataSet(data.canvas.nodes.map(({ id, x, y }) => ({ id, x, y })));
  const options = { ...data.canvas.options, autoResize: true };
  options.nodes = { ...options.nodes, ctxRenderer: paintNode };
  const network = new vis.Network(stage, { nodes: dataset, edges: [] }, options);
  network.on("beforeDrawing", paintUnder);
  network.on("afterDrawing", paintTitles);

  /* Wide windows pull the lanes apart, up to 1.45 times. */
  const stretch = (scale) => {
    const all = [...lanes.values()], last = all[all.length - 1];
    const wide = last.x + last.width + 14;
    const factor = Math.max(1, Math.min(1.45, stage.clientWidth / scale / wide));
    const moved = [];
    for (const lane of all) lane.shift = (lane.x - all[0].x) * (factor - 1);
    for (const spot of data.canvas.nodes) {
      const shift = lanes.get(nodes.get(spot.id).lane).shift;
      spots.set(spot.id, { ...spot, x: spot.x + shift });
      moved.push({ id: spot.id, x: spot.x + shift });
    }
    dataset.update(moved);
    return wide + last.shift;
  };

  /* `whole`: everything in view, however small; else never so small that it cannot be read. */
  let everything = false;
  const fit = (whole = false) => {
    everything = whole;
    const { clientWidth: width, clientHeight: height } = stage;
    const all = [...lanes.values()], last = all[all.length - 1];
    const scale = Math.max(whole ? 0.02 : 0.75, Math.min(1.1, height / (bottom - top), width / (last.x + last.width + 14)));
    const wide = stretch(scale);
    const x = wide * scale > width ? width / 2 / scale : wide / 2;
    const y = (bottom - top) * scale > height ? top + height / 2 / scale : (top + bottom) / 2;
    network.moveTo({ position: { x, y }, scale, animation: false });
  };

  const view = () => ({ ...network.getViewPosition(), scale: network.getScale() });
  const zoom = (factor) => network.moveTo({ scale: Math.max(0.2, Math.min(4, view().scale * factor)) });
  const pan = (dx, dy) => {
    const { x, y, scale } = view();
    network.moveTo({ position: { x: x + dx / scale, y: y + dy / scale } });
  };

  /* Bring a thing into sight, and leave the view alone when it is there already. */
  const reveal = (id) => {
    const spot = spots.get(id);
    if (!spot) return;
    const { x, y } = network.canvasToDOM(spot), margin = 60;
    const out = (at, size) => (at < margin ? at - margin : at > size - margin ? at - size + margin : 0);
    pan(out(x, stage.clientWidth), out(y, stage.clientHeight));
  };

  const below = () => {
    const end = network.DOMtoCanvas({ x: 0, y: stage.clientHeight }).y;
    return data.canvas.nodes.filter((spot) => spot.y > end).length;
  };

  stage.addEventListener("wheel", (event) => {
    event.preventDefault();
    if (event.ctrlKey || event.metaKey) zoom(event.deltaY < 0 ? 1.12 : 0.89);
    else pan(event.deltaX, event.deltaY);
  }, { passive: false, capture: true });

  return {
    fit, zoom, reveal, markOf, lineOf, below,
    refit: () => fit(everything),
    turn: () => pan(0, stage.clientHeight * 0.8),
    on: (name, act) => network.on(name, act),
    at: (id) => network.canvasToDOM(spots.get(id)),
    redraw: () => network.redraw(),
    recolour: () => { readInk(); network.redraw(); },
  };
};
