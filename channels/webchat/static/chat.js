/* One page, no build step, no library; plain enough for a phone of ten years ago.
   The conversation's name lives in this tab only and is gone when the tab is closed. */
(function () {
  "use strict";
  var body = document.body;
  var channel = body.getAttribute("data-channel");
  var exit = body.getAttribute("data-exit");
  var log = document.getElementById("log");
  var state = document.getElementById("state");
  var form = document.getElementById("form");
  var text = document.getElementById("text");
  var KEY = "c-" + channel;
  var RIGHT_TO_LEFT = { ar: 1, fa: 1, ur: 1, ps: 1, he: 1, ckb: 1 };
  var memory = null;
  var shown = {};
  var queue = [];
  var busy = false;
  var escapes = 0;
  var labels = null;
  var all = null;

  function random() {
    var bytes = new Uint8Array(24);
    var out = "";
    (window.crypto || window.msCrypto).getRandomValues(bytes);
    for (var i = 0; i < bytes.length; i++) { out += ("0" + bytes[i].toString(16)).slice(-2); }
    return out;
  }

  function remembered() {
    try { return sessionStorage.getItem(KEY); } catch (none) { return memory; }
  }

  function remember(value) {
    memory = value;
    try { sessionStorage.setItem(KEY, value); } catch (none) { /* kept in this page only */ }
  }

  function post(path, data, done) {
    var request = new XMLHttpRequest();
    request.open("POST", path);
    request.setRequestHeader("Content-Type", "application/json");
    request.timeout = 15000;
    request.onload = function () { done(request.status); };
    request.onerror = request.ontimeout = function () { done(0); };
    request.send(JSON.stringify(data));
  }

  function label(language) {
    if (!all) { return; }
    labels = all[(language || "").slice(0, 2)] || labels || all.en;
    document.querySelector("label[for=text]").textContent = labels.write;
    text.setAttribute("placeholder", labels.write);
    document.getElementById("send").setAttribute("aria-label", labels.send);
    document.getElementById("exit").textContent = "✕ " + labels.exit;
    log.setAttribute("aria-label", labels.chat);
  }

  function turn(language) {
    var short = (language || "").split("-")[0];
    if (!short) { return; }
    document.documentElement.lang = language;
    document.documentElement.dir = RIGHT_TO_LEFT[short] ? "rtl" : "ltr";
    label(language);
  }

  function bubble(kind, words, language) {
    var box = document.createElement("div");
    box.className = kind;
    box.textContent = words;
    if (language) { box.lang = language; }
    box.dir = "auto";
    log.appendChild(box);
    log.scrollTop = log.scrollHeight;
    return box;
  }

  function offer(choices) {
    var row = document.createElement("div");
    row.className = "choices";
    choices.forEach(function (choice) {
      var button = document.createElement("button");
      button.type = "button";
      button.textContent = choice.label;
      button.onclick = function () {
        bubble("mine", choice.label);
        say({ choice: choice.token });
        text.focus();
      };
      row.appendChild(button);
    });
    log.appendChild(row);
    log.scrollTop = log.scrollHeight;
  }

  function say(what) {
    what.conversation = conversation;
    what.id = random();
    what.language = navigator.language || null;
    queue.push(what);
    next();
  }

  // In order, and the same id again after a broken connection: one answer whatever happens.
  function next() {
    if (busy || !queue.length) { return; }
    busy = true;
    post("/webhooks/" + channel, queue[0], function (status) {
      busy = false;
      if (status === 200 || (status >= 400 && status < 500)) {
        queue.shift();
        state.textContent = "";
        next();
      } else {
        state.textContent = labels ? labels.again : "…";
        setTimeout(next, 2000);
      }
    });
  }

  function listen() {
    var url = "/webchat/" + channel + "/stream?conversation=" + conversation;
    var stream = new EventSource(url);
    stream.addEventListener("reply", function (event) {
      var id = Number(event.lastEventId);
      var reply = JSON.parse(event.data);
      if (!shown[id]) {
        shown[id] = true;
        turn(reply.language);
        var box = bubble("theirs", reply.text, reply.language);
        if (channel === "try") {
          var count = document.createElement("span");
          count.className = "count";
          count.textContent = reply.segments + " × SMS";
          box.appendChild(count);
        }
        if (reply.choices.length) { offer(reply.choices); }
      }
      post("/webchat/" + channel + "/seen", { conversation: conversation, replies: [id] }, function () {});
    });
    stream.onopen = function () { state.textContent = ""; };
    stream.onerror = function () {
      state.textContent = labels ? labels.again : "…";
      if (stream.readyState === 2) { setTimeout(listen, 2000); }
    };
  }

  function leave(event) {
    if (event) { event.preventDefault(); }
    log.textContent = "";
    text.value = "";
    body.style.display = "none";
    memory = null;
    try { sessionStorage.clear(); } catch (none) { /* nothing was kept */ }
    location.replace(exit);
  }

  document.getElementById("exit").onclick = leave;
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape" || event.key === "Esc") {
      escapes += 1;
      if (escapes === 3) { leave(); }
      setTimeout(function () { escapes = 0; }, 2000);
    }
  });
  // A page that comes back out of the browser's memory must not show what was said.
  window.addEventListener("pageshow", function (event) { if (event.persisted) { location.reload(); } });
  text.addEventListener("keydown", function (event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      form.onsubmit(event);
    }
  });
  form.onsubmit = function (event) {
    event.preventDefault();
    var words = text.value.trim();
    if (!words) { return; }
    bubble("mine", words);
    text.value = "";
    say({ text: words });
  };

  var conversation = remembered();
  var fresh = !conversation;
  if (fresh) { conversation = random(); remember(conversation); }
  var request = new XMLHttpRequest();
  request.open("GET", "/webchat/static/labels.json");
  request.onload = function () {
    try { all = JSON.parse(request.responseText); turn(navigator.language); } catch (none) { all = null; }
  };
  request.send();
  listen();
  if (fresh) { say({ opened: true }); }
  text.focus();
})();
