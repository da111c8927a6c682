// Looks for entries in the folder's own index, if there is one (`tracker report --search-index`): one Pagefind index a
// state. Every choice is a link, so that its address can be shared; they are those of the page that the daemon serves.
"use strict";
(function () {
  var FEW = 8; // states that are searched together; each costs some 100 KB
  var BROWSED = 2000; // entries that are listed without a question: it takes the whole index (3 MB of 25,000)
  var A_PAGE = 20, SHOWN = 8, MOST_CHOICES = 80;
  var MOST_TERMS = 16; // words and phrases that are looked for, as in searching.py
  var ROOT = 3; // letters that a word has in common with the one that was typed, at least
  var MOST_WAYS = 8; // ways of writing what was typed that are looked for; the index is asked for each by itself
  var LEAST_LETTERS = 4, APART = 2; // of a word that may be mistyped; letters that it may be off
  var QUOTED = 54; // words of a quote that are shown: some three lines
  var KNOWN = ["q", "state", "place", "topic", "stage", "effect", "direction", "year", "sure", "order", "page"];
  var FACETS = KNOWN.slice(1, 9);
  var NO_DAY = "0000-00-00";
  var form = document.getElementById("find"), told = document.getElementById("told");
  var found = document.getElementById("found"), heading = document.getElementById("answers");
  if (!form || !window.fetch) return;
  if (location.protocol === "file:") {
    told.textContent = "Opened from a file, browsers forbid a search for words. Places are found by name here; words are found where tracker run, or another web server, serves this folder.";
    return;
  }
  var SAME = JSON.parse(found.dataset.same); // lists of names that mean the same (spellings.toml)
  var home = new URL("index/", location.href.replace(/[?#].*/, ""));
  var params = [];
  new URLSearchParams(location.search).forEach(function (value, name) {
    value = value.trim().slice(0, 300);
    if (KNOWN.indexOf(name) >= 0 && value) params.push([name, value]);
  });

  function values(name) {
    return params.filter(function (pair) { return pair[0] === name; }).map(function (pair) { return pair[1]; });
  }
  function address(pairs) {
    return pairs.length ? "?" + new URLSearchParams(pairs).toString() : "./";
  }
  function without(names) {
    return params.filter(function (pair) { return names.indexOf(pair[0]) < 0; });
  }
  function element(name, text, attributes) {
    var made = document.createElement(name);
    made.textContent = text || "";
    Object.keys(attributes || {}).forEach(function (key) { made.setAttribute(key, attributes[key]); });
    return made;
  }
  function count(number, one, many) {
    return number.toLocaleString("en-US") + " " + (number === 1 ? one : many);
  }
  // Asks the server whether it is still so: a browser that keeps the list would look for folders that are gone.
  function answer(path) {
    return fetch(new URL(path, home), { cache: "no-cache" }).then(function (got) {
      if (!got.ok) throw new Error(path + ": " + got.status);
      return got.json();
    });
  }
  // The states that a place is in, or that were chosen.
  function wanted() {
    var codes = values("place").map(function (id) { return (id.match(/\/(?:state|district|territory):(\w\w)/) || [])[1]; });
    return codes.concat(values("state")).filter(Boolean).map(function (code) { return code.toLowerCase(); });
  }
  function filters() {
    var asked = {};
    FACETS.forEach(function (name) {
      if (name !== "state" && values(name).length) asked[name] = { any: values(name) };
    });
    return asked;
  }

  // One index after the other is asked; what they answer is merged here, since Pagefind merges by score only.
  function load(state) {
    var base = new URL(state.folder + "/", home);
    return Promise.all([import(new URL("pagefind.js", base).href), answer(state.folder + "/labels.json")]).then(function (got) {
      var index = got[0].createInstance({ basePath: base.pathname, noWorker: true });
      var words = function () { return answer(state.folder + "/words.json"); };
      return { index: index, labels: got[1], words: words };
    });
  }
  // What was typed, read as the daemon reads it (searching.py): once for each way of writing it, since the index knows of
  // no other spellings. `without`: what must not be there, in any spelling.
  function understood(typed) {
    var terms, without = [];
    typed = typed.replace(/[“”„‟«»]/g, '"').replace(/[‐‑‒–—―−－]/g, "-");
    terms = (typed.match(/-?"[^"]*"?|\S+/g) || []).slice(0, MOST_TERMS);
    terms.filter(function (term) { return term[0] === "-"; }).forEach(function (term) {
      if (trimmed(term)) without = without.concat(ways(trimmed(term)));
    });
    var kept = terms.filter(function (term) { return term[0] !== "-"; }).join(" ");
    var asked = ways(kept).map(function (way) { return question(way, without); });
    return { ways: asked, without: without, any: asked[0].base !== null, counts: asked.length === 1 && asked[0].counts };
  }
  function trimmed(term) {
    return term.replace(/"/g, " ").replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "");
  }
  // Pagefind takes words, or one phrase: what else must be there (`exact`) or must not is looked for by itself, and then
  // kept or taken away. Of that it counts no facets (`counts`). Each word of `words` must be known: of several, Pagefind
  // passes over others.
  function question(text, without) {
    var words = [], phrases = [];
    (text.match(/"[^"]*"?|\S+/g) || []).forEach(function (term) {
      if (trimmed(term)) (term[0] === '"' ? phrases : words).push(trimmed(term));
    });
    var single = phrases.length === 1 && !words.length;
    var exact = single ? [] : phrases, all = words.concat(phrases);
    return {
      base: single ? quoted(phrases[0]) : all.join(" ") || null, exact: exact, without: without,
      words: words, counts: !(exact.length || without.length)
    };
  }
  // The text, and the other ways of writing it. Pagefind itself takes 287(g) for 287g.
  function ways(text) {
    var found = [text];
    SAME.forEach(function (names) {
      var name = names.find(function (one) { return pattern(one).test(text); });
      if (!name) return;
      var others = names.filter(function (other) { return other !== name; });
      found = found.concat(flat(found.map(function (way) {
        return others.map(function (other) { return way.replace(pattern(name), other); });
      })));
    });
    return found.slice(0, MOST_WAYS);
  }
  function pattern(name) {
    return new RegExp("(?<![\\p{L}\\p{N}])" + name.replace(/ /g, "[\\s-]+") + "s?(?![\\p{L}\\p{N}])", "iu");
  }
  function quoted(text) {
    return '"' + text + '"';
  }
  async function ids(index, text) {
    return new Set((await index.search(quoted(text))).results.map(function (result) { return result.id; }));
  }
  function plain(text) {
    return (text || "").normalize("NFKD").replace(/[^\p{L}\p{N}]/gu, "").toLowerCase();
  }
  // Whether a word stands somewhere: for one that it does not know, Pagefind finds shorter ones ("a" for "agreement").
  async function isKnown(index, word) {
    var first = (await index.search(word)).results[0], root = plain(word).slice(0, ROOT);
    if (!first) return false;
    var data = await first.data(), words = data.content.split(/\s+/);
    return data.locations.some(function (at) { return plain(words[at]).indexOf(root) >= 0; });
  }
  // The answers of an index: one sorted list for each way of writing what was typed, none of them twice.
  async function searchOne(index, asked, options) {
    var lists = [], filters = [], seen = new Set();
    for (var way of asked.ways) {
      var got = await searchWay(index, way, options);
      lists.push(got.results.filter(function (result) { return !seen.has(result.id); }));
      got.results.forEach(function (result) { seen.add(result.id); });
      filters.push(got.filters);
    }
    return { lists: lists, filters: filters, number: seen.size };
  }
  async function searchWay(index, asked, options) {
    for (var word of asked.words) if (!(await isKnown(index, word))) return { results: [], filters: {} };
    var got = await index.search(asked.base, options), results = got.results;
    for (var phrase of asked.exact) {
      var there = await ids(index, phrase);
      results = results.filter(function (result) { return there.has(result.id); });
    }
    for (var left of asked.without) {
      var gone = await ids(index, left);
      results = results.filter(function (result) { return !gone.has(result.id); });
    }
    return { results: results, filters: got.filters };
  }
  function search(loaded, asked, latest) {
    var options = { filters: filters() };
    if (latest) options.sort = { day: "desc" };
    return Promise.all(loaded.map(function (one) { return searchOne(one.index, asked, options); }));
  }
  function key(result, latest) {
    if (!latest) return Promise.resolve(result.score);
    return result.data().then(function (data) { return data.meta.days === undefined ? NO_DAY : data.meta.days; });
  }
  // The answers from..to of all lists, each of which is sorted.
  async function merged(lists, latest, from, to) {
    var heads = [], taken = [];
    for (var list of lists) if (list.length) heads.push({ list: list, at: 0, key: await key(list[0], latest) });
    while (heads.length && taken.length < to) {
      var best = heads.reduce(function (one, other) { return other.key > one.key ? other : one; });
      taken.push(best.list[best.at]);
      best.at += 1;
      if (best.at < best.list.length) best.key = await key(best.list[best.at], latest);
      else heads.splice(heads.indexOf(best), 1);
    }
    return Promise.all(taken.slice(from).map(function (result) { return result.data(); }));
  }
  function flat(lists) {
    return [].concat.apply([], lists);
  }
  function sum(parts) {
    var all = {};
    parts.forEach(function (part) {
      Object.keys(part).forEach(function (value) { all[value] = (all[value] || 0) + part[value]; });
    });
    return all;
  }

  function marked(into, words, from, to, hits) {
    for (var at = from; at < to; at += 1) {
      into.append(hits.has(at) ? element("mark", words[at]) : words[at], at + 1 < to ? " " : "");
    }
  }
  // The title ends the text of an entry.
  function title(into, data) {
    var words = data.content.split(/\s+/), own = data.meta.title.trim().split(/\s+/), from = words.length - own.length;
    marked(into, words.slice(0, from).concat(own), from, words.length, new Set(data.locations));
  }
  // The quote that answers, or the first; its words are counted out, since the index has other words of the entry too.
  function quote(into, data) {
    var words = data.content.split(/\s+/), begin = 0, pieces = [], hits = new Set(data.locations);
    (data.meta.quotes || "").split(" ").filter(Boolean).forEach(function (length) {
      var piece = { begin: begin, end: begin + Number(length), hits: [] };
      for (var at = piece.begin; at < piece.end; at += 1) if (hits.has(at)) piece.hits.push(at);
      pieces.push(piece);
      begin = piece.end;
    });
    var best = pieces.reduce(function (one, other) { return other.hits.length > one.hits.length ? other : one; }, pieces[0]);
    into.hidden = !best;
    if (!best) return;
    var start = best.begin;
    if (best.hits.length && best.end - start > QUOTED) start = Math.max(start, Math.min(best.hits[0] - QUOTED / 3, best.end - QUOTED));
    var end = Math.min(best.end, start + QUOTED);
    if (start > best.begin) into.append("… ");
    marked(into, words, start, end, hits);
    if (end < best.end) into.append(" …");
  }
  function today() {
    var now = new Date();
    return new Date(now.getTime() - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
  }
  function stageWords(stage, days, effect) {
    var said = document.querySelector('template[data-stage="' + stage + '"]').dataset.said;
    if (stage === "effective" && effect === "ends") said = "End took effect";
    if (!days || days.slice(0, 10) === NO_DAY) return said;
    if (stage === "effective" && days.slice(11) >= today()) return said.replace("took", "takes").replace("Took", "Takes");
    return stage === "rescinded" && days.slice(0, 10) > today() ? "Ends" : said;
  }
  function line(data, labels) {
    var item = document.getElementById("answer").content.firstElementChild.cloneNode(true);
    var stage = data.filters.stage[0], place = data.filters.place[0];
    function at(query) { return item.querySelector(query); }
    item.classList.add(stage);
    at(".point").append(document.querySelector('template[data-stage="' + stage + '"]').content.cloneNode(true));
    at(".stage span").textContent = stageWords(stage, data.meta.days, (data.filters.effect || [])[0]);
    at(".when").textContent = data.meta.when;
    if (data.filters.direction) at(".stage").append(" ", element("span", labels.direction[data.filters.direction[0]], { class: "quiet" }));
    title(at(".headline a"), data);
    at(".headline a").href = found.dataset.root + data.raw_url.replace(/^\//, "");
    quote(at(".said"), data);
    at(".where a").textContent = labels.place[place];
    at(".where a").href = address([["place", place]]);
    at(".topic").textContent = labels.topic[data.filters.topic[0]];
    at(".sure").textContent = labels.sure[data.filters.sure[0]];
    return item;
  }

  function label(labels, facet, value) {
    return (labels[facet] || {})[value] || value;
  }
  function inOrder(section, numbers, labels) {
    var kept = section.dataset.values.split(" ").filter(Boolean), facet = section.dataset.facet;
    return Object.keys(numbers).sort(function (one, other) {
      if (facet === "year") return one < other ? 1 : -1;
      if (kept.length) return kept.indexOf(one) - kept.indexOf(other);
      return numbers[other] - numbers[one] || (label(labels, facet, one) < label(labels, facet, other) ? -1 : 1);
    });
  }
  function choice(facet, value, number, labels) {
    var is = values(facet).indexOf(value) >= 0, rest = without(["page"]);
    var there = is ? rest.filter(function (pair) { return pair[0] !== facet || pair[1] !== value; }) : rest.concat([[facet, value]]);
    var link = element("a", "", { href: address(there), rel: "nofollow" }), figure = element("span", "", { class: "number" });
    if (is) {
      link.setAttribute("aria-current", "true");
      figure.append(element("span", "chosen: take it away, ", { class: "unseen" }));
    }
    figure.append(number === null ? "" : number.toLocaleString("en-US"));
    link.append(element("span", label(labels, facet, value)), " ", figure);
    var item = element("li");
    item.append(link);
    return item;
  }
  // Places come with a state: of many they would be a list of all. `counted`: the numbers are those of the answers.
  function offer(section, numbers, labels, states, counted) {
    var facet = section.dataset.facet, chosen = values(facet), lists = section.querySelectorAll("ul");
    chosen.forEach(function (value) { numbers[value] = numbers[value] || 0; });
    var order = inOrder(section, numbers, labels).filter(function (value) { return numbers[value] !== 0 || chosen.indexOf(value) >= 0; });
    if (facet === "place" && !chosen.length && !values("state").length && states > 1) return;
    if (order.length < 2 && !chosen.length) return;
    order.slice(0, MOST_CHOICES).forEach(function (value, at) {
      var first = at < SHOWN || chosen.indexOf(value) >= 0;
      lists[first ? 0 : 1].append(choice(facet, value, counted ? numbers[value] : null, labels));
    });
    var more = lists[1].children.length;
    section.querySelector("details").hidden = !more;
    section.querySelector("summary").textContent = more + " more";
    section.hidden = false;
  }
  function narrowed(labels) {
    var list = found.querySelector(".chosen");
    FACETS.forEach(function (facet) {
      var title = found.querySelector('[data-facet="' + facet + '"] h3').textContent;
      values(facet).forEach(function (value) {
        var rest = without(["page"]).filter(function (pair) { return pair[0] !== facet || pair[1] !== value; });
        var link = element("a", title + ": " + label(labels, facet, value) + " ", { href: address(rest), rel: "nofollow" });
        link.append(element("span", "×", { "aria-hidden": "true" }), element("span", " (take away)", { class: "unseen" }));
        var item = element("li");
        item.append(link);
        list.append(item);
        list.hidden = false;
      });
    });
  }
  function order(ranked, latest, any) {
    var line = found.querySelector(".order"), link = line.querySelector("a");
    line.hidden = !any;
    line.querySelector("span").textContent = latest ? "The latest first." : "The best first.";
    link.hidden = !ranked;
    link.textContent = latest ? "Show the best first" : "Show the latest first";
    link.href = address(without(["order", "page"]).concat(latest ? [] : [["order", "latest"]]));
  }
  function pages(total, now) {
    var nav = found.querySelector(".parts");
    function add(number, text, rel) {
      nav.append(element("a", text, { href: address(without(["page"]).concat([["page", number]])), rel: rel + " nofollow" }));
      nav.hidden = false;
    }
    if (now > 1) add(now - 1, "‹ Before", "prev");
    if (now * A_PAGE < total) add(now + 1, "Next ›", "next");
  }

  function gaps(states, asked) {
    var missing = states.filter(function (state) { return !state.folder; });
    var short = asked.filter(function (state) { return state.left_out; });
    var said = missing.length ? "Not in the index just now: " + missing.map(function (state) { return state.name; }).join(", ") + "." : "";
    short.forEach(function (state) {
      said += " Of " + state.name + ", " + count(state.left_out, "entry", "entries") + " that were reported longest ago cannot be found by words.";
    });
    told.textContent = said.trim();
    told.hidden = !said;
  }
  function prepare() {
    form.hidden = false;
    form.elements.q.value = values("q")[0] || "";
    without(["q", "page"]).forEach(function (pair) {
      form.append(element("input", "", { type: "hidden", name: pair[0], value: pair[1] }));
    });
    found.hidden = false;
  }
  function names(states) {
    return { state: Object.fromEntries(states.map(function (state) { return [state.code, state.name]; })) };
  }
  // Which state, where there are many: each index would have to be fetched.
  function ask(states) {
    heading.textContent = "Choose a state to search in";
    var section = found.querySelector('[data-facet="state"]'), lists = section.querySelectorAll("ul");
    states.forEach(function (state) { lists[0].append(choice("state", state.code, null, names(states))); });
    section.hidden = false;
    form.querySelector("button").disabled = true;
  }
  async function show(states) {
    var words = values("q")[0] || "", asked = understood(words);
    var latest = !asked.any || values("order")[0] === "latest";
    heading.textContent = "Looking …";
    var loaded = await Promise.all(states.map(load));
    var labels = names(states);
    loaded.forEach(function (one) {
      Object.keys(one.labels).forEach(function (facet) { labels[facet] = Object.assign(labels[facet] || {}, one.labels[facet]); });
    });
    document.title = words ? words + ": " + document.title : document.title;
    narrowed(labels);
    var entries = states.reduce(function (all, state) { return all + state.entries; }, 0);
    if (!asked.any && entries > BROWSED && !Object.keys(filters()).length) {
      heading.textContent = count(entries, "entry", "entries") + " to search in";
      found.querySelector(".few").hidden = !asked.without.length;
      return offerAll(await Promise.all(loaded.map(function (one) { return one.index.filters(); })), labels, states.length, true);
    }
    await list(await search(loaded, asked, latest), asked.any, latest, labels);
    // Counting by facets takes Pagefind ten times as long as searching: the answers stand there meanwhile.
    await Promise.all(loaded.map(function (one) { return one.index.filters(); }));
    await new Promise(function (ready) { setTimeout(ready, 50); }); // so that they are painted
    var counted = await search(loaded, asked, latest);
    if (asked.any && !counted.some(function (one) { return one.number; })) await offerNearest(words, loaded, latest);
    var answering = counted.filter(function (one) { return one.number; }).length;
    offerAll(flat(counted.map(function (one) { return one.filters; })), labels, answering, asked.counts);
  }
  // The nearest known word for each that nothing has, if that finds something.
  async function offerNearest(typed, loaded, latest) {
    var known = new Set(flat(await Promise.all(loaded.map(function (one) { return one.words(); }))));
    var given = typed.replace(/[\p{L}\p{N}]+/gu, function (word) {
      return plain(word).length < LEAST_LETTERS || known.has(plain(word)) ? word : nearest(plain(word), known) || word;
    });
    if (given === typed) return;
    var got = await search(loaded, understood(given), latest);
    if (!got.some(function (one) { return one.number; })) return;
    var line = found.querySelector(".meant"), link = line.querySelector("a");
    link.textContent = given;
    link.href = address([["q", given]].concat(without(["q", "page"])));
    line.hidden = false;
  }
  function nearest(word, known) {
    var best = "", least = Math.min(APART, Math.floor(word.length / LEAST_LETTERS)) + 1;
    known.forEach(function (other) {
      if (other[0] !== word[0] || Math.abs(other.length - word.length) >= least) return;
      var apart = distance(word, other);
      if (apart < least) {
        least = apart;
        best = other;
      }
    });
    return best;
  }
  // Letters that are to be added, left out or exchanged, two neighbours that changed places as one (Damerau).
  function distance(one, other) {
    var rows = [Array.from({ length: other.length + 1 }, function (_, at) { return at; })];
    for (var i = 1; i <= one.length; i += 1) {
      rows.push([i]);
      for (var j = 1; j <= other.length; j += 1) {
        var cost = one[i - 1] === other[j - 1] ? 0 : 1;
        rows[i][j] = Math.min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + cost);
        if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
      }
    }
    return rows[one.length][other.length];
  }
  function offerAll(parts, labels, states, counted) {
    found.querySelectorAll("[data-facet]").forEach(function (section) {
      offer(section, sum(parts.map(function (part) { return part[section.dataset.facet] || {}; })), labels, states, counted);
    });
  }
  async function list(got, ranked, latest, labels) {
    var page = Math.max(1, parseInt(values("page")[0], 10) || 1);
    var lists = flat(got.map(function (one) { return one.lists; }));
    var total = lists.reduce(function (all, some) { return all + some.length; }, 0);
    var shown = await merged(lists, latest, (page - 1) * A_PAGE, page * A_PAGE);
    heading.textContent = total ? count(total, "entry", "entries") : "Nothing found";
    order(ranked, latest, total > 0);
    var lines = found.querySelector(".changes");
    lines.start = (page - 1) * A_PAGE + 1;
    lines.append.apply(lines, shown.map(function (data) { return line(data, labels); }));
    lines.hidden = !shown.length;
    found.querySelector(".empty").hidden = total > 0;
    pages(total, page);
  }
  function failed(error) {
    heading.textContent = "The search failed";
    told.textContent = "The index could not be loaded. It may have been made anew just now: load the page again.";
    told.hidden = false;
    if (window.console) console.warn(error);
  }
  answer("states.json").then(function (list) {
    var states = list.states, there = states.filter(function (state) { return state.folder; }), codes = wanted();
    if (!there.length) {
      told.textContent = "The index of this copy is being made. Places are found by name here.";
      return;
    }
    var asked = codes.length ? there.filter(function (state) { return codes.indexOf(state.code) >= 0; }) : there;
    prepare();
    gaps(states, asked);
    if (!codes.length && there.length > FEW) ask(there);
    else show(asked).catch(failed);
  }, function () {
    told.textContent = "This copy has no index of its words. Places are found by name here; policies stand under their place and their topic.";
  }).catch(failed);
})();
