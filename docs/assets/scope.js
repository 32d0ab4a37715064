/** The site's own path, so that two playbooks on one host don't share what is kept in a browser. */
export function scope() {
  const config = JSON.parse(document.getElementById("__config")?.textContent ?? "{}");
  return new URL(config.base ?? ".", location.href).pathname;
}
