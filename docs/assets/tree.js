// The decision tree, one question at a time. The page works without this: every question and
// first step is there, and every answer is a link to the next.
//
// State is the path, a list of answer ids, and it lives in the URL: #path=none-yet/management

const PREFIX = "#path=";

/** What the site's header covers of the window, in pixels. */
const HEADER = 110;

/**
 * Follow a path from the root as far as it fits.
 *
 * @param {HTMLElement} tree
 * @param {string[]} path ids of answers
 * @returns {{node: HTMLElement, steps: {node: HTMLElement, answer: HTMLAnchorElement}[], whole: boolean}}
 *   the node reached, the answers on the way, and whether all of the path fitted
 */
export function follow(tree, path) {
  let node = section(tree, tree.dataset.root ?? "");
  const steps = [];
  for (const id of path) {
    const answer = /** @type {HTMLAnchorElement | null} */ (
      node.querySelector(`[data-answer="${CSS.escape(id)}"]`)
    );
    if (!answer) return { node, steps, whole: false };
    steps.push({ node, answer });
    node = section(tree, target(answer));
  }
  return { node, steps, whole: true };
}

/** @param {HTMLAnchorElement} answer */
const target = (answer) => decodeURIComponent(answer.hash.slice(1));

/** @param {HTMLElement} tree @param {string} id @returns {HTMLElement} */
const section = (tree, id) => /** @type {HTMLElement} */ (tree.querySelector(`#${CSS.escape(id)}`));

/**
 * The question or first step that the address names, also by an id that it had in an earlier version.
 *
 * @param {HTMLElement} tree
 * @returns {HTMLElement | null}
 */
function linked(tree) {
  const place = tree.querySelector(`[id="${CSS.escape(location.hash.slice(1))}"]`);
  return place ? place.closest(".pb-node") : null;
}

/** The path in an address, or null where the address holds none. @param {string} hash */
export function pathIn(hash) {
  if (!hash.startsWith(PREFIX)) return null;
  try {
    return hash.slice(PREFIX.length).split("/").filter(Boolean).map(decodeURIComponent);
  } catch {
    return []; // a link cut off inside an escape
  }
}

/** @param {string[]} path */
const written = (path) => PREFIX + path.map(encodeURIComponent).join("/");

/**
 * An answer on the way, as a link back to its question.
 *
 * @param {{node: HTMLElement, answer: HTMLAnchorElement}} step
 * @param {string[]} before
 */
function crumb({ node, answer }, before) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = written(before);
  const question = document.createElement("span");
  question.textContent = node.dataset.short ?? "";
  const given = document.createElement("strong");
  given.textContent = answer.textContent;
  link.append(question, given);
  item.append(link);
  return item;
}

/**
 * Show the path in the picture: the boxes of its questions, the lines between them, and the first step.
 *
 * @param {string[]} before ids of the questions that were answered
 * @param {string} id the question or first step reached
 */
function mark(before, id) {
  const asked = [...before, id];
  const walked = new Set(before.map((from, index) => `${from} ${asked[index + 1]}`));
  const drawn = /** @type {NodeListOf<SVGElement>} */ (
    document.querySelectorAll(".pb-picture :is(a, .pb-line)")
  );
  for (const each of drawn) {
    const { start, end } = each.dataset;
    const to = end ?? (each.getAttribute("href") ?? "").slice(1);
    // A first step stands in several boxes. A direct link came from none of them, so all are shown.
    const oneOfMany = start !== undefined && (end !== undefined || before.length > 0);
    each.classList.toggle("pb-walked", oneOfMany ? walked.has(`${start} ${to}`) : asked.includes(to));
  }
  const view = document.querySelector(".pb-picture .pb-scroll");
  const place = view?.querySelector(`a.pb-walked[href="#${CSS.escape(id)}"]`);
  if (!view || !place) return;
  // On a small screen the picture is wider than its frame: bring the place into it.
  view.scrollLeft += place.getBoundingClientRect().left - view.getBoundingClientRect().left - 16;
}

/** @param {HTMLElement} tree */
export function start(tree) {
  /** @param {string} name */
  const part = (name) => /** @type {HTMLElement} */ (tree.querySelector(`[data-pb-${name}]`));
  const nodes = /** @type {NodeListOf<HTMLElement>} */ (tree.querySelectorAll(".pb-node"));
  const [bar, list, said] = [part("bar"), part("path"), part("said")];
  const [back, restart] = [part("back"), part("restart")];
  /** @type {string[]} */
  let path = [];

  /** @param {boolean} move whether to take the reader's focus along */
  function show(move) {
    const asked = pathIn(location.hash);
    const direct = asked ? null : linked(tree);
    const { node, steps, whole } = direct
      ? { node: direct, steps: [], whole: true }
      : follow(tree, asked ?? []);
    path = steps.map(({ answer }) => answer.dataset.answer ?? "");
    for (const each of nodes) each.hidden = each !== node;
    mark(
      steps.map((step) => step.node.id),
      node.id,
    );
    list.replaceChildren(...steps.map((step, index) => crumb(step, path.slice(0, index))));
    list.hidden = steps.length === 0;
    back.hidden = steps.length === 0;
    restart.hidden = node.id === tree.dataset.root;
    said.textContent = whole
      ? ""
      : "This link is from another version of the tree; it is followed as far as it fits.";
    if (move) {
      // Without scrolling on its own: a question that is in view stays where it is.
      node.querySelector("h3")?.focus({ preventScroll: true });
      const [top, bottom] = [bar.getBoundingClientRect().top, node.getBoundingClientRect().bottom];
      const room = innerHeight - HEADER;
      if (top < 0 || bottom > innerHeight || direct) {
        // All of it where there is room; else what is asked goes before what was answered.
        (bottom - top > room ? node : bar).scrollIntoView({ block: "start" });
      }
    }
  }

  /** @param {string[]} next */
  function go(next) {
    if (location.hash === written(next)) show(true);
    else location.hash = written(next); // the browser's own back button undoes it
  }

  tree.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[data-answer]") : null;
    if (!(link instanceof HTMLAnchorElement)) return;
    event.preventDefault();
    const asked = pathIn(location.hash);
    if (asked || path.length || section(tree, tree.dataset.root ?? "").contains(link)) {
      go([...path, link.dataset.answer ?? ""]);
    } else {
      location.hash = link.hash; // reached by a direct link, so the path is not known
    }
  });
  back.addEventListener("click", () => go(path.slice(0, -1)));
  restart.addEventListener("click", () => go([]));
  part("copy").addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(location.href);
      said.textContent = "Link copied.";
    } catch {
      said.textContent = `Copy this address: ${location.href}`;
    }
  });
  const onHash = () => {
    if (!tree.isConnected) removeEventListener("hashchange", onHash);
    else if (!location.hash || pathIn(location.hash) || linked(tree)) show(true);
  };
  addEventListener("hashchange", onHash);
  tree.classList.add("pb-live");
  bar.hidden = false;
  show(linked(tree) !== null);
}
