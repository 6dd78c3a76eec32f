// Short messages at the foot of the window, also spoken by screen readers.

let timer = 0;

/** Say what was done or what went wrong; `wrong` stays until the next message. */
export function say(text, { wrong = false } = {}) {
  let place = document.getElementById("gm-said");
  if (!place) {
    place = document.createElement("div");
    place.id = "gm-said";
    place.setAttribute("role", "status");
    place.setAttribute("aria-live", "polite");
    document.body.append(place);
  }
  place.textContent = text;
  place.className = wrong ? "gm-shown gm-wrong" : "gm-shown";
  window.clearTimeout(timer);
  if (!wrong) timer = window.setTimeout(() => place.classList.remove("gm-shown"), 4000);
}
