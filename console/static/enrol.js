// The code may stand behind the # of the link: browsers never send that part to anybody.
const code = location.hash.slice(1);
const field = document.getElementById("code");
if (/^[A-Za-z0-9-]{16,24}$/.test(code) && field && !field.value) {
  field.value = code;
  history.replaceState(null, "", location.pathname);
}
