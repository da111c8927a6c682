// Finds a place by its name. The names come with the first key; without this script the lists of places are all there.
"use strict";
(function () {
  var MOST = 40; // matches shown: what one can look through
  var form = document.querySelector("form.search");
  if (!form) return;
  var input = form.querySelector("input");
  var status = form.querySelector("[role=status]");
  var list = form.querySelector(".found");
  var places = null;
  var asked = false;

  function fold(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f'’ʻ.]/g, "").toLowerCase();
  }
  window.trackerPlaces = function (states) {
    places = [];
    states.forEach(function (state) {
      state[1].forEach(function (row) {
        var whole = row[0] === state[0] ? row[0] : row[0] + ", " + state[0];
        places.push({ name: whole, folded: fold(whole), address: row[1], entries: row[2] });
      });
    });
    show();
  };
  function load() {
    if (asked) return;
    asked = true;
    var script = document.createElement("script");
    script.src = form.dataset.names;
    document.head.appendChild(script);
  }
  // 0: the name begins so; 1: a later word of it does; 2: the letters stand somewhere in it; -1: not at all.
  function rank(folded, wanted) {
    var at = folded.indexOf(wanted);
    return at <= 0 ? at : folded.indexOf(" " + wanted) >= 0 ? 1 : 2;
  }
  function matches(wanted) {
    var found = [[], [], []];
    places.forEach(function (place) {
      var how = rank(place.folded, wanted);
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
    if (wanted) load();
    var found = wanted && places ? matches(wanted) : [];
    list.replaceChildren.apply(list, found.slice(0, MOST).map(line));
    list.hidden = found.length === 0;
    status.textContent = wanted && places ? say(found.length) : "";
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
