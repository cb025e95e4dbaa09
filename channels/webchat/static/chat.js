/* One page, no build step, no library; plain enough for a phone of ten years ago.
   The conversation's name lives in this tab only; whoever leaves forgets it, here and on the server. */
(function () {
  "use strict";
  var body = document.body;
  var channel = body.getAttribute("data-channel");
  var exit = body.getAttribute("data-exit");
  var log = document.getElementById("log");
  var wait = document.getElementById("wait");
  var state = document.getElementById("state");
  var form = document.getElementById("form");
  var text = document.getElementById("text");
  var about = document.getElementById("about");
  var KEY = "c-" + channel;
  var RIGHT_TO_LEFT = { ar: 1, fa: 1, ur: 1, ps: 1, he: 1, ckb: 1 };
  var LANGUAGE = (navigator.language || "").split("-")[0].toLowerCase();
  var memory = null;
  var shown = {};
  var queue = [];
  var busy = false;
  var left = false;
  var escapes = 0;
  var labels = null;
  var all = null;
  var stream = null;
  var streams = !!(window.fetch && window.ReadableStream && window.TextDecoder && window.AbortController);
  var asked = null;
  var impatient = null;
  var sending = null;

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

  function post(path, data, done, patience) {
    var request = new XMLHttpRequest();
    request.open("POST", path);
    request.setRequestHeader("Content-Type", "application/json");
    request.timeout = patience || 15000;
    request.onload = function () { done(request.status, request.responseText); };
    request.onerror = request.ontimeout = function () { done(0); };
    request.send(JSON.stringify(data));
    return request;
  }

  function label(language) {
    if (!all) { return; }
    labels = all[(language || "").slice(0, 2)] || labels || all.en;
    document.querySelector("label[for=text]").textContent = labels.write;
    text.setAttribute("placeholder", labels.write);
    document.getElementById("send").setAttribute("aria-label", labels.send);
    document.getElementById("exit").textContent = "× " + labels.exit;
    document.getElementById("heading").textContent = labels.chat;
    document.getElementById("ends").textContent = labels.ends.replace("{exit}", labels.exit);
    document.getElementById("history").textContent = labels.history;
    about.firstChild.setAttribute("aria-label", labels.about);
    about.hidden = false;
  }

  function turn(language) {
    var short = (language || "").split("-")[0];
    if (!short) { return; }
    document.documentElement.lang = language;
    document.documentElement.dir = RIGHT_TO_LEFT[short] ? "rtl" : "ltr";
    label(language);
  }

  // As far down as possible, but what the person asked and where the answer begins stay in view.
  function scroll() {
    var bottom = log.scrollHeight - log.clientHeight;
    var start = asked && asked.parentNode === log ? asked.offsetTop - log.offsetTop - 8 : 0;
    log.scrollTop = Math.max(0, Math.min(bottom, start));
  }

  // Addresses and numbers to call. Plain nodes only: what is said is never read as HTML.
  var LINK = /https?:\/\/[^\s<>"]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\+?\d(?:[\d ().-]*\d)?/g;

  function callable(number, before, after, chained) {
    before = before.replace(/\u200e/g, "");
    after = after.replace(/\u200e/g, "");
    var digits = number.replace(/\D/g, "");
    if (number.charAt(0) === "+") { return digits.length > 6 && digits.length < 16; }
    if (number === "112" || number === "911") { return true; }
    // A year, a time or a price is no telephone.
    if (digits.length < 3 || digits.length > 12 || /^(19|20)\d\d|[.()]/.test(number)) { return false; }
    return (chained || /([:：]|SMS|WhatsApp) $/.test(before)) && /^($|\n|, | - |\.|;|\))/.test(after);
  }

  function target(found, before, after, chained) {
    if (/^https?:/.test(found)) { return found; }
    if (found.indexOf("@") > 0) { return "mailto:" + found; }
    if (!callable(found, before, after, chained)) { return null; }
    return "tel:" + (found.charAt(0) === "+" ? "+" : "") + found.replace(/\D/g, "");
  }

  function link(words, href) {
    var anchor = document.createElement("a");
    anchor.textContent = words;
    anchor.href = href;
    anchor.rel = "noopener noreferrer";
    if (/^http/.test(href)) { anchor.target = "_blank"; } else { anchor.dir = "ltr"; }
    return anchor;
  }

  function write(box, words) {
    var from = 0;
    var called = -1;
    var match;
    LINK.lastIndex = 0;
    while ((match = LINK.exec(words))) {
      var found = match[0].replace(/[.,;:!?)\]]+$/, "");
      var end = match.index + found.length;
      var chained = called >= 0 && words.slice(called, match.index) === ", ";
      var href = target(found, words.slice(0, match.index), words.slice(end), chained);
      if (!href) { continue; }
      if (/^tel:/.test(href)) { called = end; }
      box.appendChild(document.createTextNode(words.slice(from, match.index)));
      box.appendChild(link(found, href));
      from = end;
    }
    box.appendChild(document.createTextNode(words.slice(from)));
  }

  function bubble(kind, words, language) {
    var box = document.createElement("div");
    box.className = kind;
    if (language) { box.lang = language; }
    words.split("\n").forEach(function (line) {
      var row = document.createElement("div");
      row.dir = "auto";
      if (kind === "mine") { row.textContent = line; } else { write(row, line); }
      box.appendChild(row);
    });
    if (kind === "mine") { asked = box; }
    log.appendChild(box);
    scroll();
    return box;
  }

  function play(box, source) {
    var sound = document.createElement("audio");
    sound.controls = true;
    sound.preload = "none";
    sound.src = source;
    box.appendChild(sound);
  }

  function withdraw() {
    var rows = log.querySelectorAll(".choices");
    for (var i = 0; i < rows.length; i++) { log.removeChild(rows[i]); }
  }

  function types() {
    return !!window.matchMedia && window.matchMedia("(hover: hover) and (pointer: fine)").matches;
  }

  // On a telephone the keyboard would cover the answer, so the answer gets the focus.
  function settle() {
    (types() ? text : log).focus();
  }

  function offer(choices) {
    var row = document.createElement("div");
    var held = log.querySelector(".choices button:focus");
    withdraw();
    if (held) { settle(); }
    row.className = "choices";
    row.setAttribute("role", "group");
    if (labels) { row.setAttribute("aria-label", labels.choices); }
    choices.forEach(function (choice) {
      var button = document.createElement("button");
      button.type = "button";
      button.textContent = choice.label;
      button.onclick = function () {
        withdraw();
        bubble("mine", choice.label);
        say({ choice: choice.token });
        settle();
      };
      row.appendChild(button);
    });
    log.appendChild(row);
    scroll();
  }

  // A connection may die without a word, as on a telephone that slept: look again.
  function expect(coming) {
    wait.hidden = !coming;
    clearInterval(impatient);
    if (coming) { impatient = setInterval(function () { streams = false; listen(); }, 10000); }
  }

  function say(what) {
    what.conversation = conversation;
    what.id = random();
    what.language = LANGUAGE || null;
    if (!what.opened) { about.open = false; } // read by now, and the answer needs the room
    queue.push(what);
    expect(true);
    next();
  }

  // In order, and the same id again after a broken connection: one answer whatever happens.
  function next() {
    if (busy || left || !queue.length) { return; }
    busy = true;
    sending = post("/webhooks/" + channel, queue[0], function (status) {
      busy = false;
      if (left) { return; }
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

  function receive(reply) {
    var id = reply.id;
    if (left) { return; }
    if (!shown[id]) {
      shown[id] = true;
      expect(false);
      turn(reply.language);
      var box = bubble("theirs", reply.text, reply.language);
      if (reply.recording) { play(box, reply.recording); }
      if (channel === "try") {
        var count = document.createElement("span");
        count.className = "count";
        count.textContent = reply.segments + " × SMS";
        box.appendChild(count);
      }
      if (reply.choices.length) { offer(reply.choices); }
    }
    post("/webchat/" + channel + "/seen", { conversation: conversation, replies: [id] }, function () {});
  }

  // The conversation's name goes in the body: an address would stand in the logs of proxies.
  function listen() {
    if (stream) { stream.close(); }
    if (left) { return; }
    stream = streams ? read() : poll();
  }

  function connected(mine) {
    if (stream === mine) { mine.open = true; state.textContent = ""; }
  }

  function lost(mine) {
    if (left || stream !== mine) { return; }
    mine.open = false;
    state.textContent = labels ? labels.again : "…";
    setTimeout(function () { if (stream === mine) { listen(); } }, 1000);
  }

  function read() {
    var stop = new AbortController();
    var silence = null;
    var rest = "";
    var mine = { open: false, close: function () { clearTimeout(silence); stop.abort(); } };
    function heard() {
      clearTimeout(silence);
      silence = setTimeout(function () { stop.abort(); }, 40000); // it speaks every 15 seconds
    }
    heard();
    fetch("/webchat/" + channel + "/stream", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ conversation: conversation }),
      cache: "no-store",
      signal: stop.signal
    }).then(function (answer) {
      if (answer.status !== 200) { throw new Error("no stream"); }
      if (!answer.body) { streams = false; throw new Error("no stream"); }
      var reader = answer.body.getReader();
      var decoder = new TextDecoder();
      connected(mine);
      function go() {
        return reader.read().then(function (part) {
          if (part.done) { throw new Error("ended"); }
          heard();
          rest += decoder.decode(part.value, { stream: true });
          var events = rest.split("\n\n");
          rest = events.pop();
          events.forEach(function (event) {
            if (stream !== mine) { return; }
            if (/^event: leave$/m.test(event)) { gone(); return; }
            var data = /^data: (.*)$/m.exec(event);
            if (data) { receive(JSON.parse(data[1])); }
          });
          return go();
        });
      }
      return go();
    }).then(null, function () { clearTimeout(silence); lost(mine); });
    return mine;
  }

  // For telephones that cannot read a stream, and where something on the way holds it back.
  function poll() {
    var request = null;
    var again = null;
    var mine = {
      open: false,
      close: function () { clearTimeout(again); request.onload = request.onerror = request.ontimeout = null; request.abort(); }
    };
    function ask() {
      request = post("/webchat/" + channel + "/replies", { conversation: conversation }, function (status, words) {
        if (stream !== mine) { return; }
        if (status !== 200) { lost(mine); return; }
        connected(mine);
        var news = JSON.parse(words);
        if (news.leave) { gone(); return; }
        news.replies.forEach(receive);
        again = setTimeout(ask, 300); // what was just shown is confirmed meanwhile
      }, 30000);
    }
    ask();
    return mine;
  }

  // Nothing waits for the answer: the way out is faster than the network.
  function tell() {
    var path = "/webchat/" + channel + "/leave";
    var data = JSON.stringify({ conversation: conversation });
    var type = "application/json";
    try {
      if (window.Request && "keepalive" in Request.prototype) {
        fetch(path, { method: "POST", headers: { "Content-Type": type }, body: data, keepalive: true }).then(null, function () {});
        return;
      }
      if (navigator.sendBeacon && navigator.sendBeacon(path, new Blob([data], { type: type }))) { return; }
    } catch (none) { /* as older browsers do */ }
    post(path, { conversation: conversation }, function () {});
  }

  function leave(event) {
    if (event) { event.preventDefault(); }
    if (left) { return; }
    left = true;
    queue = [];
    if (sending) { sending.abort(); }
    if (stream) { stream.close(); }
    expect(false);
    log.textContent = text.value = "";
    // Until the other page is there: a tip that any page could give.
    body.className = "left";
    body.textContent = labels ? labels.loading : "";
    forget();
    tell();
    location.replace(exit);
  }

  function forget() {
    memory = null;
    try { sessionStorage.clear(); } catch (none) { /* nothing was kept */ }
  }

  // Left in another tab, or by a word. A tab that comes back later has shown nothing: it begins anew.
  function gone() {
    if (document.querySelector(".mine, .theirs")) { leave(); } else { forget(); location.reload(); }
  }

  function grow() {
    text.style.height = "auto";
    text.style.height = text.scrollHeight + 2 + "px";
  }

  document.getElementById("exit").onclick = leave;
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape" || event.key === "Esc") {
      escapes += 1;
      if (escapes === 3) { leave(); }
      setTimeout(function () { escapes = 0; }, 2000);
    }
  });
  // A page that comes back out of the browser's memory must not show what was said, not even at first.
  window.addEventListener("pagehide", function () { if (!left) { body.style.display = "none"; } });
  window.addEventListener("pageshow", function (event) { if (event.persisted) { location.reload(); } });
  window.addEventListener("online", listen);
  document.addEventListener("visibilitychange", function () {
    if (!document.hidden && stream && !stream.open) { listen(); }
  });
  text.addEventListener("input", grow);
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
    grow();
    say({ text: words });
  };

  var conversation = remembered();
  if (!conversation) { conversation = random(); remember(conversation); }
  var request = new XMLHttpRequest();
  request.open("GET", "/webchat/static/labels.json");
  request.onload = function () {
    try { all = JSON.parse(request.responseText); } catch (none) { return; }
    if (labels === null) { turn(document.querySelector(".theirs") ? document.documentElement.lang : LANGUAGE); }
  };
  request.send();
  listen();
  say({ opened: true }); // after a reload too: an empty page would tell nothing
  if (types()) { text.focus(); }
})();
