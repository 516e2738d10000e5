// Sends a form as JSON, or files straight to storage, and shows what the guichet answers. Without it, the API does the same.
"use strict";
const say = (form, text, failed) => {
  const status = form.querySelector("[role=status]");
  status.textContent = text;
  status.className = failed ? "notice failed" : "notice";
};
const answered = async (response) => {
  if (response.ok) { return response.json(); }
  const problem = await response.json().catch(() => ({}));
  throw new Error(problem.detail || `La demande a échoué (${response.status}). Réessayez dans un instant.`);
};
const contentOf = (form) => {
  const content = {};
  for (const [name, value] of new FormData(form)) {
    if (value === "") { continue; }
    const path = name.split(".");
    const last = path.pop();
    const target = path.reduce((inside, part) => (inside[part] ??= {}), content);
    target[last] = form.elements[name].type === "number" ? Number(value) : value;
  }
  return content;
};
const send = async (form) => {
  const body = form.elements.length > form.querySelectorAll("button").length ? JSON.stringify(contentOf(form)) : null;
  const answer = await answered(await fetch(form.dataset.path, { method: form.dataset.method, body, headers: body ? { "Content-Type": "application/json" } : {} }));
  const failed = (answer?.replayed ?? []).filter((one) => !one.done);
  if (failed.length > 0) { throw new Error(failed.map((one) => `${one.id} : ${one.message}`).join(" ")); }
  if ("stays" in form.dataset) { form.reset(); say(form, answer.message); return; }
  location.reload();
};
const upload = async (form) => {
  const files = [...form.elements.files.files];
  if (files.length === 0) { throw new Error("Choisissez d’abord un fichier."); }
  say(form, "Envoi en cours…");
  const given = await answered(await fetch(form.dataset.path, {
    method: "POST",
    headers: { "Content-Type": "application/json", Authorization: `Bearer ${form.dataset.token}` },
    body: JSON.stringify({ files: files.map((file) => ({ name: file.name, bytes: file.size })) }),
  }));
  for (const [index, slot] of given.slots.entries()) {
    const put = await fetch(slot.url, { method: "PUT", body: files[index], headers: { "x-ms-blob-type": "BlockBlob", "x-ms-meta-name": encodeURIComponent(files[index].name) } });
    if (!put.ok) { throw new Error(`« ${files[index].name} » n’est pas parti (${put.status}). Réessayez.`); }
  }
  form.reset();
  say(form, "C’est envoyé. Un courriel vous dit dans quelques minutes ce qui a été lu.");
};
for (const form of document.querySelectorAll("form[data-path]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const button = form.querySelector("button");
    button.disabled = true;
    (form.dataset.token ? upload(form) : send(form)).catch((problem) => say(form, problem.message, true)).finally(() => { button.disabled = false; });
  });
}
