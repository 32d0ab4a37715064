// Loads libraries of others from ../vendor/, when somebody asks for a format that needs them.

const FOLDER = new URL("../vendor/", import.meta.url);

/** A module. @param {string} name @returns {Promise<any>} */
export const library = (name) => import(new URL(name, FOLDER).href);

/**
 * A script that puts a function on `window`.
 *
 * @param {string} name
 * @param {string} global what the function is called there
 */
export async function script(name, global) {
  const there = () => /** @type {Record<string, any>} */ (/** @type {unknown} */ (window))[global];
  if (!there()) {
    await new Promise((done, failed) => {
      const tag = document.createElement("script");
      tag.src = new URL(name, FOLDER).href;
      tag.onload = done;
      tag.onerror = () => failed(new Error(`${name} could not be loaded from this site`));
      document.head.append(tag);
    });
  }
  return there();
}
