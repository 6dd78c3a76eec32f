// The address is the state: every step is an entry of the browser's history, and Streamlit runs again for it.

/** Go to an address of this application without loading the page anew. */
export function navigate(address, { replace = false } = {}) {
  const url = new URL(address, document.baseURI);
  if (url.href === location.href) return;
  write(replace ? "replaceState" : "pushState", url.href);
  // Streamlit listens for this as for the back button: page and query are taken from the address.
  window.dispatchEvent(new PopStateEvent("popstate", { state: null }));
}

/** Change the address of the step one is at; what is shown stays. */
export function readdress(address) {
  write("replaceState", address);
}

/**
 * Leave the address to navigate() and the browser's own buttons.
 *
 * Streamlit writes the page of a run that begins into the address. When somebody goes back while the run of the page
 * left behind is still to begin, that would put them back on that page, one entry further on.
 */
export function keepAddress() {
  history.pushState = history.replaceState = () => {};
}

function write(how, address) {
  History.prototype[how].call(history, null, "", address);
}

/** Return this page's address with some parameters set (a list sets several, null or "" takes one away). */
export function addressWith(changes, path = location.pathname, from = location.search) {
  const query = new URLSearchParams(from);
  for (const [name, value] of Object.entries(changes)) {
    query.delete(name);
    for (const each of Array.isArray(value) ? value : [value]) {
      if (each !== null && each !== undefined && each !== "") query.append(name, each);
    }
  }
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

/** Let plain clicks on links marked data-go navigate; others (new tab, download) stay the browser's. */
export function followLinks(event) {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = event.target instanceof Element ? event.target.closest("a[data-go]") : null;
  if (!link || link.origin !== location.origin) return;
  event.preventDefault();
  navigate(link.href);
}
