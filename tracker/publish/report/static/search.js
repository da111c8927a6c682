// Finds a place by its name. The names come with the first key; of very many places they are in several scripts, by the
// first two letters of each word (names.py). Without this script the lists of places are all there.
"use strict";
(function () {
  var MOST = 40; // matches shown: what one can look through
  var form = document.querySelector("form.search");
  if (!form) return;
  var input = form.querySelector("input");
  var status = form.querySelector("[role=status]");
  var list = form.querySelector(".found");
  var LETTERS = 2; // by which the scripts are told apart
  var SHORT = "Type at least two letters of its own name.";
  var split = null; // which scripts there are, where there are several
  var loaded = {}; // by script: its places, or in a word how it stands with them
  var came = [];

  function fold(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f'’ʻ.]/g, "").toLowerCase();
  }
  // "Saint Paul" and "St. Paul" as one spelling: the first of each list of names that mean the same (spellings.toml).
  var same = new Map();
  JSON.parse(form.dataset.same).forEach(function (names) {
    names.forEach(function (name) { same.set(name, names[0]); });
  });
  function spelt(folded) {
    return folded.replace(/[\p{L}\p{N}]+/gu, function (word) { return same.get(word) || word; });
  }
  window.trackerNames = function (told) { split = told; };
  window.trackerPlaces = function (states) {
    states.forEach(function (state) {
      state[1].forEach(function (row) {
        var whole = row[0] === state[0] ? row[0] : row[0] + ", " + state[0];
        var folded = fold(whole);
        came.push({ name: whole, folded: folded, spelt: spelt(folded), address: row[1], entries: row[2] });
      });
    });
  };
  // A script is run right before its load event: what came is its own.
  function load(key) {
    if (loaded[key]) return;
    loaded[key] = "Loading …";
    var script = document.createElement("script");
    script.src = key ? form.dataset.names.replace(/\.js$/, "/" + key + ".js") : form.dataset.names;
    script.onload = function () { loaded[key] = came; came = []; show(); };
    script.onerror = function () { loaded[key] = ""; status.textContent = "The names could not be loaded."; };
    document.head.appendChild(script);
  }
  // The script that has the names with what is typed: that of its first word that tells places apart; null for none.
  function keyOf(wanted) {
    var words = wanted.match(/[\p{L}\p{N}]+/gu) || [];
    var telling = words.filter(function (word, at) {
      return split.common.indexOf(word) < 0 && (word.length >= LETTERS || at + 1 < words.length);
    });
    if (!telling.length) return null;
    var key = telling[0].slice(0, LETTERS);
    return /^[a-z0-9]+$/.test(key) ? key : "other";
  }
  // The places among which it is, or in words why there are none yet.
  function among(wanted) {
    load("");
    if (!split) return loaded[""];
    var key = keyOf(wanted);
    if (!key) return SHORT;
    if (split.parts.indexOf(key) < 0) return [];
    load(key);
    return loaded[key];
  }
  // 0: the name begins so; 1: a later word of it does; 2: the letters stand somewhere in it; -1: not at all.
  function rank(folded, wanted) {
    var at = folded.indexOf(wanted);
    return at <= 0 ? at : folded.indexOf(" " + wanted) >= 0 ? 1 : 2;
  }
  function matches(places, wanted) {
    var found = [[], [], []];
    places.forEach(function (place) {
      var how = rank(place.folded, wanted);
      if (how < 0) how = rank(place.spelt, spelt(wanted));
      if (how >= 0) found[how].push(place);
    });
    return found[0].concat(found[1], found[2]);
  }
  function line(place) {
    var item = document.createElement("li");
    var link = document.createElement("a");
    var name = document.createElement("bdi");
    var figure = document.createElement("span");
    link.href = form.dataset.root + place.address + "index.html";
    name.textContent = place.name;
    figure.textContent = place.entries || "none yet";
    link.appendChild(name);
    item.append(link, " ", figure);
    return item;
  }
  function say(number) {
    if (!number) return "No place of that name is followed.";
    var words = number === 1 ? "1 place" : number.toLocaleString("en-US") + " places";
    return number > MOST ? words + "; the first " + MOST + " are shown." : words;
  }
  function show() {
    var wanted = fold(input.value.trim());
    var places = wanted ? among(wanted) : "";
    var found = Array.isArray(places) ? matches(places, wanted) : [];
    list.replaceChildren.apply(list, found.slice(0, MOST).map(line));
    list.hidden = found.length === 0;
    status.textContent = Array.isArray(places) ? say(found.length) : places;
  }
  form.hidden = false;
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    var first = list.querySelector("a");
    if (first) first.click();
  });
  input.addEventListener("input", show);
  if (input.value) show();
})();
