// Narrows each list that has a box for it by what its lines say of themselves. Without it lists are whole, and the
// direction can be chosen all the same (style.css). The address keeps the choice, so that it can be shared: lists of one
// page have other names for what they are narrowed by.
"use strict";
// Of a report that is opened from a file no words can be searched: no list leads to the search.
if (location.protocol === "file:") document.querySelectorAll(".to-search").forEach(function (line) { line.hidden = true; });
document.querySelectorAll(".narrow").forEach(function (box) {
  var list = box.closest("section") || document.querySelector("main"), lines = box.dataset.lines;
  var items = Array.from(list.querySelectorAll(lines));
  var groups = Array.from(list.querySelectorAll(".thread, .block, .marks tbody, .state-block, .agenda-day"));
  var picks = box.querySelector(".picks"), shell = box.querySelector("details") || picks;
  var radios = Array.from(box.querySelectorAll("input[name=direction]"));
  var status = box.querySelector("[role=status]");
  var clear = box.querySelector("button");

  function values(item, name) {
    var holder = item.closest("[data-" + name + "]");
    if (!holder) return [];
    return name === "direction" ? holder.dataset[name].split(" ") : [holder.dataset[name]];
  }
  // A line whose direction is not known stays, whichever of its topic's directions is chosen.
  function isUnknown(item) {
    return values(item, "direction").some(function (value) { return value.indexOf("unknown") === 0; });
  }
  function leads(item, way) {
    if (way === "unknown") return isUnknown(item);
    var pair = way.indexOf("cooperation") >= 0 ? "unknown-cooperation" : "unknown-officers";
    return values(item, "direction").some(function (value) { return value === way || value === pair; });
  }
  function words(value) {
    return value.charAt(0).toUpperCase() + value.slice(1).replace(/-/g, " ");
  }
  // Only what tells lines apart can be chosen.
  function prepare(select) {
    var found = new Set();
    items.forEach(function (item) { values(item, select.name).forEach(function (value) { found.add(value); }); });
    var known = new Set(Array.from(select.options, function (option) { return option.value; }));
    Array.from(select.options).forEach(function (option) {
      if (option.value && !found.has(option.value)) option.remove();
    });
    Array.from(found).filter(function (value) { return value && !known.has(value); }).sort().forEach(function (value) {
      select.add(new Option(words(value), value));
    });
    if (found.size < 2) select.closest("label").remove();
    return found.size > 1;
  }
  var selects = Array.from(picks.querySelectorAll("select")).filter(prepare);
  if (items.length < 2 || !(selects.length || radios.length)) return;

  function chosen() {
    var told = {};
    selects.forEach(function (select) { if (select.value) told[select.name] = select.value; });
    radios.forEach(function (radio) { if (radio.checked && radio.value) told.direction = radio.value; });
    return told;
  }
  function fits(item, told) {
    return Object.keys(told).every(function (name) {
      return name === "direction" ? leads(item, told[name]) : values(item, name).indexOf(told[name]) >= 0;
    });
  }
  function keep(told) {
    var params = new URLSearchParams(location.search);
    (radios.length ? ["direction"] : []).concat(selects.map(function (select) { return select.name; })).forEach(function (name) {
      params.delete(name);
      if (told[name]) params.set(name, told[name]);
    });
    var query = params.toString();
    try {
      history.replaceState(null, "", location.pathname + (query ? "?" + query : "") + location.hash);
    } catch (error) {
      // A page that is opened from a file may not change its address.
    }
  }
  function show() {
    var told = chosen(), count = 0, any = Object.keys(told).length > 0;
    items.forEach(function (item) {
      item.hidden = !fits(item, told);
      count += !item.hidden;
    });
    groups.forEach(function (group) {
      group.hidden = any && !group.querySelector(lines + ":not([hidden])");
    });
    clear.hidden = !any;
    if (any) shell.open = true; // what was chosen is seen
    var unknown = items.filter(function (item) { return !item.hidden && isUnknown(item); }).length;
    var open = told.direction && told.direction !== "unknown" && unknown;
    status.textContent = any ? count + " of " + items.length + " shown" + (open ? "; direction not known: " + unknown : "") : "";
    keep(told);
  }
  new URLSearchParams(location.search).forEach(function (value, name) {
    selects.forEach(function (select) {
      if (select.name === name && Array.from(select.options).some(function (option) { return option.value === value; })) {
        select.value = value;
      }
    });
    radios.forEach(function (radio) { if (name === "direction" && radio.value === value) radio.checked = true; });
  });
  box.addEventListener("change", show);
  clear.addEventListener("click", function () {
    selects.forEach(function (select) { select.value = ""; });
    radios.forEach(function (radio) { radio.checked = !radio.value; });
    show();
    (selects[0] || radios[0]).focus();
  });
  shell.hidden = false;
  if (Object.keys(chosen()).length) show();
});
// Dims the dots of a map that lie further from a chosen one than so many miles, by the haversine formula.
document.querySelectorAll(".near").forEach(function (box) {
  var dots = Array.from(box.closest("figure").querySelectorAll("[data-where]"));
  var centre = box.querySelector("[name=centre]"), reach = box.querySelector("[name=reach]");
  var status = box.querySelector("[role=status]"), EARTH_RADIUS_MILES = 3958.8;
  function radians(text) {
    return text.split(",").map(function (degrees) { return degrees * Math.PI / 180; });
  }
  function miles(one, other) {
    var here = radians(one), there = radians(other);
    var half = Math.pow(Math.sin((there[0] - here[0]) / 2), 2) +
      Math.cos(here[0]) * Math.cos(there[0]) * Math.pow(Math.sin((there[1] - here[1]) / 2), 2);
    return 2 * EARTH_RADIUS_MILES * Math.asin(Math.min(1, Math.sqrt(half)));
  }
  function show() {
    var near = dots.filter(function (dot) {
      var far = centre.value !== "" && miles(centre.value, dot.dataset.where) > Number(reach.value);
      dot.classList.toggle("far", far);
      return !far;
    });
    status.textContent = centre.value ? near.length + " of " + dots.length + " on the map" : "";
  }
  box.addEventListener("change", show);
  box.hidden = dots.length < 2;
});
