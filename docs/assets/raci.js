// The RACI: the row and column under the pointer light up, and a reader picks a role.
// Without this the table is whole and every role's section is shown.

/** @param {HTMLElement} roles the sections by role */
export function start(roles) {
  const table = /** @type {HTMLTableElement | null} */ (document.querySelector(".pb-raci-table"));
  const sections = /** @type {HTMLElement[]} */ ([...roles.querySelectorAll("[data-role]")]);
  if (table) lightUp(table);

  const picker = /** @type {HTMLElement} */ (roles.querySelector("[data-pb-picker]"));
  picker.setAttribute("role", "group");
  picker.setAttribute("aria-labelledby", "role-picker-label");
  const buttons = [
    button("anybody", ""),
    ...sections.map((each) => button(`${each.querySelector("h3")?.textContent}`, each.dataset.role ?? "")),
  ];
  picker.append(...buttons);
  picker.hidden = false;

  /** @param {string} label @param {string} role empty for all */
  function button(label, role) {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = label;
    made.dataset.role = role;
    made.addEventListener("click", () => {
      pick(role);
      history.replaceState(history.state, "", role ? `#role-${role}` : location.pathname + location.search);
    });
    return made;
  }

  /** @param {string} role empty for all */
  function pick(role) {
    for (const each of sections) each.hidden = role !== "" && each.dataset.role !== role;
    for (const each of buttons) each.setAttribute("aria-pressed", String(each.dataset.role === role));
    for (const cell of table?.querySelectorAll("[data-role]") ?? []) {
      cell.classList.toggle("pb-picked", role !== "" && cell.getAttribute("data-role") === role);
    }
  }

  const fromAddress = () => {
    if (!roles.isConnected) return removeEventListener("hashchange", fromAddress);
    const named = sections.find((each) => `#${each.id}` === location.hash);
    if (named) {
      pick(named.dataset.role ?? "");
      named.scrollIntoView({ block: "center" });
    }
  };
  addEventListener("hashchange", fromAddress);
  pick("");
  fromAddress();
}

/** @param {HTMLTableElement} table */
function lightUp(table) {
  /** @param {Event} event */
  const over = (event) => {
    const cell = event.target instanceof Element ? event.target.closest("td, th") : null;
    const column = cell instanceof HTMLTableCellElement ? cell.cellIndex : -1;
    const row = cell?.parentElement;
    for (const each of table.querySelectorAll("tr")) {
      each.classList.toggle("pb-lit-row", each === row && each.parentElement?.tagName === "TBODY");
      [...each.cells].forEach((one, index) => one.classList.toggle("pb-lit", column > 0 && index === column));
    }
  };
  const off = () => {
    for (const each of table.querySelectorAll(".pb-lit, .pb-lit-row")) {
      each.classList.remove("pb-lit", "pb-lit-row");
    }
  };
  table.addEventListener("pointerover", over);
  table.addEventListener("focusin", over);
  table.addEventListener("pointerleave", off);
  table.addEventListener("focusout", off);
}
