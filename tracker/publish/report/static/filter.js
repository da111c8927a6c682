// Filters the list of places while one types. Without this script the list is simply whole.
"use strict";
(function () {
  var box = document.querySelector("[data-filter]");
  if (!box) return;
  var list = document.getElementById(box.dataset.filter);
  var input = box.querySelector("input");
  var status = box.querySelector("[role=status]");
  function fold(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f'’ʻ.]/g, "").toLowerCase();
  }
  var sections = Array.from(list.querySelectorAll("section"), function (section) {
    var items = Array.from(section.querySelectorAll("li"), function (item) {
      return { node: item, text: fold(item.querySelector("a").textContent) };
    });
    return { node: section, name: fold(section.querySelector("h2").textContent), items: items };
  });
  function apply() {
    var wanted = fold(input.value.trim());
    var found = 0;
    sections.forEach(function (section) {
      var all = wanted && section.name.startsWith(wanted);
      var here = 0;
      section.items.forEach(function (item) {
        var shown = !wanted || all || item.text.includes(wanted);
        item.node.hidden = !shown;
        here += shown ? 1 : 0;
      });
      section.node.hidden = here === 0;
      found += here;
    });
    status.textContent = wanted ? found + (found === 1 ? " place" : " places") : "";
  }
  box.hidden = false;
  input.addEventListener("input", apply);
  if (input.value) apply();
})();
