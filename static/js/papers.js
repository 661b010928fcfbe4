/* While papers are being checked, look again every two seconds and show what became of them. Chosen files stay: only
   the lists are replaced. Without scripts a link does the same. */
(function () {
  "use strict";
  var wait = 2000, most = 30;

  function lists(root) {
    return root.querySelectorAll("#papers .papers");
  }

  function look(times) {
    var here = document.getElementById("papers");
    if (!here || !here.hasAttribute("data-waiting") || times > most) { return; }
    window.setTimeout(function () {
      fetch(window.location.href, { credentials: "same-origin" })
        .then(function (answer) { return answer.text(); })
        .then(function (text) {
          var fresh = new DOMParser().parseFromString(text, "text/html");
          var old = lists(document), now = lists(fresh);
          if (old.length === now.length) {
            old.forEach(function (list, place) { list.replaceWith(document.importNode(now[place], true)); });
          }
          if (!fresh.querySelector("#papers[data-waiting]")) { here.removeAttribute("data-waiting"); }
        })
        .catch(function () { /* No network now: the next look may have one. */ })
        .then(function () { look(times + 1); });
    }, wait);
  }

  look(1);
})();
